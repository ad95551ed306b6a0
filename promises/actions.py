"""Making promises. The row is written in the act's own transaction; the message is only a hint."""

from django.db import transaction

from audit.scope import as_scope
from core import clock
from promises import tasks
from promises.models import Mail, Promise
from promises.states import PROMISE


def promise(kind, subject, *, due_at=None):
    """Owe `kind` to the row `subject`, from `due_at` on (now when None). One open promise of a kind for a row."""
    made_at = clock.now()
    row, is_new = Promise.objects.open().get_or_create(
        kind=kind,
        subject_id=subject.pk,
        defaults={
            "subject_name": str(subject)[:300], "due_at": due_at or made_at, "made_at": made_at,
            "scope": as_scope(subject.audit_scope()),
        },
    )  # fmt: skip
    if due_at and not is_new:
        row.due_at = due_at
        row.save()
    if row.due_at <= made_at:
        hint_at(row)
    return row


def hint_at(row):
    """Tell the workers once all is committed. Without a broker nothing is lost: the sweep finds the row."""

    def hint():
        tasks.keep.apply_async(kwargs={"promise_id": str(row.pk)}, retry=False)

    transaction.on_commit(hint, robust=True)


def write_mail(*, to, subject, body, about):
    """Owe a mail; `subject` and `body` are texts in the reader's language, `about` is the row it speaks of.

    Whose that row is decides who finds the mail in the list of deliveries.
    """
    mail = Mail.objects.create(
        to=to, subject=str(subject)[:200], body=str(body), written_at=clock.now(), scope=as_scope(about.audit_scope())
    )  # fmt: skip
    promise("mail", mail)
    return mail


@PROMISE.action("try_again")
def try_again(row, *, by, at):
    """An officer gives a failed promise another chance."""
    row.attempts, row.due_at, row.last_error = 0, at, ""
    hint_at(row)
