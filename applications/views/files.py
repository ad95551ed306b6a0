"""Attachments: added, replaced, taken out, put back, downloaded."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from applications.actions import (
    add_attachments,
    move_attachment,
    put_back_attachment,
    remove_attachment,
    replace_attachment,
)
from applications.models import Attachment
from applications.parts import attachments
from applications.parts.attachments import AttachmentForm
from applications.shown.standing import section_url
from applications.views.sections import editable_or_refused, part_or_404, section_page
from core import files
from core.errors import Incomplete, Refused
from core.found import visible_or_404
from core.ids import id_in


@require_POST
def add_file(request, pk):
    """Several at once: those that can be are attached, of each other one is said why not."""
    application = editable_or_refused(request, pk)
    part = part_or_404(application, attachments.PART.name)
    form = AttachmentForm(request.POST, request.FILES)
    if not form.is_valid():
        return wrong(request, application, part, form)
    said = form.cleaned_data
    outcomes = add_attachments(application, said["file"], kind=said["kind"], by=request.user)
    refused = [(name, refusal) for name, refusal in outcomes if refusal]
    if request.headers.get("X-Upload"):
        return answer_to_script(request, refused)
    say_attached(request, len(outcomes) - len(refused))
    if refused:
        return not_taken(request, application, AttachmentForm(initial={"kind": said["kind"]}), refused)
    return redirect(section_url(application, part))


def wrong(request, application, part, form):
    """No kind was chosen, or no file."""
    if request.headers.get("X-Upload"):
        return JsonResponse({"detail": " ".join(one for found in form.errors.values() for one in found)}, status=400)
    return section_page(request, application, part, form)


def say_attached(request, number):
    if number:
        sentence = ngettext("The file is attached.", "%(number)d files are attached.", number)
        messages.success(request, sentence % {"number": number})


def answer_to_script(request, refused):
    """For a page that sends its files one by one; with the last it says how many are to be told of when it turns."""
    for _name, refusal in refused:
        return JsonResponse({"detail": str(refusal.in_short)}, status=refusal.status)
    told = request.headers["X-Upload"]
    say_attached(request, int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 0)
    return JsonResponse({"detail": ""}, status=201)


def not_taken(request, application, form, refused):
    """The page with a sentence for each file that was not taken in; `refused` is [(name, refusal)]."""
    form.refused_status = max(refusal.status for _name, refusal in refused)
    sentences = [f"{name}: {refusal.in_short}" for name, refusal in refused]
    return section_page(request, application, attachments.PART, form, refused=sentences)


@require_POST
def replace_file(request, pk):
    file = visible_or_404(Attachment, request.user, pk)
    application = editable_or_refused(request, file.application_id)
    upload = request.FILES.get("file")
    try:
        if upload is None:
            raise Incomplete({"file": _("Choose the file that takes its place.")})
        replace_attachment(application, file.pk, upload, by=request.user)
    except Refused as refusal:
        return not_taken(request, application, AttachmentForm(), [(file.name, refusal)])
    messages.success(request, _("Replaced. The file before stands among the earlier ones; it can be put back."))
    return redirect(section_url(application, attachments.PART))


@require_POST
def move_file(request, pk):
    """One up, one down, or wherever it was dropped: to stand before the file that is named, at the end without one."""
    file = visible_or_404(Attachment, request.user, pk)
    before = request.POST.get("before", "")
    move_attachment(file.application, file.pk, before=before and id_in(before), by=request.user)
    messages.success(request, _("“%(name)s” is moved.") % {"name": file.name})
    return redirect(f"{section_url(file.application, attachments.PART)}#file-{file.pk}")


@require_POST
def put_back_file(request, pk):
    file = visible_or_404(Attachment, request.user, pk)
    put_back_attachment(file.application, file.pk, by=request.user)
    messages.success(request, _("“%(name)s” is there again.") % {"name": file.name})
    return redirect(section_url(file.application, attachments.PART))


@require_POST
def remove_file(request, pk):
    file = visible_or_404(Attachment, request.user, pk)
    remove_attachment(file.application, file.pk, by=request.user)
    messages.success(
        request, _("The file is taken out and stands among the earlier ones. Receipts that name it keep it.")
    )
    return redirect(section_url(file.application, attachments.PART))


def download(request, pk):
    """The bytes as they came in, under the cleaned name, always as a download."""
    file = visible_or_404(Attachment, request.user, pk)
    return files.serve(file.path, name=file.name, content_type=file.content_type)
