"""Attachments: the files of the proposal, each attached and taken out by an act of its own."""

from django import forms
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from applications.models import Attachment
from applications.parts.base import Part, Writing
from applications.parts.columns import require_valid, values
from core.errors import Incomplete

MOST_FILES = 40
TOLD = ("kind", "name", "sha256")
FILE_KINDS = dict(Attachment.Kind.choices)


class AttachmentForm(forms.Form):
    """One file; what it really is, its bytes say."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=[("", _("Choose one")), *Attachment.Kind.choices])
    file = forms.FileField(
        label=_("File"), allow_empty_file=True, max_length=None,
        help_text=_("PDF, DOCX, XLSX, ODT, ODS, PNG or JPEG, at most 10 MB."),
    )  # fmt: skip


class Attachments(Part):
    name = "attachments"
    label = _("Attachments")
    place = 60
    empty = []
    form = AttachmentForm
    edit_template = "applications/edit/attachments.html"
    is_saved_by_the_page = False
    why_not_copied = _("Files are attached anew: is this one still the right one?")

    def read(self, application):
        files = [file for file in application.attachments.all() if file.removed_at is None]
        return sorted((file_as_said(file) for file in files), key=lambda file: file["id"])

    def write(self, application, said, *, by, at):
        """`said` is {"add": [(kind, StoredFile)], "remove": [ids]}. A removed file keeps its bytes: receipts name
        it."""
        writing = Writing()
        for key in said.get("remove", ()):
            remove_file(writing, application, key, at=at)
        for kind, stored in said.get("add", ()):
            add_file(writing, application, kind, stored, by=by, at=at)
        return writing

    def restore(self, application, said, *, by, at):
        return keep_only_files(application, {file["id"] for file in said}, at=at)

    def gaps(self, content, call):
        there = {file["kind"] for file in content[self.name]}
        return {
            kind: _("Attach the required document: %(kind)s.") % {"kind": FILE_KINDS.get(kind, kind)}
            for kind in call.required_attachments
            if kind not in there
        }

    def named(self, said):
        return [file["name"] for file in said]

    def shown(self, content, application):
        return {"files": [file_line(file) for file in content[self.name]]}

    def form_for(self, **what_stands):
        return AttachmentForm()

    def field_of(self, gap, content):
        return "kind"

    def beside_the_form(self, content, call):
        return {"files": [file_line(file) for file in content[self.name]]}


def file_as_said(file):
    return {
        "id": str(file.pk),
        "kind": file.kind,
        "name": file.name,
        "content_type": file.content_type,
        "size": file.size,
        "sha256": file.sha256,
        "crc32": f"{file.crc32:08x}",
    }


def remove_file(writing, application, key, *, at):
    file = application.attachments.present().filter(pk=key).first()
    if file is None:
        raise Incomplete({"attachments.file": say("This file is not in the application any more.")})
    file.removed_at = at
    writing.rows.append(file)
    writing.changes[f"attachments · {file.name}"] = [values(file, TOLD), None]


def add_file(writing, application, kind, stored, *, by, at):
    coming = sum(1 if row._state.adding else -1 for row in writing.rows)
    if application.attachments.present().count() + coming >= MOST_FILES:
        words = {"number": MOST_FILES}
        raise Incomplete({"attachments.file": say("At most %(number)d files: join or remove some.") % words})
    file = Attachment(application=application, kind=kind, uploaded_by=by, uploaded_at=at, **stored._asdict())
    require_valid(file, ("kind", "name"), place="attachments")
    writing.rows.append(file)
    writing.changes[f"attachments · {file.name}"] = [None, values(file, TOLD)]


def keep_only_files(application, ids, *, at):
    """Back to the files of a receipt: those it names are there, later ones are not."""
    writing = Writing()
    for file in application.attachments.all():
        is_wanted = str(file.pk) in ids
        if is_wanted != (file.removed_at is None):
            file.removed_at = None if is_wanted else at
            writing.rows.append(file)
            told = values(file, TOLD)
            writing.changes[f"attachments · {file.name}"] = [None, told] if is_wanted else [told, None]
    return writing


def file_line(file):
    return {
        "id": file["id"],
        "name": file["name"],
        "url": reverse("attachment", args=[file["id"]]),
        "size": file["size"],
        "shown_size": filesizeformat(file["size"]),
        "sha256": file["sha256"],
        "note": FILE_KINDS.get(file["kind"], ""),
    }


PART = Attachments()
