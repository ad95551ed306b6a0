"""Whom an award decision treats worse than its applicant could expect is heard before (FR Art. 133).

A place on the signed list follows from what was announced and received; the letter tells how it may be contested. A
rejection beside the list, or an award that is taken back or lowered, rests on what the applicant could not know.
"""

from django.utils.translation import gettext as _

from applications.actions.hearings import require_none_open
from applications.models import Hearing
from awards.actions.lines import lines_before
from awards.models import DecisionLine
from core.errors import WrongState
from core.formats import shortened

AWARD, REJECTION = DecisionLine.Outcome.AWARD, DecisionLine.Outcome.REJECTION
Measure = Hearing.Measure


def require_heard(decision):
    """Nothing is open on any of its applications, and whoever is treated worse was heard since its last decision."""
    require_none_open(decision.lines.values("application"))
    needed = needed_for(decision)
    rows = Hearing.objects.held().filter(application__in=[line.application_id for line, *_more in needed])
    held = {(row.application_id, row.measure): row.asked_at for row in rows.order_by("asked_at")}
    missing = [
        f"{line.application} ({measure.label})"
        for line, measure, since in needed
        if not is_after(held.get((line.application_id, measure)), since)
    ]
    if missing:
        raise WrongState(
            _("Not heard before this decision: %(names)s. Send each a notice from the page of its application, and go "
              "on when it is settled.") % {"names": shortened(missing)}
        )  # fmt: skip


def needed_for(decision):
    """[(line, the measure it is, since when the applicant has to have been told)]"""
    before = {}
    if decision.ordinal > 1:
        lines = lines_before(decision).filter(application__in=decision.lines.values("application"))
        before = {line.application_id: line for line in lines}
    found = []
    for line in decision.lines.select_related("application__call"):
        last = before.get(line.application_id)
        since = last and last.decision.decided_at
        if last and takes_from(last, line):
            found.append((line, Measure.LESS, since))
        elif line.deviates and line.outcome == REJECTION:
            found.append((line, Measure.REJECTION, since))
    return found


def takes_from(last, line):
    return last.outcome == AWARD and (line.outcome != AWARD or line.contribution < last.contribution)


def is_after(at, since):
    return at is not None and (since is None or at > since)
