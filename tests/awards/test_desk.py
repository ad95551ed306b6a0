"""What waits for whom, and until when."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from awards.desk import waiting_for
from awards.models import Letter
from tests.awards.factories import (
    ISSUED,
    a_letter,
    a_prepared_decision,
    a_proposed_decision,
    a_ranked_call,
    a_taken_decision,
    an_issued_decision,
)
from tests.awards.test_letters import sent
from tests.factories import an_applicant, an_auditor, an_authorising_officer, an_officer

pytestmark = pytest.mark.django_db
BRUSSELS = ZoneInfo("Europe/Brussels")
SIX_MONTHS = datetime(2021, 7, 21, 23, 59, 59, tzinfo=BRUSSELS)  # the call closed on 21 January 2021


def only(user, at=ISSUED):
    (one,) = waiting_for(user, at)
    return one


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (a_ranked_call, "Prepare the award decision on"),
        (a_prepared_decision, "send it to the authorising officer"),
        (a_taken_decision, "Issue the letters on"),
    ],
)
def test_the_officer_is_told_what_comes_next(make, sentence):
    make()
    waiting = only(an_officer())
    assert sentence in waiting.sentence
    assert (waiting.until, waiting.tone) == (SIX_MONTHS, "info")


@pytest.mark.parametrize(("days", "tone"), [(40, "info"), (20, "warning"), (-1, "bad")])
def test_six_months_grow_louder(days, tone):
    a_taken_decision()
    assert only(an_officer(), SIX_MONTHS - timedelta(days=days)).tone == tone


def test_the_day_the_call_announced_comes_before_six_months():
    a_ranked_call(inform_by="2021-06-01")
    assert only(an_officer()).until == datetime(2021, 6, 1, 23, 59, 59, tzinfo=BRUSSELS)


def test_the_authorising_officer_has_decisions_to_take_if_four_eyes_allow():
    decision = a_proposed_decision()
    may, may_not = an_authorising_officer(), an_authorising_officer()
    decision.evaluator_ids.append(str(may_not.pk))
    type(decision).objects.filter(pk=decision.pk).update(evaluator_ids=decision.evaluator_ids)
    assert "Take the award decision" in only(may).sentence
    assert waiting_for(may_not, ISSUED) == []


def test_fifteen_days_from_the_first_successful_letter():
    decision = an_issued_decision()
    for letter in decision.letters.filter(kind="AWARD"):
        sent(letter, at=ISSUED + timedelta(days=1))
    waiting = only(an_officer())
    assert (waiting.count, waiting.tone) == (3, "bad")
    assert waiting.until.date().isoformat() == "2021-04-18"  # 3 April and 15 days


def test_nothing_waits_once_all_are_sent():
    decision = an_issued_decision()
    for letter in decision.letters.all():
        sent(letter)
    assert waiting_for(an_officer(), ISSUED) == []


def test_the_applicant_has_unread_letters_with_their_day():
    letter = sent(a_letter())
    reader = an_applicant(letter.application.applicant)
    waiting = only(reader)
    assert waiting.url == letter.get_absolute_url()
    assert waiting.until == letter.counts_as_read_at
    assert waiting_for(an_applicant(), ISSUED) == []


def test_letters_that_are_not_sent_are_nobodys_yet():
    letter = a_letter()
    assert Letter.objects.count() == 5
    assert waiting_for(an_applicant(letter.application.applicant), ISSUED) == []


def test_an_auditor_has_nothing_to_do_here():
    an_issued_decision()
    assert waiting_for(an_auditor(), ISSUED) == []
