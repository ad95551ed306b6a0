"""Calls by the CommonGrants protocol and as a feed: whoever asks sees what the pages show, and no more."""

import json
from datetime import timedelta
from uuid import uuid4
from xml.etree import ElementTree

import pytest

from core import clock
from tests.factories import a_call

pytestmark = pytest.mark.django_db
AT = "/common-grants/opportunities"
YEAR, ATOM = timedelta(days=365), "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def calls():
    now = clock.now()
    open_ = a_call(title="Open now", opens_at=now - YEAR, closes_at=now + YEAR, budget=5_000_000)
    made = {
        "open": open_,
        "forecasted": a_call(
            fund=open_.fund, title="Planned", opens_at=now + YEAR, closes_at=now + 2 * YEAR, budget=10
        ),
        "closed": a_call("EVALUATION", fund=open_.fund, title="Closed", opens_at=now - YEAR, closes_at=now - YEAR / 2),
    }
    a_call("DRAFT", fund=open_.fund, title="Nobody's business yet")
    return made


def search(client, **said):
    return client.post(f"{AT}/search", json.dumps(said), content_type="application/json").json()


def titles(told):
    return {one["title"] for one in told["items"]}


def test_every_published_call_is_listed_and_no_draft(client, calls):
    told = client.get(AT).json()
    assert (told["status"], told["message"]) == (200, "Success")
    assert told["paginationInfo"] == {"page": 1, "pageSize": 10, "totalItems": 3, "totalPages": 1}
    assert {one["title"]: one["status"]["value"] for one in told["items"]} == {
        "Open now": "open", "Planned": "forecasted", "Closed": "closed",
    }  # fmt: skip
    first, second = (client.get(AT, {"page": page, "pageSize": 2}).json() for page in (1, 2))
    assert titles(first) | titles(second) == titles(told)
    assert (len(first["items"]), len(second["items"])) == (2, 1)


def test_one_call_says_what_its_page_says(client, calls):
    call = calls["open"]
    told = client.get(f"{AT}/{call.pk}").json()["data"]
    assert told["id"] == str(call.pk)
    assert told["funding"]["totalAmountAvailable"] == {"amount": "5000000.00", "currency": "EUR"}
    assert told["keyDates"]["closeDate"]["eventType"] == "singleDate"
    assert told["source"].endswith(call.get_absolute_url())
    draft = type(call).objects.get(status="DRAFT")
    for pk in (draft.pk, uuid4()):
        refused = client.get(f"{AT}/{pk}")
        assert (refused.status_code, set(refused.json())) == (404, {"status", "message", "errors"})


def test_a_correction_that_is_only_proposed_shows_nowhere(client, calls):
    call = calls["open"]
    before = client.get(f"{AT}/{call.pk}").json()["data"]
    call.corrigenda.create(reason="A slip.", changes={"title": ["Open now", "Other"]})
    type(call).objects.filter(pk=call.pk).update(stamp=9)
    assert client.get(f"{AT}/{call.pk}").json()["data"] == before


@pytest.mark.parametrize(("said", "found"), [
    ({"search": "OPEN now"}, {"Open now"}),
    ({"search": "nobody's business"}, set()),
    ({"filters": {"status": {"operator": "in", "value": ["open", "forecasted"]}}}, {"Open now", "Planned"}),
    ({"filters": {"status": {"operator": "notIn", "value": ["closed"]}}}, {"Open now", "Planned"}),
    ({"filters": {"totalFundingAvailableRange": {"operator": "between", "value": {
        "min": {"amount": "1", "currency": "EUR"}, "max": {"amount": "100", "currency": "EUR"}}}}}, {"Planned"}),
    ({"filters": {"closeDateRange": {"operator": "between", "value": {"min": "2999-01-01"}}}}, set()),
])  # fmt: skip
def test_a_search_finds_by_words_and_filters(client, calls, said, found):
    assert titles(search(client, **said)) == found


def test_a_search_names_what_it_did_not_understand_and_never_fails(client, calls):
    told = search(
        client, filters={"status": {"operator": "in"}, "nonsense": 1, "customFilters": {"x": {}}},
        sorting={"sortBy": "luck"},
    )  # fmt: skip
    assert (len(told["filterInfo"]["errors"]), len(told["sortInfo"]["errors"])) == (3, 1)
    assert (told["sortInfo"]["sortBy"], len(told["items"])) == ("lastModifiedAt", 3)
    by_title = search(client, sorting={"sortBy": "title", "sortOrder": "asc"})
    assert [one["title"] for one in by_title["items"]] == ["Closed", "Open now", "Planned"]


@pytest.mark.parametrize("amounts", [("NaN", "2"), ("sNaN", "2"), ("1", "NaN"), ("1", "Infinity")])
def test_an_amount_that_is_no_number_is_named_and_not_compared(client, calls, amounts):
    low, high = ({"amount": one, "currency": "EUR"} for one in amounts)
    asked = {"operator": "between", "value": {"min": low, "max": high}}
    told = search(client, filters={"totalFundingAvailableRange": asked})
    assert len(told["filterInfo"]["errors"]) == 1


def test_another_kind_of_body_is_refused_in_words_and_head_tells_what_get_tells(client, calls):
    refused = client.post(f"{AT}/search", b"x", content_type="text/plain").json()
    assert (refused["status"], refused["message"]) == (415, "Unsupported Media Type")
    assert "{" not in str(refused["errors"])
    got, asked = client.get("/api/calls/"), client.head("/api/calls/")
    assert got.headers["ETag"] == asked.headers["ETag"]
    assert got.headers["Cache-Control"] == asked.headers["Cache-Control"]
    assert client.head("/api/calls/", headers={"If-None-Match": got.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("body", ["[]", "{", '{"pagination": {"page": 0}}', '{"pagination": {"pageSize": "x"}}',
                                  '{"filters": []}', "[" * 99_999,
                                  '{"search": "\\u0000"}', '{"search": {"a": 1}, "pagination": 3}'])  # fmt: skip
def test_what_cannot_be_read_is_refused_in_the_protocols_shape(client, calls, body):
    refused = client.post(f"{AT}/search", body, content_type="application/json")
    assert (refused.status_code, refused.json()["status"]) == (400, 400)


def test_what_did_not_change_is_not_sent_again(client, calls):
    tag = client.get(AT)["ETag"]
    assert client.get(AT, headers={"If-None-Match": tag}).status_code == 304


def test_the_feed_has_every_published_call(client, calls):
    feed = ElementTree.fromstring(client.get("/calls/feed/").content)  # noqa: S314 - our own
    entries = feed.findall(f"{ATOM}entry")
    assert {one.find(f"{ATOM}id").text for one in entries} == {f"urn:uuid:{call.pk}" for call in calls.values()}
    assert all(one.find(f"{ATOM}updated").text for one in entries)


def test_calls_and_funds_are_read_without_a_token_and_drafts_are_not(client, calls):
    told = client.get("/api/calls/").json()["results"]
    assert {one["title"] for one in told} == {call.title for call in calls.values()}
    one = client.get(f"/api/calls/{calls['open'].pk}/")
    assert (one.json()["steps"], one.json()["proposed_corrigendum"], one["Cache-Control"]) == (
        [], None, "public, max-age=60",
    )  # fmt: skip
    draft = type(calls["open"]).objects.get(status="DRAFT")
    assert client.get(f"/api/calls/{draft.pk}/").status_code == 404
    assert client.get("/api/funds/").status_code == client.get(f"/api/funds/{draft.fund.code}/").status_code == 200
    assert client.post("/api/calls/", {}, content_type="application/json").status_code == 401
