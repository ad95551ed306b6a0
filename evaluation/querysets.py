"""Who sees what of an evaluation. Blindness stands here and nowhere else: pages, lists, files and API all ask it."""

from decimal import Decimal

from django.db.models import Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.roles import EVERYTHING, is_evaluator, is_national_auditor, seen_by, sees_whole_calls
from applications.models import Application
from evaluation.states import (
    BLIND,
    COUNTING,
    READING,
    SHUT_OUT,
    SITTING,
    TOOK_PART,
    UNFINISHED,
    AssessmentPhase,
    ConsensusPhase,
    RankedListPhase,
    SeatPhase,
)
from programmes.models import Call, Round
from programmes.states import RANKED


def kept_from(user):
    """The applications of which this user may see nobody else's judgement, whatever the role."""
    return Application.objects.filter(assessments__evaluator=user, assessments__status__in=BLIND)


def judged_anew():
    """The later rounds of its call that are about the application of the assessment or report at hand."""
    return Round.objects.filter(
        call=OuterRef("round__call"), ordinal__gt=OuterRef("round__ordinal"),
        application_ids__contains=[OuterRef("application_id")],
    )  # fmt: skip


def is_judged_again(call):
    """Whether a later round of this call waits for its signed list."""
    last = call.rounds.last()
    return bool(last and last.ordinal > 1 and not last.ranked_lists.signed().exists())


def calls_under_evaluation():
    """Those judged for the first time, and those of which an application is judged again."""
    again = Application.objects.evaluable().filter(call__status__in=RANKED)
    return Call.objects.under_evaluation() | Call.objects.filter(pk__in=again.values("call"))


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

    def with_currency(self):
        """`is_current`: of the round in which its application is judged now; a conflict of any round still bars."""
        return self.annotate(is_current=~Exists(judged_anew()))

    def counting(self):
        """Those that still take part: assigned, open or signed."""
        return self.filter(status__in=COUNTING)

    def unfinished(self):
        return self.filter(status__in=UNFINISHED)

    def signed(self):
        return self.filter(status__in=AssessmentPhase.SIGNED)

    def conflicted(self):
        return self.filter(status__in=AssessmentPhase.CONFLICT)

    def that_took_part(self):
        """Counting, or ended by a conflict; what was taken back never began."""
        return self.filter(status__in=TOOK_PART)

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
        return self.exclude(application__in=kept_from(user)).filter(seen_by(user, {
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

    def approved(self):
        return self.filter(status__in=ConsensusPhase.APPROVED)

    def in_force(self, until=None):
        """The approved report of the last round that has one for the application; as it was in the round `until`."""
        rows, later = self.approved(), self.model.objects.approved()
        if until is not None:
            rows, later = (one.filter(round__ordinal__lte=until.ordinal) for one in (rows, later))
        later = later.filter(application=OuterRef("application"), round__ordinal__gt=OuterRef("round__ordinal"))
        return rows.exclude(Exists(later))

    def waiting_for(self, user):
        """Those this user writes, or has still to approve."""
        mine = Q(status__in=ConsensusPhase.WRITING, rapporteur=user)
        asked = Q(status__in=ConsensusPhase.PROPOSED, evaluator_ids__contains=[user.pk])
        asked &= ~Q(approvals__evaluator=user)
        return self.filter(mine | asked)

    def with_names(self):
        return self.select_related("application__call", "application__applicant", "rapporteur").annotate(
            number=F("application__reference"), known_total=Coalesce("total", Decimal(0)), ordinal=F("round__ordinal")
        )


class SeatQuerySet(QuerySet):
    def visible_to(self, user):
        return self if sees_whole_calls(user) else self.filter(member=user)

    def sitting(self):
        return self.filter(status__in=SITTING)

    def unsigned(self):
        """Still to sign the evaluation record."""
        return self.filter(status__in=SeatPhase.APPOINTED)

    def declared(self, user):
        """The seats that this user has taken: sitting, and no conflict declared."""
        return self.sitting().filter(member=user, declared_at__isnull=False)

    def under_evaluation(self):
        return self.filter(call__in=calls_under_evaluation())

    def with_signature_under(self, ranked_list):
        """`signed_it`: whether the member signed this list; a signature under a later list does not take it away."""
        versions = self.model._meta.get_field("events").related_model.objects
        signed = versions.filter(id=OuterRef("pk"), signed_sha256=ranked_list.sha256)
        return self.annotate(signed_it=Exists(signed))

    def with_names(self):
        return self.select_related("member", "call").annotate(
            call_reference=F("call__reference"), member_name=F("member__name")
        )


def calls_in_conflict(user):
    """The calls that have an application with which this person is in conflict: all compete for the same money."""
    return Call.objects.filter(
        applications__assessments__evaluator=user, applications__assessments__status__in=AssessmentPhase.CONFLICT
    )


def calls_judged_by(user):
    """The calls on whose committee this user sits, having declared no conflict."""
    return Call.objects.filter(
        seats__member=user, seats__status__in=SITTING, seats__declared_at__isnull=False
    )  # fmt: skip


class RankedListQuerySet(QuerySet):
    def visible_to(self, user):
        """Nobody with a conflict on one of its applications; else the Commission and the declared committee."""
        rows = self.exclude(call__in=calls_in_conflict(user))
        return rows if sees_whole_calls(user) else rows.filter(call__in=calls_judged_by(user))

    def drawn(self):
        """Drawn up, the committee's signatures awaited."""
        return self.filter(status__in=RankedListPhase.DRAWN)

    def signed(self):
        return self.filter(status__in=RankedListPhase.SIGNED)

    def of_last_round(self, call):
        """Of the last round of this call; none while that has no list yet."""
        last = Round.objects.filter(call=call).order_by("-ordinal").values("pk")[:1]
        return self.filter(round=Subquery(last))

    def standing(self):
        """Drawn up or signed, of whatever round."""
        return self.exclude(status__in=RankedListPhase.DISCARDED)

    def current(self):
        """The list that stands in the last round which has one."""
        return self.standing().exclude(Exists(self.model.objects.standing().after_this()))

    def in_force(self):
        """The last list the committee signed: what decisions rest on."""
        return self.signed().exclude(Exists(self.model.objects.signed().after_this()))

    def after_this(self):
        """Of later rounds of its call than the list at hand."""
        return self.filter(call=OuterRef("call"), round__ordinal__gt=OuterRef("round__ordinal"))

    def with_names(self):
        return self.select_related("call", "drawn_by").annotate(ordinal=F("round__ordinal"))


class RankedEntryQuerySet(QuerySet):
    def visible_to(self, user):
        lists = self.model._meta.get_field("ranked_list").related_model
        return self.filter(ranked_list__in=lists.objects.visible_to(user))

    def signed(self):
        """Places on a list that the committee signed."""
        return self.filter(ranked_list__status__in=RankedListPhase.SIGNED)

    def main(self):
        return self.filter(place="MAIN")

    def with_names(self):
        return self.select_related("application__applicant").annotate(number=F("application__reference"))


def number_of(rows, path):
    """A count of rows for each call, as a subquery: joining them would multiply."""
    counted = (
        rows.filter(**{path: OuterRef("pk")}).order_by().values(path).annotate(number=Count("pk")).values("number")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
