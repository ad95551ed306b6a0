"""Promises are made once for a row, marked by their own worker, and mails leave the house once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from core import clock
from promises import keeping, tasks
from promises.actions import new_promise, promise, write_mail, write_mails
from promises.keeping import keep_promise, keeps, mark_kept, mark_missed
from promises.lanes import Lane
from promises.models import Mail, Promise
from promises.papers import PAPERS, Paper
from tests.factories import a_call, an_applicant, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(monkeypatch):
    """A kind of promise of these stories alone; it notes whom it was kept for, and does what `does` says."""
    monkeypatch.setattr(keeping, "KEEPERS", dict(keeping.KEEPERS))
    monkeypatch.setattr(keeping, "LANES", dict(keeping.LANES))
    kept_for = []

    def make(does=lambda subject_id: None):
        @keeps("story", lane=Lane.MAIL)
        def keep(subject_id):
            kept_for.append(subject_id)
            return does(subject_id)

        return kept_for

    return make


def owed(**fields):
    at = clock.now()
    values = {"kind": "story", "subject_id": uuid4(), "subject_name": "a story", "due_at": at, "made_at": at}
    return Promise.objects.create(**{**values, **fields})


def again(row):
    row.refresh_from_db()
    return row


# whose mark counts


@pytest.mark.parametrize(
    "mark", [lambda row: mark_kept(row, None), lambda row: mark_missed(row, "OSError: late", wait=timedelta(0))]
)
def test_a_worker_that_lost_its_session_marks_nothing(mark):
    row = owed(status="RUNNING", attempts=1)
    slow = Promise.objects.get(pk=row.pk)
    Promise.objects.filter(pk=row.pk).update(attempts=2)  # another took it over

    mark(slow)

    assert (again(row).status, row.attempts, row.last_error) == ("RUNNING", 2, "")


# making


def test_one_promise_of_a_kind_is_open_for_a_row():
    call = a_call()

    promise("story", call)
    promise("story", call)

    assert Promise.objects.about(call).count() == 1


def test_a_new_day_moves_the_open_promise(keeper):
    call, day = a_call(), clock.now() + timedelta(days=3)
    promise("story", call, due_at=clock.now() + timedelta(days=1))

    row = promise("story", call, due_at=day)

    assert Promise.objects.about(call).get() == row
    assert again(row).due_at == day


def test_after_it_is_kept_it_may_be_promised_anew(keeper):
    keeper()
    call = a_call()
    keep_promise(promise("story", call).pk)

    promise("story", call)

    assert sorted(Promise.objects.about(call).values_list("status", flat=True)) == ["KEPT", "WAITING"]


def test_a_name_is_cut_to_what_the_row_can_hold():
    class Long:
        pk = uuid4()

        def __str__(self):
            return "n" * 400

        def audit_scope(self):
            return {}

    assert len(new_promise("story", Long(), at=clock.now()).subject_name) == 300


# mails


def test_a_mail_is_sent_once_however_often_it_is_kept():
    letter = write_mail(to="reader@example.eu", subject="A\nsubject", body="Body", about=an_applicant())

    tasks.deliver_mail(letter.pk)
    tasks.deliver_mail(letter.pk)

    assert [(one.to, one.subject, one.body) for one in mail.outbox] == [(["reader@example.eu"], "A subject", "Body")]
    assert Mail.objects.get().sent_at is not None


@pytest.fixture
def paper(monkeypatch):
    """A kind of row whose paper is drawn when the test says so."""
    drawn, made = [], Paper("story.pdf", "application/pdf", lambda: b"%PDF")
    monkeypatch.setitem(PAPERS, "story", lambda pk: made if drawn else None)
    return drawn


def test_a_mail_waits_for_the_paper_that_it_carries(paper):
    about = an_applicant()
    letter = write_mails(to=["reader@example.eu"], subject="S", body="B", about=about, carries={"story": about})[0]

    assert tasks.deliver_mail(letter.pk) > clock.now()
    assert mail.outbox == []
    paper.append("drawn")
    assert tasks.deliver_mail(letter.pk) is None
    (sent,) = mail.outbox
    assert [(one.filename, one.content, one.mimetype) for one in sent.attachments] == [
        ("story.pdf", b"%PDF", "application/pdf")
    ]


def test_a_paper_that_cannot_be_drawn_holds_no_mail_up_for_ever(paper):
    about = an_applicant()
    letter = write_mails(to=["reader@example.eu"], subject="S", body="B", about=about, carries={"story": about})[0]
    Mail.objects.filter(pk=letter.pk).update(written_at=clock.now() - tasks.WAITS_FOR_PAPERS)

    assert tasks.deliver_mail(letter.pk) is None
    (sent,) = mail.outbox
    assert sent.attachments == []


def test_a_long_subject_is_cut_and_every_address_gets_its_own(django_assert_num_queries):
    about, people = an_officer(), [f"reader{number}@example.eu" for number in range(20)]

    with django_assert_num_queries(4):  # the clock, the languages, the mails, the promises
        written = write_mails(to=people, subject="s" * 300, body="Body", about=about)

    assert [one.to for one in written] == people
    assert {len(one.subject) for one in written} == {200}
    assert Promise.objects.filter(kind="mail", subject_id__in=[one.pk for one in written]).count() == 20


def test_the_task_tolerates_words_of_a_newer_sender(keeper):
    kept_for, row = keeper(), owed()

    tasks.keep(promise_id=str(row.pk), since="a newer version")

    assert kept_for == [row.subject_id]
