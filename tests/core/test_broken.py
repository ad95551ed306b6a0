"""The database is away, too slow, locked or takes no writing: a page says so, nothing is lost or done twice."""

import threading

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from applications.models import Application
from core.broken import COME_BACK
from core.switches import is_read_only, set_read_only
from promises.models import Promise
from promises.tasks import keep
from tests.applications.factories import a_complete_draft, an_owner
from tests.factories import NOON, a_call, an_officer
from tests.promises.factories import owed


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture
def database_gone(transactional_db):
    """Nobody listens where it was; back again at the end, or when told."""
    before = {name: connection.settings_dict[name] for name in ("HOST", "PORT")}

    def back():
        connection.close()
        connection.settings_dict.update(before)

    def gone():
        connection.close()
        connection.settings_dict.update(HOST="127.0.0.1", PORT="1")
        return back

    yield gone
    back()


@pytest.fixture
def options():
    """Limits of this session, as short as a test wants them."""

    def say(**limits):
        with connection.cursor() as cursor:
            for name, limit in limits.items():
                cursor.execute(f"SET {name} = '{limit}'")

    yield say
    connection.close()


def said(answer):
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    return answer.content.decode()


class TestAway:
    def test_a_page_says_to_come_back_and_the_next_one_is_as_usual(self, client, database_gone):
        client.force_login(an_officer())
        back = database_gone()
        page = said(client.get("/calls/"))
        assert "does not answer" in page
        assert "Nothing was changed or lost" in page
        back()
        assert client.get("/calls/").status_code == 200

    def test_whoever_sent_something_is_told_that_it_can_be_sent_again(self, client, database_gone):
        draft = a_complete_draft()
        client.force_login(draft.applicant.users.get())
        database_gone()
        assert "Send it again" in said(client.post(f"/applications/{draft.pk}/submit/"))

    def test_programs_get_a_problem(self, client, database_gone):
        client.force_login(an_officer())
        database_gone()
        answer = client.get("/api/calls/")
        said(answer)
        assert answer["Content-Type"] == "application/problem+json"
        assert (answer.json()["status"], answer["Retry-After"]) == (503, str(COME_BACK))

    def test_the_process_lives_but_is_not_ready(self, client, database_gone):
        database_gone()
        assert client.get("/live/").status_code == 200
        for address in ("/ready/", "/health/"):
            answer = client.get(address)
            assert (answer.status_code, answer.json()["broken"]) == (503, ["database"])

    def test_a_session_that_the_server_ended_under_a_request_is_a_pause(self, client, transactional_db):
        """As when the database restarts between two requests of one process."""
        client.force_login(an_officer())
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        with Elsewhere() as other:
            other.execute("SELECT pg_terminate_backend(%s)", [pid])
        said(client.get("/calls/"))
        connection.close()
        assert client.get("/calls/").status_code == 200

    def test_a_fault_of_ours_is_still_called_a_fault(self, client, db, monkeypatch):
        monkeypatch.setattr("isf_police.views.render", None)
        answer = client.get("/accessibility/")
        assert answer.status_code == 500
        assert "Something went wrong" in answer.content.decode()


@pytest.mark.django_db
def test_with_both_well_it_is_ready(client):
    assert client.get("/ready/").json()["status"] == "ok"


class Elsewhere:
    """Another session on the same database."""

    def __enter__(self):
        parameters = connection.get_connection_params()
        parameters.pop("cursor_factory", None)
        parameters.pop("context", None)
        self.session = psycopg2.connect(**parameters)
        self.session.autocommit = True
        return self.session.cursor()

    def __exit__(self, *error):
        self.session.close()


class TestLimits:
    def test_a_lock_that_somebody_keeps_is_waited_for_a_while_then_said(self, client, transactional_db, options):
        owner = an_owner()
        draft = a_complete_draft(by=owner, call=a_call(), at=NOON)
        client.force_login(owner)
        options(lock_timeout="200ms")
        held, done = threading.Event(), threading.Event()
        other = threading.Thread(target=keep_locked, args=(draft, held, done))
        other.start()
        held.wait(10)
        page = said(client.post(f"/applications/{draft.pk}/withdraw/", {"reason": "mistake"}))
        done.set()
        other.join()
        assert "Somebody else is changing the same thing" in page
        assert Application.objects.get(pk=draft.pk).status == "DRAFT"

    def test_a_page_that_asks_too_long_is_ended_and_said(self, client, transactional_db, options):
        """Every statement of it is as slow as one that waits for a table which somebody else keeps."""
        client.force_login(an_officer())
        client.get("/")
        options(statement_timeout="200ms")
        with Elsewhere() as other:
            other.execute("BEGIN")
            other.execute("LOCK TABLE programmes_call IN ACCESS EXCLUSIVE MODE")
            page = said(client.get("/calls/"))
        assert "longer than one request may take" in page

    def test_every_session_has_its_limit_for_locks(self, db):
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("10s",)


def keep_locked(row, held, done):
    with transaction.atomic():
        type(row).objects.select_for_update().get(pk=row.pk)
        held.set()
        done.wait(20)
    connection.close()


class TestReadingOnly:
    @pytest.fixture(autouse=True)
    def _files_of_this_test(self, settings, tmp_path):
        settings.FILES_ROOT = tmp_path / "files"

    @pytest.mark.django_db
    def test_one_switch_lets_everybody_read_and_nobody_change(self, client, capsys):
        owner = an_owner()
        draft = a_complete_draft(by=owner, call=a_call(), at=NOON)
        client.force_login(owner)
        call_command("read_only", "on")
        assert "nothing is changed" in capsys.readouterr().out
        assert client.get(f"/applications/{draft.pk}/").status_code == 200
        page = said(client.post(f"/applications/{draft.pk}/withdraw/", {"reason": "mistake"}))
        assert "can be read at the moment" in page
        assert "can be read at the moment" in client.post(f"/api/applications/{draft.pk}/submit/").json()["detail"]
        assert Application.objects.get(pk=draft.pk).status == "DRAFT"
        call_command("read_only", "off")
        assert "as usual" in capsys.readouterr().out
        assert client.post(f"/applications/{draft.pk}/withdraw/", {"reason": "mistake"}).status_code != 503

    @pytest.mark.django_db
    def test_workers_rest_meanwhile_and_what_is_due_stays_due(self):
        one = owed("nobody keeps this")
        set_read_only(True)
        set_read_only(True)
        keep()
        assert Promise.objects.get(pk=one.pk).attempts == 0
        set_read_only(False)
        set_read_only(False)
        assert not is_read_only()
        keep()
        assert Promise.objects.get(pk=one.pk).attempts == 1

    def test_a_database_that_takes_no_writing_is_read_without_any_switch(self, client, transactional_db, options):
        owner = an_owner()
        draft = a_complete_draft(by=owner, call=a_call(), at=NOON)
        client.force_login(owner)
        client.get("/")  # whoever is signed in already goes on reading
        options(default_transaction_read_only="on")
        assert client.get(f"/applications/{draft.pk}/").status_code == 200
        page = said(client.post(f"/applications/{draft.pk}/withdraw/", {"reason": "mistake"}))
        assert "can be read at the moment, but nothing can be changed" in page
