"""A call may leave parts of the form out: nothing that comes after takes for granted what was never asked."""

import pytest
from django.db import transaction
from django.urls import reverse

from awards.documents.letters import page_of
from awards.proofs import faults_of_page
from programmes.form_parts import form_of, offered
from tests.factories import an_authorising_officer
from tests.reports.factories import a_decided_call

pytestmark = pytest.mark.django_db
NEEDED = ("identity", "partners", "budget")  # no call is published without them


@pytest.fixture(scope="module")
def short(own_files, django_db_setup, django_db_blocker):
    """Decided, its letters drawn and sent: nothing was asked but what must be."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield a_decided_call(parts=form_of(NEEDED), required_attachments=[])
        transaction.set_rollback(True)


def test_what_was_chosen_is_what_may_be_left_out():
    assert {one.name for one in offered() if one.is_decided_on} | {"partners"} == {*NEEDED}


def test_each_letter_is_drawn_proved_and_silent_on_what_was_not_asked(short):
    letters = {one.kind: one for one in short.decision.letters.all()}
    assert {*letters} == {"AWARD", "RESERVE", "REJECTION"}
    assert [fault for one in letters.values() for fault in faults_of_page(one.facts)] == []
    award = page_of(letters["AWARD"].facts)
    assert "Duration" not in award
    assert "the call did not ask for it with the application" in award
    assert "it stays as you submitted it" not in award


def test_the_pages_of_decision_lines_and_letters_open(client, short):
    client.force_login(an_authorising_officer())
    line = short.decision.lines.get(application=short.entries[0])
    for url in (
        reverse("letter_preview", args=[line.pk]), short.decision.get_absolute_url(),
        short.entries[0].get_absolute_url(), *(one.get_absolute_url() for one in short.decision.letters.all()),
    ):  # fmt: skip
        assert client.get(url).status_code == 200, url


def test_a_letter_that_was_stuck_is_drawn(short):
    """Facts of the format before, written where no timetable was asked: they waited for ever."""
    facts = {**short.decision.letters.get(application=short.entries[0]).facts, "format": 4}
    facts["grant"] = {name: said for name, said in facts["grant"].items() if name != "is_described"}
    assert "Duration" not in page_of(facts)
    assert "it stays as you submitted it" in page_of(facts)
