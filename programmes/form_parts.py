"""The parts that the form of a call may name. The apps above offer them, each in its own file."""

from typing import NamedTuple

USUAL = ("identity", "partners", "content", "timetable", "budget", "attachments", "declarations")
OFFERED = {}
DOCUMENTS = "attachments"
DESCRIPTION = "content"
MOST_PAGES = 10_000


class Offer(NamedTuple):
    """`needs`: the parts that must be asked with it; `place`: where it stands in the form; `is_decided_on`: letters and
    awards are made of it, so no call is published without it; `is_written`: nobody ticks it, it is asked where an
    officer has written something for it."""

    name: str
    label: str
    needs: tuple = ()
    place: int = 100
    is_decided_on: bool = False
    is_written: bool = False


def offer(name, label, **options):
    OFFERED[name] = Offer(name, label, **options)


def offered():
    """What an officer chooses among."""
    return sorted((one for one in OFFERED.values() if not one.is_written), key=lambda one: (one.place, one.name))


def usual_parts():
    """What a new call asks for until its officer chooses."""
    return form_of(USUAL)


def form_of(names):
    """A form as a call keeps it: a dict for each part, so that it can say more of one later."""
    return [{"part": name} for name in names]


def page_limits(form):
    """{kind of document: most pages of all its files together}, where the call sets any."""
    return next((one.get("pages", {}) for one in form if one["part"] == DOCUMENTS), {})


def with_page_limits(form, limits):
    """The form with these; one that asks for no documents has none."""
    said = {"pages": limits} if limits else {}
    return [{"part": DOCUMENTS, **said} if one["part"] == DOCUMENTS else one for one in form]


def names_in(form):
    return [one["part"] for one in form]


def part_labels(form):
    return [OFFERED[name].label for name in names_in(form)]
