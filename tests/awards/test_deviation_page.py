"""Deciding otherwise on one line, by its page: typed amounts, stages, windows, and whose page it is."""

from decimal import Decimal

import pytest
from django.db.models import Q
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awards.models import DecisionLine
from tests.awards.factories import (
    a_prepared_decision,
)
from tests.factories import an_officer

pytestmark = pytest.mark.django_db
WHY = "The travel costs are counted twice."


@pytest.fixture
def decision():
    return a_prepared_decision()


@pytest.fixture
def the_page(client, decision):
    """POST a change of one line as an officer; the stamp is that of now unless another is said."""
    client.force_login(an_officer())

    def send(line, **said):
        decision.refresh_from_db()
        usual = {"outcome": line.outcome, "reason": WHY, "stamp": decision.stamp}
        return client.post(reverse("deviate", args=[line.pk]), {**usual, **said})

    return send


def line_of(decision, outcome, place=0):
    return decision.lines.filter(outcome=outcome).order_by("rank", "pk")[place]


def as_it_is(line):
    fields = ("outcome", "contribution", "stage", "reason", "deviates", "deviation_reason")
    return DecisionLine.objects.values_list(*fields).get(pk=line.pk)


def text_of(answer):
    return answer.content.decode().replace("\u00a0", " ")


# amounts


@pytest.mark.parametrize(("typed", "meant"), [
    ("300000", "300000"), ("300 000", "300000"), ("300.000,50", "300000.50"), ("300,000.50", "300000.50"),
    ("EUR 1", "1"), ("0,01", "0.01"), ("400000", "400000"), ("400 000.00", "400000"),
])  # fmt: skip
def test_an_amount_is_granted_as_it_was_meant(the_page, decision, typed, meant):
    line = line_of(decision, "AWARD")

    assert the_page(line, contribution=typed).status_code == 302
    line.refresh_from_db()
    assert line.contribution == Decimal(meant)
    assert line.deviates is (Decimal(meant) != 400_000)
    assert line.deviation_reason == (WHY if line.deviates else "")


@pytest.mark.parametrize(("typed", "why"), [
    ("0", "Give an amount above zero and up to EUR 400 000.00."),
    ("400000.01", "Give an amount above zero and up to EUR 400 000.00."),
    ("999999999999", "Give an amount above zero and up to EUR 400 000.00."),
    ("-1", "greater than or equal to 0"), ("1.234", "can be read in two ways"),
    ("12 34", "unusual places"), ("lots", "Write a number in figures"), ("1e5", "Write a number in figures"),
    ("NaN", "Write a number in figures"), ("300000.001", "decimal places"), ("٣٠٠", "Write a number in figures"),
    ("1,2,3", "uneven"), ("1.2,3,4", "one decimal mark"),
])  # fmt: skip
def test_an_amount_that_cannot_be_granted_is_said_and_stays_as_typed(the_page, decision, typed, why):
    line = line_of(decision, "AWARD")
    before = as_it_is(line)

    answer = the_page(line, contribution=typed)

    assert answer.status_code == 400
    assert why in text_of(answer)
    assert f'value="{typed}"' in answer.content.decode()
    assert as_it_is(line) == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.decimals("-10", "500000", places=2))
def test_any_amount_is_granted_exactly_or_not_at_all(the_page, decision, amount):
    line = line_of(decision, "AWARD")
    before = as_it_is(line)

    answer = the_page(line, contribution=f"{amount:f}")

    if 0 < amount <= 400_000:
        assert answer.status_code == 302
        assert DecisionLine.objects.get(pk=line.pk).contribution == amount
    else:
        assert answer.status_code == 400
        assert as_it_is(line) == before


def test_left_empty_the_amount_is_what_was_asked_for(the_page, decision):
    line = line_of(decision, "AWARD")
    the_page(line, contribution="1")

    assert the_page(line, contribution="").status_code == 302
    line.refresh_from_db()
    assert (line.contribution, line.deviates, line.deviation_reason) == (400_000, False, "")


# outcomes


