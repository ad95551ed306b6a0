"""The proposed distribution: everybody who can be served is served, nobody against a conflict, the load even."""

from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.distribution import Short, Wish, distribute, propose
from tests.evaluation.greedy import greedy


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


# the flow against the greedy way of before, and against every way there is


def worth(applications, evaluators, pairs, present, wanted):
    """What a proposal is judged by, better ones first: who gets somebody at all, how many, how even."""
    served = Counter(a for a, _e in [*present, *pairs])
    turns = [-sum(1 for one in applications if served[one] > turn) for turn in range(wanted)]
    return [*turns, unevenness(evaluators, [*present, *pairs])]


def unevenness(evaluators, pairs):
    load = load_of(pairs)
    return sum(load[one] ** 2 for one in evaluators)


@given(
    applications=st.lists(names, unique=True), evaluators=st.lists(people, unique=True), wanted=st.integers(1, 3),
    present=some_pairs, barred=some_pairs,
)  # fmt: skip
def test_it_is_never_worse_than_the_greedy_one(applications, evaluators, wanted, present, barred):
    barred -= present
    asked = {"wanted": wanted, "present": present, "barred": barred}
    judged = applications, evaluators
    ours, theirs = propose(*judged, **asked), greedy(*judged, **asked)

    assert worth(*judged, ours, present, wanted) <= worth(*judged, theirs, present, wanted)


def every_way(applications, evaluators, wish, present, barred):
    """All proposals that break no hard rule, the long way."""
    choices = []
    for one in applications:
        sitting = [e for a, e in present if a == one]
        free = [e for e in evaluators if (one, e) not in present | barred]
        room = max(wish.wanted - len(sitting), 0)
        chosen = [c for n in range(room + 1) for c in combinations(free, n) if apart(c, sitting, wish.houses)]
        choices.append([[(one, e) for e in c] for c in chosen])
    for chosen in product(*choices):
        pairs = [pair for some in chosen for pair in some]
        load = load_of([*present, *pairs])
        if all(load[e] <= wish.limit_of(e) for e in {e for _a, e in pairs}):
            yield pairs


def apart(chosen, sitting, houses):
    """No two of one house, of whom one is chosen now."""
    pairs = [*combinations(chosen, 2), *product(chosen, sitting)]
    return not any(houses.get(one) and houses.get(one) == houses.get(other) for one, other in pairs)


few_names, few_people = st.integers(0, 2).map("app{}".format), st.integers(0, 3).map("eva{}".format)
few_pairs = st.sets(st.tuples(few_names, few_people), max_size=4)


@given(
    applications=st.lists(few_names, unique=True, min_size=1), evaluators=st.lists(few_people, unique=True, min_size=1),
    wanted=st.integers(1, 2), limit=st.integers(1, 4), present=few_pairs, barred=few_pairs,
    houses=st.dictionaries(few_people, st.sampled_from(["A", "B"])), seed=st.integers(0, 3),
    limits=st.dictionaries(few_people, st.integers(1, 3)),
    fits=st.dictionaries(few_names, st.dictionaries(few_people, st.integers(1, 3))),
)  # fmt: skip
def test_no_way_at_all_is_better_and_no_hard_rule_is_broken(
    applications, evaluators, wanted, limit, present, barred, houses, seed, limits, fits
):
    barred -= present
    wish = Wish(wanted, limit=limit, limits=limits, houses=houses, fits=fits, seed=seed)
    ways = list(every_way(applications, evaluators, wish, present, barred))

    found = distribute(applications, evaluators, wish, present=present, barred=barred)

    assert sorted(found.pairs) in [sorted(one) for one in ways]
    best = min(worth(applications, evaluators, one, present, wanted) for one in ways)
    assert worth(applications, evaluators, found.pairs, present, wanted) == best
    assert found == distribute(applications, evaluators, wish, present=present, barred=barred)


def fit_of(wish, pairs):
    return sum(wish.fit(*pair) for pair in pairs)


