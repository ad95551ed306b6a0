"""The session with the database is ended before each single statement of a submit, and after the last: all or nothing.

Whoever sends the same again has it done once.
"""

import psycopg2
import pytest
from django.db import connection
from django.test import Client

from applications.models import Application, Receipt
from audit.models import AuditRecord
from core import clock
from promises.models import Mail, Promise
from tests.applications.factories import a_complete_draft, an_owner
from tests.factories import a_call

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
MORE_THAN_A_SUBMIT_ASKS = 60


class Cut:
    """Ends our own session, from another one, when statement number `before` is about to run."""

    def __init__(self, before, *, after_it=False):
        self.before, self.after_it, self.seen = before, after_it, 0

    def __call__(self, execute, sql, params, many, context):
        self.seen += 1
        if self.seen != self.before:
            return execute(sql, params, many, context)
        if self.after_it:
            answer = execute(sql, params, many, context)
            end_our_session()
            return answer
        end_our_session()
        return execute(sql, params, many, context)


def end_our_session():
    pid = connection.connection.info.backend_pid
    words = {name: value for name, value in connection.get_connection_params().items() if name in ADDRESS}
    other = psycopg2.connect(**words)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    finally:
        other.close()


ADDRESS = ("dbname", "user", "password", "host", "port")


def submit(draft, cut):
    """Sent by its owner, who is signed in already; gives the answer's status, through a fresh session afterwards."""
    client = Client(raise_request_exception=False)
    client.force_login(draft.applicant.users.get())
    client.get("/")
    with connection.execute_wrapper(cut):
        status = client.post(f"/applications/{draft.pk}/submit/", {"stamp": draft.stamp}).status_code
    connection.close()
    return status


def traces(draft):
    """(status, receipts, promises, mails, records) of one application's submission."""
    receipts = Receipt.objects.filter(application=draft)
    scope = {"application": str(draft.pk)}
    return (
        Application.objects.get(pk=draft.pk).status,
        receipts.count(),
        Promise.objects.filter(kind="receipt", subject_id__in=receipts.values("pk")).count(),
        Mail.objects.filter(scope__contains=scope, subject__contains="").count(),
        AuditRecord.objects.filter(act="application.submit", subject_id=str(draft.pk)).count(),
    )


NOTHING, DONE = ("DRAFT", 0, 0, 0, 0), ("SUBMITTED", 1, 1, 1, 1)


@pytest.fixture
def call(transactional_db):
    now = clock.now()
    return a_call(opens_at=now.replace(year=now.year - 1), closes_at=now.replace(year=now.year + 1))


def a_draft(call):
    return a_complete_draft(by=an_owner(), call=call, at=clock.now(), timetable={"starts_on": "2099-01-01"})


def test_cut_before_any_statement_a_submit_is_done_in_full_or_not_at_all_and_once_when_sent_again(call):
    answers, before = [], 0
    while True:
        before += 1
        draft, cut = a_draft(call), Cut(before)
        status = submit(draft, cut)
        if cut.seen < before:  # it asks no more than that: the whole submit went through
            break
        answers.append(status)
        assert traces(draft) in (NOTHING, DONE), f"cut before statement {before}"
        assert submit(Application.objects.get(pk=draft.pk), Cut(0)) == 302
        assert traces(draft) == DONE, f"sent again after a cut before statement {before}"
        assert before < MORE_THAN_A_SUBMIT_ASKS
    assert status == 302
    assert before > 20
    assert set(answers) <= {503, 302}, answers
    assert answers.count(503) >= before - 3  # what follows the commit only leads to the page


def test_cut_right_before_the_commit_nothing_of_it_stays(call):
    """The last statement of the act is its record in the trail."""
    count = Cut(0)
    submit(a_draft(call), count)
    seen = []
    for after in range(count.seen - 2, count.seen + 1):
        draft = a_draft(call)
        seen.append(submit(draft, Cut(after, after_it=True)))
        assert traces(draft) in (NOTHING, DONE)
        assert submit(Application.objects.get(pk=draft.pk), Cut(0)) == 302
        assert traces(draft) == DONE
    assert 503 in seen
