"""R7: application × criterion × evaluator, the agreed points beside each, and how both came about."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from core.lists import Column
from evaluation.models import Assessment, Consensus, ConsensusScore, Score
from programmes.states import JUDGED
from reports.about import CALL, HOUSE
from reports.columns import application_columns, number, the_application
from reports.permissions import may_read_reports
from reports.report import Report


def rows(about, user):
    """Signed assessments only: before its signature a score is its evaluator's own. Those struck since are shown."""
    signed = Assessment.objects.visible_to(user).once_signed()
    agreed = ConsensusScore.objects.filter(
        consensus__in=Consensus.objects.visible_to(user).approved(),
        consensus__application=OuterRef("assessment__application"),
        consensus__round=OuterRef("assessment__round"),
        criterion=OuterRef("criterion"),
    )
    return (
        Score.objects.filter(assessment__in=signed.values("pk"))
        .annotate(
            agreed=Subquery(agreed.values("points")[:1]),
            agreed_comment=Subquery(agreed.values("comment")[:1]),
            agreed_outside=Subquery(agreed.values("deviation")[:1]),
        )
        .select_related("assessment__application__applicant", "assessment__evaluator", "assessment__round", "criterion")
        .prefetch_related("events")
        .order_by(
            "assessment__application__reference",
            "assessment__round__ordinal",
            "criterion__order",
            "assessment__evaluator__name",
            "pk",
        )
    )


def distance_of(score):
    """By how much the evaluator stands above (or below) what was agreed; nothing before there is an agreement."""
    return None if score.agreed is None or score.points is None else score.points - score.agreed


def history_of(score):
    """All points it ever had, in order; the database's own versions."""
    versions = sorted(score.events.all(), key=lambda version: version.pgh_id)
    given = [version.points for version in versions if version.points is not None]
    return " → ".join(f"{one:.2f}" for place, one in enumerate(given) if not place or one != given[place - 1])


COLUMNS = (
    *application_columns(the_application),
    Column("criterion", _("Criterion"), lambda score: str(score.criterion)),
    number("maximum", _("Maximum"), lambda score: score.criterion.maximum),
    number("threshold", _("Threshold"), lambda score: score.criterion.threshold),
    number("weight", _("Weight"), lambda score: score.criterion.weight),
    Column("evaluator", _("Evaluator"), lambda score: score.assessment.evaluator.name),
    Column("entity", _("Entity"), lambda score: score.assessment.evaluator.entity),
    number("points", _("Points"), lambda score: score.points),
    number("agreed", _("Agreed points"), lambda score: score.agreed),
    number("deviation", _("Evaluator less agreed"), distance_of),
    Column("comment", _("Comment"), lambda score: score.comment),
    Column("agreed_comment", _("Agreed comment"), lambda score: score.agreed_comment),
    Column("agreed_outside", _("Why agreed outside the evaluators' range"), lambda score: score.agreed_outside),
    Column("history", _("Points over time"), history_of),
    Column("signed_at", _("Signed"), lambda score: score.assessment.signed_at),
    number("round", _("Round"), lambda score: score.assessment.round.ordinal),
    Column("standing", _("Standing of the assessment"), lambda score: str(score.assessment.get_status_display())),
    Column("ended_reason", _("Why it counts no more"), lambda score: score.assessment.ended_reason),
)

REPORT = Report(
    slug="score-matrix",
    number="R7",
    title=_("Score matrix"),
    description=_(
        "Each evaluator's points and comment on each criterion beside the agreed ones, the distance between them, "
        "and every change of the points before the signature."
    ),
    basis=("evaluation_record", "award_criteria"),
    allowed=may_read_reports,
    since=JUDGED,
    columns=COLUMNS,
    rows=rows,
    leads_to="assessment__application",
    kinds=(HOUSE, CALL),
    paper=(
        "number", "acronym", "member_state", "criterion", "maximum", "evaluator", "points", "agreed", "deviation",
        "history", "signed_at",
    ),
)  # fmt: skip