@pytest.mark.parametrize(("stage", "status"), [("", 400), ("EXCLUSION", 302), ("BUDGET", 302), ("NONSENSE", 400)])
def test_a_rejection_says_at_which_stage(the_page, decision, stage, status):
    line = line_of(decision, "AWARD")
    before = as_it_is(line)

    answer = the_page(line, outcome="REJECTION", stage=stage)

    known = stage in DecisionLine.Stage.values and stage != ""
    assert answer.status_code == (302 if known else 400)
    assert (as_it_is(line) == before) is not known
    if known:
        line.refresh_from_db()
        assert (line.outcome, line.stage, line.contribution, line.deviates) == ("REJECTION", stage, 0, True)


def test_the_reserve_list_holds_no_money_and_no_stage(the_page, decision):
    line = line_of(decision, "AWARD")

    assert the_page(line, outcome="RESERVE", stage="THRESHOLD", contribution="5").status_code == 302
    line.refresh_from_db()
    assert (line.outcome, line.stage, line.contribution, line.deviates) == ("RESERVE", "", 0, True)


def test_below_a_threshold_nobody_is_awarded(the_page, decision):
    line = decision.lines.get(stage="THRESHOLD")
    before = as_it_is(line)

    answer = the_page(line, outcome="AWARD")

    assert answer.status_code == 400
    assert "is below an announced threshold: it can be neither awarded nor kept on the reserve list." in text_of(answer)
    assert as_it_is(line) == before
    assert the_page(line, outcome="RESERVE").status_code == 400
    assert as_it_is(line) == before


@pytest.mark.parametrize(("which", "stage", "sentence"), [
    ("AWARD", "THRESHOLD", "did not fall below a threshold: name another stage."),
    ("RESERVE", "THRESHOLD", "did not fall below a threshold: name another stage."),
    ("THRESHOLD", "BUDGET", "fell below a threshold: name that stage."),
    ("THRESHOLD", "ELIGIBILITY", "fell below a threshold: name that stage."),
    ("ELIGIBILITY", "THRESHOLD", "did not fall below a threshold: name another stage."),
    ("ELIGIBILITY", "BUDGET", "failed a check before the evaluation: name that stage."),
])  # fmt: skip
def test_no_letter_names_a_stage_that_the_scores_do_not_bear_out(the_page, decision, which, stage, sentence):
    line = decision.lines.filter(Q(stage=which) | Q(stage="", outcome=which)).order_by("pk").first()
    before = as_it_is(line)

    answer = the_page(line, outcome="REJECTION", stage=stage)

    assert answer.status_code == 400
    assert sentence in text_of(answer)
    assert as_it_is(line) == before


@pytest.mark.parametrize("outcome", ["AWARD", "RESERVE"])
def test_who_failed_a_check_stays_rejected(the_page, decision, outcome):
    line = decision.lines.get(stage="ELIGIBILITY")
    before = as_it_is(line)

    answer = the_page(line, outcome=outcome)

    assert answer.status_code == 400
    assert "failed a check before the evaluation: it stays rejected." in text_of(answer)
    assert as_it_is(line) == before


def test_an_award_withdrawn_makes_room_for_the_reserve(the_page, decision):
    first, waiting = line_of(decision, "AWARD"), line_of(decision, "RESERVE")
    assert the_page(waiting, outcome="AWARD").status_code == 400  # 1 200 000 of 1 000 000

    assert the_page(first, outcome="RESERVE").status_code == 302
    assert the_page(waiting, outcome="AWARD").status_code == 302

    assert decision.lines.awarded() == 800_000


@pytest.mark.parametrize("outcome", ["", "award", "WITHDRAWN", "AWARD "])
def test_an_outcome_that_is_none_changes_nothing(the_page, decision, outcome):
    line = line_of(decision, "AWARD")
    before = as_it_is(line)

    assert the_page(line, outcome=outcome).status_code == 400
    assert as_it_is(line) == before


@pytest.mark.parametrize("reason", ["", "  \n", "a\x00b", "x" * 4001])
def test_a_deviation_has_a_reason_that_a_letter_can_hold(the_page, decision, reason):
    line = line_of(decision, "AWARD")
    before = as_it_is(line)

    assert the_page(line, contribution="5", reason=reason).status_code == 400
    assert as_it_is(line) == before
