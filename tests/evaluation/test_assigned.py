"""What becomes of ticked pairs: made, refused one by one, given again; and an officer who stands aside."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications.models import Application
from core import clock
from core.errors import Incomplete
from evaluation.actions import assign_evaluator, recuse_evaluator, release_evaluator
from evaluation.models import Assessment
from tests.evaluation.factories import DAY, a_consensus, a_signed, an_assigned, an_eligible_application, an_open
from tests.evaluation.matrix import pair, words_of
from tests.factories import an_applicant, an_evaluator, an_officer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("number", "sentence"), [(1, "1 assignment was made."), (2, "2 assignments were made.")])
def test_confirming_says_how_many_were_made(client, matrix, call, number, sentence):
    application = an_eligible_application(call)
    people = [an_evaluator() for _ in range(number)]

    answer = matrix(confirm="1", pair=[pair(application, one) for one in people])

    assert answer["Location"] == reverse("evaluation_of_call", args=[call.pk])
    assert sentence in words_of(client.get(answer["Location"]))
    assert {one.evaluator for one in Assessment.objects.all()} == set(people)


def test_a_time_limit_that_has_passed_assigns_nobody(matrix, call):
    application, evaluator = an_eligible_application(call), an_evaluator()

    answer = matrix(confirm="1", pair=pair(application, evaluator), due_at="2001-01-01T12:00:00")

    assert answer.status_code == 400
    assert "Choose a day and time that is still to come." in words_of(answer)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("due_at", ["", "tomorrow", "2099-13-01T12:00:00", "31/02/2099 12:00", "9999-12-31T23:59:59"])
def test_a_time_limit_that_nobody_can_read_assigns_nobody(matrix, call, due_at):
    application, evaluator = an_eligible_application(call), an_evaluator()

    assert matrix(confirm="1", pair=pair(application, evaluator), due_at=due_at).status_code == 400
    assert not Assessment.objects.exists()


def test_what_was_taken_back_is_given_again_on_the_same_row(matrix, call):
    application, evaluator = an_eligible_application(call), an_evaluator()
    row = an_open(application, evaluator)
    release_evaluator(row, by=an_officer(), at=DAY, reason="On leave.")

    assert matrix(confirm="1", pair=pair(application, evaluator)).status_code == 302

    row.refresh_from_db()
    assert (row.status, row.declared_at, row.declaration, row.ended_reason) == ("ASSIGNED", None, "", "")


def test_who_declared_a_conflict_is_never_assigned_again(matrix, call):
    application, evaluator = an_eligible_application(call), an_evaluator()
    row = recuse_evaluator(an_assigned(application, evaluator), by=evaluator, at=DAY, reason="A cousin.")

    answer = matrix(confirm="1", pair=pair(application, evaluator))

    assert answer.status_code == 400
    assert "not possible any more" in words_of(answer)
    row.refresh_from_db()
    assert row.status == "CONFLICT"


def test_an_application_whose_evaluators_agree_meanwhile_takes_nobody_in(matrix, call):
    """Two officers at once: the other has appointed the rapporteur since this page was loaded."""
    application, late = an_eligible_application(call), an_evaluator()
    a_consensus(application)

    answer = matrix(confirm="1", pair=pair(application, late))

    assert answer.status_code == 404
    assert not Assessment.objects.filter(evaluator=late).exists()


def test_nobody_is_assigned_before_or_after_the_evaluation(matrix, call):
    application, evaluator = an_eligible_application(call), an_evaluator()
    call.status = "RANKED"
    call.save()

    answer = matrix(confirm="1", pair=pair(application, evaluator))

    assert answer.status_code == 400
    assert f"The call {call.reference} is now “ranked list signed”" in words_of(answer)
    assert not Assessment.objects.exists()


def test_an_applicant_is_no_evaluator_whoever_asks(call, officer):

    with pytest.raises(Incomplete) as refused:
        assign_evaluator(an_eligible_application(call), an_applicant(), by=officer)

    assert "choose an evaluator or an officer" in str(refused.value.gaps["evaluator"])
    assert not Assessment.objects.exists()


def test_without_a_day_three_weeks_are_given(call, officer):
    at = clock.now()

    row = assign_evaluator(an_eligible_application(call), an_evaluator(), by=officer, at=at)

    assert row.due_at - at == timedelta(days=21)


# standing aside


def test_an_officer_who_assesses_declares_the_conflict_there(client, call, officer):
    application = an_eligible_application(call)
    an_open(application, officer)
    client.force_login(officer)

    answer = client.post(reverse("stand_aside", args=[application.pk]), {"reason": "My sister."})

    assert answer.status_code == 409
    assert "assesses this application: the conflict belongs on that assessment." in words_of(answer)
    assert Assessment.objects.get().status == "OPEN"


def test_who_signed_and_finds_the_conflict_late_cannot_stand_aside_from_what_is_signed(client, call, officer):
    application = an_eligible_application(call)
    a_signed(application, officer)
    client.force_login(officer)

    assert client.post(reverse("stand_aside", args=[application.pk]), {"reason": "My sister."}).status_code == 409
    assert Assessment.objects.get().status == "SIGNED"


@pytest.mark.parametrize("status", ["CHECKING", "INELIGIBLE", "EVALUATED"])
def test_a_conflict_learnt_before_or_after_the_assessing_is_stood_aside_from_too(client, call, officer, status):
    application = an_eligible_application(call)
    application.status = status
    application.save()
    client.force_login(officer)

    assert client.get(reverse("stand_aside", args=[application.pk])).status_code == 200
    assert client.post(reverse("stand_aside", args=[application.pk]), {"reason": "A cousin."}).status_code == 302
    assert Assessment.objects.get().status == "CONFLICT"
    assert not Application.objects.visible_to(officer).filter(pk=application.pk).exists()


@pytest.mark.parametrize("status", ["DRAFT", "SUBMITTED"])
def test_there_is_nothing_to_stand_aside_from_that_is_not_opened_yet(client, call, officer, status):
    application = an_eligible_application(call)
    application.status = status
    application.save()
    client.force_login(officer)

    assert client.get(reverse("stand_aside", args=[application.pk])).status_code == 404
    assert client.post(reverse("stand_aside", args=[application.pk]), {"reason": "A cousin."}).status_code == 404
    assert not Assessment.objects.exists()


def test_a_reason_of_blanks_is_none(client, call, officer):
    application = an_eligible_application(call)
    client.force_login(officer)

    answer = client.post(reverse("stand_aside", args=[application.pk]), {"reason": "  \n "})

    assert answer.status_code == 400
    assert "Give an answer here." in words_of(answer)
    assert not Assessment.objects.exists()
