"""A letter is drawn once and sent once, whoever else tries, and counts as read when the call said."""

import json
import threading
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import pgtrigger
import pytest
from django.db import InternalError, connection, transaction

from accounts.models import User
from accounts.roles import is_evaluator
from audit.models import AuditRecord
from awards import schedule
from awards.actions import (
    confirm_letter_read,
    decide,
    deem_letter_read,
    deviate,
    open_letter,
    prepare_decision,
    remind_addressee,
    send_letter,
)
from awards.documents import PdfLost, draw_letter, kept_pdf
from awards.models import Decision, Letter
from core.errors import NotAllowed, WrongState
from promises.keeping import keep_promise
from promises.models import Mail, Promise
from tests.awards.factories import (
    ISSUED,
    LIST,
    a_letter,
    a_prepared_decision,
    a_proposed_decision,
    a_ranked_call,
    a_taken_decision,
    an_issued_decision,
    issue_letters,
    with_readers,
)
from tests.factories import an_applicant, an_authorising_officer, an_officer, now_only, the_clock

DAY = timedelta(days=1)


def drawn(letter):
    schedule.draw_and_send(letter.pk)
    letter.refresh_from_db()
    return letter


def sent(letter, at=ISSUED):
    """Sent without drawing, where the PDF does not matter."""
    return send_letter(letter, by=the_clock(), at=at, path="letters/x", sha256="0" * 64)


