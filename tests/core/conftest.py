"""A call that is open, somebody who may apply, and what that one has written so far."""

from datetime import timedelta

import pytest

from core import clock
from tests.applications.factories import a_complete_draft, an_owner
from tests.factories import a_call

YEAR = timedelta(days=365)


@pytest.fixture
def call(db):
    return a_call(opens_at=clock.now() - YEAR, closes_at=clock.now() + YEAR)


@pytest.fixture
def owner(db):
    return an_owner()


@pytest.fixture
def draft(owner, call):
    return a_complete_draft(by=owner, call=call, at=clock.now(), timetable={"starts_on": "2099-01-01"})
