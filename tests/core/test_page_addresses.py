"""The address of a page of a list: what goes in comes out, and only where it was written."""

import base64
import json
from datetime import UTC, timedelta, timezone

import pytest
from django.core.signing import Signer
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refused
from core.keyset import beyond, decode, encode

ORDER = "Call.title"
MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))]))
SUMS = st.decimals(allow_nan=False, allow_infinity=False, places=2)


@given(st.text() | MOMENTS | SUMS, st.uuids(), st.booleans())
def test_a_row_is_found_again_by_the_address_of_its_page(value, pk, backwards):
    found = decode(encode(value, pk, order=ORDER, backwards=backwards), order=ORDER)

    assert found == (value, str(pk), backwards)
    assert type(found[0]) is type(value)


def test_a_page_goes_forwards_unless_it_says_otherwise():
    assert decode(encode("a", 1, order=ORDER), order=ORDER) == ("a", "1", False)


@given(st.text(max_size=20), st.sampled_from(["Call.budget", "Fund.title", "call.title", ""]))
def test_an_address_leads_nowhere_in_another_list(value, order):
    with pytest.raises(Refused, match="first page"):
        decode(encode(value, 1, order=ORDER), order=order)


@given(st.text(max_size=20), st.integers(0, 200), st.characters(codec="ascii"))
def test_an_address_with_one_letter_changed_is_not_ours(value, place, letter):
    cursor = encode(value, 1, order=ORDER)
    place %= len(cursor)
    changed = cursor[:place] + letter + cursor[place + 1 :]
    if changed != cursor:
        with pytest.raises(Refused):
            decode(changed, order=ORDER)


def signed(told):
    """What only we could have written, and never did."""
    plain = base64.urlsafe_b64encode(json.dumps(told).encode()).decode().rstrip("=")
    return Signer(salt=f"page:{ORDER}").sign(plain)


@pytest.mark.parametrize("told", [[], ["s", "a", "1"], ["x", "a", "1", False], ["d", "many", "1", False], {"a": 1}, 7])
def test_a_form_that_no_page_has_is_refused(told):
    with pytest.raises(Refused, match="Go back to the first page"):
        decode(signed(told), order=ORDER)


@pytest.mark.parametrize("length", range(1, 9))
def test_an_address_of_any_length_is_read(length):
    """Its filling at the end is left out, and has to be right when it is read."""
    assert decode(encode("a" * length, "", order=ORDER), order=ORDER)[0] == "a" * length


@pytest.mark.parametrize(
    ("downwards", "side", "edge"), [(False, "gt", "gte"), (True, "lt", "lte")], ids=["upwards", "downwards"]
)
def test_what_lies_beyond_begins_behind_the_row_itself(downwards, side, edge):
    """The outer condition is one that an index answers; the inner one leaves out the row and what went before."""
    outer, inner = beyond("title", "b", "7", downwards).children
    assert outer == (f"title__{edge}", "b")
    assert (inner.connector, sorted(inner.children)) == ("OR", sorted([(f"title__{side}", "b"), (f"pk__{side}", "7")]))
