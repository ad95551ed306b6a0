"""The ledger around the act of submitting: first the attempt is written down and committed, then it is made."""

from functools import wraps
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy

from applications.content import content_of, digest
from applications.models import Attempt
from applications.permissions import is_of_the_applicant
from audit.door import this_door
from core import clock
from core.errors import Refused

Outcome = Attempt.Outcome
SENT_AGAIN = gettext_lazy("The same request was sent again; it has the answer of the first one.")


def noted(act):
    """Around an act: each attempt of whoever speaks for the applicant is in the ledger, by whichever door it came.

    The others have no attempt of this applicant's: the table refuses them, and the log can prove it.
    """

    @wraps(act)
    def attempt_it(application, *, by, at=None, key=None, **details):
        if not is_of_the_applicant(by, application):
            return act(application, by=by, at=at, attempt=None, **details)
        with clock.stopped():  # what is noted, done and promised says one moment
            attempt = note(application, by=by, at=at, key=key)
            taken = answered(act, application, attempt, by=by, **details)
        taken.attempt = attempt
        return taken

    return attempt_it


def answered(act, application, attempt, *, by, **details):
    try:
        return act(application, by=by, at=attempt.arrived_at, attempt=attempt, **details)
    except Refused as refusal:
        if not is_repeated(attempt):
            answer(attempt, outcome=Outcome.REFUSED, reason=reason_in(refusal))
            raise
    return type(application)._base_manager.get(pk=application.pk)


def note(application, *, by, at, key):
    """In a transaction of its own: whatever happens next, that it was tried stands."""
    door, request_id = this_door()
    with transaction.atomic():
        noted_at = at or clock.now()
        content = content_of(application)
        attempt = Attempt.objects.create(
            application=application, by=by, door=door, request_id=request_id, noted_at=noted_at,
            arrived_at=at or clock.arrived(noted_at), stamp=application.stamp, key=key_as_id(key, by=by),
            sha256=digest(content),
        )  # fmt: skip
    attempt.content = content
    return attempt


def key_as_id(key, *, by):
    """A key is its sender's alone; nobody meets another's by choosing the same."""
    return uuid5(UUID(str(by.pk)), key) if key else None


def content_at(attempt, application):
    """What is to be submitted and its SHA-256: as it was noted, if nobody changed it since, else as it is now."""
    if application.stamp != attempt.stamp:
        attempt.content = content_of(application)
        attempt.sha256 = digest(attempt.content)
    return attempt.content, attempt.sha256


def is_repeated(attempt):
    """Whether the same sender has sent it with the same key and was told that it is received: so it is, whatever has
    become of the application since. What was refused has changed nothing, and may be tried again."""
    if attempt.key is None:
        return False
    sent = Attempt.objects.accepted().filter(application=attempt.application_id, key=attempt.key)
    if (before := sent.select_related("receipt").last()) is None:
        return False
    accept(attempt, before.receipt, reason=SENT_AGAIN)
    return True


def accept(attempt, receipt, *, reason=""):
    """In the transaction of the act, so that both stand or neither."""
    answer(attempt, outcome=Outcome.ACCEPTED, receipt=receipt, sha256=receipt.sha256, reason=str(reason))


def answer(attempt, **values):
    """Fill in what became of it, once."""
    for name, value in values.items():
        setattr(attempt, name, value)
    Attempt.objects.filter(pk=attempt.pk).update(**values, answered_at=Now())


def reason_in(refusal):
    """The whole of what was said, each gap too."""
    return "\n".join(dict.fromkeys([str(refusal.sentence), *map(str, refusal.gaps.values())]))
