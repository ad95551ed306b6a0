"""Conflicts that the system sees by itself, from names and codes: pure, whatever alphabet and whatever punctuation."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.conflicts import Crowd, Party, Person, conflict_between, of_the_same_house, plain
from evaluation.conflicts.grounds import Case, of_one_house, of_one_state
from evaluation.distribution import propose

POLICE = Party("Ελληνική Αστυνομία", "EL", "Hellenic Police", key="1")
GUARD = Party("Policja", "PL")


def a_person(**held):
    """What somebody holds by the roles: `states`, `houses`, `keys`."""
    return Person("P", **{name: frozenset(values) for name, values in held.items()})


@pytest.mark.parametrize(("one", "other"), [
    ("Hellenic Police", "HELLENIC  POLICE"), ("Hellenic-Police", "Hellenic Police."), ("ΑΣΤΥΝΟΜΙΑ", "αστυνομια"),
    ("Straße", "STRASSE"), ("ﬁnance", "finance"), ("Policja (KGP)", "policja kgp"), ("  x  ", "x"),
])  # fmt: skip
def test_one_name_has_one_plain_spelling(one, other):
    assert plain(one) == plain(other)


@given(st.text(max_size=30))
def test_a_plain_spelling_stays_as_it_is(name):
    assert plain(plain(name)) == plain(name)


@pytest.mark.parametrize(("person", "same"), [
    (a_person(keys=["1"]), True), (a_person(keys=["2"]), False), (a_person(houses=["hellenic police"]), True),
    (a_person(houses=["Ελληνική-Αστυνομία"]), True), (a_person(houses=["Hellenic Police"]), True),
    (a_person(houses=["HELLENIC POLICE"]), True), (a_person(houses=["Hellenic Coast Guard"]), False),
    (a_person(), False), (a_person(houses=[" - "]), False),
])  # fmt: skip
def test_who_is_of_the_same_house(person, same):
    assert of_the_same_house(person, POLICE) is same


def test_two_without_a_name_are_not_of_one_house():
    assert not of_the_same_house(a_person(houses=[""]), Party("", "EL"))
    assert not of_the_same_house(a_person(), Party("X", "EL", key=""))


@pytest.mark.parametrize(("state", "rule", "words"), [
    ("EL", True, "is from EL, like"), ("EL", False, None), ("PL", True, "is from PL, like Policja"), ("FR", True, None),
    ("", True, None),
])  # fmt: skip
def test_the_same_member_state_is_a_conflict_where_the_call_says_so(state, rule, words):
    found = conflict_between(a_person(states=[state]), [POLICE, GUARD], same_state_conflicts=rule)

    assert (words in found) if words else found is None


def test_the_own_house_is_said_before_the_own_state():
    person = a_person(states=["PL"], houses=["Hellenic Police"])

    assert "belongs to" in conflict_between(person, [GUARD, POLICE], same_state_conflicts=True)


def test_without_parties_there_is_no_conflict():
    assert conflict_between(a_person(states=["EL"], keys=["1"]), [], same_state_conflicts=True) is None


# what is proposed


PAIRS = st.sets(st.tuples(st.sampled_from("ABCD"), st.sampled_from("wxyz")), max_size=10)


@given(PAIRS, PAIRS, st.integers(1, 3))
def test_a_proposal_never_assigns_twice_never_past_a_conflict_and_never_too_many(present, barred, wanted):
    applications, people = list("ABCD"), list("wxyz")

    pairs = propose(applications, people, wanted=wanted, present=present, barred=barred)

    assert len(set(pairs)) == len(pairs)
    assert not set(pairs) & (present | barred)
    for one in applications:
        had = sum(a == one for a, _e in present)
        got = sum(a == one for a, _e in pairs)
        free = [e for e in people if (one, e) not in present and (one, e) not in barred]
        assert got == min(max(wanted - had, 0), len(free))


@given(PAIRS, PAIRS)
def test_the_same_question_gives_the_same_proposal(present, barred):
    said = {"wanted": 2, "present": present, "barred": barred}

    assert propose(list("ABCD"), list("wxyz"), **said) == propose(list("ABCD"), list("wxyz"), **said)


few_names = st.sampled_from(["", "Policja", "POLICJA.", "Hellenic Police", "Guard"])
few_keys, few_states = st.sampled_from(["", "1", "2"]), st.sampled_from(["", "EL", "PL"])
some_people = st.builds(
    Person, st.just("P"), states=st.frozensets(few_states), houses=st.frozensets(few_names),
    keys=st.frozensets(few_keys),
)  # fmt: skip
some_parties = st.builds(Party, few_names, few_states, latin_name=few_names, key=few_keys)


@given(st.dictionaries(st.integers(0, 9), some_people), st.lists(some_parties, max_size=3), st.booleans())
def test_a_crowd_is_judged_as_each_of_its_people_alone(people, parties, same_state):
    alone = {
        one for one, person in people.items() if conflict_between(person, parties, same_state_conflicts=same_state)
    }  # fmt: skip

    application = SimpleNamespace(call=SimpleNamespace(same_state_conflicts=same_state))
    case = Case(application, parties, Crowd(people), facts=None)
    of_one_house(case)
    of_one_state(case)
    assert set(case.found) == alone
