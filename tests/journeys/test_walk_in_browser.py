"""The whole walk in real browsers: from the empty database to the auditor's file, everybody at their own desk."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail

from core import clock
from programmes.models import Call
from tests.factories import PASSWORD
from tests.journeys import words
from tests.journeys.words import PEOPLE, REFERENCE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def email_of(who):
    return f"{who}@ec.example.eu"


# the house gets its people


def make_accounts(admin):
    admin.goes_to("/desk/")
    admin.looks()
    admin.follows("Accounts")
    admin.looks()
    for who, (name, role, entity, state) in PEOPLE.items():
        admin.goes_to("/people/new/")
        admin.writes({
            "name": name, "email": email_of(who), "role": role, "entity": entity, "member_state": state,
            "password": PASSWORD, "password_again": PASSWORD,
        })  # fmt: skip
        admin.presses("Make the account")
        admin.sees(f"{name} may sign in now.")
    admin.looks()
    admin.goes_to("/people/new/")
    admin.looks()
    admin.finds_nothing_at("/evaluation/", "/reports/")


# a call


def prepare_call(officer, stranger):
    officer.goes_to("/desk/")
    officer.looks()
    officer.follows("Calls")
    officer.looks()
    officer.follows("Prepare a call")
    officer.looks()
    officer.writes({"fund": "isf-2021-2027", "reference": REFERENCE, "title": "Fraud without borders"})
    officer.presses("Keep the draft")
    fill_call(officer)
    call = Call.objects.get(reference=REFERENCE)
    stranger.finds_nothing_at(call.get_absolute_url())
    stranger.goes_to("/calls/")
    stranger.sees_nothing_of(REFERENCE)
    officer.presses("Publish")
    officer.sees("Done: Publish", "EUR 500 000.00", "Relevance", "Online fraud across borders")
    officer.looks()
    stranger.goes_to(call.get_absolute_url())
    stranger.sees("Fraud without borders", "Online fraud across borders")
    stranger.looks()
    return call


def fill_call(officer):
    """First with a mistake that is named at its field; nothing of the rest is lost by it."""
    said = words.the_call(clock.now())
    passages = {name: passage_ids(officer, name, said.pop(name)) for name in ("objectives", "actions")}
    moments = {name: words.wall(said.pop(name)) for name in ("opens_at", "closes_at")}
    officer.writes({**said, **moments, **passages, "budget": "500.000"})
    write_criteria(officer, 0, words.CRITERIA[:2])
    officer.presses("Save and stay here")
    officer.sees("500.000 can be read in two ways: write 500 000 if you mean thousands")
    officer.looks()
    officer.writes({"budget": "500 000"})
    officer.presses("Save and stay here")
    officer.sees("The draft is saved.")
    write_criteria(officer, 2, words.CRITERIA[2:])
    officer.presses("Save and look at it")
    officer.sees("The draft is saved.", "Impact")


def passage_ids(officer, name, codes):
    """The values of the boxes whose labels begin with these letters."""
    boxes = officer.page.locator(f"main [name='{name}']")
    found = {box.evaluate("one => one.labels[0].innerText.trim()"): box.get_attribute("value") for box in boxes.all()}
    return [value for label, value in found.items() if re.match(r"\W*(\w)\b", label)[1] in codes]


def write_criteria(officer, start, criteria):
    for number, one in enumerate(criteria, start):
        officer.writes({f"criteria-{number}-{name}": value for name, value in one.items()})


# the story


def test_the_whole_walk(empty_house, at_desk, visitor, live_server, paper, tmp_path, keep_promises):
    admin, stranger = at_desk(empty_house.email), visitor()
    make_accounts(admin)
    officer = at_desk(email_of("officer"))
    call = prepare_call(officer, stranger)
