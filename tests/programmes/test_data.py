"""The funds' files: word for word where they must be, whole, and consistent with themselves."""

import hashlib
import tomllib
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from accounts.member_states import MEMBER_STATES
from programmes.legal import articles_at
from programmes.shown.funds import SURE, limit_table, money_table, rate_table, regulation_table, time_table

DATA = Path(__file__).parents[2] / "programmes" / "data"
FILES = sorted(path.stem for path in DATA.glob("*.toml"))
# of the sheet's own words, one line each; whoever changes a comma of them sees this turn red
SEED = "f6e5284c8c3823f0bd92b863e5d1ad8ec2e778875ecf9bd2f747aa459dfb6c95"


def told(name):
    return tomllib.loads((DATA / f"{name}.toml").read_text())


def marked(value, path=""):
    """Every (path, mark) of `verified` anywhere in a file."""
    if isinstance(value, dict):
        if "verified" in value:
            yield path, value["verified"]
        for name, inner in value.items():
            yield from marked(inner, f"{path}/{name}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from marked(inner, f"{path}/{number}")


def test_the_sheet_speaks_in_its_own_words():
    police = told("isf_police_2014_2020")
    words = [
        police["general_objective"]["text"],
        police["texts"]["objectives_introduction"],
        *[one["text"] for one in police["specific_objectives"]],
        police["texts"]["actions_introduction"],
        *[one["text"] for one in police["action_types"]],
        police["texts"]["funding_title"],
        police["texts"]["funding_introduction"],
        police["provisional_figure"]["text"],
    ]
    assert hashlib.sha256("\n".join(words).encode()).hexdigest() == SEED


def test_the_sheet_is_whole():
    police = told("isf_police_2014_2020")
    counted = {name: len(police[name]) for name in (
        "specific_objectives", "action_types", "operational_objectives", "strategic_priorities", "indicators",
        "union_action_kinds", "third_country_kinds", "member_states",
    )}  # fmt: skip
    assert counted == {
        "specific_objectives": 2, "action_types": 7, "operational_objectives": 7, "strategic_priorities": 6,
        "indicators": 7, "union_action_kinds": 9, "third_country_kinds": 3, "member_states": 26,
    }  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_every_mark_is_one_the_page_can_show(name):
    marks = list(marked(told(name)))
    assert len(marks) > 30
    assert {mark for _path, mark in marks} <= SURE.keys()


@pytest.mark.parametrize("name", FILES)
def test_the_parts_make_the_envelope(name):
    fund = told(name)
    assert sum(Decimal(one["amount"]) for one in fund["split"]) == Decimal(fund["envelope"]["amount"])


@pytest.mark.parametrize("name", FILES)
def test_every_state_takes_part_or_is_named_as_staying_out(name):
    fund = told(name)
    inside = {one["code"] for one in fund["member_states"]}
    outside = {one["code"] for one in fund["not_participating"]}
    assert inside | outside >= MEMBER_STATES.keys() - {"UK"}
    assert not inside & outside


def test_the_later_sums_agree():
    sums = {one["label"]: Decimal(one["amount"]) for one in told("isf_police_2014_2020")["later_figures"]}
    after, crime, crises, assistance, direct, whole = sums.values()
    assert (crime + crises + assistance, after + direct) == (after, whole)


@pytest.mark.parametrize("name", FILES)
def test_the_sheet_can_be_laid_out(name):
    fund = told(name)
    for table in (money_table, rate_table, limit_table, time_table, regulation_table):
        laid_out = table(fund)
        assert laid_out.rows
        assert {len(row) for row in laid_out.rows} == {len(laid_out.columns)}


@pytest.mark.parametrize(
    ("day", "subject", "article"),
    [
        ("2017-10-18", "redress", "Article 97 of Regulation (EU, Euratom) No 966/2012"),
        ("2018-08-01", "award_decision", "Article 133(2) of Regulation (EU, Euratom) No 966/2012"),
        ("2018-08-02", "award_decision", "Article 200(6) of Regulation (EU, Euratom) 2018/1046"),
        ("2024-09-29", "evaluation_committee", "Article 150 of Regulation (EU, Euratom) 2018/1046"),
        ("2024-09-30", "evaluation_committee", "Article 153 of Regulation (EU, Euratom) 2024/2509"),
        ("2026-11-23", "information_to_applicants", "Article 203(7) of Regulation (EU, Euratom) 2024/2509"),
    ],
)
def test_letters_cite_the_regulation_of_their_day(day, subject, article):

    regulations = told("isf_police_2014_2020")["financial_regulations"]
    assert articles_at(regulations, date.fromisoformat(day))[subject] == article


@pytest.mark.parametrize("name", FILES)
def test_each_day_of_the_fund_has_one_regulation(name):
    spans = [
        (str(one["applies_from"]), str(one.get("applies_until", "9999"))) for one in told(name)["financial_regulations"]
    ]
    assert spans == sorted(spans)
    assert all(end < start for (_, end), (start, _) in pairwise(spans))
