from django.db.models import F, Q, QuerySet

from accounts.roles import (
    EVERYTHING,
    is_applicant,
    is_evaluator,
    is_national_auditor,
    seen_by,
    sees_whole_calls,
)

UNREAD_CALLS = ("DRAFT", "PUBLISHED")  # nobody at the Commission sees a proposal of these (FR Art. 149(3)(c))
NEVER_SENT = ("DRAFT", "UNSENT", "WITHDRAWN")


class ApplicationQuerySet(QuerySet):
    def visible_to(self, user):
        """Applicants: their own. Evaluators and committee members: those they have declared no conflict for.
        The Commission and auditors: what was submitted, once the call is closed; but nobody, in any role, one
        that they are to assess and have not declared on, or have a conflict with (FR Art. 61)."""
        if is_applicant(user):
            return self.filter(applicant__in=user.organisation_ids)
        return self.opened().exclude(pk__in=self.assessed_by(user, "ASSIGNED", "CONFLICT")).filter(seen_by(user, {
            is_evaluator: Q(pk__in=self.assessed_by(user, "OPEN", "SIGNED")) | Q(pk__in=self.judged_by(user)),
            is_national_auditor: Q(applicant__member_state__in=user.audited_states),
            sees_whole_calls: EVERYTHING,
        }))  # fmt: skip

    def assessed_by(self, user, *states):
        return self.model.objects.filter(assessments__evaluator=user, assessments__status__in=states).values("pk")

    def judged_by(self, user):
        """Those before a committee on which this user sits, having declared."""
        return self.model.objects.filter(
            status__in=["ELIGIBLE", "EVALUATED"], call__seats__member=user, call__seats__declared_at__isnull=False,
            call__seats__status__in=["APPOINTED", "SIGNED"],
        ).values("pk")  # fmt: skip

    def opened(self):
        return self.exclude(call__status__in=UNREAD_CALLS).exclude(status__in=NEVER_SENT)

    def of_call(self, call):
        return self.filter(call=call)

    def submitted(self):
        return self.filter(status="SUBMITTED")

    def drafts(self):
        return self.filter(status="DRAFT")

    def numbered(self):
        """Those that were submitted at least once, withdrawn ones too: their numbers are taken."""
        return self.exclude(reference=None)

    def with_unsent_work(self):
        """Never submitted, or edited after the last submission."""
        return self.filter(Q(status="DRAFT") | Q(status="SUBMITTED", edited_at__gt=F("submitted_at")))

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


class CheckQuerySet(OfApplicationQuerySet):
    def visible_to(self, user):
        """The checks are the Commission's and the auditors'; applicants learn the result by letter."""
        return super().visible_to(user) if (sees_whole_calls | is_national_auditor)(user) else self.none()

    def failed(self):
        return self.filter(passed=False)

    def waiting(self):
        return self.filter(status="PROPOSED")


class ReceiptQuerySet(OfApplicationQuerySet):
    def visible_to(self, user):
        """Evaluators judge the opened content; when and by whom it was sent is not theirs."""
        readers = is_applicant | sees_whole_calls | is_national_auditor
        return super().visible_to(user) if readers(user) else self.none()
