"""The evaluation through the API alone, from the assignment to the frozen list; refused with the pages' sentences."""

import hashlib
import json

import pytest
from django.urls import reverse

from evaluation.models import Assessment, Consensus, RankedList
from tests.evaluation.factories import a_call_under_evaluation, an_assigned, an_eligible_application, an_open
from tests.factories import an_authorising_officer, an_evaluator, an_officer

pytestmark = pytest.mark.django_db

SCORES = [
    {"criterion": "REL", "points": "30", "comment": "Relevant."},
    {"criterion": "QUA", "points": "32", "comment": "Sound."},
    {"criterion": "IMP", "points": "15", "comment": "Lasting."},
]


@pytest.fixture
def ask(client):
    """POST as this user and give the answer; the status must be the expected one."""

    def post(user, address, data=None, status=200):
        client.force_login(user)
        answer = client.post(address, json.dumps(data or {}), content_type="application/json")
        assert answer.status_code == status, answer.content.decode()
        return answer.json() if answer.content else None

    return post


def test_the_whole_walk(ask):
    call, officer = a_call_under_evaluation(), an_officer()
    application, evaluators = an_eligible_application(call), [an_evaluator(), an_evaluator()]

    assess(ask, application, evaluators, officer=officer)
    assert agree(ask, application, evaluators, officer=officer)["total"] == "77.0000"
    drawn = rank(ask, call, officer=officer)

    call.refresh_from_db()
    assert (RankedList.objects.get().status, call.status) == ("SIGNED", "RANKED")
    canonical = json.dumps(drawn["entries"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(canonical.encode()).hexdigest() == drawn["sha256"]  # anybody can check what was signed


def assess(ask, application, evaluators, *, officer):
    pairs = [{"application": str(application.pk), "evaluator": str(one.pk)} for one in evaluators]
    for row in ask(officer, "/api/assessments/assign_all/", pairs, status=201):
        evaluator = next(one for one in evaluators if one.name == row["evaluator"])
        address = f"/api/assessments/{row['id']}"
        assert ask(evaluator, f"{address}/steps/declare/")["steps"] == ["recuse", "score", "sign"]
        assert ask(evaluator, f"{address}/score/", {"scores": SCORES, "stamp": 1})["stamp"] == 2
        assert ask(evaluator, f"{address}/steps/sign/")["status"] == "SIGNED"


def agree(ask, application, evaluators, *, officer):
    wanted = {"application": str(application.pk), "rapporteur": str(evaluators[0].pk)}
    report = ask(officer, "/api/consensus-reports/", wanted, status=201)
    address = f"/api/consensus-reports/{report['id']}"
    ask(evaluators[0], f"{address}/agree/", {"scores": SCORES, "remark": "Agreed.", "stamp": 0})
    ask(evaluators[0], f"{address}/steps/propose/")
    ask(evaluators[1], f"{address}/steps/approve/")
    return ask(evaluators[0], f"{address}/steps/approve/")


def rank(ask, call, *, officer):
    members = [(an_officer(), True), (an_evaluator(entity="JUST.B"), False), (an_evaluator(entity="HOME.D"), True)]
    appointing = an_authorising_officer()
    seats = []
    for member, under in members:
        wanted = {"call": str(call.pk), "member": str(member.pk), "under_authorising_officer": under}
        seats.append(ask(appointing, "/api/seats/", wanted, status=201)["id"])
        ask(member, f"/api/seats/{seats[-1]}/steps/declare/")
    drawn = ask(officer, "/api/ranked-lists/", {"call": str(call.pk)}, status=201)
    for seat, (member, _under) in zip(seats, members, strict=True):
        ask(member, f"/api/seats/{seat}/sign/", {"sha256": drawn["sha256"]})
    return drawn


def test_the_api_refuses_with_the_same_sentences(ask):
    application = an_eligible_application(a_call_under_evaluation())
    row, officer = an_open(application), an_officer()
    address = f"/api/assessments/{row.pk}"

    wrong = ask(
        row.evaluator,
        f"{address}/score/",
        {"scores": [{"criterion": "REL", "points": "41"}], "stamp": row.stamp},
        status=400,
    )
    assert wrong["gaps"] == {"REL_points": "Give between 0 and 40 points; 41.00 is outside."}
    missing = ask(row.evaluator, f"{address}/steps/sign/", status=400)
    assert missing["gaps"]["IMP_comment"] == "Write a comment on IMP Impact."
    ask(officer, f"{address}/score/", {"scores": SCORES}, status=403)
    ask(row.evaluator, f"{address}/steps/recuse/", status=400)
    ask(an_evaluator(), f"{address}/score/", {"scores": SCORES}, status=404)
    again = {"application": str(application.pk), "evaluator": str(row.evaluator_id)}
    assert "not possible now" in ask(officer, "/api/assessments/", again, status=409)["detail"]
    early = ask(
        officer,
        "/api/consensus-reports/",
        {"application": str(application.pk), "rapporteur": str(row.evaluator_id)},
        status=409,
    )
    assert "not signed yet" in early["detail"]
    lacking = ask(officer, "/api/ranked-lists/", {"call": str(application.call_id)}, status=400)
    assert "The committee has 0 of at least 3 members: appoint more." in lacking["gaps"].values()
    assert not Consensus.objects.exists()


def test_an_undeclared_evaluator_gets_the_card_and_nothing_else(client):
    application = an_eligible_application(a_call_under_evaluation(), description="The secret plan")
    row = an_assigned(application)
    client.force_login(row.evaluator)

    answer = client.get(reverse("api-assessments-detail", args=[row.pk]))

    assert answer.json()["partners"] == [one.name for one in application.partners.all()]
    assert answer.json()["steps"] == ["declare", "recuse"]
    assert "The secret plan" not in answer.content.decode()
    assert client.get(f"/api/applications/{application.pk}/").status_code == 404


def test_an_officer_stands_aside_through_the_api(ask, client):
    application, officer = an_eligible_application(a_call_under_evaluation()), an_officer()

    ask(
        officer,
        "/api/assessments/stand_aside/",
        {"application": str(application.pk), "reason": "A cousin."},
        status=204,
    )

    assert Assessment.objects.get().status == "CONFLICT"
    assert client.get(f"/api/applications/{application.pk}/").status_code == 404


@pytest.mark.parametrize("data", [{}, {"call": "no id"}, {"call": None}])
def test_broken_requests_get_an_answer(ask, data):
    ask(an_officer(), "/api/ranked-lists/", data, status=400)


def test_steps_with_a_page_of_their_own_are_not_taken_by_name(ask):
    row = an_open(an_eligible_application(a_call_under_evaluation()))

    ask(row.evaluator, f"/api/assessments/{row.pk}/steps/score/", status=404)
    ask(row.evaluator, f"/api/assessments/{row.pk}/steps/assign/", status=404)
    ask(row.evaluator, f"/api/assessments/{row.pk}/steps/nothing/", status=404)
