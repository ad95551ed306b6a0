"""Attachments: the files of the proposal, each attached, replaced, taken out and put back by an act of its own."""

from django import forms
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from applications.models import Attachment
from applications.parts.base import Part
from applications.parts.filing import FILE_KINDS, Filing, in_order, place_of
from core.fields import ManyFiles
from programmes.form_parts import page_limits


class AttachmentForm(forms.Form):
    """Files of one kind; what each really is, its bytes say."""

    kind = forms.ChoiceField(label=_("Kind of document"), choices=[("", _("Choose one")), *Attachment.Kind.choices])
    file = ManyFiles(
        label=_("Files"), allow_empty_file=True, max_length=None,
        help_text=_("One or several: PDF, DOCX, XLSX, ODT, ODS, PNG or JPEG, at most 10 MB each."),
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
        return [file_as_said(file) for file in sorted(files, key=in_order)]

    def write(self, application, said, *, by, at):
        """`said` is {"remove": [ids], "back": [ids], "replace": [(id, StoredFile)], "add": [(kind, StoredFile)],
        "move": [(id, id of the file that follows it, or none)]}. A file that is not there any more keeps its
        bytes: receipts name it, and it can be put back."""
        filing = Filing(application, by=by, at=at)
        for key in said.get("remove", ()):
            filing.take_out(key)
        for key in said.get("back", ()):
            filing.put_back(key)
        for key, stored in said.get("replace", ()):
            filing.replace(key, stored)
        for kind, stored in said.get("add", ()):
            filing.add(kind, stored)
        for key, before in said.get("move", ()):
            filing.move(key, before)
        return filing.writing

    def restore(self, application, said, *, by, at):
        """Back to the files of a receipt: those it names are there, later ones are not."""
        filing = Filing(application, by=by, at=at)
        filing.keep_only([file["id"] for file in said])
        return filing.writing

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

    def for_partner(self, content, row):
        """Files hold the money and the people of everybody: the coordinator hands on what it wants to."""
        return

    def form_for(self, **what_stands):
        return AttachmentForm()

    def field_of(self, gap, content):
        return "kind"

    def beside_the_form(self, content, application):
        """The files that are there, and the earlier ones, the last taken out first."""
        rows = {file.pk: file for file in application.attachments.select_related("uploaded_by")}
        there = {place_of(file, rows): file for file in rows.values() if file.removed_at is None}
        earlier = sorted((file for file in rows.values() if file.removed_at), key=lambda file: file.removed_at)
        present = sorted((file for file in rows.values() if file.removed_at is None), key=in_order)
        return {
            "files": with_neighbours([row_line(file) for file in present]),
            "limits": limits_of(application.call, present),
            "earlier": [row_line(file, there.get(place_of(file, rows))) for file in reversed(earlier)],
        }


def with_neighbours(lines):
    """Each with what it is moved before, one up or one down; None where it cannot go further."""
    ids = [line["id"] for line in lines]
    for place, line in enumerate(lines):
        line["up"] = ids[place - 1] if place else None
        line["down"] = None if place == len(ids) - 1 else ids[place + 2] if place + 2 < len(ids) else ""
    return lines


def limits_of(call, files):
    """[(kind, pages there, most)] of the kinds whose pages the call limits."""
    return [
        (FILE_KINDS[kind], sum(file.pages or 0 for file in files if file.kind == kind), most)
        for kind, most in page_limits(call.parts).items()
    ]


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


def row_line(file, instead=None):
    """A file of the draft with its history; `instead`: the file that stands in its place now."""
    return file_line(file_as_said(file)) | {
        "by": file.uploaded_by.name,
        "at": file.uploaded_at,
        "removed_at": file.removed_at,
        "pages": file.pages,
        "scan": file.get_scan_display(),
        "instead": instead.name if instead else "",
    }


PART = Attachments()
