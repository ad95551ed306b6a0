"""How far an application has come: its parts, what is missing, which conditions it does not meet."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.checks import SECTION_OF, case_of, warnings
from applications.completeness import COMPLETE, HAS_ERRORS, IN_PROGRESS, NOT_STARTED, gaps_in, progress_of
from applications.content import content_of, digest

LABELS = {
    "identity": gettext_lazy("Identity"),
    "partners": gettext_lazy("Partners"),
    "content": gettext_lazy("Objectives and description"),
    "timetable": gettext_lazy("Timetable"),
    "budget": gettext_lazy("Budget"),
    "attachments": gettext_lazy("Attachments"),
    "declarations": gettext_lazy("Declarations"),
}
WORDS = {
    NOT_STARTED: (gettext_lazy("not started"), "neutral"),
    IN_PROGRESS: (gettext_lazy("in progress"), "info"),
    COMPLETE: (gettext_lazy("complete"), "good"),
    HAS_ERRORS: (gettext_lazy("has errors"), "bad"),
}
FIRST_FIELD = {
    "partners.contact_name": "{lead}-contact_name", "partners.contact_email": "{lead}-contact_email",
    "content.objectives": "objectives_0", "content.actions": "actions_0", "timetable.milestones": "m0-title",
    "budget.lines": "{lead}-A",
}  # fmt: skip


@dataclass
class Standing:
    content: dict
    gaps: dict
    warnings: list
    progress: dict = field(default_factory=dict)

    @property
    def is_complete(self):
        return not self.gaps

    @property
    def done(self):
        return sum(state == COMPLETE for state in self.progress.values())

    @property
    def digest(self):
        return digest(self.content)


def standing_of(application, *, at):
    """Read the application once: all that the task list, the missing page and the submit page need."""
    content = content_of(application)
    gaps = gaps_in(content, application.call)
    found = warnings(case_of(content, application.call, at=at))
    ripe = [one for one in found if is_filled_in(SECTION_OF[one.code], gaps)]
    return Standing(content, gaps, ripe, progress_of(content, gaps))


def is_filled_in(section, gaps):
    """An empty part is missing; that it meets no condition either is no news."""
    return not any(name.startswith(f"{section}.") for name in gaps)


def task_list(application, standing):
    """A line for each part: label, address, state in words with its tone, and what to look at."""
    return [
        {
            "label": LABELS[section],
            "url": section_url(application, section),
            "state": WORDS[state][0],
            "tone": WORDS[state][1],
            "gaps": sum(name.startswith(f"{section}.") for name in standing.gaps),
            "warned": any(SECTION_OF[one.code] == section for one in standing.warnings),
        }
        for section, state in standing.progress.items()
    ]


def section_url(application, section):
    return reverse("application_edit", args=[application.pk, section])


def gap_links(application, standing):
    """[(part: sentence, address of the field)] for the page that lists what is missing."""
    lead = next(one["id"] for one in standing.content["partners"] if one["is_coordinator"])
    return [
        (f"{LABELS[name.split('.')[0]]}: {sentence}", field_url(application, name, lead))
        for name, sentence in standing.gaps.items()
    ]


def field_url(application, name, lead):
    section, place = name.split(".", 1)
    address = section_url(application, section)
    if section in {"attachments", "declarations"}:
        return f"{address}#id_{'kind' if section == 'attachments' else 'declarations_0'}"
    return f"{address}#id_{FIRST_FIELD.get(name, place).format(lead=lead)}"


def warning_links(application, standing):
    return [
        (f"{one.criterion} {one.found}", section_url(application, SECTION_OF[one.code])) for one in standing.warnings
    ]


def eligibility_notice():
    return _(
        "The application does not meet these conditions of the call as it stands. You may submit it all the same, "
        "but an application that does not meet them is rejected."
    )
