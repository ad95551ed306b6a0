"""The officer's cockpit: one call, its applications page by page, what is late, where people disagree, what is next."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.roles import is_officer
from core.cells import Cell
from core.counting import counted
from core.formats import brief, brussels
from core.views import list_page
from evaluation.actions.guards import is_under_evaluation
from evaluation.actions.ranked_lists import has_list_of_its_last_round, missing_for_list
from evaluation.lists import ProgressList
from evaluation.models import Assessment, RankedList
from evaluation.scoring import figure, maximum_of
from evaluation.shown.calls import widest
from evaluation.shown.charts import totals_chart
from evaluation.shown.standing import MOST, NAMED, Standing
from evaluation.shown.work import work_on
from evaluation.states import RANKED_LIST
from evaluation.views.doors import call_for
from programmes.states import CALL
from promises.models import Notice
from promises.notices import KINDS


@require_GET
def evaluation_of_call(request, pk):
    call = call_for(request.user, pk)
    return list_page(request, ProgressList, "evaluation/of_call.html", beside=cockpit_of, call=call)


def cockpit_of(rows):
    """What stands above and below the list: counted over all of the call, compared over the applications shown."""
    call, user, at = rows.call, rows.user, rows.at
    ranked_list = RankedList.objects.visible_to(user).filter(call=call).current().select_related("round").first()
    to_rank = is_under_evaluation(call) and not has_list_of_its_last_round(call)
    lines, standing = [one.line for one in rows.objects], Standing(call, user, at=at)
    late = standing.late()
    return {
        "figures": figures(standing, late),
        "late": late_ones(call, late),
        "told": told_of(call) if is_officer(user) else "",
        "disagreements": disagreements(lines),
        "chart": chart_of(call, lines),
        "tabs": tabs_of(call, "evaluation_of_call", user),
        "ranked_list": ranked_list,
        "list_steps": RANKED_LIST.buttons(user, ranked_list) if ranked_list else [],
        "missing": missing_for_list(call, user) if to_rank and is_officer(user) else [],
        "is_officer": is_officer(user),
        "to_rank": to_rank,
        "may_judge_again": may_judge_again(call, user),
        "work": work_on(call, user, at=at) if is_officer(user) else None,
    }


def may_judge_again(call, user):
    """Not for whoever stood aside from an application of it: the page would refuse them."""
    chosen = CALL.steps["evaluate_again"]
    return chosen in CALL.open_to(user, call) and not any(chosen.refusals(call, user))


def figures(standing, late):
    applications, assessed = counted(standing.applications()), standing.assessed()
    return [
        (applications, _("applications")),
        (f"{counted(assessed['signed'], MOST)} / {counted(assessed['counting'], MOST)}", _("assessments signed")),
        (f"{counted(standing.approved())} / {applications}", _("reports approved")),
        (counted(len(late)), _("assessments late")),
    ]


def late_ones(call, late):
    """A sentence for each of the oldest, and where all are listed if there are more."""
    found = Assessment.objects.filter(pk__in=late).select_related("evaluator", "application").order_by("due_at", "pk")
    sentences = [late_sentence(one) for one in found[:NAMED]]
    if len(late) > NAMED:
        sentences.append((_("There are more: see all assessments of this call, by their day."), all_by_their_day(call)))
    return sentences


def told_of(call):
    """Who was told by mail that something waits, kind by kind, and when last; counts alone."""
    kinds = {row["kind"]: row for row in Notice.objects.by_kind("call", call.pk)}
    said = [told_sentence(KINDS[name], kinds[name]) for name in KINDS if name in kinds]
    return "; ".join(said)


def told_sentence(kind, row):
    words = {"what": kind.title, "told": row["told"], "last": brief(row["last"]), "waiting": row["waiting"]}
    if not row["told"]:
        return _("%(what)s: %(waiting)s to be told") % words
    if row["waiting"]:
        return _("%(what)s: %(told)s told, last %(last)s, %(waiting)s to be told") % words
    return _("%(what)s: %(told)s told, last %(last)s") % words


def all_by_their_day(call):
    query = {"call": str(call.pk), "sort": "due_at"}
    return f"{reverse('assessments')}?{urlencode(query)}"


def late_sentence(one):
    words = {"who": one.evaluator.name, "number": one.application.reference, "due": brussels(one.due_at)}
    return _("%(who)s, %(number)s: was to be signed by %(due)s.") % words, one.get_absolute_url()


def disagreements(lines):
    return [
        [
            Cell(line.application.reference, line.application.get_absolute_url()),
            figure(line.spread.lowest),
            figure(line.spread.highest),
            figure(line.spread.distance),
        ]
        for line in widest(lines)
    ]


def chart_of(call, lines):
    """Agreed totals, best first, against the overall threshold."""
    totals = [(line.application.reference, line.consensus.total) for line in lines if line.is_agreed]
    if not totals:
        return None
    criteria = call.criteria.all()
    return totals_chart(
        _("Agreed totals and the overall threshold"), sorted(totals, key=lambda item: (-item[1], item[0])),
        threshold=call.overall_threshold, maximum=maximum_of(criteria),
    )  # fmt: skip


def tabs_of(call, current, user):
    names = [("evaluation_of_call", _("Overview")), ("pool", _("Pool")), ("assign", _("Assign")),
             ("appoint_rapporteur", _("Rapporteurs")), ("conflicts", _("Conflicts")),
             ("committee", _("Committee"))]  # fmt: skip
    for_officers = {"assign", "appoint_rapporteur"}
    return [
        (label, reverse(name, args=[call.pk]), name == current)
        for name, label in names
        if is_officer(user) or name not in for_officers
    ]
