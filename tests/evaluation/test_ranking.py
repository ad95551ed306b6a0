"""The ranked list: one order for every input order, exact ties, a budget that is never exceeded."""

import hashlib
import json
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.ranking import Candidate, Decided, Terms, facts_of, open_ties, ranked, seal_of

NOON = datetime(2021, 1, 20, 12, 0, tzinfo=UTC)
CRITERIA = [("REL", 40, "25", "1"), ("QUA", 40, None, "1"), ("IMP", 20, None, "1")]


def terms(**changes):
    criteria = tuple(
        SimpleNamespace(
            code=code, title={"REL": "Relevance", "QUA": "Quality", "IMP": "Impact"}[code], maximum=Decimal(maximum),
            step=Decimal("0.5"), weight=Decimal(weight), threshold=None if threshold is None else Decimal(threshold),
        )
        for code, maximum, threshold, weight in CRITERIA
    )  # fmt: skip
    values = {
        "criteria": criteria, "tie_break": ("REL", "QUA", "TIME", "COMMITTEE"), "overall_threshold": Decimal(70),
        "budget": Decimal("1000000"), "has_reserve": True,
    }  # fmt: skip
    return Terms(**{**values, **changes})


def candidate(number, rel, qua, imp, *, minutes=0, contribution="500000", topics=()):
    points = {"REL": Decimal(str(rel)), "QUA": Decimal(str(qua)), "IMP": Decimal(str(imp))}
    return Candidate(f"id-{number}", number, NOON + timedelta(minutes=minutes), points, Decimal(contribution), topics)


def outcome(entries):
    return [(one.candidate.number, one.rank, one.place) for one in entries]


def test_vector_of_the_facts():
    """facts.md §7.5: 88, 81, 81, 74, 69; threshold 70; budget for two: the tie-break funds one of the two 81."""
    entries = ranked(
        [
            candidate("E", 26, 28, 15), candidate("D", 28, 30, 16), candidate("B", 32, 33, 16),
            candidate("C", 33, 32, 16), candidate("A", 35, 36, 17),
        ],
        terms(),
    )  # fmt: skip

    assert [one.total for one in entries] == [88, 81, 81, 74, 69]
    assert outcome(entries) == [
        ("A", 1, "MAIN"), ("C", 2, "MAIN"), ("B", 3, "RESERVE"), ("D", 4, "RESERVE"), ("E", None, "REJECTED"),
    ]  # fmt: skip
    assert [one.cumulative for one in entries] == [500000, 1000000, 1000000, 1000000, 1000000]
    assert [one.stage for one in entries] == ["", "", "BUDGET", "BUDGET", "THRESHOLD"]


def test_a_tie_is_explained_to_both_sides():
    entries = ranked([candidate("B", 32, 33, 16), candidate("C", 33, 32, 16)], terms())

    assert [one.tie_break for one in entries] == [
        "Same total (81) as B; ranked before it by criterion REL Relevance: 33 against 32 points.",
        "Same total (81) as C; ranked after it by criterion REL Relevance: 33 against 32 points.",
    ]


def test_then_the_earlier_submission_decides_and_the_number_never():
    entries = ranked(
        [candidate("Y", 33, 32, 16, minutes=1), candidate("X", 33, 32, 16, minutes=1), candidate("Z", 33, 32, 16)],
        terms(),
    )  # fmt: skip

    assert [one.candidate.number for one in entries] == ["Z", "X", "Y"]
    assert "earlier submission: 2021-01-20 13:00:00.000" in entries[0].tie_break
    assert "after it by earlier submission" in entries[1].tie_break
    assert "as Y and equal by all that the call announced: the committee decides." in entries[1].tie_break
    assert "as X and equal by all that the call announced: the committee decides." in entries[2].tie_break
    assert open_ties(entries) == [["id-X", "id-Y"]]


EQUAL = [candidate("X", 33, 32, 16), candidate("Y", 33, 32, 16), candidate("Z", 33, 32, 16)]


