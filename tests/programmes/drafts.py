"""Calls that are not published yet, in memory alone: the questions about what they lack ask no database."""

from datetime import timedelta
from decimal import Decimal

from core.days import day_of
from programmes.form_parts import USUAL, form_of
from programmes.models import Call, Criterion
from tests.factories import CLOSES, NOON, OPENS

YES = NOON - timedelta(days=90)  # long before the call closes


def a_draft(**values):
    """In memory alone: these questions ask no database."""
    usual = {
        "topic": "T", "budget": Decimal(1_000_000), "opens_at": OPENS, "closes_at": CLOSES, "parts": form_of(USUAL),
        "inform_by": day_of(CLOSES + timedelta(days=90)), "eligible_states": ["AT"], "overall_threshold": Decimal(70),
        "min_contribution": Decimal(1), "max_contribution": Decimal(900_000), "required_attachments": [],
        "tie_break": ["COMMITTEE"],
    }  # fmt: skip
    return Call(**{**usual, **values})


def a_criterion(**values):
    usual = {"code": "REL", "title": "R", "maximum": Decimal(40), "step": Decimal(1), "weight": Decimal(1)}
    return Criterion(**{**usual, **values})


THREE = [a_criterion(), a_criterion(code="QUA"), a_criterion(code="IMP", maximum=Decimal(20))]
