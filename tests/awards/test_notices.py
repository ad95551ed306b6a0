"""Who is told that a decision waits to be taken, or its letters to be issued."""

from datetime import timedelta

import pytest

from accounts.roles import Role
from awards.actions import discard_decision, issue_letters, refuse_decision
from evaluation.models import Assessment
from promises.models import Mail
from promises.notices import KINDS
from tests.awards.factories import ISSUED, a_proposed_decision, a_taken_decision
from tests.factories import an_authorising_officer, an_officer, with_a_role
from tests.notices import told

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=6)


def told_now(row):
    told(ISSUED, row)
    return told(ISSUED + SOON)


def subject(kind, decision):
    return [f"{KINDS[kind].title}: {decision.call.reference}"]


def test_every_authorising_officer_who_may_decide_is_told_and_until_when():
    officer, deciding = an_officer(), an_authorising_officer()
    with_a_role(officer, Role.AUTHORISING, entity="HOME.E")  # who prepared it does not decide
    decision = a_proposed_decision(officer=officer)
    assert told_now(decision) == {deciding.email: subject("to_decide", decision)}
    mail = Mail.objects.exclude(notices=None).get()
    assert "(Brussels time)" in mail.body
    assert decision.get_absolute_url() in mail.body


@pytest.mark.parametrize("act", [refuse_decision, discard_decision], ids=["sent back", "discarded"])
def test_what_waits_no_more_is_not_told(act):
    officer, deciding = an_officer(), an_authorising_officer()
    decision = a_proposed_decision(officer=officer)
    told(ISSUED, decision)
    act(decision, by=deciding if act is refuse_decision else officer, reason="Not yet.")
    assert told(ISSUED + SOON) == {}


def test_whoever_is_in_conflict_in_the_call_hears_nothing():
    deciding = an_authorising_officer()
    decision = a_proposed_decision()
    told(ISSUED, decision)
    application = decision.lines.first().application
    Assessment.objects.create(
        application=application, evaluator=deciding, status="CONFLICT", assigned_by=deciding, assigned_at=ISSUED,
        due_at=ISSUED,
    )  # fmt: skip
    assert deciding.email not in told(ISSUED + SOON)


def test_the_officers_are_told_of_letters_that_wait_until_they_are_issued():
    officer, other = an_officer(), an_officer()
    decision = a_taken_decision(officer=officer)
    found = told_now(decision)
    assert {found[one.email][0] for one in (officer, other)} == set(subject("to_issue", decision))
    issue_letters(decision, by=officer)
    assert told(ISSUED + timedelta(days=1), decision) == {}


def test_issued_within_minutes_nobody_is_told():
    officer = an_officer()
    decision = a_taken_decision(officer=officer)
    told(ISSUED, decision)
    issue_letters(decision, by=officer)
    assert told(ISSUED + SOON) == {}
