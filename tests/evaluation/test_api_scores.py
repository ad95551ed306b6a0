"""Points, agreed scores, seats and signatures through the API, refused: the sentence, and nothing is written."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.actions import recuse_evaluator
from evaluation.models import Assessment, Consensus, RankedList, Score, Seat
from tests.evaluation.factories import (
    DAY,
    a_committee,
    a_consensus,
    a_drawn_list,
    a_signed,
    an_assigned,
    an_eligible_application,
    an_open,
)
from tests.factories import an_evaluator

pytestmark = pytest.mark.django_db
NO_IDS = [None, "", "x", [], {}, "00000000-0000-0000-0000-00000000000g"]


@pytest.fixture
def ask(client):
    def post(person, address, data):
        client.force_login(person)
        return client.post(f"/api/{address}", json.dumps(data), content_type="application/json")

    return post


@pytest.fixture
def application(call):
    return an_eligible_application(call)


# scoring

WRONG_POINTS = [
    "41",
    "-1",
    "-0.01",
    "0.5",
    "30.001",
    "NaN",
    "Infinity",
    "1e1",
    "thirty",
    [],
    {},
    True,
    "１０",
    "1_0",
    10.0000001,
]


@pytest.mark.parametrize("points", WRONG_POINTS)
def test_points_outside_the_grid_are_not_written(ask, application, points):
    row = an_open(application)

    answer = ask(
        row.evaluator,
        f"assessments/{row.pk}/score/",
        {"scores": [{"criterion": "REL", "points": points}], "stamp": row.stamp},
    )

    assert answer.status_code == 400
    assert not Score.objects.exists()


@pytest.mark.parametrize("code", ["", "XXX", "rel", "REL ", "x" * 11, None])
def test_points_for_a_criterion_that_the_call_has_not_are_not_written(ask, application, code):
    row = an_open(application)

    answer = ask(
        row.evaluator,
        f"assessments/{row.pk}/score/",
        {"scores": [{"criterion": code, "points": "30"}], "stamp": row.stamp},
    )

    assert answer.status_code in (200, 400)
    assert (answer.status_code == 200) == (code == "REL ")  # blanks around it are not meant
    assert Score.objects.count() == (1 if code == "REL " else 0)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.decimals(-10, 60, places=2, allow_nan=False))
def test_whatever_is_given_is_written_as_it_was_meant_or_not_at_all(ask, application, points):
    row = Assessment.objects.filter(application=application).first() or an_open(application)
    Score.objects.all().delete()

    answer = ask(
        row.evaluator,
        f"assessments/{row.pk}/score/",
        {"scores": [{"criterion": "REL", "points": str(points)}], "stamp": row.stamp},
    )

    possible = 0 <= points <= 40 and points % 1 == 0
    assert answer.status_code == (200 if possible else 400), points
    assert [one.points for one in Score.objects.all()] == ([points] if possible else [])


def test_an_older_stamp_writes_no_points(ask, application):
    row = an_open(application)
    address = f"assessments/{row.pk}/score/"
    first = ask(row.evaluator, address, {"scores": [{"criterion": "REL", "points": "30"}], "stamp": row.stamp})

    second = ask(row.evaluator, address, {"scores": [{"criterion": "REL", "points": "10"}], "stamp": row.stamp})

    assert (first.status_code, second.status_code) == (200, 409)
    assert row.evaluator.name in second.json()["detail"]
    assert [one.points for one in Score.objects.all()] == [30]


def test_what_is_signed_is_not_scored_again(ask, application):
    row = a_signed(application)
    before = sorted(Score.objects.values_list("points", flat=True))

    answer = ask(row.evaluator, f"assessments/{row.pk}/score/", {"scores": [{"criterion": "REL", "points": "1"}]})

    assert answer.status_code == 409
    assert "“Score” is not possible now" in answer.json()["detail"]
    assert sorted(Score.objects.values_list("points", flat=True)) == before


def test_whoever_is_in_conflict_has_no_assessment_any_more(ask, application):
    row = an_assigned(application)
    recuse_evaluator(row, by=row.evaluator, at=DAY, reason="A cousin.")

    for name in ("score", "steps/declare", "steps/sign"):
        assert ask(row.evaluator, f"assessments/{row.pk}/{name}/", {}).status_code == 404
    row.refresh_from_db()
    assert row.status == "CONFLICT"


# agreeing, sitting, signing


@pytest.mark.parametrize("value", NO_IDS)
def test_a_rapporteur_must_be_somebody(ask, officer, application, value):
    answer = ask(officer, "consensus-reports/", {"application": str(application.pk), "rapporteur": value})

    assert answer.status_code == 400
    assert list(answer.json()["gaps"]) == ["rapporteur"]
    assert not Consensus.objects.exists()


def test_the_agreed_scores_are_the_rapporteurs(ask, application, officer):
    report = a_consensus(application)
    other = application.assessments.exclude(evaluator=report.rapporteur).get().evaluator

    for person in (other, officer):
        answer = ask(person, f"consensus-reports/{report.pk}/agree/", {"scores": [{"criterion": "REL", "points": "1"}]})
        assert answer.status_code == 403
    assert report.scores.get(criterion__code="REL").points == 30


@pytest.mark.parametrize("under", [None, "maybe", 7, [], {}])
def test_a_seat_says_whether_it_is_under_the_authorising_officer(ask, officer, call, under):
    said = {"call": str(call.pk), "member": str(an_evaluator().pk), "under_authorising_officer": under}

    answer = ask(officer, "seats/", said)

    assert answer.status_code == 400
    assert list(answer.json()["gaps"]) == ["under_authorising_officer"]
    assert not Seat.objects.exists()


@pytest.mark.parametrize("sha256", ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, None, 7])
def test_a_signature_is_under_a_hash_and_nothing_else(ask, call, sha256):
    a_drawn_list(call)
    seat = call.seats.sitting().first()

    answer = ask(seat.member, f"seats/{seat.pk}/sign/", {"sha256": sha256})

    assert answer.status_code == 400
    assert list(answer.json()["gaps"]) == ["sha256"]
    seat.refresh_from_db()
    assert seat.status == "APPOINTED"


def test_another_list_than_the_one_read_is_not_signed(ask, call):
    a_drawn_list(call)
    seat = call.seats.sitting().first()

    answer = ask(seat.member, f"seats/{seat.pk}/sign/", {"sha256": "0" * 64})

    assert answer.status_code == 409
    assert "Read it again before you sign." in answer.json()["detail"]
    seat.refresh_from_db()
    assert seat.signed_at is None


def test_nobody_signs_for_another(ask, call, officer):
    ranked_list = a_drawn_list(call)
    one, other = call.seats.sitting()[:2]

    assert ask(other.member, f"seats/{one.pk}/sign/", {"sha256": ranked_list.sha256}).status_code in (403, 404)
    assert ask(officer, f"seats/{one.pk}/sign/", {"sha256": ranked_list.sha256}).status_code == 403
    assert not Seat.objects.exclude(signed_at=None).exists()


def test_a_list_is_drawn_up_once(ask, call, officer):
    ranked_list = a_drawn_list(call, officer=officer)

    answer = ask(officer, "ranked-lists/", {"call": str(call.pk)})

    assert answer.status_code == 409
    assert "Discard it before you draw up another." in answer.json()["detail"]
    assert RankedList.objects.get() == ranked_list


def test_an_officer_in_conflict_draws_up_nothing(ask, call, officer):
    application = an_eligible_application(call)
    recuse_evaluator(an_assigned(application, officer), by=officer, at=DAY, reason="A cousin.")
    a_committee(call)

    answer = ask(officer, "ranked-lists/", {"call": str(call.pk)})

    assert answer.status_code == 403
    assert "ask another officer to do this" in answer.json()["detail"]
    assert not RankedList.objects.exists()
