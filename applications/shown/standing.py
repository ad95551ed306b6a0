"""How far an application has come: its parts, what is missing, which conditions it does not meet."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.checks import PART_OF, case_of, warnings
from applications.completeness import COMPLETE, HAS_ERRORS, IN_PROGRESS, NOT_STARTED, gaps_in, progress_of, typed_gaps
from applications.content import content_of, digest
from applications.parts import PARTS

WORDS = {
    NOT_STARTED: (gettext_lazy("not started"), "neutral"),
    IN_PROGRESS: (gettext_lazy("in progress"), "info"),
    COMPLETE: (gettext_lazy("complete"), "good"),
    HAS_ERRORS: (gettext_lazy("has errors"), "bad"),
}


@dataclass
class Standing:
    at: datetime
    content: dict
    gaps: dict
    warnings: list
    progress: dict = field(default_factory=dict)
    typed: dict = field(default_factory=dict)  # those of the gaps that are no valid answer yet

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
    typed = typed_gaps(application) if application.as_typed else {}
    gaps = gaps_in(content, application.call) | typed
    found = warnings(case_of(content, application.call, at=at))
    ripe = [one for one in found if is_filled_in(PART_OF[one.code], gaps)]
    wrong = dict.fromkeys((gap.split(".")[0] for gap in typed), HAS_ERRORS)
    return Standing(at, content, gaps, ripe, progress_of(content, gaps, application.call) | wrong, typed)


def is_filled_in(name, gaps):
    """An empty part is missing; that it meets no condition either is no news."""
    return not any(gap.startswith(f"{name}.") for gap in gaps)


def section_url(application, part):
    return reverse("application_edit", args=[application.pk, part.name])


def gap_links(application, standing):
    """[(part: sentence, address of the field)] for the page that lists what is missing."""
    return [
        (f"{PARTS[gap.split('.')[0]].label}: {sentence}", field_url(application, gap, standing.content))
        for gap, sentence in standing.gaps.items()
    ]


def field_url(application, gap, content):
    name, field = gap.split(".", 1)
    part = PARTS[name]
    return f"{section_url(application, part)}#id_{part.field_of(field, content)}"


def warning_links(application, standing):
    return [
        (f"{one.criterion} {one.found}", section_url(application, PARTS[PART_OF[one.code]]))
        for one in standing.warnings
    ]


def eligibility_notice():
    return _(
        "The application does not meet these conditions of the call as it stands. You may submit it all the same, "
        "but an application that does not meet them is rejected."
    )
