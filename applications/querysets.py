from django.db.models import F, Q, QuerySet

from accounts.roles import Role

UNREAD_CALLS = ("DRAFT", "PUBLISHED")  # nobody at the Commission sees a proposal of these (FR Art. 149(3)(c))
NEVER_SENT = ("DRAFT", "UNSENT", "WITHDRAWN")
COMMISSION = (Role.OFFICER, Role.AUTHORISING, Role.AUDITOR, Role.SYSTEM)


class ApplicationQuerySet(QuerySet):
    def visible_to(self, user):
        """Applicants: their own. Evaluators and committee members: those they have declared no conflict for.
        The Commission and auditors: what was submitted, once the call is closed; but nobody, in any role, one
        that they are to assess and have not declared on, or have a conflict with (FR Art. 61)."""
        if user.role == Role.APPLICANT:
            return self.filter(applicant=user.organisation_id)
        seen = self.opened().exclude(pk__in=self.assessed_by(user, "ASSIGNED", "CONFLICT"))
        if user.role == Role.EVALUATOR:
            return seen.filter(Q(pk__in=self.assessed_by(user, "OPEN", "SIGNED")) | Q(pk__in=self.judged_by(user)))
        if user.role == Role.NATIONAL_AUDITOR:
            return seen.filter(applicant__member_state=user.member_state)
        return seen if user.role in COMMISSION else self.none()

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
        return seen if user.role == Role.APPLICANT else seen.present()

    def present(self):
        return self.filter(removed_at=None)


class CheckQuerySet(OfApplicationQuerySet):
    def visible_to(self, user):
        """The checks are the Commission's and the auditors'; applicants learn the result by letter."""
        seen = super().visible_to(user)
        return self.none() if user.role in {Role.APPLICANT, Role.EVALUATOR} else seen

    def failed(self):
        return self.filter(passed=False)

    def waiting(self):
        return self.filter(status="PROPOSED")


class ReceiptQuerySet(OfApplicationQuerySet):
    def visible_to(self, user):
        """Evaluators judge the opened content; when and by whom it was sent is not theirs."""
        return self.none() if user.role == Role.EVALUATOR else super().visible_to(user)
