"""What waits: unsent work for the applicant, with its deadline; checks for the officer."""

from datetime import timedelta

import pytest

from applications.actions import accept_application, edit_application
from applications.desk import waiting_for
from applications.models import Application
from applications.schedule import open_call
from core import clock
from tests.applications.factories import a_draft, a_submitted, an_owner
from tests.applications.test_races import an_open_call
from tests.factories import a_call, an_auditor, an_evaluator, an_officer

pytestmark = pytest.mark.django_db


def test_drafts_and_unsent_edits_wait_until_their_call_closes():
    owner, now = an_owner(), clock.now()
    soon, later = an_open_call(timedelta(days=1)), an_open_call(timedelta(days=90))
    draft = a_draft(by=owner, call=later, at=now)
    sent = a_submitted(by=owner, call=soon, at=now)
    a_draft(by=an_owner(), call=soon, at=now)  # a stranger's
    a_draft(by=owner)  # of a call that closed long ago
    assert [(one.url, one.tone) for one in waiting_for(owner, now)] == [(draft.get_absolute_url(), "info")]
    edit_application(sent, by=owner, at=now + timedelta(seconds=1), identity={"acronym": "MORE"})
    first, second = waiting_for(owner, now)
    assert (first.url, first.until, first.tone) == (sent.get_absolute_url(), soon.closes_at, "warning")
    assert f"“{sent.reference}” has edits after version 1" in first.sentence
    assert second.url == draft.get_absolute_url()


def test_checks_wait_for_every_officer_until_they_are_decided():
    call, officer = a_call(), an_officer()
    for _one in range(2):
        a_submitted(call=call)
    assert waiting_for(officer, clock.now()) == []
    open_call(call.pk)
    (waiting,) = waiting_for(officer, clock.now())
    assert waiting.count == 2
    assert str(waiting.sentence) == f"{call}: decide about the checks of 2 applications."
    for application in Application.objects.of_call(call):
        accept_application(application, by=officer)
    assert waiting_for(officer, clock.now()) == []


def test_nothing_waits_for_those_who_only_read():
    a_submitted()
    assert waiting_for(an_auditor(), clock.now()) == waiting_for(an_evaluator(), clock.now()) == []
