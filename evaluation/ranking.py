"""The ranked list: a pure function from agreed points to ranks. The same input in any order gives the same bytes.

Order: weighted total; then the points on the call's tie-break criteria, in their order; then the earlier submission;
then the application's number. Money: down the list while the requested contribution fits. The first that does not
fit ends the main list, also for smaller requests after it: nobody is overtaken (docs/decisions/0010).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from core.formats import euro, milliseconds
from evaluation.scoring import figure, shortfalls, total_of

CENT = Decimal("0.01")
MAIN, RESERVE, REJECTED = "MAIN", "RESERVE", "REJECTED"
THRESHOLD, BUDGET = "THRESHOLD", "BUDGET"
FORMAT = 1  # of the bytes that are signed, as lists are sealed today


@dataclass(frozen=True)
class Terms:
    """What the call announced, and nothing else, decides."""

    criteria: tuple
    tie_break: tuple[str, ...]
    overall_threshold: Decimal
    budget: Decimal
    has_reserve: bool


@dataclass(frozen=True)
class Candidate:
    key: str  # the application's id
    number: str
    submitted_at: datetime
    points: Mapping[str, Decimal]
    contribution: Decimal


@dataclass(frozen=True)
class Ranked:
    rank: int
    candidate: Candidate
    total: Decimal
    place: str = MAIN
    stage: str = ""
    tie_break: str = ""
    reason: str = ""
    cumulative: Decimal = Decimal(0)


def ranked(candidates, terms):
    """The whole list, best first."""
    ordered = sorted(candidates, key=lambda one: order_of(one, terms))
    entries = [Ranked(rank, one, total_of(one.points, terms.criteria)) for rank, one in enumerate(ordered, 1)]
    return with_places(with_tie_breaks(entries, terms), terms)


def order_of(candidate, terms):
    """A total order: two applications never share a number."""
    decisive = [-candidate.points[code] for code in deciding(terms)]
    return (-total_of(candidate.points, terms.criteria), decisive, candidate.submitted_at, candidate.number)


def deciding(terms):
    known = {one.code for one in terms.criteria}
    return [code for code in terms.tie_break if code in known]


# the money


def with_places(entries, terms):
    """Walk down once: thresholds first, then the budget line."""
    used, full_at, placed = Decimal(0), None, []
    for entry in entries:
        missed = shortfalls(entry.candidate.points, terms.criteria, overall=terms.overall_threshold)
        if missed:
            reason = " ".join(str(one) for one in missed)
            placed.append(replace(entry, place=REJECTED, stage=THRESHOLD, reason=reason, cumulative=used))
            continue
        if full_at is None and used + entry.candidate.contribution > terms.budget:
            full_at = entry.rank
        if full_at is None:
            used += entry.candidate.contribution
            placed.append(replace(entry, cumulative=used))
        else:
            placed.append(beyond_budget(entry, terms, used=used, full_at=full_at))
    return placed


def beyond_budget(entry, terms, *, used, full_at):
    words = {
        "budget": euro(terms.budget), "used": euro(used), "rank": full_at,
        "requested": euro(entry.candidate.contribution),
    }  # fmt: skip
    if entry.rank == full_at:
        reason = _("All thresholds passed, but of the budget of %(budget)s the applications ranked before use %(used)s: the requested %(requested)s do not fit any more.") % words  # fmt: skip  # noqa: E501
    else:
        reason = _("All thresholds passed, but the budget of %(budget)s is exhausted from rank %(rank)d on.") % words
    place = RESERVE if terms.has_reserve else REJECTED
    return replace(entry, place=place, stage=BUDGET, reason=reason, cumulative=used)


# ties, in words


def with_tie_breaks(entries, terms):
    """Each entry of a tie says what put it after the one above and before the one below."""
    sentences = {entry.rank: [] for entry in entries}
    for above, below in pairwise(entries):
        if above.total == below.total:
            decided = what_decided(above.candidate, below.candidate, terms)
            sentences[above.rank].append(before(below, decided))
            sentences[below.rank].append(after(above, decided))
    return [replace(entry, tie_break=" ".join(sentences[entry.rank])) for entry in entries]


def before(below, decided):
    words = {"total": figure(below.total), "other": below.candidate.number, "decided": decided}
    return _("Same total (%(total)s) as %(other)s; ranked before it by %(decided)s.") % words


def after(above, decided):
    words = {"total": figure(above.total), "other": above.candidate.number, "decided": decided}
    return _("Same total (%(total)s) as %(other)s; ranked after it by %(decided)s.") % words


def what_decided(above, below, terms):
    titles = {one.code: one.title for one in terms.criteria}
    for code in deciding(terms):
        if above.points[code] != below.points[code]:
            words = {
                "criterion": f"{code} {titles[code]}",
                "more": figure(above.points[code]),
                "less": figure(below.points[code]),
            }
            return _("criterion %(criterion)s: %(more)s against %(less)s points") % words
    if above.submitted_at != below.submitted_at:
        words = {"early": milliseconds(above.submitted_at), "late": milliseconds(below.submitted_at)}
        return _("earlier submission: %(early)s against %(late)s") % words
    return _("application number, as everything else is equal")


# the bytes that are signed


def facts_of(entry):
    """What stands for one entry in the signed bytes; the same from a computed entry and from its kept row."""
    one = entry.candidate
    return facts(
        rank=entry.rank, application=one.key, number=one.number, place=entry.place, stage=entry.stage,
        total=entry.total, points=shown_points(one.points), tie_break=entry.tie_break, reason=entry.reason,
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
    return SEALS[format](all_facts)


def canonical_json(all_facts):
    """Entries by rank, keys sorted, no spaces, UTF-8 unescaped."""
    text = json.dumps(
        sorted(all_facts, key=lambda one: one["rank"]), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(text.encode()).hexdigest()


SEALS = {1: canonical_json}  # every format a list was ever sealed in: a signed list verifies for ever
