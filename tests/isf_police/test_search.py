"""One search: everybody finds by any words what they may open, and learns of nothing else."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.schedule import open_call
from isf_police.search import PLACES, SHOWN, looked_for, may_open
from tests.applications.factories import a_draft, a_submitted, an_owner
from tests.factories import (
    a_call,
    a_national_auditor,
    an_admin,
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
)

pytestmark = pytest.mark.django_db
TITLE = "Joint analysis of online fraud"  # of the factory's proposals


def titles(user, text):
    found, problem = looked_for(user, text)
    assert not problem
    return [str(one.title) for one in found]


def page_of(client, text):
    return client.get(reverse("search"), {"q": text})


def test_an_applicant_finds_the_own_proposal_as_people_type_it_and_its_rows_open(client):
    owner = an_owner()
    submitted = a_submitted(by=owner)
    client.force_login(owner)
    for text in (submitted.reference, "ONLINE fraud", "fraud analysis"):
        page = page_of(client, text).content.decode()
        assert submitted.get_absolute_url() in page
    assert client.get(submitted.get_absolute_url()).status_code == 200


def test_nobody_finds_what_is_not_theirs_or_not_opened(client):
    submitted = a_submitted()
    people = [an_applicant(), an_evaluator(), an_officer(), an_auditor(), a_national_auditor("EL"), an_admin()]
    assert [titles(one, submitted.reference) for one in [*people, AnonymousUser()]] == [[]] * 7
    open_call(submitted.call_id)
    state = submitted.applicant.member_state
    finders = [an_officer(), an_auditor(), an_authorising_officer(), a_national_auditor(state)]
    assert [titles(one, TITLE) for one in finders] == [["Applications"]] * 4
    assert [titles(one, TITLE) for one in (an_applicant(), an_evaluator(), AnonymousUser())] == [[]] * 3


def test_a_visitor_finds_calls_and_nothing_of_people(client):
    call, officer = a_call(), an_officer(name="Olga Findable")
    assert call.get_absolute_url() in page_of(client, call.reference).content.decode()
    assert titles(AnonymousUser(), officer.name) == []
    assert titles(an_admin(), officer.name) == ["People"]


@pytest.mark.parametrize(
    "one", [an_applicant, an_officer, an_evaluator, an_authorising_officer, an_auditor, a_national_auditor, an_admin]
)
def test_whoever_is_led_to_the_whole_list_may_open_it(client, one):
    person = one()
    client.force_login(person)
    opened = {address: client.get(reverse(address)).status_code for _list, address, _who in PLACES}
    led_to = {place[1] for place in PLACES if may_open(place, person)}
    assert {opened[address] for address in led_to} == {200}


def test_it_costs_the_same_however_much_is_found(client):
    call, officer = a_call(), an_officer()
    client.force_login(officer)
    costs = []
    for more in (1, SHOWN + 1):
        for _one in range(more):
            a_submitted(call=call)
        open_call(call.pk)
        page_of(client, TITLE)
        with CaptureQueriesContext(connection) as asked:
            page = page_of(client, TITLE)
        costs.append(len(asked))
        call = a_call()
    assert costs[0] == costs[1]
    assert len(page.context["found"][0].rows) == SHOWN
    assert page.context["found"][0].number == "7"
    (all_of_them,) = re.findall(r'href="(/applications/\?[^"]*)"', page.content.decode())
    assert client.get(all_of_them.replace("&amp;", "&")).context["list"].count == 7


@pytest.mark.parametrize(("text", "sentence"), [
    ("", "Type 3 characters or more into the field"), ("ab", "Type 3 characters or more."),
    ("x" * 101, "at most 100 characters"), ("abc\x00", "cannot be printed"),
    ("nothing has this", "Nothing that you may open holds all of these words."),
])  # fmt: skip
def test_what_cannot_be_looked_for_is_said(client, text, sentence):
    a_draft()
    answer = page_of(client, text)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
