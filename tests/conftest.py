"""The suite runs on the real PostgreSQL and the real Redis-protocol server of the instance “test”."""

import gc
import threading
import time

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, settings

from tests.browser import browser_type_launch_args  # noqa: F401 - fixtures for whoever asks
from tests.drawn import database_to_copy
from tests.rights import within_the_rights
from tests.worker import start_celery  # noqa: F401

# A busy machine is no fault of the code: how long an example takes is not asked, only what comes of it.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_collection_modifyitems(items):
    """A fixture named as one of the browser's makes its test one of the browser's, and those empty the database."""
    taken = [one.nodeid for one in items if "[chromium" in one.nodeid and one.get_closest_marker("browser") is None]
    if taken:
        raise pytest.UsageError(f"Give these tests the mark “browser”, or their fixture another name: {taken[:5]}")


def pytest_collection_finish():
    """What was imported and collected stays to the end: looking through it again and again took a quarter of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def a_database_to_copy(django_db_blocker):
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = database_to_copy()


@pytest.fixture(scope="session")
def django_db_setup(a_database_to_copy, django_db_setup, django_db_blocker):
    """Prepare the application's role, and let the test database be emptied between transactional tests."""
    with django_db_blocker.unblock():
        call_command("grant_rights")
        restore_the_clock()  # an earlier run on this database may have ended with a transactional test
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_never_emptied%'"
                " AND tgrelid = 'audit_auditrecord'::regclass"
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f"ALTER TABLE audit_auditrecord DISABLE TRIGGER {name}")


@pytest.fixture(autouse=True)
def acts_stay_within_the_rights_of_the_servers():
    with connection.execute_wrapper(within_the_rights):
        yield


@pytest.fixture(autouse=True)
def the_clock_survives(request):
    """A transactional test empties every table, the system user's too: put it back."""
    if {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
        restore_the_clock()
    yield
    if "live_server" in request.fixturenames:
        let_the_server_finish()


def let_the_server_finish(patience=20):
    """A page that closes still sends what was typed: emptying the tables under that request is a deadlock."""
    until = time.monotonic() + patience
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(max(0, until - time.monotonic()))


def restore_the_clock():
    from tests.factories import the_clock

    the_clock()


@pytest.fixture
def keep_promises(db, django_capture_on_commit_callbacks):
    """Keep every promise that is due, in order, as a worker would; give how many were kept."""
    from core import clock
    from promises.keeping import keep_promise
    from promises.models import Promise

    def keep_all(at=None):
        kept = 0
        while due := list(Promise.objects.due(at or clock.now()).order_by("lane", "made_at")):
            for promise in due:
                keep_promise(promise.pk)
                promise.refresh_from_db()
                assert promise.status == "KEPT", f"{promise}: {promise.last_error}"
                kept += 1
        return kept

    return keep_all
