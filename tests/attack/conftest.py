"""The world is built for each test, which gives it back as it was after every single attack."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client

from tests.attack.world import the_world


@pytest.fixture
def world(db):
    return the_world()


@contextmanager
def undone():
    """What happens inside did not happen."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def undo():
    return undone


@pytest.fixture
def client_of(world):
    """A browser that is signed in as one of the people; errors are answers, as for a stranger outside."""

    def sign_in(name):
        client = Client(raise_request_exception=False)
        if person := world.people[name]:
            client.force_login(person)
        return client

    return sign_in
