"""One house, built once for all the stories here; each story gives it back as it found it."""

import pytest
from django.db import transaction
from django.test import Client

from tests.attack.world import the_world


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield the_world()
        transaction.set_rollback(True)


@pytest.fixture
def sign_in(world, db):
    """A browser of one of the people, by name or by account."""

    def as_person(person):
        client = Client()
        if person := world.people.get(person, person) if isinstance(person, str) else person:
            client.force_login(person)
        return client

    return as_person
