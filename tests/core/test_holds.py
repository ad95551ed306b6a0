"""The one order in which the house holds things, and what each hold gives the act."""

import pytest
from django.db import connection

from core.holds import ROW, Hold, by_name, require_order, row_again, take_all
from programmes.models import Call

WHERE = "awards.actions: decide"


def hold(name, place, take=None, field=""):
    return Hold(name, place, take or (lambda row: None), field)


@pytest.mark.parametrize("places", [[], [10], [10, 20], [10, 20, 30], [-1, 0]])
def test_ascending_places_are_the_house_s_order(places):
    assert require_order([hold(f"h{place}", place) for place in places], place=50, where=WHERE) is None


@pytest.mark.parametrize("places", [[20, 10], [10, 10], [10, 30, 20], [0, -1]])
def test_anything_else_is_named_with_the_place_of_each(places):
    with pytest.raises(TypeError) as refusal:
        require_order([hold(f"h{place}", place) for place in places], place=50, where=WHERE)
    told = ", ".join(f"h{place} ({place})" for place in places)
    assert str(refusal.value) == f"{WHERE} takes its holds out of the house's order: {told}"


@pytest.mark.parametrize(("place", "is_in_order"), [(9, False), (10, False), (11, True), (19, True), (20, False)])
def test_the_row_stands_at_the_place_of_its_kind(place, is_in_order):
    holds = [hold("before", 10), ROW, hold("after", 20)]
    if is_in_order:
        assert require_order(holds, place=place, where=WHERE) is None
        return
    with pytest.raises(TypeError, match=rf"the row \({place}\)"):
        require_order(holds, place=place, where=WHERE)


def test_a_hold_cannot_be_changed_after_the_table_was_judged_by_it():
    with pytest.raises(AttributeError):
        ROW.place = 0
    assert str(hold("its call", 1)) == "its call"


def test_holds_are_taken_in_the_order_of_the_table_and_each_asks_the_row():
    taken, row = [], Call(reference="ISFP-1")
    first, second = (hold(name, 1, lambda row, name=name: taken.append((name, row))) for name in ("first", "second"))
    assert take_all(row, [first, ROW, second]) is row
    assert taken == [("first", row), ("second", row)]


def test_what_a_hold_read_again_stands_in_the_row_s_place_for_it():
    fresh, row = Call(title="Fresh"), Call(title="Row")
    given = take_all(row, [hold("its twin", 1, lambda row: fresh, "twin"), ROW])
    assert (given, given.twin) == (row, fresh)


@pytest.mark.parametrize(("found", "field"), [(None, "title"), (Call(), "")])
def test_a_hold_that_found_nothing_or_has_no_place_in_the_row_changes_nothing_there(found, field):
    row = take_all(Call(title="Row"), [hold("a name", 1, lambda row: found, field), ROW])
    assert row.title == "Row"
    assert vars(row).keys() == vars(Call(title="Row")).keys()


def test_a_new_row_is_nobody_else_s_and_is_not_read_again():
    row = Call(reference="ISFP-1")
    assert row_again(row) is row


@pytest.mark.django_db
@pytest.mark.parametrize(("mine", "theirs", "is_free"), [
    (True, True, True), (True, False, False), (False, True, False), (False, False, False),
])  # fmt: skip
def test_a_name_is_shared_by_those_who_share_it_and_by_nobody_else(mine, theirs, is_free):
    elsewhere = connection.copy()
    by_name("closing", lambda row: "closing:1", place=1, shared=mine).take(None)
    try:
        assert is_free_to(elsewhere, "closing:1", shared=theirs) is is_free
        assert is_free_to(elsewhere, "closing:2", shared=theirs)
    finally:
        elsewhere.close()


def is_free_to(session, name, *, shared):
    """Whether another session would get the name without waiting."""
    kind = "_shared" if shared else ""
    with session.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock{kind}(hashtextextended(%s, 0))", [name])
        return cursor.fetchone()[0]
