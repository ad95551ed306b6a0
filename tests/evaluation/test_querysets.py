"""Questions about assessments, reports, seats and lists: each gives exactly the states of its group."""

import pytest

from evaluation.models import Assessment, Consensus, RankedEntry, RankedList, Seat
from evaluation.states import AssessmentStatus, ConsensusStatus, RankedListStatus, SeatStatus
from tests.awards.factories import DAY, RANKED, a_ranked_call, a_submitted_application
from tests.factories import AFTER, a_call, an_evaluator, an_officer

pytestmark = pytest.mark.django_db


def an_assessment(application, status, **fields):
    values = {
        "evaluator": an_evaluator(),
        "round": application.call.rounds.get(),
        "declared_at": AFTER,
        "signed_at": AFTER,
        "due_at": AFTER + DAY,
    }
    return Assessment.objects.create(
        application=application, status=status, assigned_by=an_officer(), assigned_at=AFTER, **{**values, **fields}
    )


def a_seat(call, status, **fields):
    return Seat.objects.create(
        call=call, member=an_evaluator(), status=status, entity="HOME.D", under_authorising_officer=True,
        appointed_at=AFTER, **fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("question", "states"),
    [
        ("counting", {"ASSIGNED", "OPEN", "SIGNED"}),
        ("unfinished", {"ASSIGNED", "OPEN"}),
        ("signed", {"SIGNED"}),
        ("conflicted", {"CONFLICT"}),
        ("that_took_part", {"ASSIGNED", "OPEN", "SIGNED", "CONFLICT"}),
        ("blind", {"ASSIGNED", "OPEN", "CONFLICT"}),
    ],
)
def test_a_question_about_assessments_gives_the_states_of_its_group(question, states):
    application = a_submitted_application(a_call(status="EVALUATION"), status="ELIGIBLE")
    for status in AssessmentStatus:
        an_assessment(application, status)
    assert {one.status for one in getattr(Assessment.objects, question)()} == states


@pytest.mark.parametrize(
    ("question", "states"),
    [
        ("of", {"ASSIGNED", "OPEN", "SIGNED"}),
        ("letting_in", {"OPEN", "SIGNED"}),
        ("shutting_out", {"ASSIGNED", "CONFLICT"}),
    ],
)
def test_a_question_about_a_person_gives_only_the_own_ones(question, states):
    call, me = a_call(status="EVALUATION"), an_evaluator()
    for status in AssessmentStatus:
        application = a_submitted_application(call, status="ELIGIBLE")
        an_assessment(application, status, evaluator=me)
        an_assessment(application, "SIGNED")
    found = list(getattr(Assessment.objects, question)(me))
    assert {one.status for one in found} == states
    assert {one.evaluator_id for one in found} == {me.pk}


def test_what_waits_is_counted_for_each_call():
    call = a_call(status="EVALUATION")
    application = a_submitted_application(call, status="ELIGIBLE")
    an_assessment(application, "ASSIGNED", due_at=AFTER + 3 * DAY)
    an_assessment(application, "OPEN", due_at=AFTER + 2 * DAY)
    an_assessment(a_submitted_application(a_call(status="RANKED")), "OPEN")
    assert list(Assessment.objects.under_evaluation().unfinished().by_call()) == [
        {
            "application__call": call.pk, "application__call__reference": call.reference, "number": 2,
            "first": AFTER + 2 * DAY, "undeclared": 1,
        }
    ]  # fmt: skip


def test_a_report_waits_for_its_rapporteur_then_for_its_evaluators():
    call, rapporteur, evaluator = a_call(status="EVALUATION"), an_evaluator(), an_evaluator()
    for status in ConsensusStatus:
        Consensus.objects.create(
            application=a_submitted_application(call, status="ELIGIBLE"), rapporteur=rapporteur, status=status,
            round=call.rounds.get(),
            evaluator_ids=[rapporteur.pk, evaluator.pk], total=80, approved_at=AFTER,
        )  # fmt: skip
    assert [one.status for one in Consensus.objects.approved()] == ["APPROVED"]
    assert {one.status for one in Consensus.objects.once_approved()} == {"APPROVED", "SET_ASIDE"}
    assert {one.status for one in Consensus.objects.waiting_for(rapporteur)} == {"DRAFT", "PROPOSED"}
    assert {one.status for one in Consensus.objects.waiting_for(evaluator)} == {"PROPOSED"}


@pytest.mark.parametrize(("question", "states"), [("sitting", {"APPOINTED", "SIGNED"}), ("unsigned", {"APPOINTED"})])
def test_a_question_about_seats_gives_the_states_of_its_group(question, states):
    call = a_call(status="EVALUATION")
    for status in SeatStatus:
        a_seat(call, status)
    a_seat(a_call(status="RANKED"), "APPOINTED")
    assert {one.status for one in getattr(Seat.objects.under_evaluation(), question)()} == states
    assert Seat.objects.under_evaluation().count() == len(SeatStatus)


def test_a_seat_counts_as_declared_for_its_own_member_alone():
    call = a_call(status="EVALUATION")
    declared = a_seat(call, "APPOINTED", declared_at=AFTER)
    waiting, gone = a_seat(call, "APPOINTED"), a_seat(call, "LEFT", declared_at=AFTER)
    assert list(Seat.objects.declared(declared.member)) == [declared]
    assert not Seat.objects.declared(waiting.member).exists()
    assert not Seat.objects.declared(gone.member).exists()


@pytest.mark.parametrize(
    ("question", "states"),
    [
        ("current", {"DRAWN", "SIGNED", "QUESTIONED"}),
        ("drawn", {"DRAWN"}),
        ("signed", {"SIGNED", "QUESTIONED"}),
        ("questioned", {"QUESTIONED"}),
        ("set_aside", {"SET_ASIDE"}),
    ],
)
def test_a_question_about_lists_gives_the_states_of_its_group(question, states):
    for status in RankedListStatus:
        call = a_call(status="RANKED")
        RankedList.objects.create(
            call=call, round=call.rounds.get(), status=status, drawn_by=an_officer(), drawn_at=RANKED, budget=1,
            sha256="",
        )  # fmt: skip
    assert {one.status for one in getattr(RankedList.objects, question)()} == states


def test_only_places_of_a_signed_list_are_signed():
    call = a_ranked_call()
    assert RankedEntry.objects.signed().count() == 4
    call.ranked_lists.update(status="DRAWN")
    assert not RankedEntry.objects.signed().exists()
