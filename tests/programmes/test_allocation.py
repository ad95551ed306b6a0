"""The key of Annex III is our regression test: the law itself prints the expected results."""

import csv
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes import allocation
from programmes.allocation import CENT, COMPONENTS, TOLERANCE, Inputs, allocate, effect_of

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "programmes" / "data"
POLICE = tomllib.loads((DATA / "isf_police_2014_2020.toml").read_text())
KEY = POLICE["allocation_key"]
TOTAL = Decimal(KEY["total"])
SHARES = {name: Decimal(share) for name, share in KEY["shares"].items()}
MEMBER_STATES = {row["code"]: row for row in POLICE["member_states"]}
ANNEX = {code: Inputs.of(row["inputs"]) for code, row in MEMBER_STATES.items()}
LIMIT_COLUMNS = {
    "min_SO_a_20pct": "minimum_objective_a",
    "min_SO_b_10pct": "minimum_objective_b",
    "cap_IT_maintenance_8pct": "maximum_it_maintenance",
    "cap_third_countries_8pct": "maximum_third_countries",
    "cap_TA_5pct_plus_200000": "maximum_technical_assistance",
    "initial_prefinancing_4pct": "initial_prefinancing",
    "annual_prefinancing_2015_3pct": "annual_prefinancing_2015",
    "annual_prefinancing_2016_2022_5pct": "annual_prefinancing_2016_2022",
    "cap_cumulative_payments_95pct": "maximum_payments",
}

figure = st.integers(1, 10**9).map(Decimal)
inputs = st.builds(Inputs, **dict.fromkeys(allocation.INPUT_NAMES, figure))
several = st.dictionaries(st.sampled_from(sorted(ANNEX)), inputs, min_size=2, max_size=8)


def key(of, total=TOTAL):
    return allocate(of, total=total, shares=SHARES)


@pytest.mark.parametrize("code", sorted(ANNEX))
def test_each_published_amount_comes_back(code):
    assert abs(key(ANNEX)[code].amount - Decimal(MEMBER_STATES[code]["amount"])) <= TOLERANCE


@pytest.mark.parametrize("code", sorted(ANNEX))
def test_each_published_component_comes_back(code):
    ours, published = key(ANNEX)[code].components, MEMBER_STATES[code]["published"]
    assert {name for name in COMPONENTS if abs(ours[name] - published[name]) > Decimal("6.5")} == (set())


def test_the_tolerance_is_as_tight_as_it_can_be():
    worst = max(abs(share.amount - Decimal(MEMBER_STATES[code]["amount"])) for code, share in key(ANNEX).items())
    assert worst == TOLERANCE == Decimal(KEY["tolerance"])


def test_the_published_amounts_add_up_to_the_envelope():
    assert sum(int(row["amount"]) for row in MEMBER_STATES.values()) == 662_000_000


def test_our_amounts_add_up_to_the_envelope():
    assert sum(share.amount for share in key(ANNEX).values()) == TOTAL


@pytest.mark.parametrize(
    ("component", "envelope"),
    [
        ("population", 198_600_000),
        ("territory", 66_200_000),
        ("passengers", 99_300_000),
        ("cargo", 66_200_000),
        ("gdp", 231_700_000),
    ],
)
def test_each_column_adds_up(component, envelope):
    ours = sum(share.components[component] for share in key(ANNEX).values())
    printed = sum(row["published"][component] for row in MEMBER_STATES.values())
    assert abs(ours - envelope) <= 26 * CENT
    assert abs(printed - envelope) <= 3


def test_the_printed_key_is_the_inverse_of_the_gdp():
    sum_of_gdp = sum(inputs.gdp_per_capita for inputs in ANNEX.values())
    assert sum_of_gdp == 606_599
    wrong = [
        code
        for code, inputs in ANNEX.items()
        if abs(sum_of_gdp / inputs.gdp_per_capita - Decimal(MEMBER_STATES[code]["key_printed"])) > Decimal("0.01")
    ]
    assert wrong == []


def derived():
    with (HERE / "derived_ceilings.csv").open() as file:
        return {("EL" if row["ms"] == "GR" else row["ms"]): row for row in csv.DictReader(file)}


