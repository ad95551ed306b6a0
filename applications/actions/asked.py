"""What every question to an applicant has in common: its last day in Brussels, the one answer with its documents, and
the clock that reminds and ends it. What it is about, and who is told what, says the act."""

from datetime import timedelta

from django.utils.translation import gettext as _

from applications.actions.sending import addresses_of
from core import clock, files
from core.days import day_of
from core.errors import Incomplete, Refused, WrongState
from core.formats import brussels_day
from promises.actions import promise, write_mails

LONGEST, MOST_FILES = timedelta(days=60), 10
WINDOW = timedelta(days=14)  # in which a last day may be chosen, however late its first one
REMINDED = timedelta(days=2)  # before the last day is over
TOMORROW = timedelta(days=1)


def require_day(due_on, at, *, least=TOMORROW):
    require_between(due_on, day_of(at) + least, day_of(at) + longest(least))


def longest(least):
    """There is always a day to choose: where the first one is late, so is the last one."""
    return max(LONGEST, least + WINDOW)


def require_between(due_on, first, last):
    if not first <= due_on <= last:
        words = {"first": brussels_day(first), "last": brussels_day(last)}
        raise Incomplete({"due_on": _("Choose a day from %(first)s to %(last)s.") % words})


def require_later_day(row, due_on, at, *, least=TOMORROW):
    """`least`: what a new one would have been given; more time begins tomorrow and may last as long as that one."""
    require_between(due_on, day_of(at) + TOMORROW, day_of(at) + longest(least))
    if due_on <= row.due_on:
        raise Incomplete({"due_on": _("Give a later day: the time to answer is never shortened.")})


def ask(row, *, by, at, text, due_on):
    row.text, row.due_on = text, due_on
    row.asked_by, row.asked_at = by, at
    owe_the_look(row, at)


def take_answer(row, *, by, at, text, stored):
    """Once, with documents of its own. When it arrived decides, and stands on it."""
    arrived_at = clock.arrived(at)
    if arrived_at >= row.until:
        words = {"day": brussels_day(row.due_on)}
        raise WrongState(
            _("The time to answer ended with %(day)s (Brussels time). Nothing was taken in; ask the office for more.")
            % words
        )
    row.answer, row.answered_by, row.answered_at = text, by, arrived_at
    of_row, rows = {row._meta.model_name: row}, row.files.model.objects
    rows.bulk_create([rows.model(**of_row, **one._asdict()) for one in stored])
    return {"documents": [None, [{"name": one.name, "sha256": one.sha256} for one in stored]]}


def answer_with(reply, row, uploads, *, text, by, base=None):
    """Check and keep the files, then reply. A refused act leaves no file behind."""
    if len(uploads) > MOST_FILES:
        raise Incomplete({"files": _("At most %(number)d files: join or leave out some.") % {"number": MOST_FILES}})
    stored = []
    try:
        stored.extend(files.store(upload, field="files") for upload in uploads)
        return reply(row, by=by, text=text, stored=stored, base=base)
    except Refused:
        for one in stored:
            files.discard(one.path)
        raise


def owe_the_look(row, at):
    """The clock reminds before the last day is over, and comes again when it is."""
    reminded_at = row.until - REMINDED
    promise(row._meta.model_name, row, due_at=reminded_at if reminded_at > at else over_at(row))


def over_at(row):
    """Whoever arrived in time is taken in by then."""
    return row.until + clock.all_in_after()


def tell_applicant(row, mail):
    write_mails(to=addresses_of(row.application), about=row, **mail)