@pytest.mark.django_db
class TestSending:
    def test_drawn_kept_sent_and_announced(self, files):
        letter = a_letter("RESERVE")
        with_readers(letter, 2)
        an_applicant(letter.application.applicant, is_active=False)
        letter = drawn(letter)
        (file,) = files()
        assert letter.status == "SENT"
        assert sha256(file.read_bytes()).hexdigest() == letter.pdf_sha256
        assert kept_pdf(letter).startswith(b"%PDF-1.7")
        assert Mail.objects.count() == 2
        assert letter.counts_as_read_at == letter.sent_at + 10 * DAY
        assert Promise.objects.get(kind="deem_read").due_at == letter.counts_as_read_at

    def test_the_mail_has_a_link_and_nothing_of_the_content(self):
        letter = a_letter("REJECTION")
        with_readers(letter, 1)
        letter = drawn(letter)
        mail = Mail.objects.get()
        assert letter.get_absolute_url() in mail.body
        said = (mail.subject + mail.body).replace(letter.get_absolute_url(), "").lower()
        for secret in ["reject", "not selected", "award", "threshold", letter.facts["outcome"]["reason"].lower()]:
            assert secret not in said

    def test_a_second_run_does_nothing(self, files):
        letter = drawn(a_letter())
        before = Letter.objects.values().get(pk=letter.pk)
        schedule.draw_and_send(letter.pk)
        assert Letter.objects.values().get(pk=letter.pk) == before
        assert len(files()) == 1

    def test_an_applicant_without_an_account_still_has_the_letter(self):
        assert drawn(a_letter()).status == "SENT"
        assert Mail.objects.count() == 0

    def test_half_a_file_of_a_dead_worker_is_replaced(self, files, settings):
        letter = a_letter()
        pdf = draw_letter(letter.facts)
        digest = sha256(pdf).hexdigest()
        half = settings.FILES_ROOT / f"letters/{letter.decision_id}/{letter.pk}-{digest[:16]}"
        half.parent.mkdir(parents=True)
        half.write_bytes(pdf[:1000])
        letter = drawn(letter)
        assert [file.read_bytes() for file in files()] == [pdf]
        assert kept_pdf(letter) == pdf

    def test_a_file_that_was_changed_is_not_given_out(self, files):
        letter = drawn(a_letter())
        (file,) = files()
        file.write_bytes(file.read_bytes() + b" ")
        with pytest.raises(PdfLost, match="not the one that was sent"):
            kept_pdf(letter)
        file.unlink()
        with pytest.raises(PdfLost, match="Ask the programme office"):
            kept_pdf(letter)

    @pytest.mark.parametrize("column", ["facts = '{}'", "reference = 'x'", "pdf_sha256 = 'x'", "sent_at = now()"])
    def test_the_database_lets_nobody_rewrite_it(self, column):
        letter = drawn(a_letter())
        with (
            pytest.raises(InternalError, match="written once and drawn once"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE awards_letter SET {column} WHERE id = %s", [letter.pk])  # noqa: S608

    def test_the_notice_goes_out_again_and_no_day_moves(self):
        letter = sent(a_letter())
        with_readers(letter, 2)
        days = (letter.sent_at, letter.counts_as_read_at)
        letter = remind_addressee(letter, by=an_officer())
        assert Mail.objects.count() == 2
        assert (letter.sent_at, letter.counts_as_read_at) == days

    def test_no_letter_names_an_evaluator(self):
        letter = a_letter("RESERVE")
        text = json.dumps(letter.facts, ensure_ascii=False)
        for person in User.objects.of(is_evaluator):
            assert person.name not in text
            assert person.email not in text


@pytest.mark.django_db
class TestReading:
    def test_confirmed_by_anybody_of_the_addressee(self):
        letter = sent(a_letter())
        reader = with_readers(letter, 2)[1]
        letter = confirm_letter_read(letter, by=reader, at=ISSUED + 2 * DAY)
        assert (letter.status, letter.read_by, letter.read_at) == ("READ", reader, ISSUED + 2 * DAY)

    def test_nobody_else_confirms(self):
        letter = sent(a_letter())
        for person in [an_applicant(), an_officer(), an_authorising_officer(), the_clock()]:
            with pytest.raises(NotAllowed), transaction.atomic():
                confirm_letter_read(letter, by=person)
        letter.refresh_from_db()
        assert letter.status == "SENT"

    def test_opening_is_recorded_and_does_not_confirm(self):
        letter = sent(a_letter())
        reader = with_readers(letter, 1)[0]
        open_letter(letter, by=reader, at=ISSUED + DAY)
        letter.refresh_from_db()
        assert letter.status == "SENT"
        record = AuditRecord.objects.get(act="letter.open")
        assert (record.actor_name, record.at) == (reader.name, ISSUED + DAY)

    def test_unopened_it_counts_as_read_at_the_moment_the_call_said(self):
        letter = sent(a_letter())
        late = letter.counts_as_read_at + 3 * DAY
        letter = deem_letter_read(letter, by=the_clock(), at=late)
        assert (letter.status, letter.read_by, letter.read_at) == ("READ", None, letter.counts_as_read_at)

    def test_not_a_second_earlier(self):
        letter = sent(a_letter())
        with pytest.raises(WrongState, match="does not count as read before"), transaction.atomic():
            deem_letter_read(letter, by=the_clock(), at=letter.counts_as_read_at - timedelta(seconds=1))

    def test_the_clock_comes_by_itself(self, keep_promises):
        letter = sent(a_letter(), at=ISSUED)
        Promise.objects.exclude(kind="deem_read").delete()
        assert keep_promises() == 1
        letter.refresh_from_db()
        assert (letter.status, letter.read_by) == ("READ", None)

    def test_a_confirmed_letter_is_left_alone_by_the_clock(self):
        letter = sent(a_letter())
        confirm_letter_read(letter, by=with_readers(letter, 1)[0], at=ISSUED + DAY)
        schedule.count_as_read(letter.pk)
        letter.refresh_from_db()
        assert letter.read_at == ISSUED + DAY


@pytest.mark.django_db
class TestPoison:
    def test_one_bad_letter_stops_no_other(self):
        decision = an_issued_decision()
        bad, *good = decision.letters.all()
        poison(bad)
        promises = list(Promise.objects.filter(kind="letter"))
        for promise in promises:
            keep_promise(promise.pk)
        assert {letter.status for letter in Letter.objects.exclude(pk=bad.pk)} == {"SENT"}
        assert len(good) == 4
        missed = Promise.objects.get(subject_id=bad.pk, kind="letter")
        assert (missed.status, missed.attempts) == ("WAITING", 1)
        assert "KeyError" in missed.last_error

    def test_after_the_last_attempt_a_person_must_look(self):
        letter = a_letter()
        poison(letter)
        promise = Promise.objects.get(subject_id=letter.pk, kind="letter")
        for _ in range(5):
            Promise.objects.filter(pk=promise.pk).update(due_at=ISSUED)
            keep_promise(promise.pk)
        promise.refresh_from_db()
        assert promise.status == "FAILED"
        keep_promise(promise.pk)
        promise.refresh_from_db()
        assert promise.attempts == 5


def poison(letter):
    """Facts that cannot be drawn, put past the guard as only an owner of the database can."""
    facts = {name: value for name, value in letter.facts.items() if name != "application"}
    with pgtrigger.ignore("awards.Letter:written_and_drawn_once"):
        Letter.objects.filter(pk=letter.pk).update(facts=facts)


def at_once(*functions):
    """Run each in a thread of its own, all starting at the same moment; give what each raised."""
    start, raised = threading.Barrier(len(functions)), [None] * len(functions)

    def run(place, function):
        start.wait()
        try:
            function()
        except Exception as error:
            raised[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return raised


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("the_clock_survives")
class TestRaces:
    def test_two_workers_one_pdf_one_mail(self, transactional_db, files):
        letter = a_letter()
        with_readers(letter, 1)
        raised = at_once(*[lambda: schedule.draw_and_send(letter.pk)] * 2)
        assert raised == [None, None]
        letter.refresh_from_db()
        assert letter.status == "SENT"
        assert len(files()) == 1
        assert Mail.objects.count() == 1
        assert AuditRecord.objects.filter(act="letter.send").count() == 1
        assert kept_pdf(letter)

    def test_four_workers_race_for_the_same_promises(self, transactional_db, files):
        decision = an_issued_decision()
        for letter in decision.letters.all():
            with_readers(letter, 1)
        promises = list(Promise.objects.filter(kind="letter").values_list("pk", flat=True))

        def work(order):
            for pk in order:
                keep_promise(pk)

        raised = at_once(*[lambda turn=turn: work(promises[turn:] + promises[:turn]) for turn in range(4)])
        assert raised == [None] * 4
        assert set(Promise.objects.filter(kind="letter").values_list("status", "attempts")) == {("KEPT", 1)}
        assert len(files()) == Mail.objects.count() == 5
        assert AuditRecord.objects.filter(act="letter.send").count() == 5

    def test_two_authorising_officers_one_decision(self, transactional_db):
        decision = a_proposed_decision()
        officers = [an_authorising_officer(), an_authorising_officer()]
        raised = at_once(*[lambda who=who: decide(decision, by=who, reason="Yes.") for who in officers])
        assert sorted(type(one).__name__ for one in raised) == ["NoneType", "WrongState"]
        assert Decision.objects.get().decided_by == officers[raised.index(None)]
        assert AuditRecord.objects.filter(act="decision.decide").count() == 1

    def test_who_prepared_never_decides_however_often_it_knocks_at_once(self, transactional_db):
        officer = an_officer()
        decision = a_proposed_decision(officer=officer)
        officer = now_only(officer, "AUTHORISING")
        raised = at_once(*[lambda: decide(decision, by=officer, reason="Mine.")] * 8)
        assert {type(one) for one in raised} == {NotAllowed}
        assert Decision.objects.get().status == "PROPOSED"

    def test_two_deviations_never_spend_the_same_money(self, transactional_db):
        places = [*LIST[:2], LIST[2], ((32, 30, 14), "RESERVE", "")]
        decision = a_prepared_decision(a_ranked_call(places))
        first, second = decision.lines.filter(outcome="RESERVE")
        change = {"by": an_officer(), "outcome": "AWARD", "contribution": Decimal(150_000), "reason": "Needed."}
        raised = at_once(*[lambda line=line: deviate(decision, line=line, **change) for line in (first, second)])
        assert sorted(type(one).__name__ for one in raised) == ["Incomplete", "NoneType"]
        assert decision.lines.awarded() == Decimal(950_000)

    def test_prepared_once_and_issued_once(self, transactional_db):
        call, officers = a_ranked_call(), [an_officer(), an_officer()]
        raised = at_once(*[lambda who=who: prepare_decision(Decision(call=call), by=who) for who in officers])
        assert sorted(type(one).__name__ for one in raised) == ["NoneType", "WrongState"]
        assert Decision.objects.get().lines.count() == 5
        taken = a_taken_decision()
        raised = at_once(*[lambda who=who: issue_letters(taken, by=who) for who in officers])
        assert sorted(type(one).__name__ for one in raised) == ["NoneType", "WrongState"]
        assert taken.letters.count() == 5

    def test_confirmed_and_deemed_at_once_is_read_once(self, transactional_db):
        letter = sent(a_letter())
        reader = with_readers(letter, 1)[0]
        raised = at_once(
            lambda: confirm_letter_read(letter, by=reader),
            lambda: deem_letter_read(letter, by=the_clock()),
        )
        assert sorted(type(one).__name__ for one in raised) == ["NoneType", "WrongState"]
        assert AuditRecord.objects.filter(act__in=["letter.confirm_read", "letter.deem_read"]).count() == 1