@pytest.mark.parametrize("code", sorted(ANNEX))
def test_floors_ceilings_and_advances(code):
    limits = {limit["code"]: limit for limit in POLICE["limits"]}
    amount = Decimal(MEMBER_STATES[code]["amount"])
    ours = {
        column: allocation.to_cent(
            amount * Decimal(limits[name]["share"]) / 100 + Decimal(limits[name].get("plus", "0"))
        )
        for column, name in LIMIT_COLUMNS.items()
    }
    assert ours == {column: Decimal(derived()[code][column]) for column in LIMIT_COLUMNS}


def test_a_change_that_changes_nothing_has_no_effect():
    same = {"MT": {"population": ANNEX["MT"].population}}
    effects = effect_of(ANNEX, same, total=TOTAL, shares=SHARES)
    assert {effect.difference for effect in effects} == {Decimal(0)}


def test_what_one_gains_the_others_lose():
    effects = effect_of(ANNEX, {"MT": {"population": Decimal(1_000_000)}}, total=TOTAL, shares=SHARES)
    by_code = {effect.code: effect.difference for effect in effects}
    assert by_code.pop("MT") > 200_000
    assert all(difference < 0 for difference in by_code.values())
    assert abs(sum(effect.difference for effect in effects)) <= 26 * CENT


@given(several, st.integers(1, 10**10).map(Decimal))
def test_the_whole_envelope_is_shared_out(states, total):
    shared = sum(share.amount for share in key(states, total).values())
    assert abs(shared - total) <= len(states) * CENT


@given(several, st.integers(2, 1000).map(Decimal))
def test_the_unit_of_a_figure_does_not_matter(states, factor):
    larger = {
        code: Inputs(**{name: getattr(own, name) * factor for name in allocation.INPUT_NAMES})
        for code, own in states.items()
    }
    assert key(larger) == key(states)


@given(several, st.data())
def test_more_of_anything_never_lowers_the_own_amount(states, data):
    code = data.draw(st.sampled_from(sorted(states)))
    name = data.draw(st.sampled_from(allocation.INPUT_NAMES))
    more = getattr(states[code], name) + data.draw(figure)
    (own,) = [
        effect for effect in effect_of(states, {code: {name: more}}, total=TOTAL, shares=SHARES) if effect.code == code
    ]
    assert own.difference <= 0 if name == "gdp_per_capita" else own.difference >= 0


@given(several)
def test_equals_are_treated_equally(states):
    twin = next(iter(states.values()))
    first, second, *_ = key({**states, "AT": twin, "BE": twin}).values()
    twins = key({"AT": twin, "BE": twin})
    assert twins["AT"].amount == twins["BE"].amount
    assert first.amount > 0
    assert second.amount > 0


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("population", "-1", "not negative"),
        ("population", "NaN", "not negative"),
        ("cargo_sea_t", "Infinity", "not negative"),
        ("gdp_per_capita", "0", "above zero"),
    ],
)
def test_an_unusable_figure_is_refused(name, value, sentence):
    with pytest.raises(ValueError, match=sentence):
        effect_of(ANNEX, {"MT": {name: Decimal(value)}}, total=TOTAL, shares=SHARES)


def test_an_unknown_member_state_is_refused():
    with pytest.raises(ValueError, match="does not know XX"):
        effect_of(ANNEX, {"XX": {}}, total=TOTAL, shares=SHARES)


def test_a_key_that_is_not_whole_is_refused():
    with pytest.raises(ValueError, match="100 per cent"):
        allocate(ANNEX, total=TOTAL, shares={"population": Decimal(99)})


def test_an_unknown_component_is_refused():
    with pytest.raises(ValueError, match="does not know beauty"):
        allocate(ANNEX, total=TOTAL, shares={"beauty": Decimal(100)})


def test_a_component_nobody_has_is_refused():
    landless = {"MT": Inputs.of({**MEMBER_STATES["MT"]["inputs"], "territory_km2": 0})}
    with pytest.raises(ValueError, match="Nobody has any territory"):
        allocate(landless, total=TOTAL, shares=SHARES)
