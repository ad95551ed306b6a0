"""The officer's cockpit: one call, every application, what is late, where evaluators disagree, what comes next."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.roles import is_officer
from core import clock
from core.cells import Cell
from core.formats import brussels
from evaluation.actions.guards import is_under_evaluation
from evaluation.actions.ranked_lists import has_list_of_its_last_round, missing_for_list
from evaluation.lists import ASSESSMENT_TONES
from evaluation.models import RankedList
from evaluation.scoring import figure, maximum_of
from evaluation.shown.calls import lines_of, widest
from evaluation.shown.charts import totals_chart
from evaluation.states import RANKED_LIST
from evaluation.views.doors import call_for
from programmes.states import CALL


@require_GET
def evaluation_of_call(request, pk):
    call, at, user = call_for(request.user, pk), clock.now(), request.user
    lines = lines_of(call, user, at=at)
    ranked_list = RankedList.objects.visible_to(user).filter(call=call).current().select_related("round").first()
    to_rank = is_under_evaluation(call) and not has_list_of_its_last_round(call)
    return render(request, "evaluation/of_call.html", {
        "call": call,
        "figures": figures(lines),
        "lines": [shown(line, user) for line in lines],
        "late": [late_sentence(line, one) for line in lines for one in line.late],
        "disagreements": disagreements(lines),
        "chart": chart_of(call, lines),
        "tabs": tabs_of(call, "evaluation_of_call", user),
        "ranked_list": ranked_list,
        "list_steps": RANKED_LIST.buttons(user, ranked_list) if ranked_list else [],
        "missing": missing_for_list(call, user) if to_rank and is_officer(user) else [],
        "is_officer": is_officer(user),
        "to_rank": to_rank,
        "may_judge_again": any(one.name == "evaluate_again" for one in CALL.open_to(user, call)),
        "rapporteurs_wanted": sum(1 for line in lines if line.awaits_rapporteur),
    })  # fmt: skip


def figures(lines):
    counting = [one for line in lines for one in line.counting]
    approved = [line for line in lines if line.is_agreed]
    late = sum(len(line.late) for line in lines)
    return [
        (len(lines), _("applications")),
        (f"{sum(len(line.signed) for line in lines)} / {len(counting)}", _("assessments signed")),
        (f"{len(approved)} / {len(lines)}", _("reports approved")),
        (late, _("assessments late")),
    ]


def shown(line, user):
    application, (words, tone) = line.application, line.situation
    return {
        "application": application,
        "situation": words,
        "tone": tone,
        "assessments": [assessment_cell(one) for one in line.assessments],
        "totals": " · ".join(figure(total) for total in line.totals),
        "spread": figure(line.spread.distance) if line.spread and len(line.totals) > 1 else "",
        "consensus_url": line.consensus.get_absolute_url() if line.consensus else "",
        "may_stand_aside": is_officer(user) and not line.is_hidden,
    }


def assessment_cell(one):
    words = {"who": one.evaluator.name, "status": one.get_status_display()}
    return Cell(_("%(who)s: %(status)s") % words, one.get_absolute_url(), ASSESSMENT_TONES[one.status])


def late_sentence(line, one):
    words = {"who": one.evaluator.name, "number": line.application.reference, "due": brussels(one.due_at)}
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
    names = [("evaluation_of_call", _("Overview")), ("assign", _("Assign")), ("appoint_rapporteur", _("Rapporteurs")),
             ("committee", _("Committee"))]  # fmt: skip
    for_officers = {"assign", "appoint_rapporteur"}
    return [
        (label, reverse(name, args=[call.pk]), name == current)
        for name, label in names
        if is_officer(user) or name not in for_officers
    ]