def test_the_committee_s_decision_ends_the_very_tie_it_was_about():
    keys = ("id-Y", "id-Z", "id-X")
    decided = {frozenset(keys): Decided(order=keys, reason="Y closes a gap on the Danube.")}
    entries = ranked(EQUAL, terms(decided=decided))

    assert [one.candidate.number for one in entries] == ["Y", "Z", "X"]
    assert open_ties(entries) == []
    assert "after it by decision of the evaluation committee (Y closes a gap on the Danube)." in entries[1].tie_break
    assert open_ties(ranked(EQUAL[:2], terms(decided=decided))) == [["id-X", "id-Y"]]


def test_each_tie_that_the_committee_decided_says_its_own_reason():
    """Of two decisions the words are those of the one that spoke of these two."""
    pair = [candidate("P", 30, 30, 20), candidate("Q", 30, 30, 20)]
    decided = {
        frozenset(["id-X", "id-Y", "id-Z"]): Decided(order=["id-X", "id-Y", "id-Z"], reason="X covers the Danube."),
        frozenset(["id-P", "id-Q"]): Decided(order=["id-Q", "id-P"], reason="Q trains more officers."),
    }
    said = {one.candidate.number: one.tie_break for one in ranked([*EQUAL, *pair], terms(decided=decided))}
    assert "Q trains more officers" in said["P"]
    assert "Q trains more officers" in said["Q"]
    assert "the Danube" in said["X"]
    assert "the Danube" in said["Z"]


@pytest.mark.parametrize(("rules", "topics", "order", "words"), [
    (("AMOUNT", "COMMITTEE"), (), "BA", "smaller requested contribution: EUR\xa0100.00 against EUR\xa0200.00"),
    (("TOPIC", "COMMITTEE"), ("2", "1"), "BA", "action type by priority: 2 against 1"),
    (("TOPIC", "COMMITTEE"), ("1", "2"), "AB", "action type by priority: 1 against 2"),
    (("TIME", "AMOUNT", "COMMITTEE"), (), "AB", "earlier submission: 2021-01-20 13:00:00.000"),
])  # fmt: skip
def test_each_rule_that_was_announced_decides_in_its_turn(rules, topics, order, words):
    rows = [
        candidate("A", 33, 32, 16, contribution="200", topics=("1",)),
        candidate("B", 33, 32, 16, contribution="100", topics=("2",), minutes=1),
    ]
    entries = ranked(rows, terms(tie_break=rules, topics=topics))

    assert "".join(one.candidate.number for one in entries) == order
    assert words in entries[0].tie_break


def test_a_tie_below_a_threshold_needs_nobody_s_decision():
    entries = ranked([candidate("A", 20, 40, 15), candidate("B", 20, 40, 15)], terms())

    assert [(one.rank, one.position, one.tie_break) for one in entries] == [(None, 1, ""), (None, 2, "")]
    assert open_ties(entries) == []


def test_without_a_tie_nothing_is_explained():
    assert [one.tie_break for one in ranked([candidate("A", 35, 36, 17), candidate("B", 32, 33, 16)], terms())] == [
        "",
        "",
    ]


def test_the_rejected_are_told_the_announced_criterion():
    (entry,) = ranked([candidate("A", 20, 40, 15)], terms())

    assert entry.place == "REJECTED"
    assert entry.reason == "Criterion REL Relevance: 20 of 40 points, below its threshold of 25."


def test_the_rejected_have_no_rank_and_use_no_money():
    entries = ranked([candidate("A", 24, 40, 20), candidate("B", 30, 30, 15)], terms())

    assert outcome(entries) == [("B", 1, "MAIN"), ("A", None, "REJECTED")]
    assert [one.cumulative for one in entries] == [500000, 500000]


def test_nobody_is_overtaken_at_the_budget_line():
    """The second does not fit; the third would, but stands after it."""
    entries = ranked(
        [
            candidate("A", 35, 36, 17, contribution="700000"), candidate("B", 34, 33, 16, contribution="400000"),
            candidate("C", 33, 30, 16, contribution="100000"),
        ],
        terms(),
    )  # fmt: skip

    assert outcome(entries) == [("A", 1, "MAIN"), ("B", 2, "RESERVE"), ("C", 3, "RESERVE")]
    assert "the requested EUR\xa0400\xa0000.00 do not fit any more" in entries[1].reason
    assert "is exhausted from rank 2 on" in entries[2].reason


