"""The log of a house at rest: looking is its daily business and no news."""

import logging

import pytest
from celery.app.log import Logging
from django.conf import settings

from isf_police.celery import app
from promises.models import Promise
from promises.schedule import Beat


@pytest.fixture
def beat(db, tmp_path, monkeypatch):
    """Let each watch look once, as the beat does it; on the test's own session."""
    monkeypatch.setattr("promises.schedule.close_old_connections", lambda: None)
    scheduler = Beat(app=app, lazy=True, schedule_filename=str(tmp_path / "schedule"))

    def look():
        for name, watch in settings.CELERY_BEAT_SCHEDULE.items():
            scheduler.apply_entry(scheduler.Entry(name=name, app=app, **watch))

    return look


def test_the_beat_looks_and_writes_nothing_unless_something_is_wrong(beat, caplog):
    caplog.set_level(logging.INFO)

    beat()

    assert Promise.objects.exists()  # it did look: the night's work is owed
    assert [record.getMessage() for record in caplog.records] == []


def test_what_goes_wrong_while_it_looks_is_written(beat, caplog, monkeypatch):
    monkeypatch.setitem(Beat.WATCHES, "look", lambda: 1 / 0)

    beat()

    assert "division by zero" in caplog.text


def test_celery_leaves_the_log_to_the_settings(monkeypatch):
    monkeypatch.setattr(Logging, "_setup", False)
    before = [(one.level, list(one.handlers)) for one in map(logging.getLogger, ("", "celery", "celery.task"))]

    app.log.setup_logging_subsystem(loglevel=logging.ERROR)

    assert [(one.level, list(one.handlers)) for one in map(logging.getLogger, ("", "celery", "celery.task"))] == before
