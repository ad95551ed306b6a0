"""Files of an application: taken in one by one, put in another's place, taken out, put back."""

from applications.actions.drafts import edit_application
from core import files
from core.errors import Refused
from core.files import clean_name


def add_attachment(application, upload, *, kind, by, at=None, base=None):
    """Check and keep an uploaded file, then name it in the application. A refused act leaves no file behind."""
    return with_stored(application, upload, lambda stored: {"add": [(kind, stored)]}, by=by, at=at, base=base)


def add_attachments(application, uploads, *, kind, by):
    """Each by an act of its own, so that one which cannot be keeps out no other: [(name, its refusal or None)]."""
    return [(clean_name(one.name), refusal_of(application, one, kind=kind, by=by)) for one in uploads]


def refusal_of(application, upload, *, kind, by):
    try:
        add_attachment(application, upload, kind=kind, by=by)
    except Refused as refusal:
        return refusal
    return None


def replace_attachment(application, attachment_id, upload, *, by, at=None, base=None):
    """The new file takes the kind and the place of the other, which can be put back."""
    return with_stored(
        application, upload, lambda stored: {"replace": [(attachment_id, stored)]}, by=by, at=at, base=base
    )  # fmt: skip


def with_stored(application, upload, said, *, by, at, base):
    stored = files.store(upload)
    try:
        return edit_application(application, by=by, at=at, base=base, attachments=said(stored))
    except Refused:
        files.discard(stored.path)
        raise


def remove_attachment(application, attachment_id, *, by, at=None, base=None):
    return edit_application(application, by=by, at=at, base=base, attachments={"remove": [attachment_id]})


def move_attachment(application, attachment_id, *, before, by, at=None, base=None):
    """To stand before another file, or (`before` is empty) at the end."""
    return edit_application(application, by=by, at=at, base=base, attachments={"move": [(attachment_id, before)]})


def put_back_attachment(application, attachment_id, *, by, at=None, base=None):
    """An earlier file is there again; what stands in its place goes among the earlier ones."""
    return edit_application(application, by=by, at=at, base=base, attachments={"back": [attachment_id]})
