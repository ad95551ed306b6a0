"""A pure function from agreed points to ranks. The same input in any order gives the same bytes.

Order: weighted total; then what the call announced for equal totals, in its order; then what the committee decided.
Who is equal after that keeps an open tie, which nobody can sign. Below a threshold there is no place. Money: down the
list while the requested contribution fits. The first that does not fit ends the main list, also for smaller requests
after it: nobody is overtaken (docs/decisions/0010).
"""

from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from core.formats import euro
from evaluation.ranking.terms import BUDGET, REJECTED, RESERVE, THRESHOLD, Ranked, deciding, measure
from evaluation.ranking.words import with_tie_breaks
from evaluation.scoring import shortfalls, total_of


def ranked(candidates, terms):
    """The whole list, best first; those below a threshold stand behind it, by their totals."""
    passed, failed = [], []
    for one in sorted(candidates, key=lambda one: one.number):  # the number decides nothing: it lets bytes come again
        missed = shortfalls(one.points, terms.criteria, overall=terms.overall_threshold)
        (failed if missed else passed).append((one, missed))
    placed = with_places(with_tie_breaks(in_order([one for one, _missed in passed], terms), terms), terms)
    used = placed[-1].cumulative if placed else Decimal(0)
    behind = sorted((rejected(*one, terms, used) for one in failed), key=lambda one: -one.total)
    return placed + [replace(one, position=position) for position, one in enumerate(behind, len(placed) + 1)]


def in_order(candidates, terms):
    entries = []
    ordered = sorted(candidates, key=lambda one: order_of(one, terms))
    for _order, equal in groupby(ordered, key=lambda one: order_of(one, terms)):
        settled, tie = settle(list(equal), terms)
        entries += [
            Ranked(rank, rank, one, total_of(one.points, terms.criteria), equal_to=tie)
            for rank, one in enumerate(settled, len(entries) + 1)
        ]
    return entries


def order_of(candidate, terms):
    """Total first, then each rule of the call down to the committee, smaller first."""
    return (-total_of(candidate.points, terms.criteria), [measure(rule, candidate, terms) for rule in deciding(terms)])


def settle(equal, terms):
    """Those who are equal, in the committee's order where it decided about them; with the keys of a tie left open."""
    keys = frozenset(one.key for one in equal)
    if decided := terms.decided.get(keys):
        return sorted(equal, key=lambda one: decided.order.index(one.key)), frozenset()
    return equal, keys if len(equal) > 1 else frozenset()


# the money


def with_places(entries, terms):
    """Walk down once to the budget line."""
    used, full_at, placed = Decimal(0), None, []
    for entry in entries:
        if full_at is None and used + entry.candidate.contribution > terms.budget:
            full_at = entry.rank
        if full_at is None:
            used += entry.candidate.contribution
            placed.append(replace(entry, cumulative=used))
        else:
            placed.append(beyond_budget(entry, terms, used=used, full_at=full_at))
    return placed


def rejected(candidate, missed, terms, used):
    return Ranked(
        0, None, candidate, total_of(candidate.points, terms.criteria), place=REJECTED, stage=THRESHOLD,
        reason=" ".join(str(one) for one in missed), cumulative=used,
    )  # fmt: skip


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


def open_ties(entries):
    """Those whom nothing puts in an order, as lists of keys: nobody signs before the committee has decided."""
    found = dict.fromkeys(entry.equal_to for entry in entries if entry.equal_to)
    return [[entry.candidate.key for entry in entries if entry.candidate.key in keys] for keys in found]
