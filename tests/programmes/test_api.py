"""Funds and calls through the API: the same acts and the same sentences as on the pages."""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient

from core import clock
from programmes.models import Call, Corrigendum
from programmes.states import CallStatus
from tests.factories import a_call, a_fund, an_applicant, an_auditor, an_officer

pytestmark = pytest.mark.django_db
WHAT_IF = "/api/funds/isf-police-2014-2020/what_if/"


@pytest.fixture
def api():
    client = APIClient()
    client.force_authenticate(an_officer())
    return client


def as_person(person):
    client = APIClient()
    client.force_authenticate(person)
    return client


def an_open_call(**fields):
    now = clock.now().replace(microsecond=0)
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=30)}
    return a_call(**{**times, "inform_by": (now + timedelta(days=200)).date(), **fields})


DRAFT = {
    "fund": "isf-police", "reference": "ISFP-2020-AG-API", "title": "Through the API", "topic": "T",
    "budget": "1000000.00",    "eligible_states": ["AT", "MT"], "objectives": ["A"], "actions": ["a", "b"],
    "criteria": [{"code": "REL", "title": "Relevance", "maximum": "40", "step": "1", "threshold": "25"}],
}  # fmt: skip


def test_a_stranger_gets_nothing_that_is_not_public():
    assert APIClient().get("/api/questions/").status_code in {401, 403}


def test_a_call_is_prepared_edited_and_published(api):
    a_fund()
    made = api.post("/api/calls/", DRAFT, format="json")
    assert made.status_code == 201, made.data
    call = Call.objects.get()
    assert (made.data["steps"], made.data["objectives"], made.data["actions"]) == (
        ["edit", "publish"],
        ["A"],
        ["a", "b"],
    )
    now = clock.now()
    times = {
        "opens_at": (now + timedelta(days=1)).isoformat(), "closes_at": (now + timedelta(days=60)).isoformat(),
        "inform_by": (now + timedelta(days=200)).date().isoformat(), "stamp": made.data["stamp"],
    }  # fmt: skip
    edited = api.patch(f"/api/calls/{call.pk}/", times, format="json")
    assert edited.status_code == 200, edited.data
    assert [one["code"] for one in edited.data["criteria"]] == ["REL"]
    published = api.post(f"/api/calls/{call.pk}/steps/publish/")
    assert (published.status_code, published.data["status"]) == (200, "PUBLISHED")
    assert published.data["steps"] == ["correct"]


