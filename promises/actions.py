"""Making promises. The row is written in the act's own transaction; the message is only a hint."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.door import this_door
from audit.scope import as_scope
from core import clock
from core.days import next_at
from core.language import house_words
from promises import tasks
from promises.keeping import ALWAYS, LANES, NIGHTS
from promises.lanes import Lane
from promises.models import Mail, Notice, Promise
from promises.notices import KINDS, MORNING, Asked, Pace
from promises.states import PROMISE

HOUSE = UUID(int=1)  # stands for the house, where what is owed is about no row
AT_ONCE = 1000  # rows in one statement
GATHERED = timedelta(minutes=5)  # what comes within this time goes in one mail


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


@house_words()
def new_promise(kind, subject, *, at, due_at=None):
    return Promise(
        kind=kind, lane=LANES.get(kind, Lane.FILE), subject_id=subject.pk, subject_name=str(subject)[:300],
        due_at=due_at or at, made_at=at, scope=as_scope(subject.audit_scope()), request_id=this_door()[1],
    )  # fmt: skip


def owe_what_returns(at):
    """What the house owes each night, or all the time, and does not owe yet: whatever became of the last, the next is
    due."""
    due = {kind: next_at(hour, at) for kind, hour in NIGHTS.items()} | dict.fromkeys(ALWAYS, at)
    owed = set(Promise.objects.open().filter(kind__in=due).values_list("kind", flat=True))
    keep_all([of_the_house(kind, due_at=due[kind], at=at) for kind in due if kind not in owed])


def of_the_house(kind, *, due_at, at):
    name = str(_("the whole house"))
    return Promise(kind=kind, lane=LANES[kind], subject_id=HOUSE, subject_name=name, due_at=due_at, made_at=at)


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

    `subject` and `body` wait for their readers (`core.language.for_each_reader`): each is said in the language that
    whoever reads it there has chosen, else in the house's. `about` is the row they speak of: whose that row is decides
    who finds the mails in the list of deliveries. `carries`: {kind: row} whose papers go along (`promises.papers`).
    """
    at = clock.now()
    taken = {kind: str(row.pk) for kind, row in (carries or {}).items()}
    kept = {"written_at": at, "scope": as_scope(about.audit_scope()), "carries": taken}
    languages = languages_of(to)
    mails = [Mail(to=one, **words_in(languages.get(one.lower()), subject, body), **kept) for one in to]
    mails = Mail.objects.bulk_create(mails)
    keep_all([new_promise("mail", mail, at=at) for mail in mails])
    return mails


def languages_of(addresses):
    """{address, in lower case: code} of those that chose a language."""
    people = get_user_model().objects.exclude(language="").filter(email__in=addresses)
    return {email.lower(): language for email, language in people.values_list("email", "language")}


def words_in(language, subject, body):
    with override(language or settings.LANGUAGE_CODE):
        return {"subject": str(subject)[:200], "body": str(body)}


# whose turn it is


def tell_whose_turn(row):
    """Since this act it is somebody's turn: owe the look at whose. Also where one is just being taken: it may have been
    too early, and is taken once more."""
    at = clock.now()
    new, owed = new_promise("tell", row, at=at), 0
    while not owed:
        keep_all([new])
        owed = Promise.objects.open().filter(kind=new.kind, subject_id=new.subject_id).update(due_at=at)


def note_turns(row_id, *, at):
    """Note whom to tell that something waits on this row or below it, and owe each of them a mail. What was noted
    before is left alone. However many, in a few statements."""
    turns = [(kind, turn) for kind in KINDS.values() for turn in kind.turns(Asked(at=at, row=row_id))]
    people = get_user_model().objects.open().in_bulk({turn.person for _kind, turn in turns})
    noted = Notice.objects.standing().filter(subject_id__in={turn.subject for _kind, turn in turns})
    known = set(noted.values_list("person", "kind", "subject_id", "occasion"))
    new = [
        notice_of(kind, turn, people[turn.person], at=at)
        for kind, turn in turns
        if (turn.person, kind.name, turn.subject, turn.occasion) not in known and wants(people.get(turn.person), kind)
    ]
    Notice.objects.bulk_create(new, batch_size=AT_ONCE, ignore_conflicts=True)
    keep_all([one_mail(rows, at=at) for rows in together(new)])


def wants(person, kind):
    return person is not None and kind.is_for(person) and kind.pace_of(person) != Pace.OFF


@house_words()
def notice_of(kind, turn, person, *, at):
    told_at = at + GATHERED if kind.pace_of(person) == Pace.AT_ONCE else next_at(MORNING, at)
    return Notice(
        person=person, kind=kind.name, subject_id=turn.subject, occasion=turn.occasion, name=turn.name[:200],
        made_at=at, due_at=told_at, scope=as_scope(turn.scope),
    )  # fmt: skip


def together(notices):
    """Those of one person that are told at one time."""
    found = {}
    for one in notices:
        found.setdefault((one.person_id, one.due_at), []).append(one)
    return found.values()


def one_mail(notices, *, at):
    """The promise of the mail that tells them all; whose it is, is what all of them have in common."""
    owed = new_promise("notices", notices[0], at=at, due_at=notices[0].due_at)
    calls_it = set.intersection(*(set(one.scope.items()) for one in notices))
    owed.scope = dict(calls_it) if len(notices) > 1 else owed.scope
    return owed


@PROMISE.action("try_again")
def try_again(row, *, by, at):
    """Somebody of the house gives a failed promise another chance."""
    row.attempts, row.due_at, row.last_error = 0, at, ""
    tell_workers()
