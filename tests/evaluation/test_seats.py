"""A seat on the committee, from the declaration to the signature, and how it ends."""

import pytest
from django.urls import reverse

from core.errors import Incomplete, WrongState
from evaluation.actions import (
    declare_for_the_committee,
    discard_list,
    draw_up_list,
    recuse_member,
    release_member,
    sign_record,
    stand_aside,
)
from evaluation.models import Assessment, RankedList
from tests.evaluation.factories import (
    DAY,
    a_committee,
    a_drawn_list,
    an_eligible_application,
    an_evaluated,
)
from tests.factories import an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def the_page(client, call):
    address = reverse("committee", args=[call.pk])

    def as_person(person, **said):
        client.force_login(person)
        return client.post(address, said) if said else client.get(address)

    return as_person


# declaring and signing


def test_before_there_is_anything_to_judge_nobody_declares(call):
    seat = a_committee(call, declared=False)[0]

    with pytest.raises(WrongState, match="Declare once the evaluation"):
        declare_for_the_committee(seat, by=seat.member, at=DAY)


def test_a_declaration_names_every_application_and_none_that_came_later(call):
    first = an_evaluated(an_eligible_application(call)).application
    seats = a_committee(call)
    late = an_evaluated(an_eligible_application(call)).application
    draw_up_list(call, by=an_officer(), at=DAY)

    seats[0].refresh_from_db()
    assert seats[0].declared_for == [first.pk]
    with pytest.raises(Incomplete, match="your declaration does not name; declare again"):
        sign_record(seats[0], by=seats[0].member, at=DAY)
    seat = declare_for_the_committee(seats[0], by=seats[0].member, at=DAY)
    assert set(seat.declared_for) == {first.pk, late.pk}
    assert sign_record(seat, by=seat.member, at=DAY).status == "SIGNED"


def test_who_has_not_declared_signs_nothing(call):
    an_evaluated(an_eligible_application(call))
    seats = a_committee(call, declared=False)
    draw_up_list(call, by=an_officer(), at=DAY)

    with pytest.raises(Incomplete, match=r"Declare first that you have no conflict of interest; then sign\."):
        sign_record(seats[0], by=seats[0].member, at=DAY)


def test_without_a_list_there_is_nothing_to_sign(call):
    an_evaluated(an_eligible_application(call))
    seat = a_committee(call)[0]

    with pytest.raises(WrongState, match="it must be drawn up first"):
        sign_record(seat, by=seat.member, at=DAY)


def test_who_has_signed_is_thanked_and_asked_nothing_more(the_page, call):
    ranked_list = a_drawn_list(call)
    seat = call.seats.sitting().get(entity="JUST.B.3")
    sign_record(seat, by=seat.member, at=DAY, sha256=ranked_list.sha256)

    answer = the_page(seat.member)

    assert "You signed the evaluation record on" in answer.content.decode()
    assert answer.context["mine"]["may_sign"] is False
    assert [step.name for step in answer.context["mine"]["steps"]] == ["recuse"]


def test_signatures_under_a_discarded_list_are_asked_for_again(call, officer):
    ranked_list = a_drawn_list(call, officer=officer)
    seat = call.seats.sitting().first()
    sign_record(seat, by=seat.member, at=DAY)
    discard_list(ranked_list, by=officer, at=DAY, reason="A wrong figure.")

    again = draw_up_list(call, by=officer, at=DAY)

    seat.refresh_from_db()
    assert (seat.status, seat.signed_at, seat.signed_sha256) == ("APPOINTED", None, "")
    assert again.sha256 == ranked_list.sha256  # the same reports give the same bytes
    assert RankedList.objects.current().get() == again


# leaving


def test_nobody_is_released_while_a_list_waits_for_signatures(call, officer):
    a_drawn_list(call, officer=officer)
    seat = call.seats.sitting().first()

    with pytest.raises(WrongState, match=r"Discard the list before the committee changes\."):
        release_member(seat, by=officer, at=DAY, reason="Another post.")
    seat.refresh_from_db()
    assert seat.status == "APPOINTED"


def test_who_left_without_a_conflict_may_be_called_back(the_page, call, officer):
    an_eligible_application(call)
    seat = release_member(a_committee(call)[1], by=officer, at=DAY, reason="On leave.")

    assert the_page(officer, member=seat.member_id, under_authorising_officer="no").status_code == 302
    seat.refresh_from_db()
    assert (seat.status, seat.declared_at, seat.declared_for, seat.ended_reason) == ("APPOINTED", None, [], "")


def test_who_left_over_a_conflict_is_not(the_page, call, officer):
    an_eligible_application(call)
    seat = a_committee(call)[1]
    seat = recuse_member(seat, by=seat.member, at=DAY, reason="A brother.")

    assert the_page(officer, member=seat.member_id, under_authorising_officer="no").status_code in (400, 409)
    seat.refresh_from_db()
    assert seat.status == "CONFLICT"


@pytest.mark.parametrize("status", ["RANKED", "DECIDED"])
def test_a_conflict_found_after_the_work_ends_the_seat_too(call, status):
    an_eligible_application(call)
    seat = a_committee(call)[0]
    call.status = status
    call.save()

    recuse_member(seat, by=seat.member, at=DAY, reason="A brother.")

    seat.refresh_from_db()
    assert (seat.status, seat.ended_reason) == ("CONFLICT", "A brother.")


def test_standing_aside_from_an_application_ends_the_seat_too(call):
    application = an_eligible_application(call)
    seat = a_committee(call)[0]

    stand_aside(Assessment(application=application, evaluator=seat.member), by=seat.member, at=DAY, reason="A brother.")

    seat.refresh_from_db()
    assert (seat.status, seat.ended_reason) == ("CONFLICT", "A brother.")
