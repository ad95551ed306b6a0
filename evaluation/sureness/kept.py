"""What is supposed as data that can be kept, and the digest of what comes of it."""

import hashlib
import json
from decimal import Decimal

from evaluation.sureness.supposed import Supposed


def terms_kept(supposed):
    """Amounts and points as text: exact."""
    return {
        "weights": {code: str(weight) for code, (weight, _least) in sorted(supposed.factors.items())},
        "thresholds": {code: text(least) for code, (_weight, least) in sorted(supposed.factors.items())},
        "tie_break": list(supposed.tie_break),
        "overall": str(supposed.overall),
        "budget": str(supposed.budget),
        "left_out": sorted(supposed.left_out),
        "part_from": text(supposed.part_from),
    }


def terms_read(kept):
    least = {code: number(said) for code, said in kept["thresholds"].items()}
    return Supposed(
        factors={code: (Decimal(weight), least[code]) for code, weight in kept["weights"].items()},
        tie_break=tuple(kept["tie_break"]), overall=Decimal(kept["overall"]), budget=Decimal(kept["budget"]),
        left_out=frozenset(kept["left_out"]), part_from=number(kept["part_from"]),
    )  # fmt: skip


def text(number):
    return None if number is None else str(number)


def number(text):
    return None if text is None else Decimal(text)


def digest_of(judged, entries):
    """SHA-256 (hex) of the whole outcome, in its order: the same rows give the same digest whoever computes them."""
    rows = [
        [judged.proposals[one.line].number, one.rank, one.is_funded, f"{one.total:.4f}", f"{one.amount:.2f}"]
        for one in entries
    ]
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()
