"""The lives of a decision and of a letter as tables that anybody can read and sign."""

import pytest

from awards.models import Decision, Letter
from awards.states import DECISION, LETTER, DecisionStatus, LetterStatus
from programmes.models import Call
from tests.awards.factories import a_submitted_application
from tests.factories import a_call, an_authorising_officer, an_officer, an_organisation, everybody, golden_table

pytestmark = pytest.mark.django_db

DECISIONS = """\
           owner  stranger  officer                  evaluator  authorising    auditor  national  admin  system  judge
PREPARED   -      -         deviate propose discard  -          -              -        -         -      -       -
PROPOSED   -      -         discard                  -          decide refuse  -        -         -      -       refuse
DECIDED    -      -         issue                    -          -              -        -         -      -       -
ISSUED     -      -         -                        -          -              -        -         -      -       -
DISCARDED  -      -         -                        -          -              -        -         -      -       -"""

LETTERS = """\
         owner              stranger  officer         evaluator  authorising  auditor  national  admin  system
WAITING  -                  -         -               -          -            -        -         -      send
SENT     open confirm_read  -         remind replace  -          -            -        -         -      deem_read
READ     open               -         replace         -          -            -        -         -      -"""


def test_who_may_do_what_with_a_decision():
    officer, judge = an_officer(), an_authorising_officer()
    people = {**everybody(an_organisation()), "judge": judge}

    def decision(status):
        row = Decision(
            call=Call(), status=status, prepared_by=officer, handler_ids=[str(officer.pk)],
            evaluator_ids=[str(judge.pk)],
        )  # fmt: skip
        row._state.adding = False
        return row

    assert golden_table(DECISION, DecisionStatus.values, people, decision) == DECISIONS


def test_who_may_do_what_with_a_letter():
    application = a_submitted_application(a_call())

    def letter(status):
        row = Letter(application=application, status=status)
        row._state.adding = False
        return row

    assert golden_table(LETTER, LetterStatus.values, everybody(application.applicant), letter) == LETTERS


@pytest.mark.parametrize("step", [*DECISION.steps.values(), *LETTER.steps.values()], ids=str)
def test_every_step_ends_in_a_known_status(step):
    assert step.target in {*DecisionStatus.values, *LetterStatus.values, "same"}


@pytest.mark.parametrize("role", ["APPLICANT", "EVALUATOR", "AUTHORISING", "AUDITOR", "NAT_AUDITOR", "ADMIN", "SYSTEM"])
def test_nobody_but_an_officer_prepares(role):
    people = {person.role: person for person in everybody(an_organisation()).values()}
    assert DECISION.open_to(people[role], Decision(call=Call())) == []
