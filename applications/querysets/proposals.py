from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet

from accounts.roles import (
    EVERYTHING,
    is_applicant,
    is_evaluator,
    is_national_auditor,
    seen_by,
    sees_whole_calls,
)
from applications.states import (
    EDITABLE,
    IN_PROCEDURE,
    JUDGED,
    LISTED,
    NAMED_BY,
    OWNERS_OWN,
    ApplicationPhase,
    ApplicationStatus,
    CheckPhase,
    DraftPaperPhase,
    OrderPhase,
)
from core.counting import CAP, number_of
from programmes.models import Call
from programmes.states import UNREAD, CallPhase

TEXTS = ("summary", "description", "answers")  # what only the application's own page shows, and may be 50 KB


def calls_to_check(user):
    """Calls with applications whose checks wait to be decided; `waiting` says how many, of very many that they are."""
    waiting = Call._meta.get_field("applications").related_model.objects.in_checks()
    calls = Call.objects.visible_to(user).in_checks().filter(Exists(waiting.filter(call=OuterRef("pk"))))
    return calls.annotate(waiting=number_of(waiting, "call", most=CAP)).order_by("closes_at")


class ApplicationQuerySet(QuerySet):
    def visible_to(self, user):
        """Applicants: their own. Evaluators and committee members: those they have declared no conflict for.
        The Commission and auditors: what was submitted, once the call is closed; but nobody, in any role, one
        that they are to assess and have not declared on, or have a conflict with (FR Art. 61)."""
        if is_applicant(user):
            return self.filter(applicant__in=user.organisation_ids)
        assessed = self.assessments().letting_in(user).values("application")
        return self.opened().exclude(pk__in=self.shut_to(user)).filter(seen_by(user, {
            is_evaluator: Q(pk__in=assessed) | Q(pk__in=self.judged_by(user)),
            is_national_auditor: Q(applicant__member_state__in=user.audited_states),
            sees_whole_calls: EVERYTHING,
        }))  # fmt: skip

    def shut_to(self, user):
        return self.assessments().shutting_out(user).values("application")

    def withheld_from(self, user):
        """What somebody of this role would see, were it not for a conflict of interest or a declaration still due."""
        return self.opened().filter(pk__in=self.shut_to(user))

    def assessments(self):
        """Of the app above, by the way back along its own relation: who may read what says its queryset."""
        return self.model._meta.get_field("assessments").related_model.objects

    def judged_by(self, user):
        """Those before a committee on which this user sits, having declared."""
        seats = self.model._meta.get_field("call").related_model._meta.get_field("seats").related_model.objects
        return self.model.objects.judged().filter(call__in=seats.declared(user).values("call")).values("pk")

    def opened(self):
        """What was not opened before its call was cancelled stays unread."""
        unread = Q(call__status__in=CallPhase.CANCELLED, status__in=ApplicationPhase.SENT)
        return self.exclude(call__status__in=UNREAD).exclude(status__in=OWNERS_OWN).exclude(unread)

    def taken_back(self):
        """Handed in once, then withdrawn or left as a draft until the call closed; its call is opened."""
        return self.exclude(call__status__in=UNREAD).filter(status__in=ApplicationPhase.ENDED, versions__gte=1)

    def never_handed_in(self):
        """Its call is opened, and nothing was ever received: what it says is its owner's alone, for ever."""
        return self.exclude(call__status__in=UNREAD).filter(status__in=ApplicationPhase.ENDED, versions=0)

    def handed_in(self):
        """Submitted and not taken back, whatever became of them since."""
        return self.exclude(status__in=OWNERS_OWN)

    def in_checks(self):
        return self.filter(status__in=ApplicationPhase.IN_CHECKS)

    def evaluable(self):
        return self.filter(status__in=ApplicationPhase.EVALUABLE)

    def excluded(self):
        return self.filter(status__in=ApplicationPhase.EXCLUDED)

    def evaluated(self):
        return self.filter(status__in=ApplicationPhase.EVALUATED)

    def retracted(self):
        """Withdrawn after the call closed: no rank, no award and no rejection letter any more."""
        return self.filter(status__in=ApplicationPhase.RETRACTED)

    def judged(self):
        """Evaluated, or about to be."""
        return self.filter(status__in=JUDGED)

    def listed(self):
        """Opened, by the status alone: in the procedure, or retracted from it."""
        return self.filter(status__in=LISTED)

    def in_procedure(self):
        """Opened, and neither withdrawn nor set aside: somebody judges them, or has."""
        return self.filter(status__in=IN_PROCEDURE)

    def forgotten_by(self, move):
        """Those in no group that this move of their call names."""
        return self.filter(status__in=[state for state in ApplicationStatus if state not in NAMED_BY[move]])

    def without_outcome(self, lines):
        """In the procedure, and in none of these lines of decisions."""
        return self.in_procedure().exclude(pk__in=lines.values("application"))

    def of_open_calls(self, at):
        return self.filter(call__status__in=CallPhase.PUBLISHED, call__closes_at__gt=at)

    def of_call(self, call):
        return self.filter(call=call)

    def submitted(self):
        return self.filter(status__in=ApplicationPhase.SENT)

    def under_way(self):
        """Begun or submitted, and neither withdrawn nor opened."""
        return self.filter(status__in=EDITABLE)

    def drafts(self):
        return self.filter(status__in=ApplicationPhase.PREPARING)

    def with_unsent_work(self):
        """Never submitted, or edited after the last submission."""
        edited = Q(status__in=ApplicationPhase.SENT, edited_at__gt=F("submitted_at"))
        return self.filter(Q(status__in=ApplicationPhase.PREPARING) | edited)

    def for_reading(self):
        """With what a page about one application shows."""
        return self.select_related("call__fund", "applicant").prefetch_related(
            "partners__lines", "milestones", "objectives", "actions"
        )


