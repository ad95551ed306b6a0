"""The arithmetic of a budget: direct costs, the flat rate for indirect costs, the co-financing check. No models.

Rounding happens here and nowhere else: indirect costs to the nearest cent, the most that may be asked for down to
the cent (a cent more would exceed the rate), the smallest total up to the cent.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
NOTHING = Decimal("0.00")
HUNDRED = Decimal(100)


def indirect_costs(direct, rate):
    """`rate` per cent of the direct costs: 7 % of 250 000 is 17 500."""
    return (direct * rate / HUNDRED).quantize(CENT, ROUND_HALF_UP)


def most_for(total, rate):
    """The largest contribution that `rate` per cent of this total allows: 90 % of 267 500 is 240 750."""
    return (total * rate / HUNDRED).quantize(CENT, ROUND_FLOOR)


def part_of(whole, share, of):
    """The part of a whole that falls to `share` out of `of`, to the cent; of nothing, nothing."""
    return (whole * share / of).quantize(CENT, ROUND_HALF_UP) if of else NOTHING


@dataclass(frozen=True)
class Budget:
    """Direct costs as {(partner, category): amount}, and how they are paid for."""

    lines: dict
    indirect_rate: Decimal
    requested: Decimal = NOTHING
    own: Decimal = NOTHING
    other: Decimal = NOTHING

    @property
    def direct(self):
        return sum(self.lines.values(), NOTHING)

    @property
    def indirect(self):
        return indirect_costs(self.direct, self.indirect_rate)

    @property
    def total(self):
        return self.direct + self.indirect

    @property
    def paid(self):
        return self.requested + self.own + self.other

    @property
    def missing(self):
        """What the sources of money still lack (or have too much, below nothing) to cover the total."""
        return self.total - self.paid

    @property
    def is_balanced(self):
        return self.missing == 0

    @property
    def rate(self):
        """The requested contribution as a percentage of the total, to two places upwards: 90.001 % is above 90 %."""
        return (self.requested * HUNDRED / self.total).quantize(CENT, ROUND_CEILING) if self.total else NOTHING

    def keeps_rate(self, most):
        return self.requested <= most_for(self.total, most)

    def of_partner(self, partner):
        return sum((amount for (who, _what), amount in self.lines.items() if who == partner), NOTHING)

    def of_category(self, category):
        return sum((amount for (_who, what), amount in self.lines.items() if what == category), NOTHING)

    def at(self, partner, category):
        return self.lines.get((partner, category), NOTHING)

    def share_of(self, partner):
        """The part of the contribution for one partner: indirect costs follow the direct ones, so its direct part."""
        return part_of(self.requested, self.of_partner(partner), self.direct)


def budget_in(content, indirect_rate):
    """The arithmetic of what a content says in its part “budget”."""
    said = content["budget"]
    lines = {(line["partner"], line["category"]): Decimal(line["amount"]) for line in said["lines"]}
    return Budget(
        lines,
        indirect_rate,
        requested=Decimal(said["requested"] or NOTHING),
        own=Decimal(said["own_resources"] or NOTHING),
        other=Decimal(said["other_resources"] or NOTHING),
    )
