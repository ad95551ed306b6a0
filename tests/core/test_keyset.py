"""Walking a list page by page shows every row once, in order, forwards and back, whatever the ties."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Organisation
from core.errors import Refused
from core.keyset import decode, encode, page_of
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def walk(rows, sort, size):
    """All pages forwards, and the page before the last one reached backwards."""
    pages, cursor = [], None
    while True:
        found, before, after = page_of(rows, sort=sort, cursor=cursor, size=size)
        pages.append((found, before))
        if after is None:
            return pages
        cursor = after


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=14), st.integers(1, 5), st.booleans())
def test_every_row_once_in_order(names, size, descending):
    Organisation.objects.all().delete()
    for number, name in enumerate(names):
        Organisation.objects.create(name=f"{number}", latin_name=name, member_state="EL", kind="LAW", address="x")
    sort = "-latin_name" if descending else "latin_name"
    sign = "-" if descending else ""
    wanted = list(Organisation.objects.order_by(sort, f"{sign}pk"))

    pages = walk(Organisation.objects.all(), sort, size)

    assert [row for found, _ in pages for row in found] == wanted
    for earlier, (_found, before) in pairwise(pages):
        back, _, _ = page_of(Organisation.objects.all(), sort=sort, cursor=before, size=size)
        assert back == earlier[0]
    assert pages[0][1] is None


@pytest.mark.parametrize("cursor", ["x", "e30", "////", "bnVsbA", "WyJ4IiwxLDIsM10", "'; drop table", "á"])
def test_an_address_somebody_typed_is_refused_with_a_sentence(cursor):
    with pytest.raises(Refused, match="first page"):
        page_of(Organisation.objects.all(), sort="name", cursor=cursor, size=5)


@pytest.mark.parametrize("value", ["12", 12, NOON, NOON.date(), Decimal("0.10")])
def test_a_place_of_any_kind_is_read_as_it_was_written(value):
    found, _name, _backwards = decode(encode(value, "x", order="A.b"), order="A.b")
    assert (found, type(found)) == (value, type(value))


def test_a_cursor_keeps_its_kind():
    assert decode(encode("12", "x", order="A.b"), order="A.b") == ("12", "x", False)
    assert decode(encode("12", "x", order="A.b", backwards=True), order="A.b")[2] is True


@pytest.mark.parametrize("value", [None, ["a"], {"a": 1}, "a\0b", NOON, Decimal("NaN")])
def test_a_cursor_of_another_order_or_our_own_invention_is_refused(value):
    """A moment where a name belongs would break the question to the database."""
    kept = encode(value, "x", order="Organisation.edited_at")
    for cursor in (kept, kept.split(":")[0], encode(value, "x", order="Application.name")):
        with pytest.raises(Refused, match="first page"):
            page_of(Organisation.objects.all(), sort="name", cursor=cursor, size=5)


@pytest.mark.parametrize(("size", "sort"), [(1, "name"), (2, "-name"), (3, "name")])
def test_the_pages_of_a_list_know_what_lies_on_either_side(size, sort):
    """From the first page to the last and back again, an arrow is there exactly where rows are."""
    Organisation.objects.all().delete()
    for letter in "abcdef":
        Organisation.objects.create(name=letter, member_state="EL", kind="LAW", address="x")
    rows, cursor, seen = Organisation.objects.all(), None, []
    for place in range(6 // size):
        found, before, after = page_of(rows, sort=sort, cursor=cursor, size=size)
        assert len(found) == size
        assert (before is not None, after is not None) == (place > 0, place < 6 // size - 1)
        seen, cursor, last = [*seen, *found], after, before
    for place in reversed(range(6 // size - 1)):
        found, before, after = page_of(rows, sort=sort, cursor=last, size=size)
        assert found == seen[place * size : (place + 1) * size]
        assert (before is not None, after is not None) == (place > 0, True)
        last = before


def test_behind_the_last_row_there_is_nothing_and_no_arrow():
    Organisation.objects.all().delete()
    only = Organisation.objects.create(name="a", member_state="EL", kind="LAW", address="x")
    for backwards in (False, True):
        cursor = encode("a", only.pk, order="Organisation.name", backwards=backwards)
        assert page_of(Organisation.objects.all(), sort="name", cursor=cursor, size=5) == ([], None, None)
