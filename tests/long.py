"""What takes too long for each change is tried in part by `make test` and whole by `make long` (WHOLE=1).

The part is another one each day, so that what is left out today is tried tomorrow. A test that uses this has the mark
“long”; docs/decisions/0094-a-short-form-each-day.md says why.
"""

import os
from datetime import UTC, datetime

WHOLE = bool(os.environ.get("WHOLE"))
TODAY = datetime.now(UTC).toordinal()


def part_of(things, parts, *, nth=0):
    """Every so-manieth of them: with each day, and with each `nth` that asks, another part. Never nothing."""
    if WHOLE:
        return things
    return things[(TODAY + nth) % parts :: parts] or things[(TODAY + nth) % len(things) :][:1]


def examples(many, few):
    """How many random examples: they differ from run to run anyway."""
    return many if WHOLE else few
