"""A call that cannot go on is cancelled by the authorising officer; one with an error is taken back before it opens."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from applications.actions import submit_application
from applications.models import Application
from applications.schedule import open_call, tell_of_the_end
from audit.models import AuditRecord
from core import clock
from core.errors import Incomplete, NotAllowed, WrongState
from evaluation.actions import assign_evaluator
from programmes.actions import cancel_call, publish_call, recall_call
from programmes.models import Call
from promises.models import Mail, Promise
from tests.applications.factories import a_complete_draft, a_draft, an_owner
from tests.evaluation.factories import an_eligible_application
from tests.factories import (
    AFTER,
    NOON,
    OPENS,
    a_call,
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
)

pytestmark = pytest.mark.django_db

WHY = "The budget was taken for an emergency."
BEFORE = OPENS - timedelta(days=3)


def cancelled(call, by=None, at=AFTER):
    return cancel_call(call, by=by or an_authorising_officer(), at=at, reason=WHY)


def taken_back(call, by=None, at=BEFORE):
    return recall_call(call, by=by or an_officer(), at=at, reason="The rate is wrong.")


# cancelled


@pytest.mark.parametrize("status", ["PUBLISHED", "CHECKING", "EVALUATION", "RANKED"])
def test_until_the_decision_a_call_is_cancelled_with_its_reasons(client, status):
    call = cancelled(a_call(status=status))
    assert (call.status, call.cancelled_at, call.cancelled_because) == ("CANCELLED", AFTER, WHY)
    assert AuditRecord.objects.get(act="call.cancel").reason == WHY
    page = client.get(call.get_absolute_url()).content.decode()
    assert "This call was cancelled on" in page
    assert WHY in page


@pytest.mark.parametrize("status", ["DRAFT", "DECIDED"])
def test_before_it_is_published_and_after_the_decision_it_is_not(status):
    with pytest.raises(WrongState):
        cancelled(a_call(status=status))


def test_only_an_authorising_officer_who_did_not_prepare_it_cancels():
    call, authorising = a_call(), an_authorising_officer()
    for person in (an_officer(), an_auditor(), an_evaluator()):
        with pytest.raises(NotAllowed):
            cancelled(call, by=person)
    Call.objects.filter(pk=call.pk).update(prepared_by=authorising)
    with pytest.raises(NotAllowed):
        cancelled(call, by=authorising)
    with pytest.raises(Incomplete):
        cancel_call(call, by=an_authorising_officer(), at=AFTER, reason=" ")


def test_everybody_with_an_application_is_told_why():
    owner, other = an_owner(), an_owner()
    call = a_call()
    a_draft(by=owner, call=call)
    a_draft(by=other, call=call)
    call.refresh_from_db()
    call = cancelled(call, at=NOON)
    assert Promise.objects.filter(kind="tell_cancelled", subject_id=call.pk).exists()
    tell_of_the_end(call.pk)
    tell_of_the_end(call.pk)
    for person in (owner, other):
        mail = Mail.objects.get(to=person.email, subject=f"The call {call} was cancelled")
        assert WHY in mail.body
        assert "Ombudsman" in mail.body


def test_what_was_not_opened_stays_unread(client):
    owner = an_owner()
    draft = a_complete_draft(by=owner)
    sent = submit_application(draft, by=owner, at=NOON)
    call = Call.objects.get(pk=sent.call_id)
    cancelled(call, at=NOON)
    assert open_call(call.pk) is None
    sent.refresh_from_db()
    assert sent.status == "SUBMITTED"
    for person in (an_officer(), an_authorising_officer(), an_auditor()):
        assert not Application.objects.visible_to(person).exists()
        client.force_login(person)
        assert client.get(sent.get_absolute_url()).status_code == 404
    client.force_login(owner)
    page = client.get(sent.get_absolute_url()).content.decode()
    assert "The call was cancelled; its page says why." in page
    with pytest.raises(WrongState, match="was cancelled"):
        submit_application(a_draft_of(call, sent), by=owner, at=NOON)


def a_draft_of(call, sent):
    Application.objects.filter(pk=sent.pk).update(submitted_at=None, status="DRAFT")
    sent.refresh_from_db()
    return sent


def test_nothing_of_it_is_judged_any_more():
    call = a_call(status="EVALUATION")
    application = an_eligible_application(call)
    cancelled(call)
    application.refresh_from_db()
    with pytest.raises(WrongState, match="cancelled"):
        assign_evaluator(application, an_evaluator(), by=an_officer(), at=AFTER)
    assert Application.objects.visible_to(an_auditor()).get() == application


def test_it_says_first_what_happens(client):
    call = a_call()
    an_owner_of(call)
    client.force_login(an_authorising_officer())
    address = reverse("call_step_preview", args=[call.pk, "cancel"])
    assert address in client.get(call.get_absolute_url()).content.decode()
    page = client.get(address).content.decode()
    assert "One organisation with an application is told by mail" in page
    assert client.post(f"{call.get_absolute_url()}cancel/", {"reason": WHY}).status_code == 302
    client.force_login(an_officer())
    assert client.get(address).status_code == 403
    assert client.get(reverse("call_step_preview", args=[call.pk, "correct"])).status_code == 404


def an_owner_of(call):
    owner = an_owner()
    a_draft(by=owner, call=call)
    return owner


def test_a_cancelled_call_says_when_and_why():
    call = a_call()
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(status="CANCELLED")


# taken back


def test_before_it_opens_a_second_person_takes_it_back_and_it_is_published_anew():
    call = taken_back(a_call(inform_by=date(2021, 7, 21)))
    assert (call.status, call.published_at) == ("DRAFT", None)
    assert not Call.objects.visible_to(an_applicant()).exists()
    again = publish_call(call, by=an_officer(), at=BEFORE)
    assert again.status == "PUBLISHED"


def test_not_by_who_prepared_it_and_not_once_it_is_open():
    call, officer = a_call(), an_officer()
    Call.objects.filter(pk=call.pk).update(prepared_by=officer)
    with pytest.raises(NotAllowed):
        taken_back(call, by=officer)
    with pytest.raises(WrongState, match="is open"):
        taken_back(call, at=OPENS)
    assert taken_back(call, by=an_authorising_officer()).status == "DRAFT"


def test_the_clock_finds_nothing_to_open_in_a_call_that_was_taken_back():
    call = taken_back(a_call())
    assert open_call(call.pk) is None
    call.refresh_from_db()
    assert call.status == "DRAFT"


def test_what_is_open_is_not_offered_to_be_taken_back(client):
    client.force_login(an_officer())
    early = a_call(opens_at=clock.now() + timedelta(days=1), closes_at=clock.now() + timedelta(days=2))
    for call, offered in ((a_call(), False), (early, True)):
        assert ("Take back for correction" in client.get(call.get_absolute_url()).text) is offered
