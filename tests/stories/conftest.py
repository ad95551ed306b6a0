"""One house, built once for all the stories here; each story gives it back as it found it."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client

from audit.looks import note
from audit.models import Look
from programmes.actions import propose_corrigendum
from tests.attack.world import FAR, the_world
from tests.factories import NOON, a_call, an_officer


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        world = the_world()
        somebody_looked_at(world.decided.entries)
        world.corrected = a_call_that_waits_for_its_corrigendum()
        know_the_tables()
        yield world
        transaction.set_rollback(True)


def somebody_looked_at(applications):
    """The access log is written after an answer: nobody of the world has opened a page yet."""
    for one in applications:
        scope = {kind: str(which) for kind, which in one.audit_scope().items()}
        note([{
            "kind": Look.Kind.VIEW, "status": 200, "chain": one.chain, "subject_name": str(one), "scope": scope,
            "person_role": "OFFICER", "person_name": "Officer", "person_id": "1", "request_id": one.reference,
            "member_state": scope["member_state"],
        }])  # fmt: skip


def know_the_tables():
    """As the database does by itself in a minute: plans made blindly took minutes. Our own tables alone: those of the
    whole server stay locked to the end of this transaction, and another worker of the suite waits for them in vain."""
    with connection.cursor() as cursor:
        ours = [one.name for one in connection.introspection.get_table_list(cursor) if one.type in {"t", "p"}]
        cursor.execute(f"ANALYZE {', '.join(map(connection.ops.quote_name, ours))}")


def a_call_that_waits_for_its_corrigendum():
    call = a_call(closes_at=FAR, opens_at=NOON - timedelta(days=1), inform_by=FAR.date() + timedelta(days=90))
    change = {"topic": "Said more clearly."}
    return propose_corrigendum(call, by=an_officer(), reason="A question showed that it was unclear.", values=change)


@pytest.fixture
def sign_in(world, db):
    """A browser of one of the people, by name or by account."""

    def as_person(person):
        client = Client()
        if person := world.people.get(person, person) if isinstance(person, str) else person:
            client.force_login(person)
        return client

    return as_person
