"""After the opening: an officer asks, the applicant answers in time, and not a letter of the proposal changes."""

from datetime import timedelta

from django.utils.translation import gettext as _

from applications import documents
from applications.actions.sending import addresses_of
from applications.models import ClarificationFile
from applications.states import CLARIFICATION, IN_PROCEDURE
from core import clock, files
from core.days import day_of
from core.errors import Incomplete, Refused, WrongState
from core.formats import brussels_day
from programmes.states import CallPhase
from promises.actions import promise, write_mail, write_mails

LONGEST, MOST_FILES = timedelta(days=60), 10
REMINDED = timedelta(days=2)  # before the last day is over
OVER = CallPhase.DECIDED + CallPhase.CANCELLED


@CLARIFICATION.action("ask")
def ask_clarification(clarification, *, by, at, text, due_on):
    """Everybody who speaks for the applicant is told; whoever judges the proposal is not."""
    application = clarification.application
    if not application.stands_in(IN_PROCEDURE) or application.call.stands_in(OVER):
        raise WrongState(_("%(row)s is not in the procedure now: there is nothing to clarify.") % {"row": application})
    require_day(due_on, at)
    clarification.text, clarification.due_on = text, due_on
    clarification.asked_by, clarification.asked_at = by, at
    owe_the_look(clarification, at)
    tell_applicant(clarification, documents.clarification_mail(clarification))


@CLARIFICATION.action("reply")
def reply_to_clarification(clarification, *, by, at, text, stored=()):
    """Once, with documents of its own. When it arrived decides, and stands on it."""
    arrived_at = clock.arrived(at)
    if arrived_at >= clarification.until:
        words = {"day": brussels_day(clarification.due_on)}
        raise WrongState(
            _("The time to answer ended with %(day)s (Brussels time). Nothing was taken in; ask the office for more.")
            % words
        )
    clarification.answer, clarification.answered_by, clarification.answered_at = text, by, arrived_at
    ClarificationFile.objects.bulk_create(
        [ClarificationFile(clarification=clarification, **one._asdict()) for one in stored]
    )
    write_mail(to=clarification.asked_by.email, about=clarification, **documents.answered_mail(clarification))
    return {"documents": [None, [{"name": one.name, "sha256": one.sha256} for one in stored]]}


def answer_clarification(clarification, uploads, *, text, by, base=None):
    """Check and keep the files, then reply. A refused act leaves no file behind."""
    if len(uploads) > MOST_FILES:
        raise Incomplete({"files": _("At most %(number)d files: join or leave out some.") % {"number": MOST_FILES}})
    stored = []
    try:
        stored.extend(files.store(upload, field="files") for upload in uploads)
        return reply_to_clarification(clarification, by=by, text=text, stored=stored, base=base)
    except Refused:
        for one in stored:
            files.discard(one.path)
        raise


@CLARIFICATION.action("extend")
def extend_clarification(clarification, *, by, at, reason, due_on):
    """A later last day, also when the first one is over."""
    require_day(due_on, at)
    if due_on <= clarification.due_on:
        raise Incomplete({"due_on": _("Give a later day: the time to answer is never shortened.")})
    clarification.due_on, clarification.because = due_on, reason
    owe_the_look(clarification, at)
    tell_applicant(clarification, documents.clarification_mail(clarification))


@CLARIFICATION.action("withdraw")
def withdraw_clarification(clarification, *, by, at, reason):
    """No answer is wanted any more; the question stays to be read with the reason."""
    clarification.because = reason
    tell_applicant(clarification, documents.clarification_withdrawn_mail(clarification))


@CLARIFICATION.action("expire")
def expire_clarification(clarification, *, by, at):
    """The clock, once its last day is over; whoever asked is told, and may give more time."""
    write_mail(to=clarification.asked_by.email, about=clarification, **documents.expired_mail(clarification))


def require_day(due_on, at):
    today = day_of(at)
    if not today < due_on <= today + LONGEST:
        words = {"first": brussels_day(today + timedelta(days=1)), "last": brussels_day(today + LONGEST)}
        raise Incomplete({"due_on": _("Choose a day from %(first)s to %(last)s.") % words})


def owe_the_look(clarification, at):
    """The clock reminds before the last day is over, and comes again when it is."""
    reminded_at = clarification.until - REMINDED
    promise("clarification", clarification, due_at=reminded_at if reminded_at > at else over_at(clarification))


def over_at(clarification):
    """Whoever arrived in time is taken in by then."""
    return clarification.until + clock.all_in_after()


def tell_applicant(clarification, mail):
    write_mails(to=addresses_of(clarification.application), about=clarification, **mail)
