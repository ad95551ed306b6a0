"""The proposed distribution: everybody who can be served is served, nobody against a conflict, the load even."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.distribution import propose, short_of


def spread_evenly(applications, evaluators, **details):
    return propose(applications, evaluators, **{"wanted": 2, "present": set(), "barred": set(), **details})


def load_of(pairs):
    return Counter(evaluator for _application, evaluator in pairs)


def test_everybody_gets_as_many_as_the_others():
    pairs = spread_evenly(list("abcdef"), ["x", "y", "z"])

    assert load_of(pairs) == {"x": 4, "y": 4, "z": 4}
    assert all(Counter(a for a, _e in pairs)[one] == 2 for one in "abcdef")


def test_what_is_there_counts_and_is_not_asked_for_again():
    pairs = spread_evenly(["a", "b"], ["x", "y", "z"], present={("a", "x"), ("b", "x")})

    assert len(pairs) == 2
    assert load_of(pairs) == {"y": 1, "z": 1}


def test_conflicts_are_avoided_even_where_somebody_goes_without():
    pairs = spread_evenly(["a", "b"], ["x", "y"], barred={("a", "x")})

    assert pairs == [("a", "y"), ("b", "x"), ("b", "y")]
    assert short_of(["a", "b"], wanted=2, pairs=pairs) == {"a": 1}


def test_whoever_alone_can_take_two_gets_none_of_the_others():
    barred = {(one, who) for one in "ab" for who in "yz"}

    assert load_of(spread_evenly(list("cdab"), ["x", "y", "z"], wanted=1, barred=barred)) == {"x": 2, "y": 1, "z": 1}


@pytest.mark.parametrize(("applications", "evaluators"), [([], ["x"]), (["a"], [])])
def test_nobody_to_serve_or_to_ask(applications, evaluators):
    assert spread_evenly(applications, evaluators) == []


names = st.integers(0, 7).map("app{}".format)
people = st.integers(0, 5).map("eva{}".format)
some_pairs = st.sets(st.tuples(names, people), max_size=12)


@given(
    applications=st.lists(names, unique=True), evaluators=st.lists(people, unique=True), wanted=st.integers(1, 3),
    present=some_pairs, barred=some_pairs,
)  # fmt: skip
def test_what_must_hold_of_every_proposal(applications, evaluators, wanted, present, barred):
    barred -= present
    pairs = propose(applications, evaluators, wanted=wanted, present=present, barred=barred)
    given_to = Counter(a for a, _e in [*present, *pairs])

    assert len(set(pairs)) == len(pairs)
    assert not set(pairs) & (present | barred)
    for one in applications:
        free = [e for e in evaluators if (one, e) not in present | barred]
        had = sum(1 for a, _e in present if a == one)
        assert given_to[one] == had + min(len(free), max(wanted - had, 0))
    assert propose(applications, evaluators, wanted=wanted, present=present, barred=barred) == pairs


@given(
    applications=st.lists(names, unique=True, min_size=1), evaluators=st.lists(people, unique=True, min_size=2),
    barred=some_pairs,
)  # fmt: skip
def test_nobody_could_hand_one_over_and_make_it_more_even(applications, evaluators, barred):
    pairs = spread_evenly(applications, evaluators, wanted=1, barred=barred)
    load = load_of(pairs)

    for application, giver in pairs:
        takers = [e for e in evaluators if (application, e) not in barred and (application, e) not in pairs]
        assert all(load[taker] >= load[giver] - 1 for taker in takers)
