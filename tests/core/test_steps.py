"""One line of a table of states, asked without a database: who, from where, and what each refusal says."""

from dataclasses import FrozenInstanceError

import pytest

from core.errors import Incomplete, NotAllowed, WrongState
from core.holds import ROW
from core.steps import NEW, SAME, Bar, state_of, step
from programmes.models import Call

EVERYBODY, NOBODY = (lambda user, row: True), (lambda user, row: False)


def a_row(status="DRAFT", *, is_new=False):
    row = Call(reference="ISFP-1", status=status)
    row._state.adding = is_new
    return row


def a_step(who=EVERYBODY, **options):
    return step("turn", {"DRAFT", "PUBLISHED"}, "CHECKING", who, "Turn", **options)


def test_the_state_of_a_row_that_is_not_stored_is_none_whatever_its_column_says():
    assert state_of(a_row("DRAFT", is_new=True)) is NEW
    assert state_of(a_row("DRAFT")) == "DRAFT"


def test_a_line_that_says_no_more_is_a_button_without_a_reason_that_has_a_body():
    plain = a_step()
    assert (plain.needs_reason, plain.page, plain.hidden, plain.bare) == (False, "", False, False)
    assert (plain.holds, plain.bars, plain.beside) == ((ROW,), (), frozenset())
    assert str(plain) == "Turn"


def test_what_a_line_lists_cannot_be_changed_afterwards():
    bar = Bar("is_unlucky", lambda user, row: "")
    line = a_step(holds=[ROW], bars=[bar], beside=["edit"], needs_reason=True)
    assert (line.holds, line.bars, line.beside) == ((ROW,), (bar,), frozenset({"edit"}))
    assert line.needs_reason is True
    with pytest.raises(FrozenInstanceError):
        line.target = SAME
    with pytest.raises(FrozenInstanceError):
        bar.name = "is_lucky"


@pytest.mark.parametrize("status", ["DRAFT", "PUBLISHED"])
def test_from_each_of_its_states_a_step_is_open(status):
    assert a_step().require_open(a_row(status), None) is None


def test_from_another_state_it_is_over_and_the_sentence_says_where_the_row_is():
    with pytest.raises(WrongState) as refusal:
        a_step().require_open(a_row("CHECKING"), None)
    assert str(refusal.value) == "ISFP-1 is now “closed, checks under way”; “Turn” is not possible now."


def test_what_is_not_stored_yet_is_called_new():
    with pytest.raises(WrongState, match="is now “new”"):
        a_step().require_open(a_row("", is_new=True), None)


def test_who_may_not_is_told_so_before_anything_about_the_state_is():
    with pytest.raises(NotAllowed) as refusal:
        a_step(NOBODY).require_open(a_row("CHECKING"), None)
    assert str(refusal.value) == "You may not take the step “Turn” on ISFP-1."


def test_of_several_bars_the_first_that_speaks_refuses():
    bars = [
        Bar("is_silent", lambda user, row: ""),
        Bar("is_unlucky", lambda user, row: f"{user} on {row}: no."),
        Bar("is_late", lambda user, row: "Never heard."),
    ]
    with pytest.raises(NotAllowed, match="Ana on ISFP-1: no"):
        a_step(bars=bars).require_open(a_row(), "Ana")
    assert a_step(bars=bars[:1]).require_open(a_row(), "Ana") is None


def test_a_bar_is_not_asked_about_a_row_that_stands_elsewhere():
    """What it asks of the rows may mean nothing there."""
    asked = []
    watched = a_step(bars=[Bar("is_watched", lambda user, row: asked.append(row) or "")])
    with pytest.raises(WrongState):
        watched.require_open(a_row("CHECKING"), None)
    assert asked == []


@pytest.mark.parametrize(
    ("needed", "given", "is_refused"),
    [(True, "", True), (True, "Because.", False), (False, "", False), (False, "Because.", False)],
)
def test_a_reason_is_asked_for_where_the_table_says_so(needed, given, is_refused):
    line = a_step(needs_reason=needed)
    if not is_refused:
        assert line.require_word(a_row(), given) is None
        return
    with pytest.raises(Incomplete) as refusal:
        line.require_word(a_row(), given)
    assert refusal.value.gaps == {"reason": "Give the reason for “Turn”."}
