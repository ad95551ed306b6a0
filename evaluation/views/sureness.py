"""How sure a ranked list is: for those who see the whole call, beside the list that counts."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.roles import sees_whole_calls
from core.downloads import note_download
from core.export import csv_response
from core.found import row_or_404
from core.language import house_words
from evaluation.models import RankedList
from evaluation.querysets import kept_from
from evaluation.shown.sureness import (
    FILES,
    PAGE,
    agreement_part,
    decisions_table,
    decisions_words,
    drift_part,
    people_part,
    ranks_part,
    said_of,
)
from evaluation.states import OF_A_ROUND
from evaluation.sureness import judged_for, looked_through
from evaluation.views.doors import require_commission


@require_GET
def sureness(request, pk):
    ranked_list = list_for(request.user, pk)
    judged = judged_for(request.user, ranked_list)
    found = looked_through(judged)
    names = names_of(judged, found)
    if request.GET.get("format"):
        return file_of(request, ranked_list, judged, found, names)
    page = page_of(judged, request.GET.get("page", ""))
    return render(request, "evaluation/sureness.html", {
        "ranked_list": ranked_list, "page": page, "files": f"{request.path}?format=csv&of=",
        **parts_of(judged, found, names, page["lines"]),
    })  # fmt: skip


def list_for(user, pk, *, fallen=False):
    """A list that stands, for who sees whole calls and has judged all they judge of it: else it is not there. `fallen`:
    one that stands no more is found too."""
    require_commission(user)
    rows = RankedList.objects.visible_to(user).select_related("call", "round")
    ranked_list = row_or_404(rows if fallen else rows.standing(), pk=pk)
    if not may_look_through(user, ranked_list):
        raise Http404
    return ranked_list


def may_look_through(user, ranked_list):
    return not kept_from(user).filter(call=ranked_list.call_id).exists()


def names_of(judged, found):
    known = {one.evaluator: one.name for one in judged.given}
    return [known[person] for person in found.people]


@house_words()
def file_of(request, ranked_list, judged, found, names):
    of = request.GET.get("of")
    if of not in FILES or request.GET["format"] != "csv":
        raise Http404
    columns, rows = FILES[of](judged, found, names)
    name = f"{ranked_list.call.reference}-{of}"
    note_download(request.user, f"{name}.csv", request.GET.dict())
    return csv_response(name, columns, rows)


def page_of(judged, asked):
    """25 lines of the list, the first ones unless others are asked for."""
    last = max(-(-len(judged.proposals) // PAGE), 1)
    number = min(max(int(asked), 1), last) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    return {
        "lines": range((number - 1) * PAGE, min(number * PAGE, len(judged.proposals))), "number": number, "last": last,
        "previous": f"?page={number - 1}#ranks" if number > 1 else "",
        "next": f"?page={number + 1}#ranks" if number < last else "",
    }  # fmt: skip


def parts_of(judged, found, names, lines):
    columns, rows = decisions_table(judged, found, names, most=PAGE)
    hanging = len({one.line for one in found.hanging})
    return {
        "decisions": {
            "sentence": decisions_words(judged, found), "columns": columns, "rows": rows, "left": hanging - len(rows),
        },
        "ranks": ranks_part(judged, found, lines),
        "people": people_part(found, names) if found.severities else None,
        "drift": drift_part(found, names) if found.severities else None,
        "agreement": agreement_part(judged, found) if found.agreements else None,
        "rules": said_of(judged),
    }  # fmt: skip


def urls_beside(user, ranked_list):
    """For the page of the list; nothing for whom the pages would not be there. Scenarios outlive their list."""
    if not (sees_whole_calls(user) and may_look_through(user, ranked_list)):
        return {}
    urls = {"scenarios_url": reverse("scenarios", args=[ranked_list.call_id])}
    if ranked_list.stands_in(OF_A_ROUND):
        urls["sureness_url"] = reverse("sureness", args=[ranked_list.pk])
    return urls