def test_without_a_reserve_list_they_are_rejected_for_the_budget():
    entries = ranked(
        [candidate("A", 35, 36, 17), candidate("B", 34, 33, 16)], terms(budget=Decimal("500000"), has_reserve=False)
    )

    assert outcome(entries) == [("A", 1, "MAIN"), ("B", 2, "REJECTED")]
    assert entries[1].stage == "BUDGET"
    assert entries[1].reason.startswith("All thresholds passed")


def test_a_request_that_takes_the_last_cent_fits_and_one_cent_more_does_not():
    exact = ranked([candidate("A", 35, 36, 17, contribution="1000000")], terms())
    above = ranked([candidate("A", 35, 36, 17, contribution="1000000.01")], terms())

    assert [exact[0].place, above[0].place] == ["MAIN", "RESERVE"]


def test_no_candidates_no_list():
    assert ranked([], terms()) == []


def test_an_announced_order_and_a_signed_rank_are_not_changed_afterwards():
    the_terms, one = terms(), candidate("A", 35, 36, 17)
    (entry,) = ranked([one], the_terms)

    for row, name in [(the_terms, "budget"), (one, "contribution"), (entry, "rank")]:
        with pytest.raises(FrozenInstanceError):
            setattr(row, name, 0)


def test_a_tie_break_that_is_no_criterion_is_passed_over():
    entries = ranked([candidate("B", 32, 33, 16), candidate("C", 33, 32, 16)], terms(tie_break=("GONE", "QUA")))

    assert [one.candidate.number for one in entries] == ["B", "C"]


# properties

half_points = st.integers(min_value=0, max_value=80).map(lambda halves: Decimal(halves) / 2)
requests = st.integers(min_value=0, max_value=60_000_000).map(lambda cents: Decimal(cents) / 100)


@st.composite
def candidates(draw):
    """Few possible points and times, so that ties are common."""
    number = draw(st.integers(min_value=0, max_value=12))
    impacts = st.sampled_from([Decimal(10), Decimal("15.5"), Decimal(20)])
    few = st.sampled_from([Decimal("24.5"), Decimal(25), Decimal(30), Decimal("30.5"), Decimal(40)])
    return [
        Candidate(
            f"id-{place}", f"APP-{place:04d}", NOON + timedelta(minutes=draw(st.integers(0, 2))),
            {"REL": draw(few), "QUA": draw(few), "IMP": draw(impacts)},
            draw(requests), draw(st.sampled_from([("a",), ("b",), ("a", "c"), ()])),
        )
        for place in range(number)
    ]  # fmt: skip


all_terms = st.builds(
    terms,
    tie_break=st.sampled_from(
        [
            ("COMMITTEE",),
            ("REL", "TIME", "COMMITTEE"),
            ("QUA", "AMOUNT", "IMP", "COMMITTEE"),
            ("TOPIC", "IMP", "QUA", "REL", "COMMITTEE"),
        ]
    ),
    topics=st.permutations(["a", "b", "c"]).map(tuple),
    overall_threshold=st.sampled_from([Decimal(0), Decimal(70), Decimal("85.5")]),
    budget=st.sampled_from([Decimal("0.01"), Decimal(500_000), Decimal(1_000_000), Decimal(99_000_000)]),
    has_reserve=st.booleans(),
)


