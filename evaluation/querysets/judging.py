"""Who sees what of a judgement. Blindness stands here and nowhere else: pages, lists, files and API all ask it."""

from decimal import Decimal

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.roles import EVERYTHING, is_evaluator, is_national_auditor, seen_by, sees_whole_calls
from applications.models import Application
from evaluation.querysets.calls import calls_judged_by
from evaluation.states import (
    AGREEING,
    BLIND,
    COUNTING,
    READING,
    SHUT_OUT,
    STANDING,
    TOOK_PART,
    UNFINISHED,
    AssessmentPhase,
    ConsensusPhase,
)
from programmes.models import Call, Round


def kept_from(user):
    """The applications of which this user may see nobody else's judgement, whatever the role."""
    return Application.objects.filter(assessments__evaluator=user, assessments__status__in=BLIND)


def judged_anew():
    """The later rounds of its call that are about the application of the assessment or report at hand."""
    return Round.objects.filter(
        call=OuterRef("round__call"), ordinal__gt=OuterRef("round__ordinal"),
        application_ids__contains=[OuterRef("application_id")],
    )  # fmt: skip


class AssessmentQuerySet(QuerySet):
    def visible_to(self, user):
        """One's own; of the others an evaluator sees the signed ones once the own of that round is signed, the
        Commission all."""
        own = Q(evaluator=user, status__in=COUNTING)
        others = self.model.objects.filter(application=OuterRef("application"), evaluator=user)
        signed = others.signed().filter(round=OuterRef("round"))
        return self.filter(seen_by(user, {
            sees_whole_calls: own | ~Exists(others.blind()),
            is_evaluator: own | Q(Exists(signed), status__in=AssessmentPhase.SIGNED),
            is_national_auditor: Q(application__applicant__member_state__in=user.audited_states),
        }))  # fmt: skip

    def of(self, user):
        return self.counting().filter(evaluator=user)

    def letting_in(self, user):
        """Those by which this user reads an application: declared for, or signed."""
        return self.filter(evaluator=user, status__in=READING)

    def shutting_out(self, user):
        """Those that keep an application from this user in any role: not declared for yet, or in conflict."""
        return self.filter(evaluator=user, status__in=SHUT_OUT)

    def blind(self):
        """Those whose evaluator may not see what others judged."""
        return self.filter(status__in=BLIND)

    def under_evaluation(self):
        """On applications that are being judged, for the first time or again."""
        again = Q(application__in=Application.objects.evaluable())
        return self.filter(Q(application__call__in=Call.objects.under_evaluation()) | again)

    def of_call(self, call):
        return self.filter(application__call=call)

    def on(self, application):
        return self.filter(application=application)

    def beside(self, row):
        """Those on the same application in the same round as this assessment or report."""
        return self.filter(application=row.application_id, round=row.round_id)

    def current(self):
        """Of the round in which its application is judged now, or was last."""
        return self.exclude(Exists(judged_anew()))

    def of_each_application(self, at):
        """{application, counting, signed, late} of those that still take part; `late` are past their day, unsigned."""
        return self.counting().order_by().values("application").annotate(
            counting=Count("pk"), signed=Count("pk", filter=Q(status__in=AssessmentPhase.SIGNED)),
            late=Count("pk", filter=Q(status__in=UNFINISHED, due_at__lt=at)),
        )  # fmt: skip

    def counted(self, *, most):
        """{counting, signed} of the first so many of them: one question, and no more rows."""
        signed = Count("pk", filter=Q(status__in=AssessmentPhase.SIGNED))
        return self.order_by()[:most].aggregate(counting=Count("pk"), signed=signed)

    def counting(self):
        """Those that still take part: assigned, open or signed."""
        return self.filter(status__in=COUNTING)

    def unfinished(self):
        return self.filter(status__in=UNFINISHED)

    def begun(self):
        """Declared: being written, or signed."""
        return self.filter(status__in=READING)

    def being_written(self):
        return self.filter(status__in=AssessmentPhase.OPEN)

    def undeclared(self):
        """Assigned, and nobody has begun."""
        return self.filter(status__in=AssessmentPhase.UNDECLARED)

    def signed(self):
        return self.filter(status__in=AssessmentPhase.SIGNED)

    def once_signed(self):
        """Signed, whether it counts still, was struck or its evaluator replaced."""
        return self.filter(signed_at__isnull=False).exclude(status__in=UNFINISHED)

    def conflicted(self):
        return self.filter(status__in=AssessmentPhase.CONFLICT)

    def that_took_part(self):
        """Counting, or ended by a conflict; what was taken back never began."""
        return self.filter(status__in=TOOK_PART)

    def that_judged(self):
        """Took part, or was signed once, though struck or replaced since."""
        return self.filter(Q(status__in=TOOK_PART) | Q(signed_at__isnull=False))

    def by_call(self):
        """{application__call, application__call__reference, number, first (due), undeclared} for each call."""
        undeclared = Count("pk", filter=Q(status__in=AssessmentPhase.UNDECLARED))
        calls = self.values("application__call", "application__call__reference")
        return calls.annotate(number=Count("pk"), first=Min("due_at"), undeclared=undeclared)

    def late(self, at):
        return self.unfinished().filter(due_at__lt=at)

    def with_names(self):
        """With what a line about an assessment shows."""
        return self.select_related("application__call", "application__applicant", "evaluator").annotate(
            number=F("application__reference"), evaluator_name=F("evaluator__name"), ordinal=F("round__ordinal")
        )


