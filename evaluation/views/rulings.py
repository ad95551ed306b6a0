"""Conflicts that the house finds: of one call, and of one person and one application, where an officer rules."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import is_officer
from applications.models import Application
from core.found import row_or_404
from core.views import form_page, list_page, try_act
from evaluation.actions import rule
from evaluation.actions.rulings import found_among_assessors, found_between
from evaluation.forms import RulingForm
from evaluation.lists import RulingList
from evaluation.models import Ruling
from evaluation.querysets import kept_from
from evaluation.shown.assigning import judges
from evaluation.shown.opened import opened
from evaluation.views.calls import tabs_of
from evaluation.views.doors import call_for, require_officer


@require_GET
def conflicts(request, pk):
    call = call_for(request.user, pk)
    return list_page(request, RulingList, "evaluation/conflicts.html", beside=beside_rulings, call=call)


def beside_rulings(rows):
    found = found_among_assessors(rows.call, rows.user)
    return {
        "tabs": tabs_of(rows.call, "conflicts", rows.user),
        "found": [(f"{one.application.reference}: {said}", where(one, rows.user)) for one, said in found],
    }


def where(assessment, user):
    """An officer rules; everybody else reads the assessment."""
    if is_officer(user):
        return reverse("rule_on_conflict", args=[assessment.application_id, assessment.evaluator_id])
    return assessment.get_absolute_url()


@require_http_methods(["GET", "POST"])
def rule_on_conflict(request, pk, person):
    """Of an application that the officer does not judge."""
    require_officer(request.user)
    rows = Application.objects.visible_to(request.user).in_procedure().select_related("call", "applicant")
    application = row_or_404(rows.exclude(pk__in=kept_from(request.user).values("pk")), pk=pk)
    person = row_or_404(judges(officers=True), pk=person)
    ruling = Ruling.objects.filter(application=application, person=person).first()
    form = RulingForm(request.POST or None)
    if form.is_valid() and (kept := try_act(form, lambda: ruled(application, person, request, form))):
        messages.success(request, _("Kept: %(ruling)s – %(status)s.") % words_of(kept))
        return redirect("conflicts", application.call_id)
    return form_page(
        request, "evaluation/rule_on_conflict.html", form, application=application, person=person, ruling=ruling,
        stamp=ruling.stamp if ruling else None, found=list(found_between(application, person).values()),
        back=reverse("conflicts", args=[application.call_id]), opened=opened(application, person),
    )  # fmt: skip


def words_of(ruling):
    return {"ruling": ruling, "status": ruling.get_status_display()}


def ruled(application, person, request, form):
    said = form.cleaned_data
    base = request.POST.get("stamp")
    return rule(application, person, said["verdict"], by=request.user, reason=said["reason"], base=base)