@given(some=candidates(), the_terms=all_terms, shuffle=st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(some, the_terms, shuffle):
    mixed = list(some)
    shuffle.shuffle(mixed)

    assert seal_of(map(facts_of, ranked(some, the_terms))) == seal_of(map(facts_of, ranked(mixed, the_terms)))


@given(some=candidates(), the_terms=all_terms)
def test_an_independent_reckoning_agrees(some, the_terms):
    entries = ranked(some, the_terms)

    assert [(one.candidate.number, one.place, one.cumulative) for one in entries] == independently(some, the_terms)


def independently(some, the_terms):
    """The same rules said again in fractions and repeated searching, sharing no line with the house's own."""
    left, used, closed, found = list(some), Fraction(0), False, []
    while left:
        best = left[0]
        for other in left[1:]:
            if beats(other, best, the_terms):
                best = other
        left.remove(best)
        asked = Fraction(best.contribution)
        passed = has_passed(best, the_terms)
        if passed and not closed and used + asked <= Fraction(the_terms.budget):
            used += asked
            place = "MAIN"
        elif passed:
            closed = True
            place = "RESERVE" if the_terms.has_reserve else "REJECTED"
        else:
            place = "REJECTED"
        found.append((best.number, place, Decimal(used.numerator) / used.denominator))
    return found


def has_passed(one, the_terms):
    return weight_of(one, the_terms) >= Fraction(the_terms.overall_threshold) and all(
        c.threshold is None or one.points[c.code] >= c.threshold for c in the_terms.criteria
    )


def weight_of(one, the_terms):
    return sum(Fraction(one.points[c.code]) * Fraction(c.weight) for c in the_terms.criteria)


def beats(one, other, the_terms):
    if has_passed(one, the_terms) != has_passed(other, the_terms):
        return has_passed(one, the_terms)
    mine, theirs = weight_of(one, the_terms), weight_of(other, the_terms)
    if mine != theirs:
        return mine > theirs
    for rule in the_terms.tie_break if has_passed(one, the_terms) else ():
        if said_about(one, rule, the_terms) != said_about(other, rule, the_terms):
            return said_about(one, rule, the_terms) < said_about(other, rule, the_terms)
    return one.number < other.number


def said_about(one, rule, the_terms):
    if rule == "TIME":
        return one.submitted_at
    if rule == "AMOUNT":
        return one.contribution
    if rule == "TOPIC":
        wanted = [place for place, topic in enumerate(the_terms.topics) if topic in one.topics]
        return wanted[0] if wanted else 99
    return 0 if rule == "COMMITTEE" else -one.points[rule]


@given(some=candidates(), the_terms=all_terms)
def test_what_must_hold_of_every_list(some, the_terms):
    entries = ranked(some, the_terms)
    main = [one for one in entries if one.place == "MAIN"]

    passed = [one for one in entries if one.stage != "THRESHOLD"]

    assert [one.position for one in entries] == list(range(1, len(some) + 1))
    assert [one.rank for one in entries] == [*range(1, len(passed) + 1), *[None] * (len(some) - len(passed))]
    assert all(one.cumulative <= the_terms.budget for one in entries)
    assert sum((one.candidate.contribution for one in main), Decimal(0)) == max(
        (one.cumulative for one in entries), default=0
    )
    assert all(one.reason for one in entries if one.place != "MAIN")
    assert all(bool(one.stage) == (one.place != "MAIN") for one in entries)
    last_main = max((one.rank for one in main), default=0)
    assert all(one.rank > last_main for one in entries if one.stage == "BUDGET")
    tied = {key for tie in open_ties(entries) for key in tie}
    for above, below in pairwise(passed):
        assert above.total >= below.total
        said = "ranked before it" in above.tie_break or "the committee decides" in above.tie_break
        assert said or above.total != below.total
    assert all(("the committee decides" in one.tie_break) == (one.candidate.key in tied) for one in entries)


@pytest.mark.parametrize("number", ["A", "Ω-1"])
def test_the_seal_is_plain_sha256_over_plain_json(number):
    """Anybody can compute it from the exported columns, which hold every alphabet as it is written."""
    (entry,) = ranked([candidate(number, 35, 36, 17)], terms())
    told = {
        "position": 1, "rank": 1, "application": f"id-{number}", "number": number, "place": "MAIN",
        "stage": "", "total": "88.0000",
        "points": {"REL": "35.00", "QUA": "36.00", "IMP": "17.00"}, "tie_break": "", "reason": "",
        "contribution": "500000.00", "cumulative": "500000.00",
    }  # fmt: skip
    text = json.dumps([told], sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert seal_of([facts_of(entry)]) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("change", ["total", "place", "reason", "cumulative", "rank", "position"])
def test_any_changed_fact_breaks_the_seal(change):
    (entry,) = ranked([candidate("A", 35, 36, 17)], terms())
    told = facts_of(entry)

    assert seal_of([told]) != seal_of([{**told, change: 99}])
