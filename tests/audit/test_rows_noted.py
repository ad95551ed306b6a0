"""The database notes which rows a statement changes, however many, until a record tells of them."""

import pytest
from django.db import connection

from audit.models import ChangedRow
from audit.record import record, record_all
from core import clock
from programmes.models import Call
from tests.factories import a_call, an_officer

pytestmark = pytest.mark.django_db


def noted(table):
    return {(one.row_id, bool(one.digest)) for one in ChangedRow.objects.filter(source=table)}


def test_a_statement_notes_each_row_that_it_changes_and_no_other():
    first, second = a_call(), a_call()
    record("call.note", first, by=an_officer(), at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programmes_call SET title = %s", [first.title])
        cursor.execute("UPDATE programmes_call SET title = 'Another' WHERE id = ANY(%s)", [[first.pk, second.pk]])
    assert {(str(first.pk), True), (str(second.pk), True)} <= noted("programmes_call")

    record("call.note", first, by=an_officer(), at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programmes_call SET title = title")
    assert noted("programmes_call") == set(), "nothing became different"


def test_a_row_given_another_key_is_noted_as_gone_and_as_new():
    call = a_call()
    record("call.note", call, by=an_officer(), at=clock.now())
    old = str(call.criteria.first().pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programmes_criterion SET id = gen_random_uuid() WHERE id = %s RETURNING id::text", [old])
        (new,) = cursor.fetchone()
    assert noted("programmes_criterion") == {(old, False), (new, True)}


def test_records_of_one_statement_put_away_what_each_tells():
    calls, officer = [a_call() for _ in range(3)], an_officer()
    record("call.note", calls[0], by=officer, at=clock.now())
    Call.objects.filter(pk__in=[one.pk for one in calls]).update(title="Told")

    entries = record_all([("call.note", one, {}, ("", "")) for one in calls], by=officer, at=clock.now())

    assert [[row[1] for row in one.rows] for one in entries] == [[str(one.pk)] for one in calls]
    assert noted("programmes_call") == set()


def test_a_row_taken_away_is_noted_as_gone():
    call = a_call()
    record("call.note", call, by=an_officer(), at=clock.now())
    taken = call.criteria.first()
    call.criteria.filter(pk=taken.pk).delete()
    assert noted("programmes_criterion") == {(str(taken.pk), False)}
