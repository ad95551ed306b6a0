"""The officer's work on a call: preparing, editing, correcting what is published."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import WrongState
from core.found import visible_or_404
from core.views import form_page, stamp_for, try_act
from programmes import actions
from programmes.defaults import first_values
from programmes.forms import CallForm, CorrigendumForm, CriterionFormSet, PrepareForm, criteria_of
from programmes.models import Call
from programmes.states import CALL


@require_http_methods(["GET", "POST"])
def call_new(request):
    """A draft with what the fund's calls start from; the next page asks for the rest."""
    CALL.may_open("prepare", Call(), by=request.user)
    form = PrepareForm(request.POST or None, initial={"fund": request.GET.get("fund")})
    if request.method == "POST" and form.is_valid():
        call = try_act(form, lambda: prepare(form.cleaned_data, request))
        if call:
            messages.success(request, _("The draft is kept. Complete it here, then publish it from its page."))
            return redirect("call_edit", pk=call.pk)
    return form_page(request, "programmes/call_new.html", form)


def prepare(given, request):
    values = {"reference": given["reference"], "title": given["title"], **first_values(given["fund"])}
    key = request.POST.get("key")
    return actions.prepare_call(Call(fund=given["fund"]), by=request.user, values=values, key=key)


@require_http_methods(["GET", "POST"])
def call_edit(request, pk):
    call = visible_or_404(Call, request.user, pk)
    CALL.may_open("edit", call, by=request.user)
    data = request.POST or None
    form = CallForm(data, fund=call.fund, form=call.parts, initial=CallForm.start_of(call))
    criteria = CriterionFormSet(data, prefix="criteria", initial=list(call.criteria.values()))
    if request.method == "POST" and all([form.is_valid(), criteria.is_valid()]):
        if try_act(form, lambda: edit(call, form, criteria, request)):
            messages.success(request, _("The draft is saved."))
            return redirect("call_edit" if "more" in request.POST else "call", pk=call.pk)
    elif criteria.is_bound and not criteria.is_valid():
        form.add_error(None, _("Some award criteria need another look; they are listed with them."))
    stamp = stamp_for(request, form, call)
    return form_page(request, "programmes/call_edit.html", form, criteria=criteria, call=call, stamp=stamp)


def edit(call, form, criteria, request):
    return actions.edit_call(
        call, by=request.user, values=form.values, base=request.POST.get("stamp", ""),
        objectives=list(form.cleaned_data["objectives"]), actions=list(form.cleaned_data["actions"]),
        criteria=criteria_of(criteria),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def call_correct(request, pk):
    call = visible_or_404(Call, request.user, pk)
    CALL.may_open("correct", call, by=request.user)
    if clock.now() >= call.closes_at:
        raise WrongState(_("The call has closed; it cannot be corrected any more."))
    form = CorrigendumForm(request.POST or None, initial=CorrigendumForm.start_of(call))
    if request.method == "POST" and form.is_valid():
        values, reason = form.changes_to(call), form.cleaned_data["reason"]
        said = {"values": values, "reason": reason, "base": request.POST.get("stamp")}
        if try_act(form, lambda: actions.propose_corrigendum(call, by=request.user, **said)):
            messages.success(request, _("The corrigendum is proposed; a second person publishes it from this page."))
            return redirect("call", pk=call.pk)
    stamp = stamp_for(request, form, call)
    return form_page(request, "programmes/call_correct.html", form, call=call, stamp=stamp)
