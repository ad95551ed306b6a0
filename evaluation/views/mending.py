"""Ways back: each shows first what falls and how ranks could move, and is confirmed there."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import is_assessor, is_commission
from applications.models import Application
from core.found import row_or_404, visible_or_404
from core.views import form_page, step_preview, try_act
from evaluation import actions
from evaluation.actions.ranked_lists import candidates_of, decided_in, terms_of
from evaluation.forms import AgainForm, BarForm, HandOnForm, PassOverForm, TieForm
from evaluation.models import Assessment, Consensus, RankedList, Seat
from evaluation.shown import effects
from evaluation.states import ASSESSMENT, CONSENSUS, RANKED_LIST, SEAT
from evaluation.views.calls import tabs_of
from evaluation.views.doors import call_for, require_officer
from programmes.models import Round
from programmes.states import CALL

PREVIEW = "evaluation/preview.html"


def effect_on_application(row, user):
    application, call = row.application, row.application.call
    return {
        "call": call, "falls": effects.falls_with(row), "url": row.get_absolute_url(),
        "moves": effects.moves_of(application, candidates_of(call), terms_of(call, decided_in(call.rounds.last()))),
        "columns": effects.columns_of_moves(),
    }  # fmt: skip


def effect_on_list(row, user):
    return {"call": row.call, "falls": effects.list_falls(row), "url": row.get_absolute_url(), "said": row.ended_reason}


def effect_on_seat(row, user):
    signed = RankedList.objects.filter(call=row.call, sha256=row.signed_sha256).in_force()
    falls = [sentence for one in signed for sentence in effects.list_falls(one)] if row.signed_sha256 else []
    return {"call": row.call, "falls": falls, "url": f"/evaluation/seats/{row.pk}/", "back": row.get_absolute_url()}


assessment_preview = step_preview(Assessment, ASSESSMENT, PREVIEW, effect_on_application)
consensus_preview = step_preview(Consensus, CONSENSUS, PREVIEW, effect_on_application)
seat_preview = step_preview(Seat, SEAT, PREVIEW, effect_on_seat)
ranked_list_preview = step_preview(RankedList, RANKED_LIST, PREVIEW, effect_on_list)


# what asks for more than a reason


@require_http_methods(["GET", "POST"])
def hand_on(request, pk):
    """Choose another rapporteur among the evaluators still here."""
    return mend(request, pk, "hand_on", HandOnForm, actions.replace_rapporteur, left_to_write)


def left_to_write(row):
    return evaluators_of(row).exclude(pk=row.rapporteur_id)


@require_http_methods(["GET", "POST"])
def pass_over(request, pk):
    """Go on without one whose approval is missing."""
    return mend(request, pk, "pass_over", PassOverForm, actions.pass_over_evaluator, still_asked)


def still_asked(row):
    given = row.approvals.values("evaluator")
    return User.objects.filter(pk__in=row.asked_ids).exclude(pk__in=given).order_by("name")


def evaluators_of(row):
    """Closed accounts are offered for nothing."""
    return User.objects.of(is_assessor).filter(pk__in=row.evaluator_ids)


def mend(request, pk, name, form_class, act, people):
    row = visible_or_404(Consensus, request.user, pk)
    CONSENSUS.may_open(name, row, by=request.user)
    form = form_class(request.POST or None, people=people(row))
    stamp = request.POST.get("stamp", row.stamp)
    if form.is_valid() and (done := try_act(form, lambda: act(row, by=request.user, base=stamp, **form.cleaned_data))):
        messages.success(request, _("Done: %(step)s – %(row)s.") % {"step": CONSENSUS.steps[name].label, "row": row})
        return redirect(done)
    return form_page(
        request, "evaluation/mend.html", form, consensus=row, step=CONSENSUS.steps[name], stamp=stamp
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def settle_tie(request, pk):
    """Write down in which order the committee puts those who are equal by all that was announced."""
    row = visible_or_404(RankedList, request.user, pk)
    RANKED_LIST.may_open("settle", row, by=request.user)
    if not row.open_ties:
        return redirect(row)
    tied = Application.objects.filter(pk__in=row.open_ties[0]).select_related("applicant").order_by("reference")
    form, stamp = TieForm(request.POST or None, applications=tied), request.POST.get("stamp", row.stamp)
    if form.is_valid() and try_act(form, lambda: settle(row, form, by=request.user, base=stamp)):
        messages.success(request, _("The ranked list was drawn up anew with the committee's order."))
        return redirect(RankedList.objects.of_last_round(row.call).standing().get())
    return form_page(request, "evaluation/settle.html", form, ranked_list=row, stamp=stamp)


def settle(row, form, *, by, base):
    return actions.settle_tie(row, by=by, base=base, reason=form.cleaned_data["reason"], order=form.order)


@require_http_methods(["GET", "POST"])
def evaluate_again(request, pk):
    """Open a round about some applications; what was found before stays in force until their new list is signed."""
    call = call_for(request.user, pk)
    CALL.may_open("evaluate_again", call, by=request.user)
    chosen = Application.objects.visible_to(request.user).of_call(call).evaluated().order_by("reference")
    causes = [choice for choice in Round.Cause.choices if choice[0] != Round.Cause.INITIAL]
    form = AgainForm(request.POST or None, applications=chosen, causes=causes)
    if form.is_valid() and (opened := try_act(form, lambda: again(call, form.cleaned_data, request.user))):
        messages.success(request, _("%(round)s is open: assign its evaluators.") % {"round": opened})
        return redirect("assign", call.pk)
    return form_page(
        request, "evaluation/again.html", form, call=call, tabs=tabs_of(call, "evaluate_again", request.user)
    )


def again(call, data, by):
    return actions.evaluate_again(call, data["applications"], by=by, cause=data["cause"], reason=data["reason"])


@require_http_methods(["GET", "POST"])
def bar_person(request, pk):
    """An officer records the conflict of somebody who does not assess the application."""
    require_officer(request.user)
    rows = Application.objects.visible_to(request.user).in_procedure().select_related("call", "applicant")
    application = row_or_404(rows, pk=pk)
    form = BarForm(request.POST or None, people=User.objects.of(is_assessor, is_commission).exclude(pk=request.user.pk))
    if form.is_valid() and try_act(form, lambda: barred(application, form.cleaned_data, request.user)):
        words = {"number": application, "who": form.cleaned_data["person"]}
        messages.success(request, _("%(who)s has no part in application %(number)s any more.") % words)
        return redirect(application)
    return form_page(request, "evaluation/bar.html", form, application=application)


def barred(application, data, by):
    row = Assessment(application=application, evaluator=data["person"])
    return actions.bar_person(row, by=by, reason=data["reason"])
