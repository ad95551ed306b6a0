"""Where a call's evaluation stands, application by application, as far as one person may see it."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from applications.models import Application
from evaluation.models import Assessment, Consensus
from evaluation.querysets import kept_from
from evaluation.scoring import Spread, figure, spread_of, total_of
from evaluation.states import COUNTING, UNFINISHED, AssessmentPhase, ConsensusPhase


@dataclass
class Line:
    """One application under evaluation; `is_hidden` when the reader is one of its evaluators and has not signed."""

    application: Application
    reader: User
    wanted: int
    at: datetime
    is_hidden: bool
    assessments: list = field(default_factory=list)
    totals: list = field(default_factory=list)
    consensus: Consensus | None = None

    @property
    def counting(self):
        return [one for one in self.assessments if one.stands_in(COUNTING)]

    @property
    def signed(self):
        return [one for one in self.counting if one.stands_in(AssessmentPhase.SIGNED)]

    @property
    def late(self):
        return [one for one in self.counting if one.stands_in(UNFINISHED) and one.due_at < self.at]

    @property
    def is_agreed(self):
        return self.consensus is not None and self.consensus.stands_in(ConsensusPhase.APPROVED)

    @property
    def spread(self) -> Spread | None:
        return spread_of(self.totals)

    @property
    def distance(self):
        """Between the highest and the lowest total; nothing to compare with only one."""
        return figure(self.spread.distance) if len(self.totals) > 1 else ""

    @property
    def awaits_rapporteur(self):
        enough = len(self.signed) == len(self.counting) >= self.wanted
        return enough and self.consensus is None and not self.is_hidden

    @property
    def situation(self):
        """(words, tone): what stands, so that the next step is plain."""
        if self.is_hidden:
            return _("you evaluate it; the rest is hidden until you sign"), "neutral"
        if self.consensus:
            return self.of_consensus()
        if len(self.counting) < self.wanted:
            words = {"have": len(self.counting), "wanted": self.wanted}
            return _("%(have)d of %(wanted)d evaluators assigned") % words, "bad"
        if self.late:
            return ngettext("%d assessment is late", "%d assessments are late", len(self.late)) % len(self.late), "bad"
        if self.awaits_rapporteur:
            return _("all signed; appoint the rapporteur"), "warning"
        return _("%(signed)d of %(all)d signed") % {"signed": len(self.signed), "all": len(self.counting)}, "info"

    def of_consensus(self):
        words = {"who": self.consensus.rapporteur.name, "given": len(self.consensus.approvals.all()),
                 "asked": len(self.consensus.asked_ids)}  # fmt: skip
        if self.is_agreed:
            return _("report approved: %(total)s points") % {"total": figure(self.consensus.total)}, "good"
        if self.consensus.stands_in(ConsensusPhase.PROPOSED):
            return _("report waits for approvals: %(given)d of %(asked)d") % words, "warning"
        return _("%(who)s writes the report") % words, "info"


def lines_of(applications, call, user, *, at):
    """The line of each of these applications of the call, as far as this person may see it."""
    hidden = set(kept_from(user).filter(pk__in=[one.pk for one in applications]).values_list("pk", flat=True))
    lines = {one.pk: Line(one, user, call.evaluators_wanted, at, one.pk in hidden) for one in applications}
    add_assessments(lines, call, user)
    add_reports(lines, user)
    return list(lines.values())


def add_assessments(lines, call, user):
    criteria = list(call.criteria.all())
    seen = Assessment.objects.visible_to(user).filter(application__in=list(lines)).current()
    shown = seen.select_related("evaluator").prefetch_related("scores")
    for one in shown.order_by("assigned_at", "evaluator__name"):
        line = lines[one.application_id]
        line.assessments.append(one)
        if one.stands_in(AssessmentPhase.SIGNED):
            line.totals.append(total_of(points_of(one.scores.all(), criteria), criteria))


def add_reports(lines, user):
    seen = Consensus.objects.visible_to(user).filter(application__in=list(lines)).current().standing()
    for one in seen.select_related("rapporteur").prefetch_related("approvals"):
        lines[one.application_id].consensus = one


def points_of(scores, criteria):
    """Points by criterion code; what is not given yet is left out."""
    codes = {one.pk: one.code for one in criteria}
    return {codes[row.criterion_id]: row.points for row in scores if row.points is not None}


def known_total(scores, criteria):
    """The total of what is complete, else None."""
    points = points_of(scores, criteria)
    return total_of(points, criteria) if len(points) == len(criteria) else None


def widest(lines):
    """Where evaluators disagree most, first; the list a chair discusses."""
    several = [line for line in lines if len(line.totals) > 1 and line.spread.distance > Decimal(0)]
    return sorted(several, key=lambda line: (-line.spread.distance, line.application.reference))
