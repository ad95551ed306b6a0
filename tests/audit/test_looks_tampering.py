"""Somebody with every right on the database and the triggers off changes the access log: it is found and named."""

import pytest
from django.db import connection, transaction
from django.urls import reverse

from audit.blocks import digest_of, hash_of_block, seal_looks
from audit.looks import COLUMNS
from audit.models import Look, LookBlock
from reports.actions import keep_head
from reports.proofs.looks import looks as proof
from tests.factories import a_call, an_officer
from tests.reports.factories import an_application

pytestmark = pytest.mark.django_db
WAYS = {}


def way(expected):
    """A way to tamper, and the sentence that must name it."""

    def register(function):
        WAYS[function.__name__] = (function, expected)
        return function

    return register


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def edit(column, value, look):
    sql(f"UPDATE audit_look SET {column} = {value} WHERE id = %s", look.pk)  # noqa: S608


OTHER = {"scope": "'{}'", "status": "403", "is_late": "true", "at": "at - interval '1 microsecond'"}


def test_a_change_of_any_column_is_found(sealed):
    for column in (*COLUMNS, "mark", "at"):
        with transaction.atomic():
            edit(column, OTHER.get(column, "'x'"), sealed)
            assert any("which is not what it was" in fault for fault in proof()), column
            transaction.set_rollback(True)


@way("which is gone")
def delete(look):
    sql("DELETE FROM audit_look WHERE id = %s", look.pk)


def a_copy(look, at, mark="repeat('0', 64)"):
    names = ", ".join(COLUMNS)
    sql(f"INSERT INTO audit_look ({names}, mark, at) SELECT {names}, {mark}, {at} FROM audit_look WHERE id = %s",  # noqa: S608
        look.pk)  # fmt: skip
    return Look.objects.order_by("pk").last()


@way("stands in no block")
def insert_beside_the_blocks(look):
    a_copy(look, "at - interval '2 hours'")


@way("which this house did not write")
def insert_and_let_it_be_sealed(look):
    sql("INSERT INTO audit_unsealed (look) VALUES (%s)", a_copy(look, "at").pk)
    seal_looks()


@way("which has another time than when it was written")
def insert_with_an_old_date_and_let_it_be_sealed(look):
    sql("INSERT INTO audit_unsealed (look) VALUES (%s)", a_copy(look, "at - interval '1 day'").pk)
    seal_looks()


@way("which this house did not write, or which was gone")
def delete_before_it_is_sealed(look):
    new = a_copy(look, "at")
    sql("INSERT INTO audit_unsealed (look) VALUES (%s)", new.pk)
    sql("DELETE FROM audit_look WHERE id = %s", new.pk)
    seal_looks()


@way("Block 2 of the access log was changed after it was sealed")
def edit_a_block(look):
    sql("UPDATE audit_lookblock SET digests[1] = repeat('0', 64) WHERE number = 2")


@way("Block 3 of the access log does not follow the one before it")
def delete_a_block_with_its_looks(look):
    sql("DELETE FROM audit_look WHERE id = ANY(%s)", LookBlock.objects.get(number=2).looks)
    sql("DELETE FROM audit_lookblock WHERE number = 2")


@way("is not the one that record 1 of the trail names")
def seal_everything_anew(look):
    """With hashes that fit: only the head that the trail has kept does not."""
    edit("person_name", "'Somebody Else'", look)
    previous = ""
    for block in LookBlock.objects.all():
        block.digests = [digest_of(one) for one in Look.objects.filter(pk__in=block.looks).order_by("pk")]
        block.previous = previous
        previous = block.sha256 = hash_of_block(block)
        sql("UPDATE audit_lookblock SET digests = %s, previous = %s, sha256 = %s WHERE number = %s",
            block.digests, block.previous, block.sha256, block.number)  # fmt: skip


@way("is not the one that record 1 of the trail names")
def cut_the_tail(look):
    sql("DELETE FROM audit_look WHERE id = ANY(%s)", LookBlock.objects.get(number=3).looks)
    sql("DELETE FROM audit_lookblock WHERE number = 3")


@pytest.fixture
def sealed(client):
    """Three blocks of one look each; the head of the third stands in the trail."""
    application = an_application(a_call("EVALUATION"))
    client.force_login(an_officer())
    for _ in range(3):
        client.get(reverse("application", args=[application.pk]))
        block = seal_looks()
    keep_head(block)
    return Look.objects.order_by("pk")[1]


def test_what_nobody_touched_is_proved(sealed):
    assert list(proof()) == []


@pytest.mark.parametrize("name", WAYS)
def test_it_is_found_and_named(sealed, name):
    tamper, expected = WAYS[name]
    tamper(sealed)
    assert any(expected in fault for fault in proof()), list(proof())
