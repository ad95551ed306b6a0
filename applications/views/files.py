"""Attachments: added, taken out, downloaded."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.actions import add_attachment, remove_attachment
from applications.models import Attachment
from applications.parts import attachments
from applications.parts.attachments import AttachmentForm
from applications.shown.standing import section_url
from applications.views.sections import editable_or_refused, part_or_404, section_page
from core import files
from core.api import visible_or_404
from core.views import try_act


@require_POST
def add_file(request, pk):
    application = editable_or_refused(request, pk)
    part = part_or_404(application, attachments.PART.name)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        if try_act(form, lambda: add_attachment(application, said["file"], kind=said["kind"], by=request.user)):
            messages.success(request, _("The file is attached."))
            return redirect(section_url(application, part))
    return section_page(request, application, part, form)


@require_POST
def remove_file(request, pk):
    file = visible_or_404(Attachment, request.user, pk)
    remove_attachment(file.application, file.pk, by=request.user)
    messages.success(request, _("The file is taken out. Receipts that name it keep it."))
    return redirect(section_url(file.application, attachments.PART))


def download(request, pk):
    """The bytes as they came in, under the cleaned name, always as a download."""
    file = visible_or_404(Attachment, request.user, pk)
    return files.serve(file.path, name=file.name, content_type=file.content_type)
