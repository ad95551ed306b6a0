"""Two windows on one row: whoever presses a button that the other window has outdated is told by whom, and nothing
has happened. Every button of every table of states, through the page and through the interface for programs."""

import json

import pytest
from django.urls import reverse

from accounts.roles import is_applicant
from tests.factories import an_officer
from tests.long import part_of
from tests.stories.steps import API, BUTTONS, PROGRAMS, REASON, as_it_is, changed_by, ready, step_of

OTHER = "Otto of the other window"
STALE = ("is not as you saw it", "after you opened it")
LETTERS_ARE_THERE = ("decision", "issue")  # the one decided decision of the world is issued; nothing leads back
NONSENSE = ["x", "-1", "1e3", "٣", "1 ", "0x1", "99999999999", "None"]


def button(kind, row, name):
    return reverse(f"{kind}_step", args=[row.pk, name])


def program(kind, row, name):
    return reverse(f"{API[kind]}-take-step", kwargs={"pk": row.pk, "step": name})


def named_for(person):
    """How a reader knows who was first: an applicant reads no official's name."""
    return "The programme office" if is_applicant(person) else OTHER


def sent(client, address, /, **said):
    return client.post(address, json.dumps(said), content_type="application/json")


@pytest.mark.parametrize(("kind", "name"), BUTTONS)
def test_a_button_of_an_older_page_does_nothing_and_says_who_was_first(world, sign_in, kind, name):
    row, person = ready(world, kind, name)
    seen = row.stamp
    changed_by(row, an_officer(name=OTHER))
    before = as_it_is(row)

    answer = sign_in(person).post(button(kind, row, name), {"stamp": seen, "reason": REASON})

    assert answer.status_code == 409
    assert named_for(person) in answer.content.decode()
    assert "after you opened it" in answer.content.decode()
    assert REASON in answer.content.decode()  # what was typed is not lost
    assert as_it_is(row) == before


@pytest.mark.parametrize(("kind", "name"), PROGRAMS)
def test_a_program_that_read_an_older_row_is_told_the_difference(world, sign_in, kind, name):
    row, person = ready(world, kind, name)
    seen = row.stamp
    changed_by(row, an_officer(name=OTHER))
    before = as_it_is(row)

    answer = sent(sign_in(person), program(kind, row, name), stamp=seen, reason=REASON)

    assert answer.status_code == 409
    assert named_for(person) in answer.json()["detail"]
    assert answer.json()["gaps"] == {"the story": "the story: was “as you saw it”, is now “as it is”"}
    assert as_it_is(row) == before


@pytest.mark.long
@pytest.mark.parametrize(("kind", "name"), BUTTONS)
def test_a_stamp_that_nobody_was_shown_changes_nothing(world, sign_in, kind, name):
    row, person = ready(world, kind, name)
    before, client = as_it_is(row), sign_in(person)

    for stamp in part_of(NONSENSE, 3, nth=len(name)):
        answer = client.post(button(kind, row, name), {"stamp": stamp, "reason": REASON})
        assert answer.status_code == 409, stamp
        assert any(sentence in answer.content.decode() for sentence in STALE)

    assert as_it_is(row) == before


@pytest.mark.long
@pytest.mark.parametrize(("kind", "name"), PROGRAMS)
def test_a_program_that_sends_something_else_as_its_stamp_is_refused_at_that_field(world, sign_in, kind, name):
    row, person = ready(world, kind, name)
    before, client = as_it_is(row), sign_in(person)

    for stamp in part_of(("x", -1, 1.5, [], {}, "٣x"), 3, nth=len(name)):
        answer = sent(client, program(kind, row, name), stamp=stamp, reason=REASON)
        assert answer.status_code == 400, stamp
        assert list(answer.json()["gaps"]) == ["stamp"]

    assert as_it_is(row) == before


@pytest.mark.parametrize(("kind", "name"), PROGRAMS)
def test_a_stamp_from_the_future_is_as_stale_as_one_of_the_past(world, sign_in, kind, name):
    row, person = ready(world, kind, name)
    before = as_it_is(row)

    answer = sent(sign_in(person), program(kind, row, name), stamp=row.stamp + 10**12, reason=REASON)

    assert answer.status_code == 409
    assert "Load the page again" in answer.json()["detail"]
    assert as_it_is(row) == before


@pytest.mark.parametrize(("kind", "name"), [one for one in BUTTONS if one != LETTERS_ARE_THERE])
def test_the_stamp_as_it_is_now_is_no_obstacle(world, sign_in, kind, name):
    """Whatever else the step requires, it does not take what is fresh for stale."""
    row, person = ready(world, kind, name)

    answer = sign_in(person).post(button(kind, row, name), {"stamp": row.stamp, "reason": REASON})

    assert not any(sentence in answer.content.decode() for sentence in STALE)
    assert answer.status_code in (302, 400, 409), step_of(kind, name)
