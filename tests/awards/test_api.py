"""The same acts and sentences through the API."""

import pytest
from rest_framework.test import APIClient

from awards import schedule
from awards.models import Decision
from tests.awards.factories import (
    a_letter,
    a_prepared_decision,
    a_proposed_decision,
    a_ranked_call,
    a_taken_decision,
    with_readers,
)
from tests.awards.test_letters import sent
from tests.factories import an_applicant, an_auditor, an_authorising_officer, an_officer

pytestmark = pytest.mark.django_db


def api(user):
    client = APIClient()
    client.force_authenticate(user)
    return client


def test_the_whole_life_of_a_decision():
    call, officer = a_ranked_call(), an_officer()
    made = api(officer).post("/api/decisions/", {"call": str(call.pk)})
    assert made.status_code == 201
    assert made.data["steps"] == ["deviate", "propose", "discard"]
    assert [line["outcome"] for line in made.data["lines"]] == ["AWARD", "AWARD", "RESERVE", "REJECTION", "REJECTION"]
    address = f"/api/decisions/{made.data['id']}/"
    line = made.data["lines"][0]["id"]
    changed = api(officer).post(
        f"{address}deviate/",
        {"line": line, "outcome": "AWARD", "contribution": "300000.00", "reason": "Costs.", "stamp": 0},
    )
    assert changed.data["lines"][0]["contribution"] == "300000.00"
    assert changed.data["lines"][0]["deviates"] is True
    assert api(officer).post(f"{address}steps/propose/").data["status"] == "PROPOSED"
    judge = an_authorising_officer()
    assert api(judge).get(address).data["steps"] == ["decide", "refuse"]
    assert api(judge).post(f"{address}steps/decide/", {"reason": "As proposed."}).data["status"] == "DECIDED"
    assert api(officer).post(f"{address}steps/issue/").data["status"] == "ISSUED"
    assert api(officer).get(f"{address}letters/").data == {
        "done": 0, "total": 5, "failed": 0, "finished": False, "failures": [], "refused": [],
    }  # fmt: skip


def test_a_refusal_says_the_same_sentence():
    decision = a_prepared_decision()
    line = decision.lines.get(outcome="RESERVE")
    answer = api(an_officer()).post(
        f"/api/decisions/{decision.pk}/deviate/",
        {"line": str(line.pk), "outcome": "AWARD", "reason": "Needed.", "stamp": 0},
    )
    assert answer.status_code == 400
    assert "more than the budget of" in answer.data["detail"]
    assert answer.data["gaps"]["contribution"] == answer.data["detail"]


@pytest.mark.parametrize(("step", "status"), [("decide", 403), ("refuse", 403), ("issue", 409), ("prepare", 404)])
def test_steps_that_are_refused(step, status):
    decision = a_proposed_decision()
    answer = api(an_officer()).post(f"/api/decisions/{decision.pk}/steps/{step}/", {"reason": "x"})
    assert answer.status_code == status
    assert Decision.objects.get().status == "PROPOSED"


def test_an_applicant_has_no_decisions_and_only_its_own_letters():
    decision = a_taken_decision()
    assert api(an_applicant()).get(f"/api/decisions/{decision.pk}/").status_code == 404
    assert api(an_applicant()).get("/api/decisions/").data["results"] == []
    letter = a_letter()
    reader = with_readers(letter, 1)[0]
    assert api(reader).get("/api/letters/").data["results"] == []
    sent(letter)
    assert [row["reference"] for row in api(reader).get("/api/letters/").data["results"]] == [letter.reference]
    assert api(an_applicant()).get(f"/api/letters/{letter.pk}/").status_code == 404


def test_reading_and_confirming_a_letter():
    letter = a_letter()
    reader = with_readers(letter, 1)[0]
    schedule.draw_and_send(letter.pk)
    address = f"/api/letters/{letter.pk}/"
    assert api(reader).get(f"{address}pdf/").content.startswith(b"%PDF")
    assert api(reader).get(address).data["steps"] == ["confirm_read"]
    done = api(reader).post(f"{address}steps/confirm_read/")
    assert (done.data["status"], done.data["read_by"]) == ("READ", reader.name)
    again = api(reader).post(f"{address}steps/confirm_read/")
    assert again.status_code == 409
    assert "not possible now" in again.data["detail"]


def test_the_list_is_the_page_list():
    a_prepared_decision()
    row = api(an_auditor()).get("/api/decisions/").data["results"][0]
    assert (row["applications"], row["awards"], str(row["awarded"])) == (5, 2, "800000.00")
