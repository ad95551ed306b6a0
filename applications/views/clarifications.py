"""A clarification: asked by an officer, answered by the applicant, moved or withdrawn with a reason."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from applications.actions import answer_clarification, ask_clarification, extend_clarification
from applications.forms import ClarificationForm, ExtensionForm, ReplyForm
from applications.models import Application, Clarification, ClarificationFile
from applications.shown.asked import files_of
from applications.shown.clarifications import facts_of
from applications.states import CLARIFICATION
from core import files
from core.found import row_or_404, visible_or_404
from core.views import form_page, step_view, try_act

clarification_step = step_view(Clarification, CLARIFICATION)


@require_http_methods(["GET", "POST"])
def clarification_ask(request, pk):
    application = visible_or_404(Application, request.user, pk)
    new = Clarification(application=application)
    CLARIFICATION.may_open("ask", new, by=request.user)
    form = ClarificationForm(request.POST or None)
    said = {"by": request.user, "key": request.POST.get("key")}
    if form.is_valid() and (row := try_act(form, lambda: ask_clarification(new, **said, **form.cleaned_data))):
        messages.success(request, _("The question is asked; the applicant is told by mail."))
        return redirect(row)
    return form_page(request, "applications/clarification_ask.html", form, application=application)


@require_http_methods(["GET", "POST"])
def clarification(request, pk):
    """Question and reply; for the applicant, while it waits, the form of the reply."""
    row = row_or_404(Clarification.objects.visible_to(request.user).for_reading(), pk=pk)
    may_reply = may(request.user, row, "reply")
    if request.method == "POST":
        CLARIFICATION.may_open("reply", row, by=request.user)
    form = ReplyForm(request.POST or None, request.FILES or None)
    if form.is_valid() and try_act(form, lambda: answer(row, form.cleaned_data, request)):
        messages.success(request, _("Your answer is received."))
        return redirect(row)
    return form_page(
        request, "applications/clarification.html", form, clarification=row, application=row.application,
        facts=facts_of(row, request.user), files=files_of(row, "clarification_file"), may_reply=may_reply,
        may_extend=may(request.user, row, "extend"), steps=CLARIFICATION.buttons(request.user, row),
    )  # fmt: skip


def may(user, row, name):
    return any(step.name == name for step in CLARIFICATION.open_to(user, row))


def answer(row, said, request):
    return answer_clarification(
        row, said["files"], text=said["text"], by=request.user, base=request.POST.get("stamp")
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def clarification_extend(request, pk):
    row = visible_or_404(Clarification, request.user, pk)
    CLARIFICATION.may_open("extend", row, by=request.user)
    form = ExtensionForm(request.POST or None)
    said = {"by": request.user, "base": request.POST.get("stamp")}
    if form.is_valid() and try_act(form, lambda: extend_clarification(row, **said, **form.cleaned_data)):
        messages.success(request, _("There is more time to answer; the applicant is told by mail."))
        return redirect(row)
    return form_page(request, "applications/clarification_extend.html", form, clarification=row)


@require_GET
def clarification_file(request, pk):
    file = visible_or_404(ClarificationFile, request.user, pk)
    return files.serve(file.path, name=file.name, content_type=file.content_type)
