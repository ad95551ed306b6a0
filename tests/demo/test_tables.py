"""The tables hold what the forms would take: plausible, varied, complete."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.roles import Role
from applications.models import Application
from demo.budgets import PROFILES, lines_of
from demo.judging import days_of_work_after, some_days_before
from demo.logins import LOGINS
from demo.moments import at_work, brussels
from demo.papers import work_package
from demo.tables import FILES, applicants, call_said, comments, mail_of, organisations, people, proposals
from demo.voices import OFFSETS

EVERY = [one for key in FILES for one in proposals(key)]


def test_about_sixty_proposals_of_all_participating_member_states():
    assert len(EVERY) >= 60
    assert len({key[:2] for key in applicants()}) == 26


@pytest.mark.parametrize("said", EVERY, ids=lambda said: said["acronym"])
def test_a_proposal_fits_the_form(said):
    longest = {field.name: field.max_length for field in Application._meta.fields}
    assert all(len(said[name]) <= longest[name] for name in ("acronym", "title", "summary"))
    assert {said["by"], *said["with"]} <= organisations().keys()
    assert "person" in organisations()[said["by"]]
    for one in map(work_package, said["work"]):
        assert 1 <= one["first_month"] <= one["last_month"] <= said["months"]


@pytest.mark.parametrize("name", ["title", "summary", "need", "results", "strength", "weakness"])
def test_no_two_proposals_say_the_same(name):
    texts = Counter(said[name] for said in EVERY if said.get(name))
    assert [text for text, times in texts.items() if times > 1] == []


def test_an_acronym_stands_for_one_proposal():
    assert len({said["acronym"] for said in EVERY}) == len(EVERY)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES.keys())
def test_costs_are_spread_to_the_last_euro(profile):
    lines = lines_of(Decimal(548_900), ["lead", "one", "two", "three"], profile)
    assert sum(line["amount"] for line in lines) == 548_900
    assert all(line["amount"] > 0 for line in lines)


def test_every_criterion_has_its_sentences():
    codes = {criterion["code"] for key in FILES for criterion in call_said(key)["criteria"]}
    for subject in codes | {"remarks"}:
        assert {level for level, sentences in comments()[subject].items() if sentences} == {"strong", "fair", "weak"}


def test_a_login_of_every_role_is_shown():
    roles = {said["email"]: said["role"] for said in people()} | {mail_of(key): Role.APPLICANT for key in applicants()}
    assert {roles[email] for email in LOGINS} == set(Role.values) - {Role.SYSTEM}


def test_office_hours_keep_the_order_of_things():
    """A fortnight, an hour at a time: nobody works at night or on Sunday, and nothing overtakes."""
    first = brussels("2018-03-19 00:00")  # the clocks change on the 25th
    moved = [at_work(first + timedelta(hours=hours)) for hours in range(24 * 14)]
    assert moved == sorted(moved)
    assert {moment.weekday() for moment in moved} == {0, 1, 2, 3, 4}
    assert all(9 <= moment.hour < 19 for moment in moved)
    for moment in moved:
        answers = [days_of_work_after(moment, place) for place in range(3)]
        assert moment < answers[0] < answers[1] < answers[2]


@pytest.mark.parametrize("offsets", OFFSETS, ids=str)
def test_what_is_agreed_lies_between_what_was_given(offsets):
    assert min(offsets[:2]) <= 0 <= max(offsets[:2])


@pytest.mark.parametrize("day", range(7))
def test_on_no_weekday_is_a_rapporteur_appointed_before_the_last_signature(day):
    closed = brussels("2026-10-19 17:00") + timedelta(days=day)
    signed, agreed = at_work(closed + timedelta(days=30)), at_work(closed + timedelta(days=34))
    assert signed < some_days_before(agreed, signed) < agreed