def test_an_incomplete_call_names_its_gaps(api):
    a_fund()
    made = api.post("/api/calls/", {**DRAFT, "criteria": [], "topic": ""}, format="json")
    answer = api.post(f"/api/calls/{made.data['id']}/steps/publish/")
    assert answer.status_code == 400
    assert {"criteria", "topic", "opens_at", "closes_at", "inform_by"} == answer.data["gaps"].keys()
    assert Call.objects.get().status == CallStatus.DRAFT


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"objectives": ["Z"]}, "objectives"),
        ({"eligible_states": ["XX"]}, "eligible_states"),
        ({"min_contribution": "5", "max_contribution": "1"}, "max_contribution"),
        ({"opens_at": "2026-02-01T00:00:00Z", "closes_at": "2026-01-01T00:00:00Z"}, "closes_at"),
        ({"max_rate": "101"}, "max_rate"),
        ({"indirect_rate": "-1"}, "indirect_rate"),
        ({"budget": "1e30"}, "budget"),
        ({"criteria": [{"code": "A", "title": "A", "maximum": "5", "threshold": "6"}]}, "criteria"),
        ({"criteria": [{"code": "A", "title": "A", "maximum": "0"}]}, "criteria"),
        ({"criteria": [{"code": "A", "title": "A", "maximum": "5"}] * 2}, "criteria.1"),
        ({"budget": "-1"}, "budget"),
        ({"overall_threshold": "-1"}, "overall_threshold"),
        ({"required_attachments": ["PASSPORT"]}, "required_attachments"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_is_made(api, changes, name):
    a_fund()
    answer = api.post("/api/calls/", {**DRAFT, **changes}, format="json")
    assert answer.status_code == 400, answer.data
    assert name in answer.data["gaps"]
    assert not Call.objects.exists()


@pytest.mark.parametrize("person", [an_applicant, an_auditor])
def test_nobody_else_prepares_or_corrects(person):
    call = an_open_call()
    api = as_person(person())
    assert api.post("/api/calls/", DRAFT, format="json").status_code == 403
    assert api.patch(f"/api/calls/{call.pk}/", {"title": "X"}, format="json").status_code == 403
    values = {"reason": "R", "values": {"title": "X"}}
    assert api.post(f"/api/calls/{call.pk}/correct/", values, format="json").status_code == 403
    assert Call.objects.get().title == "Test call"


def test_a_draft_is_not_there_for_applicants():
    draft = a_call(status="DRAFT")
    assert as_person(an_applicant()).get(f"/api/calls/{draft.pk}/").status_code == 404
    assert as_person(an_applicant()).get("/api/calls/").data["count"] == "0"


def test_a_stale_edit_is_refused(api):
    call = a_call(status="DRAFT", published_at=None)
    answer = api.patch(f"/api/calls/{call.pk}/", {"title": "Mine", "stamp": 7}, format="json")
    assert (answer.status_code, Call.objects.get().title) == (409, "Test call")
    assert "is not as you saw it" in answer.data["detail"]


def test_a_corrigendum_is_proposed_and_a_second_person_publishes_it(api):
    call = an_open_call()
    given = {"reason": "Questions", "values": {"budget": "2000000"}, "stamp": call.stamp}
    answer = api.post(f"/api/calls/{call.pk}/correct/", given, format="json")
    assert answer.status_code == 200, answer.data
    changes = {"budget": ["1000000.00", "2000000.00"]}
    assert (answer.data["corrigenda"], answer.data["proposed_corrigendum"]["changes"]) == ([], changes)
    step = f"/api/calls/{call.pk}/steps/publish_correction/"
    assert api.post(step).status_code == 403

    published = as_person(an_officer()).post(step).data

    assert (published["budget"], published["proposed_corrigendum"]) == ("2000000.00", None)
    assert [one["changes"] for one in published["corrigenda"]] == [changes]


def test_what_is_frozen_stays_frozen(api):
    call = an_open_call()
    given = {"reason": "R", "values": {"overall_threshold": "1"}, "stamp": call.stamp}
    answer = api.post(f"/api/calls/{call.pk}/correct/", given, format="json")
    assert (answer.status_code, list(answer.data["gaps"])) == (400, ["overall_threshold"])
    assert not Corrigendum.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_whatever_the_number(api, number, django_assert_num_queries):
    for _place in range(number):
        an_open_call()
    with django_assert_num_queries(3):
        answer = api.get("/api/calls/")
    assert (answer.data["count"], len(answer.data["results"])) == (str(number), number)


@pytest.fixture
def funds(db):
    call_command("load_funds", stdout=StringIO())


def test_funds_are_read(api, funds):
    assert [one["code"] for one in api.get("/api/funds/").data["results"]] == ["isf-2021-2027", "isf-police-2014-2020"]
    police = api.get("/api/funds/isf-police-2014-2020/").data
    assert (len(police["allocations"]), police["sheet"]["envelope"]["amount"]) == (26, "1004000000")


def test_the_effect_of_other_figures_is_computed(api, funds):
    answer = api.post(WHAT_IF, {"member_state": "MT", "inputs": {"population": "1000000"}}, format="json")
    effect = {one["member_state"]: Decimal(one["difference"]) for one in answer.data}
    assert answer.status_code == 200
    assert effect["MT"] > 0 > effect["DE"]


@pytest.mark.parametrize(
    "given",
    [
        {"member_state": "XX", "inputs": {"population": "1"}},
        {"member_state": "MT", "inputs": {"beauty": "1"}},
        {"member_state": "MT", "inputs": {"gdp_per_capita": "0"}},
        {"member_state": "MT", "inputs": {"population": "-1"}},
        {"inputs": {}},
    ],
)
def test_figures_that_cannot_be_are_refused(api, funds, given):
    assert api.post(WHAT_IF, given, format="json").status_code == 400


def test_a_fund_without_a_key_says_so(api, funds):
    answer = api.post("/api/funds/isf-2021-2027/what_if/", {"member_state": "MT"}, format="json")
    assert (answer.status_code, "no key" in answer.data["detail"]) == (400, True)


def test_a_fund_has_no_steps(api, funds):
    assert api.post("/api/funds/isf-police-2014-2020/steps/publish/").status_code == 404


def test_what_is_hardly_ever_meant_waits_for_a_word(api):
    """The same box as on the page: a call that opened in the past."""
    call = an_open_call(status="DRAFT", published_at=None)
    address = f"/api/calls/{call.pk}/steps/publish/"

    refused = api.post(address, {"stamp": call.stamp}, format="json")

    assert (refused.status_code, list(refused.data["gaps"])) == (400, ["meant"])
    assert "The opening lies in the past" in refused.data["gaps"]["meant"]
    assert Call.objects.get().status == CallStatus.DRAFT
    assert api.post(address, {"meant": True}, format="json").data["status"] == "PUBLISHED"


def test_a_form_that_there_is_none_of_is_no_missing_row(api):
    refused = api.get("/api/calls/?format=csv")
    assert (refused.status_code, refused.data["type"]) == (406, "/api/problems/#not-acceptable")
    assert "/calls/?format=csv" in refused.data["detail"]
    assert api.get("/api/calls/?format=json").status_code == 200


def test_steps_name_what_would_be_done_now():
    """An open call is not taken back any more, a closed one is not applied for: see `shut` in the tables."""
    call = an_open_call()
    second = as_person(an_officer())
    assert "recall" not in second.get(f"/api/calls/{call.pk}/").data["steps"]
    Call.objects.filter(pk=call.pk).update(opens_at=clock.now() + timedelta(days=1))
    assert "recall" in second.get(f"/api/calls/{call.pk}/").data["steps"]


def test_markup_in_a_name_is_text_everywhere(client):
    """It is taken as it was typed, and nowhere read as markup: pages, feed; as it stands in CSV, calendar and JSON."""
    odd = "<b>x</b>"
    officer, call = an_officer(name=odd), an_open_call(title=odd, topic=odd)
    client.force_login(officer)
    for address in (f"/calls/{call.pk}/", "/calls/", "/desk/", "/calls/feed/"):
        text = client.get(address).text
        assert odd not in text, address
        assert "&lt;b&gt;x" in text or address == "/desk/"
    told = b"".join(client.get("/calls/?format=csv")).decode()
    assert odd in told
    assert as_person(officer).get(f"/api/calls/{call.pk}/").data["title"] == odd
