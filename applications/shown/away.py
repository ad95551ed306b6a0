"""A whole proposal to take away: what it says as JSON, its files, and the receipt, in one ZIP."""

import json

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from applications.content import canonical
from applications.formats import read
from applications.models import Attachment
from core import files
from core.errors import WrongState
from core.zips import Entry, entry_of, safe_name


def bundle_of_draft(application, content):
    """As it is saved now; with what is no answer yet as it was typed, and the last receipt, if there is one."""
    typed = [entry_of("not-valid-yet.json", as_bytes(application.as_typed))] if application.as_typed else []
    receipt = application.receipts.first()
    return [entry_of("proposal.json", canonical(content)), *typed, *files_in(content), *proof_of(receipt)]


def bundle_of_receipt(receipt):
    """As it was received, byte by byte: the SHA-256 of `proposal.json` is the one on the receipt."""
    return [entry_of("proposal.json", canonical(receipt.content)), *files_in(read(receipt.content)), *proof_of(receipt)]


def as_bytes(said):
    return json.dumps(said, sort_keys=True, indent=1, ensure_ascii=False).encode()


def files_in(content):
    """The files that a content names, also those that were taken out of the draft since."""
    said = content.get("attachments", [])
    rows = Attachment.objects.in_bulk([file["id"] for file in said])
    known = {str(pk): row for pk, row in rows.items()}
    return [entry_of_file(known[file["id"]], place) for place, file in enumerate(said, 1)]


def entry_of_file(file, place):
    return Entry(f"files/{place:02d}-{safe_name(file.name)}", file.size, file.crc32, pieces_of(file.path, file.name))


def pieces_of(path, name):
    """Its bytes when their turn comes; one that is lost is said before anything is sent."""
    if not default_storage.exists(path):
        raise WrongState(_("The file “%(name)s” cannot be read now. Please tell the help desk.") % {"name": name})
    return lambda: files.pieces(path)


def proof_of(receipt):
    """The receipt as a paper, once it is drawn, and the content that it proves."""
    if receipt is None:
        return []
    received = entry_of(f"receipt/version-{receipt.version}.json", canonical(receipt.content))
    drawn = (
        [entry_of(f"receipt/{safe_name(receipt.file_name)}", files.read(receipt.pdf_path))] if receipt.pdf_path else []
    )
    return [received, *drawn]


def bundle_name(application, version=None):
    """Of letters that every system takes: the number, or what a draft without one has."""
    name = application.reference or f"draft-{application.pk}"
    return f"{safe_name(name)}{f'-v{version}' if version else ''}.zip"
