"""Every list of the house, whatever is asked of it: the page, the file and the API tell the same rows, and walking its
pages forwards and back shows each row once."""

import csv
import json
from io import StringIO
from math import ceil
from urllib.parse import parse_qsl, urlsplit

import pytest
from django import forms
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.lists import CheckBatchLineList, CheckBatchList
from audit.models import AuditRecord
from awards.lists import LetterToIssueList
from core.keyset import name_of
from evaluation.lists import BatchLineList, BatchList, PeopleToAssignList, ReadyList, ToAssignList
from reports.lists import AccessList, TrailList
from tests.long import examples, part_of
from tests.stories.lists import LISTS, asked, declared

SLOWLY = settings(
    max_examples=examples(6, 2), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
every_list = pytest.mark.parametrize("shown", LISTS, ids=str)
with_page = pytest.mark.parametrize("shown", [one for one in LISTS if one.page], ids=str)
with_api = pytest.mark.parametrize("shown", [one for one in LISTS if one.api], ids=str)


def text_of(answer):
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


def params_of(url):
    return dict(parse_qsl(urlsplit(url).query))


def test_no_list_of_the_house_is_left_out():
    of_the_house = {
        kind for kind in declared() if ".lists" in kind.__module__ and not kind.__module__.startswith("tests")
    }
    assert {one.kind for one in LISTS} == of_the_house - TRIED_ELSEWHERE


# Below one application, batch or call that is being assigned: tests/evaluation/test_assigning.py and test_batches.py;
# a call in its checks: tests/applications/test_check_batches.py; a decision to be issued: tests/awards/test_issuing.py.
TRIED_ELSEWHERE = {
    BatchList,
    BatchLineList,
    CheckBatchList,
    CheckBatchLineList,
    LetterToIssueList,
    ToAssignList,
    PeopleToAssignList,
    ReadyList,
}


@every_list
def test_every_list_has_rows_to_be_tried_on(world, db, shown):
    """A story about nothing proves nothing."""
    assert shown.rows(world, {}).load().objects


@pytest.mark.long
@every_list
@SLOWLY
@given(data=st.data())
def test_page_file_and_api_tell_the_same(world, sign_in, shown, data):
    params = asked(data.draw, shown.rows(world, {}))
    client, rows = sign_in(shown.who), shown.rows(world, params)
    wanted = [str(row.pk) for row in rows.all_in_order()]

    if shown.page:
        page = client.get(shown.address(world, shown.page), params)
        assert page.status_code == 200
        assert [str(row.pk) for row in page.context["list"].objects] == wanted[: rows.page_size]
    if shown.api:
        answer = client.get(shown.address(world, shown.api), params)
        assert answer.status_code == 200
        told = json.loads(answer.content)
        named = [name_of(row) for row in rows.all_in_order()]
        assert [one["id"] for one in told["results"]] == named[: rows.page_size]
        assert told["count"] == str(len(wanted))
    if shown.page:  # last: taking a file away stands on the trail, which is a list too
        file = text_of(client.get(shown.address(world, shown.page), {**params, "format": "csv"}))
        assert file.startswith("\ufeff")
        lines = len(list(csv.reader(StringIO(file, newline=""))))
        assert lines - len(wanted) - 1 in ({0, 1} if shown.kind in {TrailList, AccessList} else {0})


@pytest.mark.long
@every_list
@SLOWLY
@given(data=st.data())
def test_walking_forwards_and_back_shows_every_row_once(world, db, shown, data):
    params = asked(data.draw, shown.rows(world, {}))
    wanted = [row.pk for row in shown.rows(world, params).all_in_order()]
    size = ceil(len(wanted) / data.draw(st.integers(1, 5), label="pages")) or 1

    forwards, url = [], "?"
    while url:
        rows = page_of(world, shown, {**params, **params_of(url)}, size)
        forwards.append([row.pk for row in rows.objects])
        last, url = rows, rows.next_url
    assert [pk for page in forwards for pk in page] == wanted

    backwards = [forwards[-1]]
    while last.previous_url:
        last = page_of(world, shown, params_of(last.previous_url), size)
        backwards.append([row.pk for row in last.objects])
    assert backwards == forwards[::-1]


def page_of(world, shown, params, size):
    rows = shown.rows(world, params)
    rows.page_size = size
    return rows.load()


@with_page
def test_a_workbook_holds_as_many_rows_as_the_page_counts(world, sign_in, shown):
    client, address = sign_in(shown.who), shown.address(world, shown.page)

    answer = client.get(address, {"format": "xlsx"})

    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert b"".join(answer).startswith(b"PK")


@with_page
def test_a_file_of_a_kind_that_is_not_made_is_refused(world, sign_in, shown):
    client = sign_in(shown.who)

    for kind in ("pdf", "CSV", "exe", "csv ", "../csv", "0"):
        answer = client.get(shown.address(world, shown.page), {"format": kind})
        assert answer.status_code == 400, kind
        assert "Choose csv, csv-semicolon or xlsx as the format of the file." in answer.content.decode()


NONSENSE = ["x", "e30", "0", "-1", "////", "WyJ4IiwxLDIsM10", "a:b", "é", "' OR 1=1 --", "x" * 500]


@pytest.mark.long
@every_list
def test_a_page_nobody_was_sent_to_is_the_first_one_with_a_notice_and_refused_to_a_program(world, sign_in, shown):
    client = sign_in(shown.who)

    for name, status in ((shown.page, 200), (shown.api, 400)):
        for cursor in part_of(NONSENSE, 4, nth=LISTS.index(shown)) if name else ():
            answer = client.get(shown.address(world, name), {"page": cursor})
            assert answer.status_code == status, cursor
            assert "Go back to the first page of the list." in answer.content.decode()


@every_list
def test_an_order_that_is_not_offered_is_the_usual_one(world, db, shown):
    usual = [row.pk for row in shown.rows(world, {}).load().objects]

    for sort in ("no_such_column", "-", "pk", "password", "id;drop", "?", "user__email", "-é"):
        assert [row.pk for row in shown.rows(world, {"sort": sort}).load().objects] == usual


@pytest.mark.long
@with_api
def test_a_filter_that_holds_nonsense_is_refused_by_its_name_or_finds_nothing(world, sign_in, shown):
    client = sign_in(shown.who)

    for nth, (name, field) in enumerate(shown.rows(world, {}).filter_form.fields.items()):
        for value in part_of(("no such thing", "\x00", "a\x07b", "x" * 101, "🂡" * 101), 3, nth=nth):
            answer = client.get(shown.address(world, shown.api), {name: value})
            if answer.status_code == 200:
                assert (value, hasattr(field, "choices")) == ("no such thing", False), name
                assert json.loads(answer.content)["results"] == []
            else:
                assert answer.status_code == 400
                assert answer.json()["detail"].startswith(f"{name}: ")


@pytest.mark.long
@with_page
@SLOWLY
@given(st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=4))
def test_whatever_stands_in_the_address_is_answered(world, sign_in, shown, params):
    """Words that mean nothing here do nothing; none of them breaks the page."""
    answer = sign_in(shown.who).get(shown.address(world, shown.page), params)

    assert answer.status_code in (200, 400)