def test_of_ways_that_are_as_even_the_one_is_taken_that_fits():
    fits = {one: {"x": 1} if one in "abc" else {"y": 2} for one in "abcdef"}
    found = distribute(list("dafbec"), ["y", "x"], Wish(1, fits=fits), present=set(), barred=set())

    assert load_of(found.pairs) == {"x": 3, "y": 3}
    assert fit_of(Wish(1, fits=fits), found.pairs) == 9


@given(
    applications=st.lists(names, unique=True), evaluators=st.lists(people, unique=True), wanted=st.integers(1, 2),
    barred=some_pairs, fits=st.dictionaries(names, st.dictionaries(people, st.integers(1, 3))),
)  # fmt: skip
def test_what_fits_costs_nobody_anything(applications, evaluators, wanted, barred, fits):
    """As many are served, as evenly; and no two evaluators could be exchanged and fit better."""
    asked, wish = {"present": set(), "barred": barred}, Wish(wanted, fits=fits)
    plainly = distribute(applications, evaluators, Wish(wanted), **asked)
    fitting = distribute(applications, evaluators, wish, **asked)

    assert len(fitting.pairs) == len(plainly.pairs)
    assert unevenness(evaluators, fitting.pairs) == unevenness(evaluators, plainly.pairs)
    assert not set(fitting.pairs) & barred
    for (one, x), (other, y) in combinations(fitting.pairs, 2):
        changed = {(one, y), (other, x)}
        if one != other and x != y and not changed & (barred | set(fitting.pairs)):
            assert fit_of(wish, changed) <= fit_of(wish, [(one, x), (other, y)])


def test_at_two_thousand_by_three_hundred_what_fits_is_a_matter_of_seconds_too():
    applications, evaluators = range(2000), range(300)
    fits = {a: {e: 1 + (a + e) % 3 for e in evaluators if (a * 3 + e) % 5 == 0} for a in applications}
    limits = {e: 25 for e in evaluators if e % 3}
    wish = Wish(3, limits=limits, fits=fits)

    found = distribute(applications, evaluators, wish, present=set(), barred=set())

    assert len(found.pairs) == 6000
    assert set(found.load.values()) == {20}
    assert fit_of(wish, found.pairs) > 2 * 6000


def test_another_seed_draws_another_lot_and_is_as_even():
    asked = list("abcdef"), ["x", "y", "z"]
    ways = [
        tuple(distribute(*asked, Wish(1, seed=seed), present=set(), barred=set()).pairs) for seed in range(5)
    ]  # fmt: skip

    assert len(set(ways)) > 1
    assert {tuple(sorted(load_of(one).values())) for one in ways} == {(2, 2, 2)}


def test_who_lacks_says_by_which_rule():
    wish = Wish(4, limit=1, houses={"x": "H", "y": "H", "here": "H"})
    found = distribute(
        ["a"], ["here", "x", "y", "busy", "kin", "free"], wish,
        present={("a", "here"), ("b", "busy")}, barred={("a", "kin")},
    )  # fmt: skip

    assert found.pairs == [("a", "free")]
    assert found.short == {"a": Short(missing=2, barred=1, full=1, housed=2)}
    assert found.free == {"a": 4}
    assert found.load == {"here": 1, "x": 0, "y": 0, "busy": 1, "kin": 0, "free": 1}


def test_earlier_ones_give_way_so_that_everybody_is_served():
    """The greedy way gave x to whoever came first and left the other without."""
    barred = {("b", "y"), ("c", "x")}

    found = distribute(["a", "b", "c"], ["x", "y"], Wish(1, limit=2), present={("d", "y")}, barred=barred)

    assert found.pairs == [("a", "x"), ("b", "x"), ("c", "y")]
    assert found.short == {}


def test_two_thousand_by_three_hundred_is_a_matter_of_seconds():
    applications, evaluators = range(2000), range(300)
    barred = {(a, e) for a in applications for e in evaluators if (a * 7 + e) % 10 == 0}
    houses = {e: e % 40 + 1 for e in evaluators}

    found = distribute(applications, evaluators, Wish(3, limit=20, houses=houses), present=set(), barred=barred)

    assert len(found.pairs) == 6000
    assert set(found.load.values()) == {20}
    assert not set(found.pairs) & barred
