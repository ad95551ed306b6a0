"""When something waits too long the operators are told, by the beat itself: the workers may be what is broken."""

import logging
from datetime import timedelta

import pytest
from django.core.cache import cache

from core import clock
from promises.lanes import LATE, Lane
from promises.models import Promise
from promises.schedule import Beat, alarm, late_lanes
from tests.promises.factories import owed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_was_told():
    cache.delete_many([f"told-of-lane-{lane}" for lane in Lane])


@pytest.mark.parametrize("lane", list(Lane))
def test_a_lane_is_late_when_its_oldest_has_waited_longer_than_its_limit(lane):
    at, limit = clock.now(), LATE[lane]
    one = owed(lane=lane, due_at=at - limit)
    assert late_lanes(at) == {}
    assert late_lanes(at + timedelta(seconds=1)) == {lane: limit + timedelta(seconds=1)}
    Promise.objects.filter(pk=one.pk).update(status="RUNNING")
    assert late_lanes(at + timedelta(seconds=1)) == {}


def test_the_operators_are_told_once_an_hour_and_the_log_each_time(settings, mailoutbox, caplog):
    settings.OPERATORS = ["operator@example.eu"]
    owed(lane=Lane.OPENING, ago=90)
    with caplog.at_level(logging.ERROR):
        alarm()
        alarm()
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == ("Late: openings at their hour", ["operator@example.eu"])
    assert "1 minute 30 seconds" in mail.body
    assert caplog.text.count("openings at their hour") == 2


def test_without_operators_only_the_log_is_told_and_what_is_in_time_is_no_alarm(settings, mailoutbox, caplog):
    settings.OPERATORS = []
    owed(lane=Lane.MAIL, ago=90)
    alarm()
    assert caplog.text == ""
    owed(lane=Lane.OPENING, ago=90)
    alarm()
    assert "openings at their hour" in caplog.text
    assert mailoutbox == []


def test_every_name_in_the_schedule_is_something_the_beat_can_do(settings):
    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} == set(Beat.WATCHES)
