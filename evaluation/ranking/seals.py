"""The bytes that are signed."""

import hashlib
import json
from decimal import Decimal

CENT = Decimal("0.01")
FORMAT = 2  # as lists are sealed today: since it, who fell below a threshold has no rank


def facts_of(entry):
    """What stands for one entry in the signed bytes; the same from a computed entry and from its kept row."""
    one = entry.candidate
    return facts(
        position=entry.position, rank=entry.rank, application=one.key, number=one.number, place=entry.place,
        stage=entry.stage, total=entry.total, points=shown_points(one.points), tie_break=entry.tie_break,
        reason=entry.reason,
        contribution=one.contribution, cumulative=entry.cumulative,
    )  # fmt: skip


def facts(*, total, contribution, cumulative, **rest):
    return {
        **rest,
        "total": f"{total:.4f}",
        "contribution": f"{contribution:.2f}",
        "cumulative": f"{cumulative:.2f}",
    }


def shown_points(points):
    return {code: f"{Decimal(value).quantize(CENT)}" for code, value in points.items()}


def seal_of(all_facts, format=FORMAT):
    """SHA-256 (hex) of the facts, as lists of that format are sealed."""
    return hashlib.sha256(sealed(all_facts, format).encode()).hexdigest()


def sealed(all_facts, format=FORMAT):
    """The text that is hashed."""
    return SEALS[format](all_facts)


def canonical_json(all_facts):
    """Entries by position, keys sorted, no spaces, UTF-8 unescaped."""
    in_order = sorted(all_facts, key=lambda one: one["position"])
    return json.dumps(in_order, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def without_position(all_facts):
    """As it was while every entry had a rank of its own."""
    in_order = sorted(all_facts, key=lambda one: one.get("position", one["rank"]))
    kept = [{name: value for name, value in one.items() if name != "position"} for one in in_order]
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


SEALS = {1: without_position, 2: canonical_json}  # every format a list was ever sealed in: it verifies for ever
