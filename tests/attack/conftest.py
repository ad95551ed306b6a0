"""The world is built once for each file of attacks; every one gives it back as it was."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client

from tests.attack.world import the_world


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield the_world()
        transaction.set_rollback(True)


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
def client_of(world, db):
    """A browser that is signed in as one of the people; errors are answers, as for a stranger outside."""

    def sign_in(name):
        client = Client(raise_request_exception=False)
        if person := world.people[name]:
            client.force_login(person)
        return client

    return sign_in
