"""Whether somebody may assess: asked pair by pair and all at once it is the same, whatever is on file."""

import pytest

from accounts.models import User
from applications.models import Application
from evaluation.actions import bar_person, recuse_evaluator, recuse_member, release_evaluator
from evaluation.actions.known import Known
from evaluation.models import Assessment
from evaluation.shown.assigning import judges
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_committee,
    an_assigned,
    an_eligible_application,
    an_open,
)
from tests.factories import an_evaluator, an_officer, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    """Two applications, and people with every kind of past."""
    call = a_call_under_evaluation(same_state_conflicts=True)
    first, second = an_eligible_application(call), an_eligible_application(call, state="FR")
    an_evaluator(name="Free")
    an_evaluator(name="From the State", state="EL")
    an_evaluator(name="Inside", organisation=first.applicant)
    an_evaluator(name="Elsewhere", organisation=an_organisation("IT"))
    an_assigned(first, an_evaluator(name="There"))
    an_open(second, an_evaluator(name="Writing"))
    recused = an_assigned(first, an_evaluator(name="Recused"))
    recuse_evaluator(recused, by=recused.evaluator, at=DAY, reason="A cousin.")
    release_evaluator(an_assigned(second, an_evaluator(name="Ill")), by=an_officer(), at=DAY, reason="Ill.")
    barred = Assessment(application=second, evaluator=an_evaluator(name="Barred"))
    bar_person(barred, by=an_officer(), at=DAY, reason="Worked on it.")
    seat = a_committee(call)[1]
    recuse_member(seat, by=seat.member, at=DAY, reason="My wife's firm.")
    return call


def known_of(call):
    applications = Application.objects.of_call(call).select_related("call", "applicant")
    return Known(applications, judges(officers=True))


def test_all_at_once_bars_whom_it_bars_one_by_one(house):
    known = known_of(house)
    one_by_one = {
        (application.pk, person.pk)
        for application in known.applications.values()
        for person in known.people.values()
        if known.why_not(application, person)
    }

    assert known.barred | known.counting == one_by_one
    names = {User.objects.get(pk=person).name for _application, person in one_by_one}
    assert names >= {"From the State", "Inside", "There", "Writing", "Recused", "Barred", "Guest of Justice"}
    assert not names & {"Free", "Ill", "Elsewhere"}


def test_however_many_pairs_the_same_questions_are_asked(house, django_assert_num_queries):
    known = known_of(house)
    pairs = [(a, p) for a in known.applications.values() for p in known.people.values()]

    with django_assert_num_queries(11):  # rounds, assessments, reports, committees, partners, register, pool, grounds
        sentences = [known.why_not(*pair) for pair in pairs]
    assert any(sentences)


def test_what_somebody_has_counts_in_this_round_alone(house):
    counting = {
        (Application.objects.get(pk=a).reference, User.objects.get(pk=e).name) for a, e in known_of(house).counting
    }

    first, second = Application.objects.of_call(house).order_by("reference")
    assert counting == {(first.reference, "There"), (second.reference, "Writing")}
