"""The ranked list with its budget line, drawn up by an officer and explained rank by rank."""

from itertools import groupby

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from applications.models import Application
from core.downloads import note_download
from core.export import ending
from core.formats import euro
from core.found import row_or_404
from core.views import form_page, list_page, step_view, try_act
from evaluation.actions import draw_up_list
from evaluation.actions.ranked_lists import missing_for_list
from evaluation.forms import DrawUpForm
from evaluation.lists import LIST_TONES, PLACE_TONES, EntryList, RankedListList
from evaluation.models import RankedList
from evaluation.scoring import figure, maximum_of
from evaluation.shown.charts import totals_chart
from evaluation.states import RANKED_LIST, RankedListPhase
from evaluation.views.doors import call_for, require_inside, require_officer
from evaluation.views.sureness import urls_beside
from programmes.ties import RULES, announced

ranked_list_step = step_view(RankedList, RANKED_LIST)


@require_GET
def ranked_lists(request):
    require_inside(request.user)
    return list_page(request, RankedListList)


@require_GET
def ranked_list(request, pk):
    rows = RankedList.objects.visible_to(request.user).select_related("call", "drawn_by")
    row = row_or_404(rows, pk=pk)
    entries = EntryList(request.user, request.GET, path=request.path, ranked_list=row)
    if kind := request.GET.get("format"):
        answer = entries.file(kind)
        note_download(request.user, f"{entries.name}.{ending(kind)}", request.GET.dict())
        return answer
    return render(request, "evaluation/ranked_list.html", page_of(request.user, row, entries.load()))


def page_of(user, row, entries):
    criteria = list(row.call.criteria.all())
    shown = list(entries.objects)
    return {
        "ranked_list": row,
        "tone": LIST_TONES[row.status],
        "list": entries,
        "criteria": criteria,
        "columns": 6 + len(criteria),
        "parts": parts_of(row, shown, criteria),
        "chart": chart_of(row, shown, criteria),
        "signatures": signatures_of(row),
        "steps": RANKED_LIST.buttons(user, row),
        "is_questioned": row.stands_in(RankedListPhase.QUESTIONED),
        "steps_url": row.get_absolute_url(),
        "rules": rules_of(row, criteria),
        **urls_beside(user, row),
        **ties_of(row, user),
    }


def ties_of(row, user):
    """Ties that wait for the committee, those that it decided, and where its order is written down."""
    known = numbers_of(row)
    sentences = [
        _("%(numbers)s: the committee decides their order, with a reason, before anybody signs this list.")
        % {"numbers": ", ".join(known[key] for key in tie)}
        for tie in row.open_ties
    ]
    can_settle = row.open_ties and RANKED_LIST.steps["settle"] in RANKED_LIST.open_to(user, row)
    return {
        "open_ties": sentences,
        "decided_ties": [decided_sentence(one, known) for one in row.tie_decisions],
        "settle_url": reverse("settle_tie", args=[row.pk]) if can_settle else "",
    }


def numbers_of(row):
    keys = {key for tie in row.open_ties for key in tie} | {key for one in row.tie_decisions for key in one["order"]}
    found = Application.objects.filter(pk__in=keys).values_list("pk", "reference")
    return {str(pk): number for pk, number in found} if keys else {}


def decided_sentence(one, known):
    words = {"numbers": ", ".join(known[key] for key in one["order"]), "reason": one["reason"]}
    return _("In this order: %(numbers)s. Reason: %(reason)s") % words


def parts_of(row, entries, criteria):
    """Runs of one place each; behind the last of the main list the budget line is drawn."""
    parts = []
    for place, run in groupby(entries, key=lambda one: one.place):
        run = list(run)
        parts.append({
            "label": run[0].get_place_display(), "tone": PLACE_TONES[place],
            "rows": [entry_row(one, criteria) for one in run],
        })  # fmt: skip
    draw_line(parts, row, entries)
    return parts


def draw_line(parts, row, entries):
    main = [place for place, part in enumerate(parts) if part["tone"] == PLACE_TONES["MAIN"]]
    if main:
        used = max(one.cumulative for one in entries if one.place == "MAIN")
        words = {"budget": euro(row.budget), "used": euro(used), "left": euro(row.budget - used)}
        parts[main[-1]]["line"] = (
            _("Budget line: of %(budget)s the main list uses %(used)s; %(left)s are left.") % words
        )


def entry_row(one, criteria):
    return {
        "entry": one,
        "points": [(criterion.code, figure(one.points[criterion.code])) for criterion in criteria],
        "total": figure(one.total),
        "explained": [sentence for sentence in (one.reason, one.tie_break) if sentence],
    }


def chart_of(row, entries, criteria):
    if not entries:
        return None
    return totals_chart(
        _("Totals by rank and the overall threshold"),
        [(named(one), one.total) for one in sorted(entries, key=lambda one: one.position)],
        threshold=row.call.overall_threshold, maximum=maximum_of(criteria),
    )  # fmt: skip


def named(one):
    return f"{one.rank}. {one.number}" if one.rank else one.number


def signatures_of(row):
    """A list in force or followed by another keeps its signatures; one that waits or was discarded has today's."""
    seats = row.call.seats.sitting().select_related("member").with_signature_under(row).order_by("appointed_at")
    return [
        [one.member.name, one.entity, _("signed") if has_signed(one, row) else _("not signed yet")] for one in seats
    ]


def has_signed(seat, row):
    return seat.signed_it if row.signed_at else seat.signed_sha256 == row.sha256


def rules_of(row, criteria):
    """How the order comes about, in words, from what the call announced."""
    call = row.call
    titles = {**{one.code: f"{one.code} {one.title}" for one in criteria}, **RULES}
    ties = ", ".join(str(titles[rule]) for rule in announced(call) if rule in titles)
    reserve = _("go to the reserve list") if call.has_reserve else _("are rejected for the exhausted budget")
    return [
        _("Rank follows the weighted total of the agreed points; the overall threshold is %(points)s.")
        % {"points": figure(call.overall_threshold)},
        _("Equal totals are decided in this order: %(rules)s.") % {"rules": ties},
        _("Below a threshold means rejected, without a rank."),
        _("The main list goes down while the requested contributions fit into the budget; the first that does not "
          "fit, and all after it that passed, %(reserve)s.") % {"reserve": reserve},
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
def draw_up(request, pk):
    require_officer(request.user)
    call = call_for(request.user, pk)
    form = DrawUpForm(request.POST if request.method == "POST" else None)
    drawn = form.is_valid() and try_act(form, lambda: draw_up_list(call, by=request.user))
    if drawn:
        messages.success(
            request, _("The ranked list of %(call)s waits for the committee's signatures.") % {"call": call}
        )
        return redirect(drawn)
    return form_page(request, "evaluation/draw_up.html", form, call=call, missing=missing_for_list(call, request.user))
