"""Beginning an application and working on it."""

from applications.actions.guards import require_before_closing, require_fresh, require_open_call
from applications.actions.sections import write_sections
from applications.content import search_words
from applications.models import Partner
from applications.parts.columns import values
from applications.parts.partners import PARTNER_FIELDS
from applications.reminders import KIND as REMINDER
from applications.reminders import next_reminder
from applications.states import APPLICATION
from core import files
from core.errors import Refused
from core.workflow import difference, values_of
from promises.actions import promise


@APPLICATION.action("start")
def start_application(application, *, by, at):
    """Begin a draft: `application` is new, with its call and the applicant's organisation."""
    require_open_call(application.call, at)
    application.edited_at = at
    application.search_text = search_words(application)
    application.save(force_insert=True)
    applicant = application.applicant
    lead = Partner.objects.create(
        application=application, is_coordinator=True, name=applicant.name, country=applicant.member_state,
        kind=applicant.kind, contact_name=by.name, contact_email=by.email,
    )  # fmt: skip
    if due_at := next_reminder(application.call, at):
        promise(REMINDER, application.call, due_at=due_at)
    return {f"partners · {lead.name}": [None, values(lead, PARTNER_FIELDS)]}


class NothingNew(Exception):
    """The act would change nothing: no record is written of it."""


def edit_application(application, *, by, at=None, stamp=None, **sections):
    """Save parts of an application, complete or not; saving what is already there does nothing.

    Parts by name, each in the shape of its file in `parts/`: `identity={"acronym", "title"}`, `partners=[…]` (the whole
    list; `id` may be left out for new ones), `content={"summary", "description", "objectives": [codes], "actions"}`,
    `timetable={"starts_on", "months", "milestones": […]}`, `budget={"requested", "own_resources", "other_resources",
    "lines": [{"partner": id, "category", "amount"}]}`, `declarations=[codes]`,
    `attachments={"add": [(kind, StoredFile)], "remove": [ids]}`.
    `stamp` is the application's stamp when the page was loaded: whoever saved the same part since is named.
    """
    try:
        return save_sections(application, by=by, at=at, stamp=stamp, sections=sections)
    except NothingNew:
        return type(application)._base_manager.get(pk=application.pk)


@APPLICATION.action("edit")
def save_sections(application, *, by, at, stamp, sections):
    require_before_closing(application.call, at)
    require_fresh(application, stamp, sections)
    before = values_of(application)
    changes = write_sections(application, sections, by=by, at=at)
    if not changes and not difference(before, values_of(application)):
        raise NothingNew
    application.stamp += 1
    application.edited_at = at
    return {"sections": [None, sorted(sections)], **changes}


def add_attachment(application, upload, *, kind, by, at=None, stamp=None):
    """Check and keep an uploaded file, then name it in the application. A refused act leaves no file behind."""
    stored = files.store(upload)
    try:
        return edit_application(application, by=by, at=at, stamp=stamp, attachments={"add": [(kind, stored)]})
    except Refused:
        files.discard(stored.path)
        raise


def remove_attachment(application, attachment_id, *, by, at=None, stamp=None):
    return edit_application(application, by=by, at=at, stamp=stamp, attachments={"remove": [attachment_id]})
