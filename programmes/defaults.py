"""What a new call of a fund starts from; the officer changes what this call wants differently."""

from decimal import Decimal

from programmes.ties import COMMITTEE, TIME

NAMES = {  # in the fund's file: in the call
    "minimum_partners": "min_partners",
    "minimum_member_states": "min_states",
    "minimum_contribution": "min_contribution",
    "maximum_contribution": "max_contribution",
    "maximum_rate": "max_rate",
    "indirect_rate": "indirect_rate",
    "maximum_months": "max_months",
    "read_after_days": "read_after_days",
    "redress_days": "redress_days",
}


def first_values(fund):
    """Fields of a call, as the calls of this fund usually have them."""
    told = fund.sheet.get("union_action_defaults", {})
    values = {field: plain(told[name]) for name, field in NAMES.items() if name in told}
    states = [one.member_state for one in fund.allocations.all()]
    return {**values, "tie_break": [TIME, COMMITTEE], "eligible_states": states}


def plain(value):
    return Decimal(value) if isinstance(value, str) else value
