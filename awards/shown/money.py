"""The money of a call between its decisions: what is awarded, what is free, who stands next on the reserve."""

from decimal import Decimal

from django.utils.translation import gettext as _

from awards.budget import left_of
from awards.models import DecisionLine
from core.formats import euro, percent

RESERVE = DecisionLine.Outcome.RESERVE


def facts_of(call, lines):
    """`lines`: those in force, by rank."""
    awarded = sum((line.contribution for line in lines), Decimal(0))
    waiting = [line for line in lines if line.outcome == RESERVE]
    shown = [
        (_("Budget"), euro(call.budget)),
        (_("Awarded"), with_share(awarded, call.budget)),
        (_("Free"), with_share(left_of(call.budget, awarded), call.budget)),
    ]
    if waiting:
        words = {
            "rank": waiting[0].rank,
            "number": waiting[0].application,
            "amount": euro(waiting[0].application.requested),
        }
        shown.append((_("Next on the reserve list"), _("rank %(rank)s: %(number)s, asks for %(amount)s") % words))
    return shown


def with_share(amount, budget):
    if not budget:
        return euro(amount)
    words = {"amount": euro(amount), "share": percent((amount * 100 / budget).quantize(Decimal("0.1")))}
    return _("%(amount)s (%(share)s of the budget)") % words
