"""Ids that are none: every address answers with our page or our problem, and never breaks.

Found among the addresses themselves: a new one is tried without being named here.
"""

import re

import pytest
from django.urls import get_resolver

from tests.factories import an_admin, an_applicant, an_officer
from tests.house.rules import routes

pytestmark = pytest.mark.django_db
ODD = [
    "-" * 36,
    "00000000-0000-0000-0000-000000000000",
    "0000000000000-0000-0000-000000000000",
    "9" * 30,
    "%00",
]
MAKERS = {"applicant": an_applicant, "officer": an_officer, "admin": an_admin}
GROUP = re.compile(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)|<[^>]+>")


def addresses():
    """The address of each route that names a row, with a mark where its parameters stand."""
    found = {plain(route) for route, _view in routes(get_resolver().url_patterns) if GROUP.search(route)}
    return sorted(one for one in found if "__debug__" not in one)


def plain(route):
    marked = GROUP.sub("{}", route)
    return "/" + re.sub(r"[\^$\\?]|\(\?:|\)", "", marked)


def test_the_addresses_are_found():
    found = addresses()
    assert len(found) > 100
    assert {"/applications/{}/", "/api/applications/{}/", "/evaluation/calls/{}/", "/api/trail/{}/"} <= set(found)


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_id_is_answered(client, odd):
    client.force_login(an_officer())
    client.raise_request_exception = False
    assert [one for one in addresses() if client.get(one.replace("{}", odd)).status_code >= 500] == []


@pytest.mark.parametrize("who", MAKERS)
def test_whoever_sends_an_odd_id_is_answered(client, who):
    client.force_login(MAKERS[who]())
    client.raise_request_exception = False
    assert [one for one in addresses() if client.post(one.replace("{}", ODD[0])).status_code >= 500] == []


def test_ours_is_the_page_and_ours_the_problem(client):
    client.force_login(an_officer())
    page, program = client.get(f"/applications/{ODD[2]}/"), client.get(f"/api/applications/{ODD[0]}/")
    assert (page.status_code, "gp-main" in page.text) == (404, True)
    assert (program.status_code, set(program.json()) >= {"detail"}) == (404, True)
