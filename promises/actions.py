"""Making promises. The row is written in the act's own transaction; the message is only a hint."""

from datetime import timedelta

from django.db import transaction

from audit.scope import as_scope
from core import clock
from promises import tasks
from promises.keeping import LANES
from promises.lanes import Lane
from promises.models import Mail, Promise
from promises.states import PROMISE


def promise(kind, subject, *, due_at=None):
    """Owe `kind` to the row `subject`, from `due_at` on (now when None). One open promise of a kind for a row."""
    row = new_promise(kind, subject, due_at=due_at, at=clock.now())
    if due_at and Promise.objects.open().filter(kind=kind, subject_id=subject.pk).update(due_at=due_at):
        return Promise.objects.open().get(kind=kind, subject_id=subject.pk)
    keep_all([row])
    return row


def promise_each(kind, subjects):
    """Owe `kind` to each of these rows, however many in one statement; they are kept in this order."""
    at = clock.now()
    each = [at + number * timedelta(microseconds=1) for number in range(len(subjects))]
    keep_all([new_promise(kind, one, at=at, due_at=due) for one, due in zip(subjects, each, strict=True)])


def new_promise(kind, subject, *, at, due_at=None):
    return Promise(
        kind=kind, lane=LANES.get(kind, Lane.FILE), subject_id=subject.pk, subject_name=str(subject)[:300],
        due_at=due_at or at, made_at=at, scope=as_scope(subject.audit_scope()),
    )  # fmt: skip


def keep_all(rows):
    """Write them, leaving alone what is owed already; tell the workers when one of them is due."""
    Promise.objects.bulk_create(rows, ignore_conflicts=True)
    if any(row.due_at <= row.made_at for row in rows):
        tell_workers()


def tell_workers():
    """Once all is committed. Without a broker nothing is lost: the beat finds the row."""
    transaction.on_commit(tasks.hint, robust=True)


def write_mail(*, to, subject, body, about):
    """Owe one mail; see `write_mails`."""
    return write_mails(to=[to], subject=subject, body=body, about=about)[0]


def write_mails(*, to, subject, body, about, carries=None):
    """Owe a mail to each address in `to`, however many in three statements.

    `subject` and `body` are texts in the reader's language, `about` is the row they speak of: whose that row is decides
    who finds the mails in the list of deliveries. `carries`: {kind: row} whose papers go along (`promises.papers`).
    """
    at = clock.now()
    taken = {kind: str(row.pk) for kind, row in (carries or {}).items()}
    said = {
        "subject": str(subject)[:200], "body": str(body), "written_at": at, "scope": as_scope(about.audit_scope()),
        "carries": taken,
    }  # fmt: skip
    mails = Mail.objects.bulk_create([Mail(to=address, **said) for address in to])
    keep_all([new_promise("mail", mail, at=at) for mail in mails])
    return mails


@PROMISE.action("try_again")
def try_again(row, *, by, at):
    """Somebody of the house gives a failed promise another chance."""
    row.attempts, row.due_at, row.last_error = 0, at, ""
    tell_workers()