class OfApplicationQuerySet(QuerySet):
    """Rows below an application are seen by whoever sees the application."""

    def visible_to(self, user):
        applications = self.model._meta.get_field("application").related_model.objects.visible_to(user)
        return self.filter(Q(application__in=applications))


class AttachmentQuerySet(OfApplicationQuerySet):
    def visible_to(self, user):
        """A removed file stays with its owner, whose receipts may name it; nobody else sees it."""
        seen = super().visible_to(user)
        return seen if is_applicant(user) else seen.present()

    def present(self):
        return self.filter(removed_at=None)


class WorkQuerySet(OfApplicationQuerySet):
    def visible_to(self, user):
        """How a proposal is written is its owner's alone, for ever."""
        return super().visible_to(user) if is_applicant(user) else self.none()


class DraftPaperQuerySet(WorkQuerySet):
    def being_drawn(self):
        return self.filter(status__in=DraftPaperPhase.ASKED)

    def drawn(self):
        return self.filter(status__in=DraftPaperPhase.DRAWN)


class OrderQuerySet(WorkQuerySet):
    def standing(self):
        return self.filter(status__in=OrderPhase.STANDING)

    def at_work(self, call):
        """What is saved will be submitted by it: it stands, or was carried out and submits once more what was edited
        since; not what was done before the call was opened again."""
        done = Q(status__in=OrderPhase.CARRIED_OUT)
        if since := call.reopened_at:
            done &= Q(tried_at__gte=since)
        return self.filter(Q(status__in=OrderPhase.STANDING) | done)

    def to_try(self, call):
        """Standing, and not tried yet."""
        return self.standing().filter(application__call=call, tried_at=None)

    def to_settle(self, call):
        """Standing, or carried out before its application was edited again; not what was done before the call was
        opened again: that stays done."""
        edited = Q(status__in=OrderPhase.CARRIED_OUT, application__edited_at__gt=F("tried_at"))
        if since := call.reopened_at:
            edited &= Q(tried_at__gte=since)
        return self.filter(Q(status__in=OrderPhase.STANDING) | edited, application__call=call)


class AttemptQuerySet(OfApplicationQuerySet):
    def visible_to(self, user):
        """The applicant's own, at once. Others find them in the register, once the call is opened."""
        return super().visible_to(user) if is_applicant(user) else self.none()

    def accepted(self):
        return self.filter(outcome=self.model.Outcome.ACCEPTED)


class CheckQuerySet(OfApplicationQuerySet):
    def visible_to(self, user):
        """The checks are the Commission's and the auditors'; applicants learn the result by letter."""
        return super().visible_to(user) if (sees_whole_calls | is_national_auditor)(user) else self.none()

    def failed(self):
        return self.filter(passed=False)

    def waiting(self):
        return self.filter(status__in=CheckPhase.WAITING)

    def not_confirmed(self):
        """Those that wait, and those that an officer found otherwise than the system."""
        return self.exclude(status__in=CheckPhase.CONFIRMED)

    def of_call_in_checks(self, call):
        """On its applications whose checks can still be decided."""
        return self.filter(application__call=call, application__status__in=ApplicationPhase.IN_CHECKS)

    def by_condition(self):
        """Of each condition {code, criterion, met, not_met, overridden, confirmed}: how many checks wait that the
        system found so, how many are decided."""
        waits = Q(status__in=CheckPhase.WAITING)
        conditions = self.order_by().values("code").annotate(
            first=Min("order"),
            criterion=Min("criterion"),
            met=Count("pk", filter=waits & Q(passed_by_system=True)),
            not_met=Count("pk", filter=waits & Q(passed_by_system=False)),
            overridden=Count("pk", filter=Q(status__in=CheckPhase.OVERRIDDEN)),
            confirmed=Count("pk", filter=Q(status__in=CheckPhase.CONFIRMED)),
        )  # fmt: skip
        return conditions.order_by("first", "code")


class CheckBatchQuerySet(QuerySet):
    def visible_to(self, user):
        """As the checks themselves: the Commission's and the auditors'."""
        return self.filter(call__in=Call.objects.visible_to(user)) if sees_whole_calls(user) else self.none()

    def of_call(self, call):
        return self.filter(call=call)

    def newest_first(self):
        return self.order_by("-made_at")


class CheckBatchLineQuerySet(OfApplicationQuerySet):
    def visible_to(self, user):
        """Nothing of an application from which its reader is kept."""
        return super().visible_to(user) if sees_whole_calls(user) else self.none()

    def to_be_done(self):
        return self.filter(refusal="")

    def refused(self):
        return self.exclude(refusal="")


class ReceiptQuerySet(OfApplicationQuerySet):
    def proving(self, number, sha256):
        """Those of this number that stand for this content, this paper or this file; for anybody who holds the hash."""
        stands_for = Q(sha256=sha256) | Q(pdf_sha256=sha256) | Q(files__contains=[{"sha256": sha256}])
        return self.filter(stands_for, application__reference=number)

    def visible_to(self, user):
        """Evaluators judge the opened content; when and by whom it was sent is not theirs."""
        readers = is_applicant | sees_whole_calls | is_national_auditor
        return super().visible_to(user) if readers(user) else self.none()
