"""The evaluation through the API, refused: what is missing, what is nonsense, what is not there for this person.

Every refusal has its sentence, and nothing is in the database that was not there before.
"""

import json
from uuid import uuid4

import pytest

from evaluation.models import Assessment
from tests.evaluation.factories import (
    an_eligible_application,
)
from tests.factories import an_applicant, an_auditor, an_evaluator

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


# assigning


@pytest.mark.parametrize("name", ["application", "evaluator"])
@pytest.mark.parametrize("value", NO_IDS)
def test_an_assignment_without_its_ids_names_the_field(ask, officer, application, name, value):
    said = {"application": str(application.pk), "evaluator": str(an_evaluator().pk), name: value}

    answer = ask(officer, "assessments/", said)

    assert answer.status_code == 400
    assert list(answer.json()["gaps"]) == [name]
    assert not Assessment.objects.exists()


def test_rows_that_are_not_there_are_not_found(ask, officer, application):
    evaluator = an_evaluator()

    for said in ({"application": str(uuid4()), "evaluator": str(evaluator.pk)},
                 {"application": str(application.pk), "evaluator": str(uuid4())}):  # fmt: skip
        assert ask(officer, "assessments/", said).status_code == 404
        assert ask(officer, "assessments/assign_all/", [said]).status_code == 404
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("body", [{}, [], None, "x", [{}], [[]], [None], {"application": 1}])
def test_a_list_of_assignments_that_is_none_is_refused(ask, officer, body):
    assert ask(officer, "assessments/assign_all/", body).status_code == 400
    assert not Assessment.objects.exists()


def test_one_refused_pair_leaves_all_the_others_unmade(ask, officer, application):
    good, inside = an_evaluator(), an_evaluator(organisation=application.applicant, name="Inside")
    pairs = [{"application": str(application.pk), "evaluator": str(one.pk)} for one in (good, inside)]

    answer = ask(officer, "assessments/assign_all/", pairs)

    assert answer.status_code == 400
    assert list(answer.json()["gaps"]) == [f"{application} · {inside}"]
    assert not Assessment.objects.exists()


def test_who_may_not_assign_is_told_so(ask, application):
    said = {"application": str(application.pk), "evaluator": str(an_evaluator().pk)}

    assert ask(an_auditor(), "assessments/", said).status_code == 403
    assert ask(an_applicant(), "assessments/", said).status_code == 404  # of neither row does it know
    assert not Assessment.objects.exists()


def test_a_time_limit_in_the_past_is_refused_at_its_field(ask, officer, application):
    said = {"application": str(application.pk), "evaluator": str(an_evaluator().pk), "due_at": "2001-01-01T00:00:00Z"}

    answer = ask(officer, "assessments/", said)

    assert answer.status_code == 400
    assert answer.json()["gaps"] == {"due_at": "Choose a day and time that is still to come."}
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("reason", ["", "  ", None, "x" * 4001])
def test_standing_aside_without_a_reason_is_no_standing_aside(ask, officer, application, reason):
    answer = ask(officer, "assessments/stand_aside/", {"application": str(application.pk), "reason": reason})

    assert answer.status_code == 400
    assert not Assessment.objects.exists()
