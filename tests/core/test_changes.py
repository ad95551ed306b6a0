"""Changes merged answer by answer, told as stories of two people at one text; the rest is for chance to find."""

from hypothesis import given
from hypothesis import strategies as st

from core.changes import AsTyped, Change, Seen, Waiting, in_short, merge, seen, split

A_ROW = "0f8fad5b-d9cb-469f-a165-70867728950e"


def change(name, base, value, *sent):
    return Change(name, (base, *sent), value)


def merged(*changes, standing, **others):
    return merge(changes, standing=standing, **others)


def kept(found):
    return [(change.name, change.value, now) for change, now in found.kept]


def test_a_name_is_a_row_and_a_field_or_a_field_alone():
    assert split(f"{A_ROW}-name") == (A_ROW, "name")
    assert split("title") == ("", "title")


def test_different_answers_merge_by_themselves():
    found = merged(change("title", "", "His"), standing={"title": "", "acronym": "HERS"})
    assert (found.values, found.kept) == ({"title": "His", "acronym": "HERS"}, [])


def test_the_same_answer_changed_by_two_keeps_both():
    found = merged(change("title", "Old", "His"), standing={"title": "Hers"})
    assert (found.values, kept(found)) == ({"title": "Hers"}, [("title", "His", "Hers")])


def test_two_who_write_the_same_agree():
    found = merged(change("title", "Old", "Same"), standing={"title": "Same"})
    assert (found.values, found.kept) == ({"title": "Same"}, [])


def test_what_was_sent_and_not_heard_of_is_no_conflict_with_oneself():
    found = merged(change("title", "Old", "Newest", "New"), standing={"title": "New"})
    assert (found.values, found.kept) == ({"title": "Newest"}, [])


def test_a_long_base_may_travel_as_its_hash():
    long = "x" * 201
    assert in_short(long) == {"sha256": seen(long).sha256}
    assert in_short("short") == "short"
    assert merged(change("summary", seen(long), "New"), standing={"summary": long}).values == {"summary": "New"}
    assert merged(change("summary", Seen("0"), "New"), standing={"summary": long}).values == {"summary": long}


def test_what_is_no_answer_yet_stands_as_it_was_typed_and_is_built_upon():
    found = merged(change("amount", "", AsTyped("1000 $")), standing={"amount": ""})
    assert found.values == {"amount": AsTyped("1000 $")}
    found = merged(change("amount", AsTyped("1000 $"), "1000.00"), standing=found.values)
    assert found.values == {"amount": "1000.00"}


def test_a_long_text_that_is_no_answer_yet_is_corrected_by_whoever_saw_it():
    long = AsTyped("x" * 300)  # too long for a title, drawn on the next page by its hash
    found = merged(change("title", seen(long.text), "Short"), standing={"title": long})
    assert (found.values, found.kept) == ({"title": "Short"}, [])
    mine = Waiting("title", long, is_own=True)
    found = merged(change("title", seen(long.text), "Short"), standing={"title": "Hers"}, waiting=[mine])
    assert (kept(found), found.settled) == ([("title", "Short", "Hers")], [mine])  # in the place of the own last word


def test_each_code_of_a_set_is_an_answer_of_its_own():
    mine = change("actions", frozenset("ab"), frozenset("ac"))
    found = merged(mine, standing={"actions": frozenset("abd")})
    assert (found.values, found.kept) == ({"actions": frozenset("acd")}, [])


def test_a_code_that_was_sent_unheard_and_taken_back_goes():
    mine = change("actions", frozenset("a"), frozenset("a"), frozenset("ab"))
    assert merged(mine, standing={"actions": frozenset("abd")}).values == {"actions": frozenset("ad")}


def test_a_new_row_comes_with_its_first_answer():
    found = merged(change(f"{A_ROW}-name", "", "Malta"), standing={"title": ""})
    assert found.values == {"title": "", f"{A_ROW}-name": "Malta"}


# rows that go


def removal(**base):
    return change(f"{A_ROW}-remove", base, "on")


def a_partner(**fields):
    return {f"{A_ROW}-{name}": value for name, value in {"name": "Malta", "costs": "", **fields}.items()}


