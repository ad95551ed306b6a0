"""Who is late is decided by when the request reached the house, and by nobody's word but our own front server's."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from core.clock import all_in_after, arrived, longest_way_in
from core.middleware import ARRIVED, ArrivalMiddleware

NOW = datetime(2021, 1, 21, 16, 0, 0, tzinfo=UTC)  # by the database's clock, when the request is handled
SECRET = "what only the front server knows"


@pytest.fixture(autouse=True)
def a_real_wait(settings):
    settings.LONGEST_WAY_IN = 25
    settings.ARRIVAL_SECRET = SECRET


@pytest.fixture
def handled(rf, monkeypatch):
    """The moment that counts for a request with this header, which has waited so long since it was taken in."""

    def handle(header=None, *, waited=0.0):
        found = []

        def page(_request):
            monkeypatch.setattr(time, "monotonic", lambda: 100 + waited)
            found.append(arrived(NOW))
            return HttpResponse()

        monkeypatch.setattr(time, "monotonic", lambda: 100.0)
        request = rf.post("/", headers={ARRIVED: header} if header is not None else {})
        ArrivalMiddleware(page)(request)
        return found[0]

    return handle


def said(moment, secret=SECRET):
    return f"{moment.timestamp():.3f} {secret}"


def test_a_request_that_waited_came_when_it_came(handled):
    assert handled() == NOW
    assert handled(waited=3.5) == NOW - timedelta(seconds=3.5)


def test_nobody_waits_for_ever_and_the_opening_waits_longer_than_anybody(handled):
    assert handled(waited=3600) == NOW - longest_way_in()
    assert all_in_after() > longest_way_in()


def test_outside_a_request_it_is_now():
    assert arrived(NOW) == NOW


def test_a_request_leaves_nothing_to_the_next(handled):
    handled(waited=5)
    assert arrived(NOW) == NOW


def test_the_front_server_knows_who_waited_at_the_door(handled):
    at_the_door = NOW - timedelta(seconds=8)
    assert handled(said(at_the_door), waited=2) == at_the_door


def test_a_front_server_may_count_in_milliseconds(handled):
    at_the_door = NOW - timedelta(seconds=8, milliseconds=250)
    assert handled(f"{at_the_door.timestamp() * 1000:.0f}ms {SECRET}", waited=2) == at_the_door


@pytest.mark.parametrize("header", [
    said(NOW - timedelta(seconds=8), "another secret"), said(NOW - timedelta(seconds=8), ""),
    f"{(NOW - timedelta(seconds=8)).timestamp()}", "", " ", "t=1611244792.000", SECRET, f"soon {SECRET}",
    f"nan {SECRET}", f"Infinity {SECRET}", f"1e999 {SECRET}", f"-1e17 {SECRET}", f"{'9' * 400} {SECRET}",
    f"ms {SECRET}", f"{(NOW - timedelta(seconds=8)).timestamp()}ms {SECRET}",
], ids=["other secret", "empty secret", "no secret", "empty", "space", "another form", "only the secret", "no number",
        "nan", "infinity", "too large", "too early", "very long", "only a unit", "wrong unit"])  # fmt: skip
def test_a_forged_or_broken_header_changes_nothing(handled, header):
    assert handled(header, waited=2) == NOW - timedelta(seconds=2)


def test_without_a_secret_no_header_is_believed_not_even_one_without_a_secret(handled, settings):
    settings.ARRIVAL_SECRET = ""
    assert handled(said(NOW - timedelta(seconds=8), ""), waited=2) == NOW - timedelta(seconds=2)


@pytest.mark.parametrize("distance", [-60, -1.9, 25.1, 86_400], ids=["ahead", "after us", "behind", "a day behind"])
def test_a_front_server_whose_clock_is_wrong_is_not_believed(handled, distance):
    """Nobody comes to us before it, and nobody stood at its door for longer than anybody may wait."""
    assert handled(said(NOW - timedelta(seconds=distance)), waited=2) == NOW - timedelta(seconds=2)


@given(waited=st.floats(0, 1e6), ahead=st.floats(-1e6, 1e6), secret=st.sampled_from([SECRET, "x", ""]))
def test_whatever_is_said_it_is_never_later_than_now_and_never_earlier_than_the_longest_wait(waited, ahead, secret):
    request = RequestFactory().post("/", headers={ARRIVED: said(NOW + timedelta(seconds=ahead), secret)})
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(time, "monotonic", lambda: 100.0)

        def page(_request):
            patched.setattr(time, "monotonic", lambda: 100 + waited)
            assert NOW - longest_way_in() <= arrived(NOW) <= NOW
            return HttpResponse()

        ArrivalMiddleware(page)(request)
