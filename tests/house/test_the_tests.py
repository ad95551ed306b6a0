"""Each rule of the house is shown to catch: what it would not see, it does not guard."""

import pytest

from tests.house import rules
from tests.house.rules import Source


def guilty(rule, text, path="awards/lists.py"):
    """The lines a rule finds in a file of this text."""
    return [int(found.rpartition(":")[2]) for found in rule(Source(path, text))]


@pytest.mark.parametrize(
    "text",
    [
        "day = call.closes_at.date()",
        "day = clock.now().date()",
        'number = f"DEC-{at:%Y}"',
        'name = f"{self.at:%d %B}"',
        'name = moment.strftime("%Y%m%d")',
        "year = decision.decided_at.year",
        "day = clock.now().day",
        "today = timezone.localdate()",
        "here = localtime(at)",
    ],
)
def test_a_day_in_greenwich_is_found(text):
    assert guilty(rules.days_in_greenwich, f"import this\n{text}") == [2]


@pytest.mark.parametrize(
    "text",
    [
        "day = day_of(call.closes_at)",
        'number = f"DEC-{year_of(at)}"',
        'name = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"',
        'name = at.astimezone(BRUSSELS).strftime("%d")',
        "year = fund.starts_on.year",
        'figure = f"{points:.2f} of {most:,}"',
        'clock = at.strftime("%H:%M")',
        "rows = models.DateField().date",
    ],
)
def test_a_day_whose_place_is_said_is_none(text):
    assert guilty(rules.days_in_greenwich, text) == []
