"""Drawing up, signing, discarding and freezing the ranked list."""

from decimal import Decimal

import pytest

from applications.models import Application
from applications.states import AFTER_EVALUATION, ApplicationStatus
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, WrongState
from evaluation.actions import (
    appoint_member,
    declare_for_the_committee,
    discard_list,
    draw_up_list,
    freeze_list,
    recuse_member,
    release_member,
    sign_record,
    stand_aside,
)
from evaluation.models import Assessment, RankedEntry, RankedList
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_committee,
    a_drawn_list,
    a_signed_list,
    an_eligible_application,
    an_evaluated,
)
from tests.factories import an_applicant, an_evaluator, an_officer, now_only, the_clock

pytestmark = pytest.mark.django_db

HIGH = {"REL": "36", "QUA": "36", "IMP": "16"}  # 88
TIED = {"REL": "33", "QUA": "32", "IMP": "16"}  # 81
OTHER = {"REL": "32", "QUA": "33", "IMP": "16"}  # 81, but less relevant
LOW = {"REL": "24", "QUA": "30", "IMP": "15"}  # 69, and below the threshold of relevance


def test_a_list_is_drawn_from_the_approved_reports():
    ranked_list = a_drawn_list(totals=(LOW, OTHER, HIGH, TIED), budget=Decimal("600000"))
    entries = list(ranked_list.entries.all())

    assert [(one.rank, one.total, one.place, one.stage) for one in entries] == [
        (1, 88, "MAIN", ""), (2, 81, "MAIN", ""), (3, 81, "RESERVE", "BUDGET"), (None, 69, "REJECTED", "THRESHOLD"),
    ]  # fmt: skip
    assert entries[1].points == {"REL": "33.00", "QUA": "32.00", "IMP": "16.00"}
    assert "criterion REL Relevance: 33 against 32" in entries[1].tie_break
    assert "below its threshold of 25" in entries[3].reason
    assert ranked_list.status == "DRAWN"
    assert len(ranked_list.sha256) == 64


def test_what_is_missing_is_said_in_sentences():
    call = a_call_under_evaluation()
    an_eligible_application(call)
    appoint_member(call, an_officer(), by=an_officer(), under_authorising_officer=True, at=DAY)
    before = AuditRecord.objects.count()

    with pytest.raises(Incomplete) as refusal:
        draw_up_list(call, by=an_officer(), at=DAY)

    said = " ".join(refusal.value.gaps.values())
    assert "The committee has 1 of at least 3 members" in said
    assert "at least two entities without a hierarchical link" in said
    assert "not under the authorising officer" in said
    assert f"Not evaluated yet: {call.reference}-" in said
    assert not RankedList.objects.exists()
    assert AuditRecord.objects.count() == before


@pytest.mark.parametrize("status", [state for state in ApplicationStatus if state not in AFTER_EVALUATION])
def test_nobody_is_left_out_of_a_list(status):
    """Whatever state somebody invents: an application that is not settled is named, and no list is drawn up."""
    call = a_drawn_list().call
    RankedList.objects.update(status="DISCARDED")
    left = call.applications.first()
    Application.objects.filter(pk=left.pk).update(status=status)
    with pytest.raises(Incomplete) as refusal:
        draw_up_list(call, by=an_officer(), at=DAY)
    assert f"Not evaluated yet: {left.reference} (“{status.label}”)." in refusal.value.gaps["applications"]


@pytest.mark.parametrize(("entities", "enough"), [
    (["HOME.D.1", "HOME.D.2", "JUST.B"], True), (["HOME.D", "HOME.D.1", "HOME.D.2"], True),
    (["HOME.D", "HOME.D.1", "HOME.D"], False), (["HOME.D", "home.d ", "HOME.D"], False),
])  # fmt: skip
def test_two_entities_must_not_stand_above_each_other(entities, enough):
    call = a_call_under_evaluation()
    an_evaluated(an_eligible_application(call))
    for entity in entities:
        appoint_member(call, an_evaluator(entity=entity), by=an_officer(), under_authorising_officer=False, at=DAY)

    if enough:
        assert draw_up_list(call, by=an_officer(), at=DAY).status == "DRAWN"
    else:
        with pytest.raises(Incomplete, match=r".*"):
            draw_up_list(call, by=an_officer(), at=DAY)


