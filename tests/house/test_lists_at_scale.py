"""Every list of the house on very many rows: each head, filter, search and page reads little more than it shows.

It reads the lists' own declarations: a new column to sort by, or a new filter, that no index serves is found here.
Sixty thousand rows stand for very many in the suite; `LISTS_ROWS=1000000` tries it on more.
"""

import os
from urllib.parse import parse_qsl, urlsplit

import pytest
from django import forms
from django.db import transaction
from django.urls import reverse

from accounts.models import Organisation
from applications.lists import OpenedApplications
from applications.models import Application
from benchmarks.scale import many_rows, triggers_at_rest
from core.lists import Column
from evaluation.lists import EntryList
from evaluation.models import Assessment, Consensus, RankedList
from programmes.models import Call
from tests.factories import an_applicant, an_auditor, an_officer
from tests.house.plans import reading
from tests.lists import APPLICANTS_OWN, LISTS, context_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ROWS = int(os.environ.get("LISTS_ROWS", "60000"))
STATEMENTS = 8
READ = 15_000  # rows: the count stops at a thousand, each of which may touch a few tables
WORDS = ["seldom", "forensische", "zeljka", "scale-0001", "no such word"]
DAYS = ["2015-01-01", "2031-01-01"]


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """Three people, two calls, on a house full of rows; given back as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        many_rows(ROWS)
        applicant = an_applicant(Organisation.objects.filter(address="scale").first())
        call, ranked = Call.objects.get(reference="SCALE-0120"), RankedList.objects.order_by("pk").first().call
        people = {"applicant": applicant, "officer": an_officer(), "auditor": an_auditor()}
        yield {**people, "call": call, "ranked": ranked}
        transaction.set_rollback(True)


def list_of(one, house, params):
    user = house["applicant" if one.__name__ in APPLICANTS_OWN else "officer"]
    return one(user, params, path="/", **context_of(one, lambda: house["ranked" if one is EntryList else "call"]))


def asked(one, house):
    """The address of every head up and down, every filter with a few of its values, the next page."""
    rows = list_of(one, house, {})
    yield {}
    for name in rows.sorts:
        yield {"sort": name}
        yield {"sort": f"-{name}"}
    for name, field in rows.filter_form.fields.items():
        yield from ({name: value} for value in values_of(field))
    if url := rows.load().next_url:
        yield dict(parse_qsl(urlsplit(url).query))


def values_of(field):
    if isinstance(field, forms.ChoiceField):
        values = [str(value) for value, _label in field.choices if value]
        return sorted({*values[:1], *values[-1:]})
    return DAYS if isinstance(field, forms.DateField) else WORDS


@pytest.mark.parametrize("one", LISTS, ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_a_list_reads_little_more_than_it_shows(house, db, one):
    assert [(params, faults) for params in asked(one, house) if (faults := faults_of(one, house, params))] == []


def faults_of(one, house, params):
    with reading() as read:
        list_of(one, house, params).load()
    found = [f"{len(read.statements)} statements"] if len(read.statements) > STATEMENTS else []
    found += [f"{read.rows} rows"] if read.rows > READ else []
    return found + [f"all of {name}" for name in sorted(read.read_through)]


def test_a_head_without_an_index_is_found(house, db):
    """By the title of an application: nobody keeps that in order."""

    class ByTitle(OpenedApplications):
        columns = (*OpenedApplications.columns, Column("by_title", "Title", lambda row: row.title, sort="title"))

    assert faults_of(ByTitle, house, {"sort": "by_title"})
    assert not faults_of(ByTitle, house, {"sort": "-submitted_at"})


# the pages of one call


@pytest.fixture(scope="module")
def calls(house):
    """(a call with its three hundred applications, one with the three thousand of ten calls)"""
    small, big = Call.objects.get(reference="SCALE-0120"), Call.objects.get(reference="SCALE-0110")
    others = Call.objects.filter(reference__gte="SCALE-0101", reference__lt="SCALE-0110")
    with triggers_at_rest():
        for rows in (Assessment, Consensus):
            rows.objects.filter(round__call__in=others).update(round=big.rounds.get())
        Application.objects.filter(call__in=others).update(call=big)
    return small, big


# page: the statements it takes, whatever the size of its call
OF_A_CALL = {"call": 10, "evaluation_of_call": 31, "appoint_rapporteur": 7, "committee": 5}
READ_FOR_A_PAGE = 20_000  # rows: figures stop at a thousand applications and at three thousand assessments


@pytest.mark.parametrize(("name", "statements"), OF_A_CALL.items())
def test_a_page_of_a_call_reads_what_it_shows(house, calls, client, name, statements):
    client.force_login(house["officer"])
    for call in calls:
        with reading() as read:
            answer = client.get(reverse(name, args=[call.pk]))
        assert answer.status_code == 200
        assert (len(read.statements), read.rows < READ_FOR_A_PAGE) == (statements, True), (call, read.rows)


def test_the_applications_of_a_call_come_by_twenty_five(house, calls, client):
    client.force_login(house["officer"])
    drawn = [client.get(reverse("evaluation_of_call", args=[call.pk])) for call in calls]
    assert [len(one.context["list"].objects) for one in drawn] == [25, 25]
    small, big = (len(one.content) for one in drawn)
    assert big < small * 1.2
