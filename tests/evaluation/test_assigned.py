"""What becomes of one pair: made, refused, never given again; and an officer who stands aside."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications.models import Application
from core import clock
from core.errors import Incomplete, WrongState
from evaluation.actions import assign_evaluator, recuse_evaluator
from evaluation.models import Assessment
from tests.evaluation.factories import DAY, a_signed, an_assigned, an_eligible_application, an_open
from tests.evaluation.pages import words_of
from tests.factories import an_applicant, an_evaluator

pytestmark = pytest.mark.django_db


def test_who_declared_a_conflict_is_never_assigned_again(call, officer):
    application, evaluator = an_eligible_application(call), an_evaluator()
    row = recuse_evaluator(an_assigned(application, evaluator), by=evaluator, at=DAY, reason="A cousin.")

    with pytest.raises(WrongState, match="not possible now"):
        assign_evaluator(application, evaluator, by=officer)
    row.refresh_from_db()
    assert row.status == "CONFLICT"


def test_nobody_is_assigned_before_or_after_the_evaluation(call, officer):
    application, evaluator = an_eligible_application(call), an_evaluator()
    call.status = "RANKED"
    call.save()

    with pytest.raises(WrongState, match="is now “ranked list signed”"):
        assign_evaluator(Application.objects.get(pk=application.pk), evaluator, by=officer)
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
