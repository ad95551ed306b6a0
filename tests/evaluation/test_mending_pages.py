"""The pages of ways back: each says first what falls and how ranks could move; and the same acts through the API."""

import pytest
from django.urls import reverse

from evaluation.actions.ranked_lists import candidates_of, terms_of
from evaluation.models import Assessment, Consensus, RankedList
from evaluation.shown.effects import falls_with, moves_of
from tests.evaluation.factories import (
    a_call_under_evaluation,
    a_consensus,
    a_drawn_list,
    a_proposed,
    a_signed,
    a_signed_list,
    an_assigned,
    an_eligible_application,
    an_evaluated,
)
from tests.evaluation.test_ways_back import HIGH, MIDDLE, WHY, closed, other_than_the_rapporteur, questioned
from tests.factories import an_auditor, an_authorising_officer, an_evaluator, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    officer = an_officer()
    client.force_login(officer)
    return officer


def text_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:500]
    return answer.content.decode()


def preview(row, step):
    return reverse(f"{row._meta.model_name.replace('rankedlist', 'ranked_list')}_preview", args=[row.pk, step])


# what is said before it is confirmed


def test_a_report_that_is_reopened_says_what_falls_and_how_ranks_could_move(client, officer):
    ranked_list = a_drawn_list(totals=(HIGH, MIDDLE), budget=300_000)
    report = Consensus.objects.get(total=81)
    assert preview(report, "reopen") in text_of(client, report.get_absolute_url())
    page = text_of(client, preview(report, "reopen"))
    assert "81 points) is set aside" in page
    assert "The ranked list drawn up on" in page
    for place in ("2. reserve list", "1. main list", "rejected"):
        assert place in page
    assert ranked_list.entries.first().application.reference in page
    answer = client.post(f"{report.get_absolute_url()}reopen/", {"reason": WHY, "stamp": report.stamp}, follow=True)
    assert "Set aside: another report takes its place" in answer.content.decode()
    assert Consensus.objects.standing().filter(application=report.application).get().status == "DRAFT"


def test_ranks_move_only_where_they_can():
    call = a_drawn_list(totals=(HIGH, MIDDLE)).call
    application = Consensus.objects.get(total=88).application
    (row,) = moves_of(application, candidates_of(call), terms_of(call))
    assert [row[0], *(cell.text for cell in row[1:])] == [
        application.reference, "1. main list", "1. main list", "rejected", "–",
    ]  # fmt: skip
    assert moves_of(an_eligible_application(call), candidates_of(call), terms_of(call)) == []


def test_nothing_rests_on_an_assessment_that_is_not_signed(client, officer):
    row = an_assigned(an_eligible_application(a_call_under_evaluation()))
    assert falls_with(row) == []
    assert "No report and no list rests on it." in text_of(client, preview(row, "strike"))


@pytest.mark.parametrize("step", ["strike", "reopen", "replace"])
def test_each_way_back_of_an_assessment_is_offered_and_taken(client, officer, step):
    report = a_consensus(an_eligible_application(a_call_under_evaluation()))
    row = Assessment.objects.get(evaluator=report.rapporteur)
    assert preview(row, step) in text_of(client, row.get_absolute_url())
    assert "is set aside" in text_of(client, preview(row, step))
    assert client.post(f"{row.get_absolute_url()}{step}/", {"reason": WHY}).status_code == 302
    report.refresh_from_db()
    assert report.status == "SET_ASIDE"


def test_a_signed_list_is_set_aside_from_its_page_by_two(client, officer):
    ranked_list = a_signed_list()
    page = text_of(client, preview(ranked_list, "question"))
    assert "with 3 signatures" in page
    assert "No award decision can be taken on it." in page
    client.post(f"{ranked_list.get_absolute_url()}question/", {"reason": WHY})
    assert client.get(preview(ranked_list, "set_aside")).status_code == 403
    client.force_login(an_authorising_officer())
    assert WHY in text_of(client, preview(ranked_list, "set_aside"))
    assert client.post(f"{ranked_list.get_absolute_url()}set_aside/").status_code == 302
    assert "Set aside: another list takes its place" in text_of(client, ranked_list.get_absolute_url())


def test_the_committee_s_page_leads_to_the_end_of_a_seat(client, officer):
    seat = a_signed_list().call.seats.first()
    assert preview(seat, "strike") in text_of(client, reverse("committee", args=[seat.call_id]))
    assert "with 3 signatures" in text_of(client, preview(seat, "strike"))
    client.post(f"/evaluation/seats/{seat.pk}/strike/", {"reason": WHY, "next": seat.get_absolute_url()})
    assert RankedList.objects.get().status == "SET_ASIDE"


def test_a_step_without_a_preview_has_no_such_page(client, officer):
    row = a_signed(an_eligible_application(a_call_under_evaluation()))
    for step in ("declare", "nothing"):
        assert client.get(preview(row, step)).status_code == 404


