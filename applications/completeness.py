"""What is missing before an application may be submitted: {“section.field”: a sentence that says what to do}.

Only what makes an application inadmissible stops it (FR Art. 196: its parts, attachments, declarations). Conditions of
eligibility are shown as warnings by `checks.py` and never stop anybody.
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from applications.budget import NOTHING
from applications.content import SECTIONS
from applications.declarations import Declaration
from applications.models import Attachment

NOT_STARTED, IN_PROGRESS, COMPLETE, HAS_ERRORS = "not started", "in progress", "complete", "has errors"
LONGEST_SUMMARY, LONGEST_DESCRIPTION = 2_000, 50_000


def gaps_in(content, call):
    """Every gap of a content, in the order of the sections. `call` is read for what it requires."""
    found = {}
    for section in SECTIONS:
        found |= {f"{section}.{field}": sentence for field, sentence in GAPS[section](content, call).items()}
    return found


def identity_gaps(content, call):
    said = content["identity"]
    return missing(
        acronym=(said["acronym"], _("Give the action an acronym.")),
        title=(said["title"], _("Give the action a title.")),
    )


def partner_gaps(content, call):
    lead = next((one for one in content["partners"] if one["is_coordinator"]), {})
    return missing(
        contact_name=(lead.get("contact_name"), _("Name a contact person of the coordinator.")),
        contact_email=(lead.get("contact_email"), _("Give the e-mail address of the coordinator's contact person.")),
    )


def content_gaps(content, call):
    said = content["content"]
    gaps = missing(
        summary=(said["summary"], _("Write the summary.")),
        description=(said["description"], _("Describe the action.")),
        objectives=(said["objectives"], _("Choose at least one specific objective.")),
        actions=(said["actions"], _("Choose at least one action type.")),
    )
    return gaps | too_long(said, summary=LONGEST_SUMMARY, description=LONGEST_DESCRIPTION)


def timetable_gaps(content, call):
    said = content["timetable"]
    gaps = missing(
        starts_on=(said["starts_on"], _("Say when the action starts.")),
        months=(said["months"], _("Say how many months the action lasts.")),
        milestones=(said["milestones"], _("Give at least one activity of the timetable.")),
    )
    late = [one["title"] for one in said["milestones"] if said["months"] and one["last_month"] > said["months"]]
    if late:
        words = {"title": late[0], "months": said["months"]}
        gaps["milestones"] = _("“%(title)s” ends after month %(months)s, the end of the action: change one.") % words
    return gaps


def budget_gaps(content, call):
    said = content["budget"]
    asked = Decimal(said["requested"] or NOTHING)
    return missing(
        lines=(said["lines"], _("Enter the direct costs, partner by partner.")),
        requested=(asked > 0, _("Say how much EU contribution you request.")),
    )


def attachment_gaps(content, call):
    there = {file["kind"] for file in content["attachments"]}
    kinds = dict(Attachment.Kind.choices)
    return {
        kind: _("Attach the required document: %(kind)s.") % {"kind": kinds.get(kind, kind)}
        for kind in call.required_attachments
        if kind not in there
    }


def declaration_gaps(content, call):
    return {
        code: _("Declare: “%(text)s”") % {"text": label}
        for code, label in Declaration.choices
        if code not in content["declarations"]
    }


def missing(**fields):
    return {name: sentence for name, (value, sentence) in fields.items() if not value}


def too_long(said, **limits):
    over = {name: len(said[name]) - limit for name, limit in limits.items() if len(said[name]) > limit}
    return {
        name: ngettext("Shorten it by %(number)d character.", "Shorten it by %(number)d characters.", number)
        % {"number": number}
        for name, number in over.items()
    }


GAPS = {
    "identity": identity_gaps,
    "partners": partner_gaps,
    "content": content_gaps,
    "timetable": timetable_gaps,
    "budget": budget_gaps,
    "attachments": attachment_gaps,
    "declarations": declaration_gaps,
}


def progress_of(content, gaps):
    """{section: not started, in progress, complete or has errors}, from the gaps already found."""
    return {section: state_of(section, content, gaps) for section in SECTIONS}


def state_of(section, content, gaps):
    fields = [name.split(".", 1)[1] for name in gaps if name.startswith(f"{section}.")]
    if not fields:
        return COMPLETE
    if is_untouched(section, content):
        return NOT_STARTED
    filled = [field for field in fields if is_filled(section, field, content)]
    return HAS_ERRORS if filled else IN_PROGRESS


def is_untouched(section, content):
    said = content[section]
    if section == "partners":
        return len(said) <= 1 and not any(one["contact_name"] or one["contact_email"] for one in said)
    if isinstance(said, list):
        return not said
    return not any(value and value != "0.00" for value in said.values())


def is_filled(section, field, content):
    """A gap at a field that has something in it is an error, not an omission."""
    said = content[section]
    return isinstance(said, dict) and bool(said.get(field)) and said.get(field) != "0.00"