def test_nothing_to_rank_and_a_call_that_is_not_there_yet():
    call = a_call_under_evaluation()
    with pytest.raises(Incomplete) as refusal:
        draw_up_list(call, by=an_officer(), at=DAY)
    assert "there is nothing to rank" in refusal.value.gaps["applications"]

    call.status = "CHECKING"
    call.save()
    with pytest.raises(WrongState, match="while it is under evaluation"):
        draw_up_list(call, by=an_officer(), at=DAY)


def test_a_call_has_one_list_at_a_time():
    ranked_list = a_drawn_list()

    with pytest.raises(WrongState, match="ranked list already"):
        draw_up_list(ranked_list.call, by=an_officer(), at=DAY)


def test_an_officer_in_conflict_neither_draws_up_nor_discards_nor_sees_it():
    officer, call = an_officer(), a_call_under_evaluation()
    application = an_eligible_application(call)
    stand_aside(
        Assessment(application=application, evaluator=officer), by=officer, at=DAY, reason="My brother leads it."
    )
    an_evaluated(application)
    ranked_list = a_drawn_list(call)

    assert not RankedList.objects.visible_to(officer).exists()
    assert not RankedEntry.objects.visible_to(officer).exists()
    with pytest.raises(NotAllowed):
        discard_list(ranked_list, by=officer, at=DAY, reason="Again")
    discard_list(ranked_list, by=an_officer(), at=DAY, reason="Again")
    with pytest.raises(NotAllowed):
        draw_up_list(call, by=officer, at=DAY)


# signatures


def test_the_last_signature_freezes_the_list_and_moves_the_call_on():
    ranked_list = a_drawn_list()
    first, second, third = ranked_list.call.seats.all()

    for seat in (first, second):
        sign_record(seat, by=seat.member, at=DAY)
    ranked_list.refresh_from_db()
    assert ranked_list.status == "DRAWN"

    signed = sign_record(third, by=third.member, at=DAY, sha256=ranked_list.sha256)
    ranked_list.refresh_from_db()
    ranked_list.call.refresh_from_db()

    assert (ranked_list.status, ranked_list.signed_at) == ("SIGNED", DAY)
    assert ranked_list.call.status == "RANKED"
    assert (signed.status, signed.signed_sha256) == ("SIGNED", ranked_list.sha256)
    acts = AuditRecord.objects.within(call=ranked_list.call_id).values_list("act", flat=True)
    assert list(acts).count("rankedlist.freeze") == 1
    assert list(acts).count("seat.sign_record") == 3


def test_nobody_signs_without_a_declaration_that_names_every_application():
    call = a_call_under_evaluation()
    an_evaluated(an_eligible_application(call))
    seats = a_committee(call, declared=False)
    undeclared, *others = seats
    for seat in others:
        declare_for_the_committee(seat, by=seat.member, at=DAY)
    an_evaluated(an_eligible_application(call))
    draw_up_list(call, by=an_officer(), at=DAY)

    with pytest.raises(Incomplete, match="Declare first"):
        sign_record(undeclared, by=undeclared.member, at=DAY)
    with pytest.raises(Incomplete, match="does not name"):
        sign_record(others[0], by=others[0].member, at=DAY)
    declare_for_the_committee(others[0], by=others[0].member, at=DAY)
    assert sign_record(others[0], by=others[0].member, at=DAY).status == "SIGNED"


def test_nobody_signs_for_another_nor_another_list_than_was_read():
    ranked_list = a_drawn_list()
    seat, other, _third = ranked_list.call.seats.all()

    with pytest.raises(NotAllowed):
        sign_record(seat, by=other.member, at=DAY)
    with pytest.raises(WrongState, match="Read it again"):
        sign_record(seat, by=seat.member, at=DAY, sha256="0" * 64)
    seat.refresh_from_db()
    assert (seat.status, seat.signed_sha256) == ("APPOINTED", "")


def test_without_a_list_there_is_nothing_to_sign():
    call = a_call_under_evaluation()
    an_eligible_application(call)
    seat = a_committee(call)[0]

    with pytest.raises(WrongState, match="must be drawn up first"):
        sign_record(seat, by=seat.member, at=DAY)


def test_a_row_changed_behind_our_back_is_not_signed():
    ranked_list = a_drawn_list()
    seat = ranked_list.call.seats.first()
    RankedEntry.objects.filter(ranked_list=ranked_list).update(reason="somebody was here")

    with pytest.raises(WrongState, match="no longer agrees"):
        sign_record(seat, by=seat.member, at=DAY)


