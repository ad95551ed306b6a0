"""Every door has a way back: from every state some person has a step, or docs/ways-back.md says why not."""

import re

import pytest

from accounts.roles import is_system
from tests.house.test_house import ROOT
from tests.house.test_states import LIVES, enum_of, phases_by_enum, words_of

PAGE = (ROOT / "docs" / "ways-back.md").read_text()


def told_under(title, text=PAGE):
    """{(kind of row, state)} of the table below a heading."""
    below = text.partition(f"## {title}\n")[2].partition("\n## ")[0]
    return set(re.findall(r"^\| ([a-z ]+) \| ([A-Z_]+) \| \S.*\|$", below, flags=re.M))


def states_without_a_person(steps, states, ends):
    """The states from which nobody but the clock has a step."""
    moved_by_people = {source for step in steps if step.allowed is not is_system for source in step.sources}
    return {state for state in states if state not in moved_by_people and state not in ends}


def all_ends():
    return {(words_of(enum), end.value) for enum, phases in phases_by_enum().items() for end in phases.ends}


def all_without_a_person():
    return {
        (words_of(enum), state.value)
        for _title, workflow in LIVES
        for enum in [enum_of(workflow)]
        for state in states_without_a_person(workflow.steps.values(), enum, phases_by_enum()[enum].ends)
    }


def test_every_end_is_written_down_and_nothing_else_is_called_one():
    assert told_under("Ends") == all_ends()


def test_from_every_other_state_some_person_has_a_step_or_the_page_says_what_moves_it():
    assert told_under("Moved from elsewhere") == all_without_a_person()


@pytest.mark.parametrize("workflow", [workflow for _, workflow in LIVES], ids=[title for title, _ in LIVES])
def test_an_end_is_left_by_nobody(workflow):
    ends = phases_by_enum()[enum_of(workflow)].ends
    leaving = [step.name for step in workflow.steps.values() for one in step.sources if one in ends]
    leading = {step.name for step in workflow.steps.values() if step.target not in {"same", "back"}}
    assert not set(leaving) & leading


def test_a_state_that_only_the_clock_leaves_is_caught():
    letter = next(workflow for title, workflow in LIVES if title.endswith(": letter"))
    enum = enum_of(letter)
    ends = phases_by_enum()[enum].ends
    assert states_without_a_person(letter.steps.values(), enum, ends) == {"WAITING"}
    by_people = [step for step in letter.steps.values() if step.name != "send"]
    assert "WAITING" in states_without_a_person(by_people, enum, ends)


def test_the_page_is_read_as_it_is_written():
    table = "| rows | state | why |\n|---|---|---|\n| ranked list | SET_ASIDE | kept |\n"
    text = f"# A\n\n## Ends\n\n{table}\n## B\n| x | Y | z |\n"
    assert told_under("Ends", text) == {("ranked list", "SET_ASIDE")}
