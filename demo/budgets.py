"""Costs spread over partners and categories, so that each budget looks like somebody made it."""

from decimal import ROUND_FLOOR, Decimal

from applications.budget import CENT, indirect_costs

PROFILES = {
    "staff":     {"A": 68, "B": 13, "C": 4, "D": 3, "E": 12},
    "training":  {"A": 44, "B": 29, "C": 3, "D": 5, "E": 19},
    "equipment": {"A": 37, "B": 11, "C": 38, "D": 6, "E": 8},
    "travel":    {"A": 41, "B": 41, "C": 2, "D": 3, "E": 13},
    "balanced":  {"A": 52, "B": 17, "C": 14, "D": 4, "E": 13},
    "study":     {"A": 71, "B": 9, "C": 0, "D": 2, "E": 18},
}  # fmt: skip
LEAD = 6  # the coordinator's part against 4, 3, 2 … of its partners
TEN = Decimal(10)


def budget_of(said, partners, call):
    """The section `budget` of an application; `partners` are the ids, the coordinator's first."""
    lines = lines_of(Decimal(said["direct"]), partners, PROFILES[said["profile"]])
    direct = sum(one["amount"] for one in lines)
    total = direct + indirect_costs(direct, call.indirect_rate)
    other = Decimal(said.get("other", 0))
    requested = (total * Decimal(str(said.get("rate", 90))) / 100).quantize(CENT, ROUND_FLOOR)
    own = total - requested - other - Decimal(said.get("unbalanced", 0))
    return {"requested": requested, "own_resources": own, "other_resources": other, "lines": lines}


def lines_of(direct, partners, profile):
    """Amounts in tens of euro; what rounding leaves over falls to the coordinator's staff."""
    weights = [LEAD, *(max(4 - place, 2) for place in range(len(partners) - 1))]
    lines = [
        {"partner": partner, "category": category, "amount": part(direct * weight * share, sum(weights) * 100)}
        for partner, weight in zip(partners, weights, strict=True)
        for category, share in profile.items()
        if share
    ]
    lines[0]["amount"] += direct - sum(one["amount"] for one in lines)
    return lines


def part(amount, of):
    return (amount / of / TEN).quantize(Decimal(1), ROUND_FLOOR) * TEN
