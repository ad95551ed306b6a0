"""The list of its parts beside each page of a proposal: how far each has come, what is missing in it, the way on.

Everything is read once for all parts: how many they are changes no number of queries.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from applications.checks import PART_OF
from applications.completeness import COMPLETE, HAS_ERRORS, IN_PROGRESS
from applications.formats import read
from applications.models import KeptChange, Remark
from applications.parts import PARTS, own_answers, own_form_of
from applications.shown.duties import duties_in, own_duties
from applications.shown.participations import content_for, own_parts
from applications.shown.remarks import open_in, remark_words
from applications.shown.standing import WORDS, field_url, section_url
from applications.states import ApplicationPhase
from core import clock
from core.days import day_of

MOST_SHOWN = 10  # gaps of one part that are linked; the page of what is missing has them all


@dataclass(frozen=True)
class Side:
    """`here`: the name of the part whose page this is, if it is one's; `start`: the page of the whole."""

    lines: list
    start: str
    here: str = ""
    rest: str = ""  # the address of everything that is missing
    duties: str = ""  # where parts are given to people
    totals: list = field(default_factory=list)

    @property
    def done(self):
        return sum(line["is_complete"] for line in self.lines)

    @property
    def missing(self):
        return sum(line["gaps"] for line in self.lines)

    @property
    def not_valid(self):
        return sum(line["not_valid"] for line in self.lines)

    @property
    def number(self):
        return next((place for place, line in enumerate(self.lines, 1) if line["is_here"]), 0)

    @property
    def previous(self):
        return self.lines[self.number - 2] if self.number > 1 else None

    @property
    def following(self):
        return self.lines[self.number] if 0 < self.number < len(self.lines) else None


def side_of(application, standing, *, user, here=""):
    """For whoever writes the whole of it."""
    marks = marks_of(application, standing, user)
    return Side(
        [line_of(application, standing, name, marks[name], here) for name in standing.progress],
        start=application.get_absolute_url(),
        here=here,
        rest=reverse("application_missing", args=[application.pk]),
        duties=reverse("duties", args=[application.pk]),
        totals=[one for name in standing.progress for one in PARTS[name].totals(standing.content, application.call)],
    )


def line_of(application, standing, name, marks, here):
    part, state = PARTS[name], standing.progress[name]
    gaps = [gap for gap in standing.gaps if gap.startswith(f"{name}.") and gap not in standing.typed]
    links = [(standing.gaps[gap], field_url(application, gap, standing.content)) for gap in gaps[:MOST_SHOWN]]
    return {
        "label": part.label,
        "url": section_url(application, part),
        "is_here": name == here,
        "is_complete": state == COMPLETE,
        "state": WORDS[state][0],
        "tone": WORDS[state][1],
        "gaps": len(gaps),
        "not_valid": sum(gap.startswith(f"{name}.") for gap in standing.typed),
        "links": links,
        "more": len(gaps) - len(links),
        "marks": marks,
        "warned": any(PART_OF[one.code] == name for one in standing.warnings),
    }


def marks_of(application, standing, user):
    """{part: [(words, tone)]}: who has it, what stands in it as it was typed, what waits to be decided, what is not
    sent."""
    given = duties_in(application, user, day_of(standing.at))
    typed = Counter(gap.partition(".")[0] for gap in standing.typed)
    waiting = waiting_in(KeptChange.objects.visible_to(user).filter(application=application))
    remarks = open_in(Remark.objects.visible_to(user).filter(application=application))
    changed = changed_since(application, standing)
    sent = (_("changed since version %(number)d") % {"number": application.versions}, "info")
    return {
        name: [
            *given.get(name, ()), *marks_on(typed[name], waiting[name], remarks[name]),
            *([sent] if name in changed else []),
        ]
        for name in standing.progress
    }  # fmt: skip


def marks_on(typed, waiting, remarks):
    if typed:
        yield ngettext("%(number)d not valid", "%(number)d not valid", typed) % {"number": typed}, "bad"
    if waiting:
        yield ngettext("%(number)d to decide", "%(number)d to decide", waiting) % {"number": waiting}, "warning"
    if remarks:
        yield remark_words(remarks), "info"


def waiting_in(kept):
    return Counter(kept.order_by().values_list("part", flat=True))


def changed_since(application, standing):
    """The parts that do not say what was received last, if anything counts as received."""
    receipt = application.receipts.first() if application.stands_in(ApplicationPhase.SENT) else None
    if receipt is None:
        return set()
    sent = read(receipt.content)
    return {
        name
        for name in standing.progress
        if name in application.as_typed or is_changed(PARTS[name], standing.content[name], sent)
    }


def is_changed(part, said, sent):
    return said != sent[part.name] if part.name in sent else not part.is_untouched(said)


# for a partner: its own part and nothing else


def own_side(participation, *, user, here=""):
    """What its people write, and what is missing of that; nothing of anybody else, not even a number."""
    content, waiting = content_for(participation), waiting_for(participation)
    remarks = open_in(Remark.objects.visible_to(user).filter(participation=participation))
    given = own_duties(participation, day_of(clock.now()), user)
    lines = [
        own_line(participation, part, url, gaps=part.own_gaps(content, str(participation.row)),
                 marked=(waiting[part.name], remarks[part.name]), given=given.get(part.name, ()), here=here)
        for part, url in own_parts(participation)
    ]  # fmt: skip
    return Side(lines, start=participation.get_absolute_url(), here=here)


def waiting_for(participation):
    own = [name for _part, name in own_answers(str(participation.row))]
    return waiting_in(KeptChange.objects.filter(application=participation.application, name__in=own))


def own_line(participation, part, url, *, gaps, marked, given, here):
    typed = own_form_of(participation.application, part, participation.row).typed
    state = HAS_ERRORS if typed else IN_PROGRESS if gaps else COMPLETE
    return {
        "label": part.label,
        "url": url,
        "is_here": part.name == here,
        "is_complete": state == COMPLETE,
        "state": WORDS[state][0],
        "tone": WORDS[state][1],
        "gaps": len(gaps),
        "not_valid": len(typed),
        "links": [(sentence, f"{url}#id_{name}") for name, sentence in gaps.items()],
        "more": 0,
        "marks": [*given, *marks_on(len(typed), *marked)],
        "warned": False,
    }
