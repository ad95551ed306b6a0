"""Every button of every table of states: who has no business with it, what it asks for, and where it leads back to."""

import json

import pytest
from django.urls import reverse

from tests.attack.doors import NOBODY
from tests.factories import a_user, an_applicant
from tests.stories.steps import (
    API,
    BUTTONS,
    NO_BUTTONS,
    OWN_PAGES,
    PROGRAMS,
    REASON,
    WITH_REASON,
    as_it_is,
    finds,
    may,
    ready,
    rows_of,
    stands,
    step_of,
)
from tests.stories.test_two_windows import button, program, sent

AT_THEIR_NAME = {("person", "close")}  # its page, at that very address, asks for a successor only where one is needed
UNPRINTABLE = ["because\x00", "because\x07of it", "be\x1bcause"]


def colleagues_without_the_right(world, row, step):
    """Those who find the row, and for whom this button is not; whose own account is shut does not even come in."""
    people = [one for one in world.people.values() if one is not None and one.pk != row.pk]
    return [one for one in people if finds(one, row) and not step.allowed(one, row)]


@pytest.mark.parametrize(("kind", "name"), BUTTONS)
def test_whoever_finds_the_row_but_may_not_is_refused_in_a_sentence(world, sign_in, kind, name):
    row, _person = ready(world, kind, name)
    step, before = step_of(kind, name), as_it_is(row)

    for one in colleagues_without_the_right(world, row, step):
        answer = sign_in(one).post(button(kind, row, name), {"reason": REASON, "stamp": row.stamp})
        assert answer.status_code == 403, one
        assert f"You may not take the step “{step.label}”" in answer.content.decode()

    assert as_it_is(row) == before


@pytest.mark.parametrize(("kind", "name"), BUTTONS)
def test_to_a_stranger_the_row_does_not_exist(world, sign_in, kind, name):
    row, _person = ready(world, kind, name)
    before = as_it_is(row)
    strangers = [one for one in (an_applicant(), a_user("NAT_AUDITOR", member_state="PT")) if not finds(one, row)]

    for one in strangers:
        assert sign_in(one).post(button(kind, row, name), {"reason": REASON}).status_code == 404

    assert as_it_is(row) == before


@pytest.mark.parametrize(("kind", "name"), BUTTONS)
def test_a_visitor_is_asked_who_it_is(world, sign_in, kind, name):
    row, _person = ready(world, kind, name)
    before = as_it_is(row)

    answer = sign_in("anonymous").post(button(kind, row, name), {"reason": REASON})

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    assert as_it_is(row) == before


@pytest.mark.parametrize(("kind", "name"), BUTTONS)
def test_an_address_alone_takes_no_step(world, sign_in, kind, name):
    """A link in a mail, or a browser that fetches ahead, must not act."""
    row, person = ready(world, kind, name)
    before = as_it_is(row)

    assert sign_in(person).get(button(kind, row, name)).status_code == 405
    assert as_it_is(row) == before


@pytest.mark.parametrize(("kind", "name"), BUTTONS)
def test_a_row_that_was_never_there_is_not_found(world, sign_in, kind, name):
    _row, person = ready(world, kind, name)

    assert sign_in(person).post(reverse(f"{kind}_step", args=[NOBODY, name]), {"reason": REASON}).status_code == 404


@pytest.mark.parametrize(("kind", "name"), WITH_REASON)
def test_a_step_that_needs_its_reason_says_so(world, sign_in, kind, name):
    row, person = ready(world, kind, name)
    before, client = as_it_is(row), sign_in(person)

    for blank in ("", "   ", "\n\t"):
        page = client.post(button(kind, row, name), {"reason": blank, "stamp": row.stamp})
        assert page.status_code == 400
        assert f"Give the reason for “{step_of(kind, name).label}”." in page.content.decode()

    assert as_it_is(row) == before


@pytest.mark.parametrize(("kind", "name"), [one for one in WITH_REASON if one in PROGRAMS])
def test_a_program_reads_the_same_sentence_at_its_field(world, sign_in, kind, name):
    row, person = ready(world, kind, name)
    before = as_it_is(row)

    answer = sent(sign_in(person), program(kind, row, name), reason=" ")

    assert answer.status_code == 400
    assert answer.json()["gaps"] == {"reason": f"Give the reason for “{step_of(kind, name).label}”."}
    assert as_it_is(row) == before


@pytest.mark.parametrize(("kind", "name"), BUTTONS)
def test_a_reason_that_no_letter_can_hold_is_refused_whether_it_is_needed_or_not(world, sign_in, kind, name):
    row, person = ready(world, kind, name)
    before, client = as_it_is(row), sign_in(person)

    for reason, why in [*((one, "cannot be printed") for one in UNPRINTABLE), ("x" * 4001, "at most 4000 characters")]:
        answer = client.post(button(kind, row, name), {"reason": reason, "stamp": row.stamp})
        assert answer.status_code == 400
        assert why in answer.content.decode()

    assert as_it_is(row) == before


@pytest.mark.parametrize(("kind", "name"), BUTTONS)
def test_from_any_other_state_the_step_is_over(world, sign_in, kind, name):
    row, person = ready(world, kind, name)
    step = step_of(kind, name)

    for status in {value for value, _label in row._meta.get_field("status").choices} - step.sources:
        if stands(row, status) and finds(person, row) and may(person, row, step):
            before = as_it_is(row)
            answer = sign_in(person).post(button(kind, row, name), {"reason": REASON, "stamp": row.stamp})
            assert answer.status_code == 409, status
            assert f"“{step.label}” is not possible now" in answer.content.decode()
            assert as_it_is(row) == before


@pytest.mark.parametrize(("kind", "name"), [one for one in OWN_PAGES if one not in AT_THEIR_NAME])
def test_a_step_with_a_page_of_its_own_is_not_taken_by_its_name(world, sign_in, kind, name):
    """What asks for more than a reason is never done with less."""
    row = rows_of(world, kind)[0]
    before = as_it_is(row)
    people = [one for one in world.people.values() if one is not None and finds(one, row)]

    for one in people:
        if kind not in NO_BUTTONS:
            answer = sign_in(one).post(reverse(f"{kind}_step", args=[row.pk, name]), {"reason": REASON})
            # some pages stand at that very address, or it leads to the first part of what is edited
            assert answer.status_code in (400, 403, 404, 405, 409) or "/edit/" in answer["Location"], one
        if kind in API:
            assert sent(sign_in(one), program(kind, row, name), reason=REASON).status_code == 404

    assert people
    assert as_it_is(row) == before


@pytest.mark.parametrize("kind", sorted(API))
def test_a_name_that_is_no_step_is_not_found(world, sign_in, kind):
    row = rows_of(world, kind)[0]
    before = as_it_is(row)
    people = [one for one in world.people.values() if one is not None and finds(one, row)]

    for one in people:
        client = sign_in(one)
        for name in ("no_such_step", "run", "steps", "__class__"):
            assert sent(client, program(kind, row, name), reason=REASON).status_code == 404

    assert as_it_is(row) == before


@pytest.mark.parametrize(("kind", "name"), PROGRAMS)
def test_a_program_that_sends_something_else_than_asked_gets_an_answer(world, sign_in, kind, name):
    row, person = ready(world, kind, name)
    before, client = as_it_is(row), sign_in(person)

    for body in ("[]", '"text"', "7", "null", "{", '{"reason": {"a": 1}}', '{"reason": ["a"]}'):
        answer = client.post(program(kind, row, name), body, content_type="application/json")
        assert answer.status_code == 400, body
        assert json.loads(answer.content)

    assert as_it_is(row) == before
