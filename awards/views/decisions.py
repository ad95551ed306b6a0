"""Pages of the award decision, from its preparation to the batch of its letters."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import User
from accounts.roles import is_authorising, is_officer, sees_whole_calls
from audit.models import AuditRecord
from awards import actions
from awards.forms import DeviationForm
from awards.lists import DecisionList
from awards.models import Decision, DecisionLine
from awards.querysets import calls_to_decide
from awards.shown import decisions as shown
from awards.states import DECISION
from awards.views.batch import Batch
from core import clock
from core.found import row_or_404, visible_or_404, watched
from core.views import form_page, list_page, step_view, try_act
from evaluation.models import RankedList
from programmes.models import Call
from programmes.states import CallPhase

decision_step = step_view(Decision, DECISION)


@require_GET
def awards(request):
    return list_page(request, DecisionList, "awards/decisions.html", ready=ready_for(request.user))


def ready_for(user):
    """Calls whose decision this person could prepare now."""
    if not is_officer(user):
        return []
    return calls_to_decide(user)


@require_http_methods(["GET", "POST"])
def prepare(request, pk):
    """Show what the signed list proposes; the button makes the decision of it."""
    call = watched(visible_or_404(Call, request.user, pk))
    new = Decision(call=call)
    DECISION.may_open("prepare", new, by=request.user)
    if request.method == "POST":
        return redirect(actions.prepare_decision(new, by=request.user, key=request.POST.get("key")))
    if made := Decision.objects.visible_to(request.user).of_call(call).standing().newest_first().first():
        return redirect(made)
    ranked_list = RankedList.objects.visible_to(request.user).filter(call=call).in_force().first()
    entries = list(ranked_list.entries.select_related("application__applicant")) if ranked_list else []
    figures = shown.figures_of_places(entries)
    return render(request, "awards/prepare.html", {"call": call, "ranked_list": ranked_list, "figures": figures})


@require_GET
def decision(request, pk):
    row = row_or_404(Decision.objects.visible_to(request.user).for_reading(), pk=pk)
    lines = list(row.lines.visible_to(request.user).for_reading())
    sent = row.letters.visible_to(request.user).order_by("written_at")
    letters = {letter.application_id: letter for letter in sent}  # of a letter and the one replacing it, the last
    open_steps = DECISION.open_to(request.user, row)
    context = {
        "decision": row,
        "steps": [step for step in open_steps if not step.hidden],
        "url": row.get_absolute_url(),
        "bar": shown.steps_bar(row),
        "facts": shown.facts_of(row) + shown.others_of(Decision.objects.visible_to(request.user).beside(row)),
        "figures": shown.figures_of(lines),
        "chart": shown.budget_bar(row, lines) if sees_whole_calls(request.user) else None,
        "rows": shown.rows_of(lines, letters, may_deviate=DECISION.steps["deviate"] in open_steps),
        "deviations": [line for line in lines if line.deviates],
        "deciders": shown.deciders(row, User.objects.of(is_authorising)) if row.decided_by is None else [],
        "decider_columns": [_("Name"), _("Entity"), _("May decide")],
        "batch": Batch(row, request.user) if row.issued_at else None,
        "alarm": shown.alarm_of(row, clock.now()),
        "overspent": shown.overspent(row, lines) if sees_whole_calls(request.user) else "",
        "may_decide_again": is_officer(request.user) and row.call.stands_in(CallPhase.DECIDED),
        "timeline": shown.timeline_of(history_of(row), DECISION),
    }
    return render(request, "awards/decision.html", context)


def history_of(row):
    return AuditRecord.objects.of_chain(row.chain).filter(subject_id=str(row.pk))


@require_http_methods(["GET", "POST"])
def deviate(request, pk):
    """Decide otherwise on one line."""
    line = row_or_404(DecisionLine.objects.visible_to(request.user).for_reading(), pk=pk)
    DECISION.may_open("deviate", line.decision, by=request.user)
    form = DeviationForm(request.POST or None, initial=first_values(line))
    stamp = request.POST.get("stamp", line.decision.stamp)
    if form.is_valid() and try_act(
        form, lambda: actions.deviate(line.decision, by=request.user, base=stamp, line=line, **form.cleaned_data)
    ):
        messages.success(request, _("Done: %(line)s.") % {"line": line.application})
        return redirect(line.decision)
    return form_page(request, "awards/deviate.html", form, line=line, stamp=stamp, facts=shown.facts_of_line(line))


def first_values(line):
    return {
        "outcome": line.outcome,
        "contribution": line.contribution or None,
        "stage": line.stage,
        "reason": line.deviation_reason,
    }
