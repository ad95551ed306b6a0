"""A notice before an adverse decision: sent by an officer, observed on by the applicant, settled in words."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from applications.actions import extend_notice, observe, send_notice
from applications.actions.hearings import shortest
from applications.forms import ExtensionForm, HearingForm, ObservationsForm
from applications.models import Application, Hearing, HearingFile
from applications.shown.asked import files_of
from applications.shown.hearings import facts_of
from applications.states import HEARING
from core import clock, files
from core.days import day_of
from core.found import row_or_404, visible_or_404
from core.views import form_page, step_view, try_act

hearing_step = step_view(Hearing, HEARING)


@require_http_methods(["GET", "POST"])
def hearing_send(request, pk):
    application = visible_or_404(Application, request.user, pk)
    new = Hearing(application=application)
    HEARING.may_open("send", new, by=request.user)
    first = day_of(clock.now()) + shortest(application.call)
    form = HearingForm(request.POST or None, first=first)
    said = {"by": request.user, "key": request.POST.get("key")}
    if form.is_valid() and (row := try_act(form, lambda: send_notice(new, **said, **form.cleaned_data))):
        messages.success(request, _("The notice is sent; the applicant is told by mail."))
        return redirect(row)
    return form_page(request, "applications/hearing_send.html", form, application=application)


@require_http_methods(["GET", "POST"])
def hearing(request, pk):
    """The notice, the observations and what became of them; for the applicant, while it waits, the form."""
    row = row_or_404(Hearing.objects.visible_to(request.user).for_reading(), pk=pk)
    may_reply = may(request.user, row, "reply")
    form = ObservationsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and try_reply(request, row, form):
        messages.success(request, _("Your observations are received."))
        return redirect(row)
    return form_page(
        request, "applications/hearing.html", form, hearing=row, application=row.application,
        facts=facts_of(row, request.user), files=files_of(row, "hearing_file"),
        may_reply=may_reply or form.is_bound, may_extend=may(request.user, row, "extend"),
        steps=HEARING.buttons(request.user, row),
    )  # fmt: skip


def try_reply(request, row, form):
    """Who comes late, or after a colleague, reads why, and what was typed stays on the page."""
    if not HEARING.steps["reply"].allowed(request.user, row):
        HEARING.may_open("reply", row, by=request.user)
    said = {"by": request.user, "base": request.POST.get("stamp")}
    return form.is_valid() and try_act(
        form, lambda: observe(row, form.cleaned_data["files"], text=form.cleaned_data["text"], **said)
    )


def may(user, row, name):
    return any(step.name == name for step in HEARING.open_to(user, row))


@require_http_methods(["GET", "POST"])
def hearing_extend(request, pk):
    row = visible_or_404(Hearing, request.user, pk)
    HEARING.may_open("extend", row, by=request.user)
    form = ExtensionForm(request.POST or None)
    said = {"by": request.user, "base": request.POST.get("stamp")}
    if form.is_valid() and try_act(form, lambda: extend_notice(row, **said, **form.cleaned_data)):
        messages.success(request, _("There is more time for observations; the applicant is told by mail."))
        return redirect(row)
    return form_page(request, "applications/hearing_extend.html", form, hearing=row)


@require_GET
def hearing_file(request, pk):
    file = visible_or_404(HearingFile, request.user, pk)
    return files.serve(file.path, name=file.name, content_type=file.content_type)