@with_page
def test_the_filters_that_are_on_can_be_taken_off_one_by_one(world, sign_in, shown):
    rows = shown.rows(world, {})
    params = {name: word_for(field) for name, field in rows.filter_form.fields.items()}

    page = sign_in(shown.who).get(shown.address(world, shown.page), {**params, "sort": rows.default_sort})

    off = page.context["list"].active_filters
    assert len(off) == len(params)
    for (_label, url), name in zip(off, params, strict=True):
        assert name not in params_of(url)
        assert params_of(url).keys() == {*params, "sort"} - {name}


def word_for(field):
    """Something that this filter takes."""
    if choices := [str(value) for value, _label in getattr(field, "choices", ()) if value]:
        return choices[0]
    return "2026-01-31" if isinstance(field, forms.DateField) else "a"


@every_list
def test_every_heading_can_be_pressed(world, db, shown):
    """Each order gives all rows, and the addresses of its pages can be written and read."""
    everything = {row.pk for row in shown.rows(world, {}).all_in_order()}
    for column in [one for one in shown.rows(world, {}).columns if one.sort]:
        for sort in (column.name, f"-{column.name}"):
            first = page_of(world, shown, {"sort": sort}, 1)
            found = {row.pk for row in first.objects}
            if first.next_url:
                found |= {row.pk for row in page_of(world, shown, params_of(first.next_url), len(everything)).objects}
            assert found == everything, sort


@with_page
def test_a_heading_sorts_up_then_down_and_forgets_the_page(world, sign_in, shown):
    for column in [one for one in shown.rows(world, {}).columns if one.sort]:
        up = shown.rows(world, {"sort": column.name, "page": "kept"})
        down = shown.rows(world, {"sort": f"-{column.name}"})
        heading, turned = (next(one for one in rows.headers if one.name == column.name) for rows in (up, down))
        assert (heading.sorted, turned.sorted) == ("ascending", "descending")
        assert params_of(heading.sort_url) == {"sort": f"-{column.name}"}
        assert params_of(turned.sort_url) == {"sort": column.name}


@with_page
def test_taking_a_list_away_is_written_down_before_it_leaves(world, sign_in, shown):
    before = AuditRecord.objects.filter(act="download").count()

    sign_in(shown.who).get(shown.address(world, shown.page), {"format": "csv", "q": "a"})

    kept = AuditRecord.objects.filter(act="download").latest("pk")
    assert AuditRecord.objects.filter(act="download").count() == before + 1
    assert kept.actor_id == str(world.people[shown.who].pk)
    assert kept.changes["asked"][1]["format"] == "csv"