def test_a_row_goes_when_it_is_as_its_remover_saw_it():
    found = merged(removal(name="Malta"), standing={**a_partner(), "title": "T"})
    assert (found.values, found.removed, found.kept) == ({"title": "T"}, [A_ROW], [])


def test_a_row_with_costs_that_its_remover_never_saw_stays_and_asks():
    found = merged(removal(name="Malta", costs=""), standing=a_partner(costs="A 123456.78"))
    assert (found.removed, kept(found)) == ([], [(f"{A_ROW}-remove", "on", "")])
    assert found.values == a_partner(costs="A 123456.78")


def test_a_removal_that_waited_waits_no_longer_when_it_is_done():
    found = merged(removal(name="Malta"), standing=a_partner(), waiting=[Waiting(f"{A_ROW}-remove", "on")])
    assert ([one.value for one in found.settled], found.waiting) == (["on"], [])


def test_an_edit_of_a_row_that_is_gone_is_kept():
    found = merged(change(f"{A_ROW}-A", "", "500.00"), standing={}, gone={A_ROW})
    assert (found.values, kept(found)) == ({}, [(f"{A_ROW}-A", "500.00", None)])


def test_removing_or_emptying_what_is_gone_asks_nobody():
    gone = [removal(name="Malta"), change(f"{A_ROW}-A", "5.00", "")]
    assert merged(*gone, standing={}, gone={A_ROW}).kept == []


def test_who_removes_a_row_in_the_same_save_loses_nothing_of_others():
    found = merged(change(f"{A_ROW}-name", "Malta", "Valletta"), removal(name="Malta"), standing=a_partner())
    assert (found.removed, found.values, found.kept) == ([A_ROW], {}, [])


# what waits to be decided


def test_an_author_s_next_word_takes_the_place_of_the_one_that_waits():
    found = merged(
        change("title", "His", "His, longer"),
        standing={"title": "Hers"},
        waiting=[Waiting("title", "His", is_own=True)],
    )
    assert kept(found) == [("title", "His, longer", "Hers")]
    assert [one.value for one in found.settled] == ["His"]


def test_a_word_of_somebody_else_that_waits_is_never_struck():
    hers = Waiting("title", "Third")
    found = merged(change("title", "Third", "His"), standing={"title": "Now"}, waiting=[hers])
    assert (found.settled, kept(found)) == ([], [("title", "His", "Now")])


def test_a_change_sent_twice_waits_once():
    mine = change("title", "Old", "His")
    found = merged(mine, mine, standing={"title": "Hers"})
    assert len(found.kept) == 1
    assert merged(mine, standing={"title": "Hers"}, waiting=[Waiting("title", "His", is_own=True)]).kept == []


def test_the_same_word_of_two_waits_for_each_of_them():
    """Else it would go with whoever thinks better of it first."""
    found = merged(change("title", "Old", "Same"), standing={"title": "Now"}, waiting=[Waiting("title", "Same")])
    assert kept(found) == [("title", "Same", "Now")]


def test_what_is_taken_waits_no_longer():
    found = merged(change("title", "Hers", "His"), standing={"title": "Hers"}, waiting=[Waiting("title", "His")])
    assert (found.values, [one.value for one in found.settled]) == ({"title": "His"}, ["His"])


WORDS = st.sampled_from(["", "a", "b", "c"])
CHANGES = st.lists(
    st.builds(change, st.sampled_from(["title", f"{A_ROW}-name", "summary"]), WORDS, WORDS.filter(bool)), max_size=6
)


@given(CHANGES, st.fixed_dictionaries({"title": WORDS, "summary": WORDS}), st.booleans())
def test_whatever_is_sent_stands_or_waits_or_gave_way_to_the_same_author_s_next_word(changes, standing, is_gone):
    found = merge(changes, standing=standing, gone={A_ROW} if is_gone else frozenset())
    waiting = {(one.name, one.value) for one in found.waiting}
    last = {one.name: one for one in changes}
    for name, one in last.items():
        assert found.values.get(name) == one.value or (name, one.value) in waiting, (changes, found)
    for name, value in standing.items():
        touched = [one for one in changes if one.name == name]
        assert touched or found.values[name] == value
