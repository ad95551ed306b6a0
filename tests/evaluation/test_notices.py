"""Who is told by mail that something waits, when, and of what: never of work that is somebody else's or is done."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import choose_mails, close_account
from applications.models import Application
from core import clock
from core.days import BRUSSELS
from evaluation.actions import (
    assign_all,
    declare_no_conflict,
    recuse_evaluator,
    release_evaluator,
    strike_assessment,
)
from evaluation.models import Assessment
from promises import documents
from promises.actions import note_turns
from promises.keeping import KEEPERS
from promises.models import Mail, Notice, Promise
from promises.notices import KINDS
from tests.evaluation.factories import DAY, a_call_under_evaluation, an_assigned, an_eligible_application, an_open
from tests.factories import an_admin, an_evaluator, now_only
from tests.notices import bring_notices_forward, told

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=6)  # by then what is told at once was told
DUE = DAY + timedelta(days=14)


def at_eight(day):
    return datetime(day.year, day.month, day.day, 8, 0, tzinfo=BRUSSELS)


@pytest.fixture
def application(call):
    return an_eligible_application(call)


@pytest.fixture
def evaluator(db):
    return an_evaluator()


def told_now(row):
    """By the time that what is told at once was told."""
    told(DAY, row)
    return told(DAY + SOON)


# assigned


def test_forty_applications_given_together_make_one_mail_that_lists_them(call, officer, evaluator, keep_promises):
    applications = [an_eligible_application(call) for _number in range(40)]
    assign_all([(one, evaluator) for one in applications], by=officer)
    keep_promises()
    assert not mail.outbox  # what comes within five minutes goes along
    bring_notices_forward()
    keep_promises()

    (sent,) = mail.outbox
    assert sent.to == [evaluator.email]
    assert all(one.reference in sent.body for one in applications)
    assert all(row.get_absolute_url() in sent.body for row in evaluator.assessments.all())
    assert sent.body.count("(Brussels time)") == 40
    assert Notice.objects.filter(told_at=None).count() == 0


def test_given_one_by_one_within_minutes_they_go_in_one_mail(application, call, evaluator):
    for one in (application, an_eligible_application(call)):
        told(DAY, an_assigned(one, evaluator))
    assert told(DAY + SOON) == {evaluator.email: [f"{KINDS['to_assess'].title}: 2"]}
    assert told(DAY + SOON) == {}


def test_however_many_it_takes_as_many_statements(call, officer, django_assert_num_queries):
    people = [an_evaluator() for _number in range(5)]
    first, *others = [an_eligible_application(call) for _number in range(6)]
    assign_all([(first, people[0])], by=officer)
    with CaptureQueriesContext(connection) as one:
        note_turns(call.pk, at=DAY)
    assign_all([(each, person) for each in others for person in people], by=officer)
    with django_assert_num_queries(len(one)):
        note_turns(call.pk, at=DAY)
    assert Notice.objects.count() == 26
    assert Promise.objects.filter(kind="notices").count() == 6  # the first person's first one was owed before


def test_looking_again_tells_nobody_again(application, call, evaluator):
    row = an_assigned(application, evaluator)
    assert told_now(row) == {evaluator.email: [f"{KINDS['to_assess'].title}: {application.reference}"]}
    for days in range(3):
        assert told(DAY + timedelta(days=days), call) == {}


def taken_back(row, officer):
    release_evaluator(row, by=officer, reason="Ill.")


def stood_down(row, officer):
    recuse_evaluator(row, by=row.evaluator, reason="My brother works there.")


def struck(row, officer):
    strike_assessment(row, by=officer, reason="Found out.")


def begun(row, officer):
    declare_no_conflict(row, by=row.evaluator)


def left(row, officer):
    close_account(row.evaluator, by=an_admin(), reason="Left the service.")


def another_role(row, officer):
    now_only(row.evaluator, "AUDITOR")


def withdrawn(row, officer):
    Application.objects.update(status="RETRACTED")


def cancelled(row, officer):
    row.application.call.status = "CANCELLED"
    row.application.call.cancelled_at, row.application.call.cancelled_because = DAY, "No money."
    row.application.call.save()


@pytest.mark.parametrize(
    "happens",
    [taken_back, stood_down, struck, begun, left, another_role, withdrawn, cancelled],
    ids=lambda f: f.__name__,
)
def test_what_happens_before_the_mail_leaves_is_seen(application, officer, evaluator, happens):
    row = an_assigned(application, evaluator)
    told(DAY, row)
    happens(row, officer)
    mail.outbox.clear()
    assert told(DAY + SOON) == {}
    assert Notice.objects.get().dropped_at == DAY + SOON


def test_a_conflict_learnt_on_one_application_leaves_the_others_in_the_mail(application, call, officer, evaluator):
    rows = [an_assigned(one, evaluator) for one in (application, an_eligible_application(call))]
    told(DAY, call)
    strike_assessment(rows[0], by=officer, reason="Found out.")
    mail.outbox.clear()
    told(DAY + SOON)
    assert application.reference not in mail.outbox[0].body
    assert rows[1].application.reference in mail.outbox[0].body


def test_given_back_on_the_same_day_it_is_told_of_the_next_morning(application, officer, evaluator):
    row = an_assigned(application, evaluator)
    told_now(row)
    release_evaluator(row, by=officer, reason="By mistake.")
    later = DAY + timedelta(hours=1)
    again = an_assigned(application, evaluator)
    Assessment.objects.filter(pk=again.pk).update(assigned_at=later)
    assert told(later, again) == {}
    assert told(later + SOON) == {}
    assert told(at_eight(later + timedelta(days=1))) == {
        evaluator.email: [f"{KINDS['to_assess'].title}: {application}"]
    }


def test_a_mail_that_could_not_be_sent_is_asked_about_again(application, officer, evaluator, settings):
    row = an_assigned(application, evaluator)
    told(DAY, row)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError, match="refused"):
        told(DAY + SOON)
    assert Notice.objects.waiting().count() == 1
    assert not Mail.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    release_evaluator(row, by=officer, reason="Ill.")
    mail.outbox.clear()
    assert told(DAY + 2 * SOON) == {}


# chosen


def test_who_prefers_it_gets_everything_in_the_morning_and_nothing_where_nothing_waits(application, call, evaluator):
    choose_mails(by=evaluator, mails={"to_assess": "DAILY"})
    told(DAY, an_assigned(application, evaluator), an_open(an_eligible_application(call), evaluator))
    Assessment.objects.filter(status="OPEN").update(due_at=DAY + timedelta(days=3))
    told(DAY + timedelta(hours=1), call)
    assert told(DAY + timedelta(hours=2)) == {}
    morning = at_eight(DAY + timedelta(days=1))
    assert told(morning) == {evaluator.email: ["What waits for you: 2"]}
    assert str(KINDS["to_assess"].title) in mail.outbox[-1].body
    assert str(KINDS["due_soon"].title) in mail.outbox[-1].body
    assert told(morning + timedelta(hours=1), call) == {}


def test_who_wants_no_reminder_gets_none_even_if_it_was_noted_already(application, call, evaluator):
    an_open(application, evaluator)
    eight = at_eight(DUE - timedelta(days=3))
    told(eight - timedelta(hours=2), call)
    choose_mails(by=evaluator, mails={"due_soon": "OFF"})
    assert told(eight) == {}
    told(eight + timedelta(hours=1), call)
    assert Notice.objects.waiting().count() == 0


def test_a_long_list_names_the_first_and_counts_the_others(call, officer, evaluator, monkeypatch):
    monkeypatch.setattr(documents, "NAMED", 2)
    for _number in range(3):
        told(DAY, an_assigned(an_eligible_application(call), evaluator))
    told(DAY + SOON)
    assert "and 1 more" in mail.outbox[-1].body


# reminders


def mornings(call, days, since):
    """{day: who was told what}, looked at six, told at eight."""
    found = {}
    for number in days:
        eight = at_eight(since + timedelta(days=number))
        told(eight - timedelta(hours=2), call)
        if now := told(eight):
            found[number] = now
    return found


def test_a_reminder_comes_within_five_days_of_the_day_and_late_ones_each_week(application, call, evaluator):
    an_open(application, evaluator)
    found = mornings(call, range(30), DAY)
    soon, late = (f"{KINDS[kind].title}: {application}" for kind in ("due_soon", "late"))
    assert list(found) == [14 - 4, 14 + 1, 14 + 8, 14 + 15]
    assert list(found.values()) == [{evaluator.email: [soon]}, *3 * [{evaluator.email: [late]}]]


def test_a_moved_day_moves_the_reminder(application, call, evaluator):
    row = an_open(application, evaluator)
    told(at_eight(DUE - timedelta(days=4)) - timedelta(hours=2), call)
    Assessment.objects.filter(pk=row.pk).update(due_at=DUE + timedelta(days=30))
    found = mornings(call, range(10, 50), DAY)
    assert list(found) == [14 + 30 - 4, 14 + 30 + 1]
    assert Notice.objects.exclude(dropped_at=None).count() == 1


def test_what_is_late_in_two_calls_is_one_mail_a_day(call, evaluator):
    calls = [call, a_call_under_evaluation()]
    for one in calls:
        an_open(an_eligible_application(one), evaluator)
    eight = at_eight(DUE + timedelta(days=2))
    for one in calls:
        told(eight - timedelta(hours=2), one)
    assert told(eight) == {evaluator.email: [f"{KINDS['late'].title}: 2"]}


def test_the_worker_looks_each_morning_as_long_as_the_call_is_judged(application, call, evaluator):
    an_open(application, evaluator)
    again = KEEPERS["remind"](call.pk)
    assert again.astimezone(BRUSSELS).hour == 6
    assert again > clock.now()
    assert Notice.objects.get().kind == "late"
    type(call).objects.update(status="CANCELLED", cancelled_at=DAY, cancelled_because="No money.")
    assert KEEPERS["remind"](call.pk) is None