@pytest.mark.parametrize("person", [an_evaluator, an_auditor])
def test_previews_are_for_whoever_could_take_the_step(client, person):
    report = an_evaluated(an_eligible_application(a_call_under_evaluation()))
    client.force_login(person())
    assert client.get(preview(report, "reopen")).status_code in {403, 404}


# rapporteur and approvals


def test_the_rapporteur_is_replaced_on_a_page_that_offers_nobody_who_left(client, officer):
    evaluators = [an_evaluator(name=f"Evaluator {name}") for name in ("One", "Two", "Three")]
    consensus = a_consensus(an_eligible_application(a_call_under_evaluation()), evaluators=evaluators)
    closed(evaluators[1])
    address = reverse("hand_on", args=[consensus.pk])
    assert address in text_of(client, consensus.get_absolute_url())
    page = text_of(client, address)
    assert "Evaluator Three" in page
    assert "Evaluator Two" not in page
    assert client.post(address, {"rapporteur": str(evaluators[2].pk), "reason": "Ill."}).status_code == 302
    consensus.refresh_from_db()
    assert consensus.rapporteur == evaluators[2]


def test_an_older_page_is_not_acted_on(client, officer):
    consensus = a_proposed(an_eligible_application(a_call_under_evaluation()))
    person = other_than_the_rapporteur(consensus)
    answer = client.post(
        reverse("hand_on", args=[consensus.pk]), {"rapporteur": str(person.pk), "reason": "Ill.", "stamp": "0"}
    )  # fmt: skip
    assert answer.status_code == 409
    consensus.refresh_from_db()
    assert consensus.rapporteur != person


def test_a_minority_opinion_stands_on_the_report(client, officer):
    consensus = a_proposed(an_eligible_application(a_call_under_evaluation()))
    against = other_than_the_rapporteur(consensus)
    address = reverse("pass_over", args=[consensus.pk])
    said = {"evaluator": str(against.pk), "reason": "No answer for weeks.", "opinion": "The impact is not shown."}
    assert client.post(address, said).status_code == 302
    page = text_of(client, consensus.get_absolute_url())
    for words in ("Without " + against.name, "No answer for weeks.", "The impact is not shown.", "gone on without"):
        assert words in page


def test_whoever_left_is_not_offered_as_rapporteur(client, officer):
    application = an_eligible_application(a_call_under_evaluation())
    gone = closed(a_signed(application, an_evaluator(name="Gone Away")).evaluator)
    a_signed(application, an_evaluator(name="Still Here"))
    page = text_of(client, reverse("appoint_rapporteur", args=[application.call_id]))
    assert "Still Here" in page
    assert gone.name not in page


# a round


def test_a_round_is_opened_from_the_page_of_the_call(client, officer):
    call = a_signed_list(totals=(HIGH, MIDDLE)).call
    address = reverse("evaluate_again", args=[call.pk])
    assert address in text_of(client, reverse("evaluation_of_call", args=[call.pk]))
    application = call.applications.first()
    assert application.title in text_of(client, address)
    answer = client.post(address, {"applications": [str(application.pk)], "cause": "REDRESS", "reason": "A review."})
    assert answer.status_code == 302
    assert call.rounds.last().application_ids == [application.pk]
    assert client.post(address, {"cause": "REDRESS", "reason": "A review."}).status_code == 400


# the API


def test_the_api_takes_the_same_ways_back(client, officer):
    consensus = a_proposed(an_eligible_application(a_call_under_evaluation()))
    address = f"/api/consensus-reports/{consensus.pk}/"
    against = other_than_the_rapporteur(consensus)
    answer = client.post(
        f"{address}hand_on/",
        {"rapporteur": str(against.pk), "reason": "Ill.", "stamp": consensus.stamp}, content_type="application/json"
    )  # fmt: skip
    assert (answer.status_code, answer.json()["rapporteur"]) == (200, against.name)
    answer = client.post(
        f"{address}pass_over/",
        {"evaluator": str(against.pk), "reason": "Ill.", "opinion": "No.", "stamp": consensus.stamp + 1},
        content_type="application/json",
    )  # fmt: skip
    assert (answer.status_code, answer.json()["passed_over"][0]["opinion"]) == (200, "No.")
    row = Assessment.objects.get(evaluator=against)
    answer = client.post(
        f"/api/assessments/{row.pk}/steps/strike/", {"reason": WHY}, content_type="application/json"
    )  # fmt: skip
    assert (answer.status_code, answer.json()["status"]) == (200, "CONFLICT")
    assert client.get(address).json()["ended_reason"] == WHY


def test_the_api_records_somebody_else_s_conflict(client, officer):
    application = an_eligible_application(a_call_under_evaluation())
    person = an_authorising_officer()
    answer = client.post(
        "/api/assessments/bar_person/", {"application": str(application.pk), "person": str(person.pk), "reason": WHY},
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 204
    assert Assessment.objects.get().evaluator == person


def test_the_api_tells_of_a_list_that_was_questioned(client, officer):
    ranked_list = questioned(a_signed_list())
    assert client.get(f"/api/ranked-lists/{ranked_list.pk}/").json()["ended_reason"] == WHY
