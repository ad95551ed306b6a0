"""A conflict that comes up after the declaration is told to officers the next morning, once, and to nobody in it."""

from datetime import timedelta

import pytest

from accounts.models import User
from accounts.roles import is_officer
from applications.models import Saving
from evaluation.actions import rule, strike_assessment
from evaluation.models import Assessment
from promises.notices import KINDS
from tests.evaluation.factories import DAY, an_eligible_application, an_open
from tests.factories import an_auditor, an_evaluator, an_officer
from tests.notices import told

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=6)


@pytest.fixture
def judged(call):
    """An application that somebody assesses who turns out to have written in it."""
    row = an_open(an_eligible_application(call), an_evaluator())
    writes(row.evaluator, row.application)
    return row


def writes(person, application):
    Saving.objects.create(application=application, part="identity", by=person, at=DAY, changed={})


def officers():
    return {one.email for one in User.objects.open().of(is_officer)}


def told_of_rulings(call, at=DAY):
    """The addresses that are told of it in one morning."""
    told(at, call)
    found = told(at + SOON)
    return {address for address, said in found.items() if f"{KINDS['to_rule'].title}: {call}" in said}


def test_every_officer_is_told_once_and_again_when_another_comes_up(judged, call, officer):
    second = an_officer()
    an_auditor()
    assert {officer.email, second.email} <= officers()
    assert told_of_rulings(call) == officers()
    assert told_of_rulings(call, DAY + timedelta(days=1)) == set()

    other = an_open(an_eligible_application(call), an_evaluator())
    writes(other.evaluator, other.application)
    assert told_of_rulings(call, DAY + timedelta(days=2)) == officers()


@pytest.mark.parametrize("mended", ["lifted", "struck"])
def test_what_was_ruled_on_before_the_mail_left_is_told_to_nobody(judged, call, officer, mended):
    told(DAY, call)
    if mended == "lifted":
        rule(judged.application, judged.evaluator, "lift", by=officer, reason="A namesake.")
    else:
        strike_assessment(judged, by=officer, reason="She wrote in it.")
    assert told_of_rulings(call) == set()


def test_whoever_is_found_or_in_conflict_in_the_call_hears_nothing(judged, call, officer):
    found, declared = an_officer(), an_officer()
    writes(found, an_open(judged.application, found).application)
    Assessment.objects.create(
        application=an_eligible_application(call), evaluator=declared, status="CONFLICT", assigned_by=officer,
        assigned_at=DAY, due_at=DAY,
    )  # fmt: skip
    assert told_of_rulings(call) == officers() - {found.email, declared.email}