class ConsensusQuerySet(QuerySet):
    def visible_to(self, user):
        """The Commission and those who signed an assessment of it; declared committee members once it is approved."""
        of_own_committee = Q(status__in=ConsensusPhase.APPROVED, application__call__in=calls_judged_by(user))
        kept = kept_from(user).filter(pk=OuterRef("application"))
        return self.exclude(Exists(kept)).filter(seen_by(user, {
            sees_whole_calls: EVERYTHING,
            is_evaluator: Q(pk__in=self.signed_beside_by(user)) | of_own_committee,
            is_national_auditor: Q(application__applicant__member_state__in=user.audited_states),
        }))  # fmt: skip

    def signed_beside_by(self, user):
        """The reports of which this user signed an assessment of the same round."""
        assessments = Application._meta.get_field("assessments").related_model.objects
        signed = assessments.signed().filter(application=OuterRef("application"), round=OuterRef("round"))
        return self.model.objects.filter(Exists(signed.filter(evaluator=user))).values("pk")

    def of_call(self, call):
        return self.filter(application__call=call)

    def beside(self, row):
        """The report on the same application in the same round as this assessment."""
        return self.filter(application=row.application_id, round=row.round_id)

    def current(self):
        """Of the round in which its application is judged now, or was last."""
        return self.exclude(Exists(judged_anew()))

    def standing(self):
        """Not set aside: an application has at most one in a round."""
        return self.filter(status__in=STANDING)

    def approved(self):
        return self.filter(status__in=ConsensusPhase.APPROVED)

    def of_evaluated(self):
        """Of applications that are neither withdrawn since, nor back in the checks, nor judged again."""
        return self.filter(application__in=Application.objects.evaluated())

    def once_approved(self):
        """Approved by all, also if it was set aside since."""
        return self.filter(approved_at__isnull=False).exclude(status__in=AGREEING)

    def in_force(self, until=None):
        """The approved report of the last round that has one for the application; as it was in the round `until`."""
        rows, later = self.approved(), self.model.objects.approved()
        if until is not None:
            rows, later = (one.filter(round__ordinal__lte=until.ordinal) for one in (rows, later))
        later = later.filter(application=OuterRef("application"), round__ordinal__gt=OuterRef("round__ordinal"))
        return rows.exclude(Exists(later))

    def to_be_written(self):
        return self.filter(status__in=ConsensusPhase.WRITING)

    def waiting_for(self, user):
        """Those this user writes, or has still to approve."""
        mine = Q(status__in=ConsensusPhase.WRITING, rapporteur=user)
        asked = Q(status__in=ConsensusPhase.PROPOSED, evaluator_ids__contains=[user.pk])
        asked &= ~Q(approvals__evaluator=user) & ~Q(passed_over__contains=[{"evaluator": str(user.pk)}])
        return self.filter(mine | asked)

    def with_names(self):
        return self.select_related("application__call", "application__applicant", "rapporteur").annotate(
            number=F("application__reference"), known_total=Coalesce("total", Decimal(0)), ordinal=F("round__ordinal")
        )
