"""Who sees what of an evaluation. Blindness stands here and nowhere else: pages, lists, files and API all ask it."""

from decimal import Decimal

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.roles import EVERYTHING, is_evaluator, is_national_auditor, seen_by, sees_whole_calls
from applications.models import Application
from programmes.models import Call

MINE = ("ASSIGNED", "OPEN", "SIGNED")
BLIND = ("ASSIGNED", "OPEN", "CONFLICT")  # nothing of others before the own signature, nothing ever in a conflict
SITTING = ("APPOINTED", "SIGNED")


def kept_from(user):
    """The applications of which this user may see nobody else's judgement, whatever the role."""
    return Application.objects.filter(assessments__evaluator=user, assessments__status__in=BLIND)


class AssessmentQuerySet(QuerySet):
    def visible_to(self, user):
        """One's own; of the others an evaluator sees the signed ones once the own is signed, the Commission all."""
        own = Q(evaluator=user, status__in=MINE)
        others = self.model.objects.filter(application=OuterRef("application"), evaluator=user)
        return self.filter(seen_by(user, {
            sees_whole_calls: own | ~Exists(others.filter(status__in=BLIND)),
            is_evaluator: own | Q(Exists(others.filter(status="SIGNED")), status="SIGNED"),
            is_national_auditor: Q(application__applicant__member_state__in=user.audited_states),
        }))  # fmt: skip

    def of(self, user):
        return self.filter(evaluator=user, status__in=MINE)

    def of_call(self, call):
        return self.filter(application__call=call)

    def on(self, application):
        return self.filter(application=application)

    def counting(self):
        """Those that still take part: assigned, open or signed."""
        return self.filter(status__in=MINE)

    def unfinished(self):
        return self.filter(status__in=["ASSIGNED", "OPEN"])

    def signed(self):
        return self.filter(status="SIGNED")

    def conflicted(self):
        return self.filter(status="CONFLICT")

    def late(self, at):
        return self.unfinished().filter(due_at__lt=at)

    def with_names(self):
        """With what a line about an assessment shows."""
        return self.select_related("application__call", "application__applicant", "evaluator").annotate(
            number=F("application__reference"), evaluator_name=F("evaluator__name")
        )


class ConsensusQuerySet(QuerySet):
    def visible_to(self, user):
        """The Commission and those who signed an assessment of it; declared committee members once it is approved."""
        signed = Application.objects.filter(assessments__evaluator=user, assessments__status="SIGNED")
        of_own_committee = Q(status="APPROVED", application__call__in=calls_judged_by(user))
        return self.exclude(application__in=kept_from(user)).filter(seen_by(user, {
            sees_whole_calls: EVERYTHING,
            is_evaluator: Q(application__in=signed) | of_own_committee,
            is_national_auditor: Q(application__applicant__member_state__in=user.audited_states),
        }))  # fmt: skip

    def of_call(self, call):
        return self.filter(application__call=call)

    def approved(self):
        return self.filter(status="APPROVED")

    def waiting_for(self, user):
        """Those this user writes, or has still to approve."""
        mine = Q(status="DRAFT", rapporteur=user)
        asked = Q(status="PROPOSED", evaluator_ids__contains=[user.pk]) & ~Q(approvals__evaluator=user)
        return self.filter(mine | asked)

    def with_names(self):
        return self.select_related("application__call", "application__applicant", "rapporteur").annotate(
            number=F("application__reference"), known_total=Coalesce("total", Decimal(0))
        )


class SeatQuerySet(QuerySet):
    def visible_to(self, user):
        return self if sees_whole_calls(user) else self.filter(member=user)

    def sitting(self):
        return self.filter(status__in=SITTING)

    def with_names(self):
        return self.select_related("member", "call").annotate(
            call_reference=F("call__reference"), member_name=F("member__name")
        )


def calls_in_conflict(user):
    """The calls that have an application with which this person is in conflict: all compete for the same money."""
    return Call.objects.filter(applications__assessments__evaluator=user, applications__assessments__status="CONFLICT")


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

    def current(self):
        return self.exclude(status="DISCARDED")

    def with_names(self):
        return self.select_related("call", "drawn_by")


class RankedEntryQuerySet(QuerySet):
    def visible_to(self, user):
        lists = self.model._meta.get_field("ranked_list").related_model
        return self.filter(ranked_list__in=lists.objects.visible_to(user))

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
