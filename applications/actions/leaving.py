"""An application leaves the procedure, and with it falls what its people were still asked for."""

from django.utils.translation import gettext_lazy

from accounts.models import User
from applications import documents
from applications.actions.sending import addresses_of
from applications.models import Clarification, Hearing
from applications.states import APPLICATION, CLARIFICATION, HEARING
from promises.actions import promise, write_mails


@APPLICATION.action("retract")
def retract_application(application, *, by, at):
    """After the call closed: it leaves the procedure, whatever became of it, and its money is free for others.

    Its owner is told by mail and gets no rejection; the Commission keeps reading it. Nobody waits for an answer of it.
    """
    write_mails(to=addresses_of(application), about=application, **documents.retraction_mail(application, at=at))
    let_questions_fall(
        application, at=at, reason=gettext_lazy("Its applicant withdrew the application from the procedure.")
    )


def let_questions_fall(application, *, at, reason):
    """By the clock: nothing of it is wanted, intended or settled any more. Each says so in a record of its own."""
    said = {"by": User.objects.clock(), "at": at, "reason": reason}
    for row in Clarification.objects.filter(application=application).under_way():
        CLARIFICATION.run("fall", row, **said)
    for row in Hearing.objects.filter(application=application).under_way():
        HEARING.run("fall", row, **said)


@CLARIFICATION.action("fall")
def fall_clarification(clarification, *, by, at, reason):
    end(clarification, at=at, reason=reason)


@HEARING.action("fall")
def fall_notice(hearing, *, by, at, reason):
    """Observations that came stay to be read; nothing is decided on them any more."""
    end(hearing, at=at, reason=reason)


def end(row, *, at, reason):
    """The clock comes at once, finds nothing to wait for, and is done with it."""
    row.because = reason
    promise(row._meta.model_name, row, due_at=at)