def test_signatures_under_a_discarded_list_are_asked_for_again():
    ranked_list = a_drawn_list()
    officer, seat = an_officer(), ranked_list.call.seats.first()
    sign_record(seat, by=seat.member, at=DAY)

    discard_list(ranked_list, by=officer, at=DAY, reason="A report is corrected.")
    again = draw_up_list(ranked_list.call, by=officer, at=DAY)
    seat.refresh_from_db()

    assert (seat.status, seat.signed_at, seat.signed_sha256) == ("APPOINTED", None, "")
    assert RankedList.objects.get(pk=ranked_list.pk).entries.count() == again.entries.count() == 1
    assert again.sha256 == ranked_list.sha256  # the same reports give the same bytes


def test_only_the_clock_freezes_and_a_signed_list_stays():
    ranked_list = a_drawn_list()
    with pytest.raises(NotAllowed):
        freeze_list(ranked_list, by=an_officer(), at=DAY)

    signed = a_signed_list()
    with pytest.raises(WrongState):
        discard_list(signed, by=an_officer(), at=DAY, reason="Too late")
    with pytest.raises(WrongState):
        freeze_list(signed, by=the_clock(), at=DAY)


# the committee


def test_the_entity_is_written_down_as_it_was():
    call, member = a_call_under_evaluation(), an_evaluator(entity="HOME.D.2")
    seat = appoint_member(call, member, by=an_officer(), under_authorising_officer=True, at=DAY)
    now_only(member, "EVALUATOR", entity="JUST.A")

    seat.refresh_from_db()
    assert seat.entity == "HOME.D.2"


@pytest.mark.parametrize("who", ["applicant", "no entity", "inside", "conflict"])
def test_some_cannot_sit(who):
    call = a_call_under_evaluation()
    application = an_eligible_application(call)
    people = {
        "applicant": an_applicant(),
        "no entity": an_evaluator(entity=""),
        "inside": an_evaluator(organisation=application.applicant),
        "conflict": an_officer(),
    }
    officer = people["conflict"]
    stand_aside(Assessment(application=application, evaluator=officer), by=officer, at=DAY, reason="A friend.")
    before = AuditRecord.objects.count()

    with pytest.raises(Incomplete) as refusal:
        appoint_member(call, people[who], by=an_officer(), under_authorising_officer=False, at=DAY)

    assert set(refusal.value.gaps) == {"member"}
    assert not call.seats.exists()
    assert AuditRecord.objects.count() == before


def test_the_committee_stands_still_while_its_list_waits():
    ranked_list = a_drawn_list()
    seat, officer = ranked_list.call.seats.first(), an_officer()

    with pytest.raises(WrongState, match="Discard the list"):
        release_member(seat, by=officer, at=DAY, reason="On leave")
    with pytest.raises(WrongState, match="Discard the list"):
        appoint_member(ranked_list.call, an_evaluator(), by=officer, under_authorising_officer=False, at=DAY)


def test_a_conflict_ends_a_seat_at_once_and_its_member_does_not_come_back():
    ranked_list = a_drawn_list()
    seat, officer = ranked_list.call.seats.get(member__name="Guest of Justice"), an_officer()
    assert RankedList.objects.visible_to(seat.member).exists()

    recused = recuse_member(seat, by=seat.member, at=DAY, reason="I worked there until last year.")

    assert recused.status == "CONFLICT"
    assert not RankedList.objects.visible_to(seat.member).exists()
    discard_list(ranked_list, by=officer, at=DAY, reason="The committee changes.")
    with pytest.raises(WrongState):
        appoint_member(ranked_list.call, seat.member, by=officer, under_authorising_officer=False, at=DAY)


def test_who_left_may_be_called_back():
    call, member, officer = a_call_under_evaluation(), an_evaluator(), an_officer()
    seat = appoint_member(call, member, by=officer, under_authorising_officer=False, at=DAY)
    release_member(seat, by=officer, at=DAY, reason="On leave")

    back = appoint_member(call, member, by=officer, under_authorising_officer=True, at=DAY)

    assert (back.pk, back.status, back.under_authorising_officer) == (seat.pk, "APPOINTED", True)
