"""The committee: who may sit on it, what it lacks, what a member declares and signs, and who leaves it."""

from datetime import date

import pytest
from django.urls import reverse

from core.errors import Incomplete, NotAllowed
from evaluation.actions import (
    appoint_member,
    invite_people,
    recuse_evaluator,
    release_member,
    stand_aside,
)
from evaluation.actions.pool import Reference
from evaluation.actions.ranked_lists import gaps_of_committee, independent
from evaluation.models import Assessment, Seat
from evaluation.states import POOL_MEMBER
from tests.evaluation.factories import (
    DAY,
    a_committee,
    an_assigned,
    an_eligible_application,
)
from tests.factories import an_applicant, an_auditor, an_authorising_officer, an_evaluator, an_officer

pytestmark = pytest.mark.django_db

TERMS = Reference("Six proposals.", date(2099, 1, 1), most=6)


@pytest.fixture
def the_page(client, call):
    address = reverse("committee", args=[call.pk])

    def as_person(person, **said):
        client.force_login(person)
        return client.post(address, said) if said else client.get(address)

    return as_person


# who may sit


def test_somebody_without_an_entity_cannot_be_told_apart_from_the_others(the_page, call, officer):
    nowhere = an_evaluator(entity="  ")

    answer = the_page(officer, member=nowhere.pk, under_authorising_officer="no")

    assert answer.status_code == 400
    assert "has no organisational entity; have it entered first." in answer.content.decode()
    assert not Seat.objects.exists()


@pytest.mark.parametrize("make", [an_applicant, an_auditor, an_authorising_officer])
def test_who_assesses_nothing_is_not_offered_and_is_refused(the_page, call, officer, make):
    person = make()

    assert the_page(officer, member=person.pk, under_authorising_officer="no").status_code == 400
    with pytest.raises(Incomplete) as refused:
        appoint_member(call, person, by=officer, under_authorising_officer=False)
    assert "cannot sit on a committee" in refused.value.gaps["member"]
    assert not Seat.objects.exists()


@pytest.mark.parametrize("under", ["", "maybe", "1", "true"])
def test_whether_somebody_is_under_the_authorising_officer_is_never_guessed(the_page, officer, under):
    assert the_page(officer, member=an_evaluator().pk, under_authorising_officer=under).status_code == 400
    assert not Seat.objects.exists()


def test_somebody_of_an_applicants_house_cannot_sit(the_page, call, officer):
    application = an_eligible_application(call)
    inside = an_evaluator(organisation=application.applicant)

    answer = the_page(officer, member=inside.pk, under_authorising_officer="no")

    assert answer.status_code == 400
    assert "takes part in this application" in answer.content.decode()


def test_the_rule_about_member_states_is_for_evaluators_not_for_the_committee(the_page, call, officer):
    call.same_state_conflicts = True
    call.save()
    an_eligible_application(call, state="EL")

    assert the_page(officer, member=an_evaluator(state="EL").pk, under_authorising_officer="no").status_code == 302


def test_a_conflict_on_one_application_bars_from_the_whole_committee(the_page, call, officer):
    one = an_evaluator()
    recuse_evaluator(an_assigned(an_eligible_application(call), one), by=one, at=DAY, reason="A cousin.")

    answer = the_page(officer, member=one.pk, under_authorising_officer="no")

    assert answer.status_code == 400
    assert "has a conflict on an application of this call" in answer.content.decode()


def test_an_officer_who_stood_aside_composes_no_committee_and_no_pool(the_page, client, call, officer):
    """FR Art. 61: all activity in the matter ceases, so also the choice of those who judge and rank."""
    aside = an_officer()
    about = Assessment(application=an_eligible_application(call), evaluator=aside)
    stand_aside(about, by=aside, at=DAY, reason="A cousin.")
    seat = a_committee(call)[0]
    (member,) = invite_people(call, [an_evaluator()], by=officer, terms=TERMS)

    assert the_page(aside).context["may_appoint"] is False
    for take in (
        lambda: appoint_member(call, an_evaluator(), by=aside, under_authorising_officer=False),
        lambda: release_member(seat, by=aside, reason="Away."),
        lambda: POOL_MEMBER.run("take_back", member, by=aside, reason="Away."),
    ):
        with pytest.raises(NotAllowed, match="You have a conflict on an application of this call"):
            take()
    with pytest.raises(Incomplete) as refused:
        invite_people(call, [an_evaluator()], by=aside, terms=TERMS)
    assert "You have a conflict" in refused.value.gaps["people"]
    assert release_member(seat, by=officer, reason="Away.").status == "LEFT"


def test_nobody_sits_twice(the_page, call, officer):
    an_eligible_application(call)
    seat = a_committee(call)[0]

    answer = the_page(officer, member=seat.member_id, under_authorising_officer="yes")

    assert answer.status_code == 409
    assert "not possible now" in answer.content.decode()
    assert call.seats.count() == 3


@pytest.mark.parametrize("status", ["RANKED", "DECIDED"])
def test_a_committee_that_has_done_its_work_does_not_change(the_page, call, officer, status):
    call.status = status
    call.save()

    assert the_page(officer).context["may_appoint"] is False
    answer = the_page(officer, member=an_evaluator().pk, under_authorising_officer="no")
    assert answer.status_code == 409
    assert "its committee cannot change" in answer.content.decode()
    assert not Seat.objects.exists()


@pytest.mark.parametrize("make", [an_auditor, an_evaluator, an_applicant])
def test_only_the_commission_appoints(the_page, call, make):
    assert the_page(make(), member=an_evaluator().pk, under_authorising_officer="no").status_code == 404
    assert not Seat.objects.exists()


def test_a_member_sees_the_own_seat_and_may_appoint_nobody(the_page, call):
    an_eligible_application(call)
    seat, *others = a_committee(call, declared=False)[1:]

    answer = the_page(seat.member)

    assert [one["seat"] for one in answer.context["seats"]] == [seat]
    assert answer.context["gaps"] == []
    assert all(one.member.name not in answer.content.decode() for one in others)
    assert the_page(seat.member, member=an_evaluator().pk, under_authorising_officer="no").status_code == 404


# what it lacks


@pytest.mark.parametrize(("entities", "under", "lacking"), [
    ([], [], 3),
    (["HOME.E", "HOME.E.1", "HOME.E.1.a"], [True, True, False], 1),  # one above the other, all the way
    (["HOME.D", "HOME.E", "HOME.F"], [True, True, True], 1),
    (["HOME.D", "HOME.D", "HOME.D"], [False, True, True], 1),
    (["HOME.D", "JUST.A"], [True, False], 1),
    (["HOME.D", "HOME.E.1", "JUST.A"], [True, True, False], 0),
])  # fmt: skip
def test_the_regulation_is_counted_out(entities, under, lacking):
    seats = [Seat(entity=entity, under_authorising_officer=is_) for entity, is_ in zip(entities, under, strict=True)]

    assert len(gaps_of_committee(seats)) == lacking


@pytest.mark.parametrize(("one", "other", "wanted"), [
    ("HOME.D", "HOME.E", True), ("HOME.D", "HOME.D.1", False), ("HOME.D.1", "HOME.D", False),
    ("home.d", "HOME.D", False), (" HOME.D ", "HOME.D", False), ("HOME.D1", "HOME.D", True),
    ("HOME.D.1", "HOME.D.2", True), ("JUST", "JUST.B.3", False),
])  # fmt: skip
def test_an_entity_above_another_is_not_independent_of_it(one, other, wanted):
    assert independent(one, other) is independent(other, one) is wanted
