"""Scenarios that were saved: of one call, one by itself, two or three side by side. The ranked list stands first."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from core.downloads import note_download
from core.export import csv_response
from core.found import visible_or_404
from core.language import house_words
from core.views import list_page, status_of, step_view
from evaluation.actions.scenarios import Supposing
from evaluation.forms import BesideForm
from evaluation.lists import SCENARIO_TONES, ScenarioList
from evaluation.models import RankedList, Scenario
from evaluation.querysets import kept_from
from evaluation.shown.scenarios import (
    Side,
    columns,
    file_columns,
    file_rows,
    moved_lines,
    rows,
    terms_table,
    told,
    told_of_digest,
)
from evaluation.shown.sureness import PAGE
from evaluation.states import OF_A_ROUND, SCENARIO
from evaluation.sureness import judged_for, terms_kept, terms_read
from evaluation.views.doors import call_for

scenario_step = step_view(Scenario, SCENARIO)
OFFERED = 25  # scenarios to choose from: the newest


@require_GET
def scenarios(request, pk):
    return list_page(
        request, ScenarioList, "evaluation/scenarios.html", beside=beside_list, call=seen_call(request.user, pk)
    )


def seen_call(user, pk):
    """For who may see how sure its list is; to everybody else there is nothing of that."""
    call = call_for(user, pk)
    if kept_from(user).filter(call=call).exists():
        raise Http404
    return call


def beside_list(found):
    offered = to_choose(found.user, found.call)
    choosing = BesideForm(scenarios=offered) if len(offered) > 1 else None
    return {"choosing": choosing, "ranked_list": current_of(found.user, found.call)}


def to_choose(user, call):
    return list(Scenario.objects.visible_to(user).of_call(call).kept().with_names().newest_first()[:OFFERED])


def current_of(user, call):
    return RankedList.objects.visible_to(user).filter(call=call).current().select_related("call").first()


# the pages


@require_GET
def scenario(request, pk):
    row = visible_or_404(Scenario, request.user, pk)
    row = Scenario.objects.with_names().get(pk=row.pk)
    supposing = Supposing(request.user, row.ranked_list)
    page = {"scenario": row, "steps": SCENARIO.buttons(request.user, row), "tone": SCENARIO_TONES[row.status]}
    return page_or_file(request, supposing, [row], page)


@require_GET
def scenarios_beside(request, pk):
    call = seen_call(request.user, pk)
    form = BesideForm(request.GET or None, scenarios=to_choose(request.user, call))
    page = {"call": call, "choosing": form}
    if not (form.is_bound and form.is_valid()):
        return render(request, "evaluation/scenarios_beside.html", page, status=status_of(form))
    chosen = form.cleaned_data["scenario"]
    return page_or_file(request, Supposing(request.user, chosen[0].ranked_list), chosen, page)


def page_or_file(request, supposing, chosen, page):
    sides = [side_of(supposing, one) for one in chosen]
    if request.GET.get("format"):
        return file_of(request, supposing, sides)
    template = "evaluation/scenario.html" if "scenario" in page else "evaluation/scenarios_beside.html"
    return render(request, template, {**page, **laid_out(request, supposing, sides)})


def side_of(supposing, scenario):
    entries = supposing.outcome_of(scenario)
    is_same = supposing.digest(entries) == scenario.sha256
    return Side(scenario, terms_read(scenario.terms), entries, is_same)


@house_words()
def file_of(request, supposing, sides):
    if request.GET["format"] != "csv":
        raise Http404
    name = f"{supposing.ranked_list.call.reference}-scenarios-not-the-ranked-list"
    note_download(request.user, f"{name}.csv", request.GET.dict())
    return csv_response(name, file_columns(sides), file_rows(supposing.judged, sides))


def laid_out(request, supposing, sides):
    judged, only = supposing.judged, request.GET.get("only") == "moved"
    lines = moved_lines(judged, sides) if only else range(len(judged.proposals))
    page = page_of(request, lines)
    terms = terms_table(judged, supposing.terms, sides)
    return {
        "ranked_list": supposing.ranked_list, "is_current": sides[0].scenario.is_current,
        "sides": [told_side(supposing, side, request.user) for side in sides], "only": only, "page": page,
        "columns": columns(sides), "rows": rows(judged, sides, page["lines"]),
        "terms_columns": terms[0], "terms_rows": terms[1],
        "all_url": address(request, only=None, page=None), "moved_url": address(request, only="moved", page=None),
        "csv_url": address(request, format="csv", only=None, page=None),
    }  # fmt: skip


def page_of(request, lines):
    asked = request.GET.get("page", "")
    last = max(-(-len(lines) // PAGE), 1)
    number = min(max(int(asked), 1), last) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return {
        "lines": lines[(number - 1) * PAGE : number * PAGE], "number": number, "last": last,
        "previous": f"{address(request, page=number - 1)}#places" if number > 1 else "",
        "next": f"{address(request, page=number + 1)}#places" if number < last else "",
    }  # fmt: skip


def address(request, **changes):
    """This very page, with something else in its address; None takes it out."""
    said = request.GET.copy()
    for name, value in changes.items():
        said.pop(name, None)
        if value is not None:
            said[name] = str(value)
    return f"?{said.urlencode()}"


def told_side(supposing, side, user):
    one = side.scenario
    return {
        "scenario": one, "label": one.get_status_display(), "tone": SCENARIO_TONES[one.status],
        "sentence": told(supposing.judged, side.entries), "digest": told_of_digest(side), "is_same": side.is_same,
        "again_url": again_url(user, one, side.supposed),
    }  # fmt: skip


def again_url(user, scenario, supposed):
    """Where the same is supposed of the list that counts now; without those evaluators who judge nothing of it."""
    if scenario.is_current or (now := current_of(user, scenario.call)) is None or not now.stands_in(OF_A_ROUND):
        return ""
    known = {one.evaluator for one in judged_for(user, now).given}
    said = [*said_of(terms_kept(supposed)), *(("left_out", pk) for pk in supposed.left_out & known)]
    return f"{reverse('suppose', args=[now.pk])}?{urlencode([*said, ('follows', scenario.pk)])}"


def said_of(kept):
    """As the form of “What if” asks for it."""
    yield from ((f"weight_{code}", weight) for code, weight in kept["weights"].items())
    yield from ((f"least_{code}", least or "") for code, least in kept["thresholds"].items())
    yield from [("overall", kept["overall"]), ("budget", kept["budget"]), ("ties", ", ".join(kept["tie_break"]))]
    if kept["part_from"] is not None:
        yield "is_partial", "on"
