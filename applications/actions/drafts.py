"""Beginning an application and working on it."""

from applications.actions.changes import merge_sent
from applications.actions.guards import require_before_closing, require_fresh, require_open_call
from applications.actions.participations import end_with_their_partners
from applications.actions.sections import write_sections
from applications.models import Partner
from applications.parts.columns import values
from applications.parts.who import PARTNER_FIELDS, as_registered
from applications.reminders import KIND as REMINDER
from applications.reminders import next_reminder
from applications.states import APPLICATION
from core import clock
from core.versions import difference, values_of
from core.workflow import UNCHANGED
from promises.actions import promise


@APPLICATION.action("start")
def start_application(application, *, by, at):
    """Begin a draft: `application` is new, with its call and the applicant's organisation."""
    require_open_call(application.call, clock.arrived(at))
    application.edited_at = at
    application.save(force_insert=True)
    applicant = application.applicant
    lead = Partner.objects.create(
        application=application, organisation=applicant, is_coordinator=True, contact_name=by.name,
        contact_email=by.email, **as_registered(applicant),
    )  # fmt: skip
    if due_at := next_reminder(application.call, at):
        promise(REMINDER, application.call, due_at=due_at)
    return {f"partners · {lead.name}": [None, values(lead, PARTNER_FIELDS)]}


@APPLICATION.action("edit")
def edit_application(application, *, by, at, since, sent=None, **sections):
    """Save an application, complete or not; saving what is already there does nothing.

    `sent`: changes of single answers, merged with what others have changed meanwhile (see `actions/changes.py`).

    Whole parts by name, each in the shape of its file in `parts/`: `identity={"acronym", "title"}`, `partners=[…]`
    (the whole list; `id` may be left out for new ones),
    `content={"summary", "description", "objectives": [codes], "actions"}`,
    `timetable={"starts_on", "months", "milestones": […]}`, `budget={"requested", "own_resources", "other_resources",
    "lines": [{"partner": id, "category", "amount"}]}`, `declarations=[codes]`,
    `attachments={"add": [(kind, StoredFile)], "replace": [(id, StoredFile)], "remove": [ids], "back": [ids],
    "move": [(id, id of the one it is to stand before)]}`.
    Whoever saved the same whole part since `base` is named.
    """
    require_before_closing(application.call, clock.arrived(at))
    require_fresh(since, sections)
    before = values_of(application)
    changes = write_sections(application, sections, by=by, at=at)
    merged, parts = merge_sent(application, sent, by=by, at=at) if sent else ({}, set())
    changes |= merged
    if not changes and not difference(before, values_of(application)):
        return UNCHANGED
    application.edited_at = at
    if "partners" in {*sections, *parts}:
        end_with_their_partners(application, by=by, at=at)
    return {"sections": [None, sorted({*sections, *parts})], **changes}
