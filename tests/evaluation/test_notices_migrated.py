"""Calls that were judged before there were reminders get their look each morning."""

from importlib import import_module

import pytest
from django.apps import apps

from core import clock
from core.days import BRUSSELS
from promises.models import Promise
from tests.factories import a_call

pytestmark = pytest.mark.django_db


def test_each_call_that_is_judged_gets_its_mornings_once_and_no_other_call():
    calls = {status: a_call(status) for status in ("PUBLISHED", "CHECKING", "EVALUATION", "RANKED", "DECIDED")}
    migration = import_module("evaluation.migrations.0015_mornings_of_calls_judged_already")
    for _time in range(2):
        migration.promise_mornings(apps, None)
    owed = Promise.objects.filter(kind="remind")
    assert {one.subject_id for one in owed} == {calls[status].pk for status in ("EVALUATION", "RANKED", "DECIDED")}
    assert {(one.lane, one.status, one.due_at > clock.now()) for one in owed} == {(2, "WAITING", True)}
    assert {one.due_at.astimezone(BRUSSELS).hour for one in owed} == {6}
    assert owed.count() == 3
    migration.forget(apps, None)
    assert not owed.all().exists()
