"""A call under evaluation and the officer who organises it."""

import pytest

from tests.evaluation.factories import a_call_under_evaluation
from tests.evaluation.pages import asking
from tests.factories import an_officer


@pytest.fixture
def call(db):
    return a_call_under_evaluation()


@pytest.fixture
def officer(db):
    return an_officer()


@pytest.fixture
def assigning(client, call, officer):
    return asking(client, call, officer)
