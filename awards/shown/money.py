"""The money of a call between its decisions: what is awarded, what is free, who stands next on the reserve."""

from decimal import Decimal

from django.utils.translation import gettext as _

from awards.budget import left_of
from awards.models import DecisionLine
from core.formats import euro

RESERVE = DecisionLine.Outcome.RESERVE


def facts_of(call, lines):
    """`lines`: those in force, by rank."""
    awarded = sum((line.contribution for line in lines), Decimal(0))
    waiting = [line for line in lines if line.outcome == RESERVE]
    shown = [
        (_("Budget"), euro(call.budget)),
        (_("Awarded"), euro(awarded)),
        (_("Free"), euro(left_of(call.budget, awarded))),
    ]
    if waiting:
        words = {
            "rank": waiting[0].rank,
            "number": waiting[0].application,
            "amount": euro(waiting[0].application.requested),
        }
        shown.append((_("Next on the reserve list"), _("rank %(rank)s: %(number)s, asks for %(amount)s") % words))
    return shown
