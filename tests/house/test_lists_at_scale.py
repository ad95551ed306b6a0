"""Every list of the house on very many rows: each head, filter, search and page reads little more than it shows.

It reads the lists' own declarations: a new column to sort by, or a new filter, that no index serves is found here.
Sixty thousand rows stand for very many in the suite; `LISTS_ROWS=1000000` tries it on more.
"""

import os
from urllib.parse import parse_qsl, urlsplit

import pytest
from django import forms
from django.db import transaction

from accounts.models import Organisation
from applications.lists import OpenedApplications
from benchmarks.scale import many_rows
from core.lists import Column
from evaluation.lists import EntryList
from evaluation.models import RankedList
from tests.factories import an_applicant, an_auditor, an_officer
from tests.house.plans import reading
from tests.lists import APPLICANTS_OWN, LISTS

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ROWS = int(os.environ.get("LISTS_ROWS", "60000"))
STATEMENTS = 8
READ = 15_000  # rows: the count stops at a thousand, each of which may touch a few tables
# Read more than they show, each with what was found; whoever mends one strikes it here.
OWED = {
    "awards.lists.LetterList": "counts and its kinds read every letter: who sees one is asked of its application",
    "evaluation.lists.CallList": "the evaluation's, sorted by status, counts up to 200 of each kind on each line",
    "evaluation.lists.ConsensusList": "the numbers of its applications, by which it is sorted, stand in another table",
    "promises.lists.PromiseList": "filtered by status it counts them all",
    "reports.lists.TrailList": "whether a reader may see a record's application is asked of the whole register",
}
WORDS = ["seldom", "forensische", "zeljka", "scale-0001", "no such word"]
DAYS = ["2015-01-01", "2031-01-01"]


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    """Two people and a list, on a house full of rows; given back as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        many_rows(ROWS)
        applicant = an_applicant(Organisation.objects.filter(address="scale").first())
        yield {"applicant": applicant, "officer": an_officer(), "auditor": an_auditor()}
        transaction.set_rollback(True)


def list_of(one, house, params):
    user = house["applicant" if one.__name__ in APPLICANTS_OWN else "officer"]
    more = {"ranked_list": RankedList.objects.order_by("pk").first()} if one is EntryList else {}
    return one(user, params, path="/", **more)


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


def expected(one):
    """The list as a case of its own; one that owes it is tried all the same."""
    name = f"{one.__module__}.{one.__name__}"
    marks = [pytest.mark.xfail(reason=OWED[name], strict=False)] if name in OWED else []
    return pytest.param(one, id=name, marks=marks)


@pytest.mark.parametrize("one", [expected(one) for one in LISTS])
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
    assert not faults_of(ByTitle, house, {"sort": "-submitted"})
