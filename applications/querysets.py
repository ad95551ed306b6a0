from django.db.models import F, Q, QuerySet

from accounts.roles import Role

UNREAD_CALLS = ("DRAFT", "PUBLISHED")  # nobody at the Commission sees a proposal of these (FR Art. 149(3)(c))
NEVER_SENT = ("DRAFT", "UNSENT", "WITHDRAWN")


class ApplicationQuerySet(QuerySet):
    def visible_to(self, user):
        """Applicants: their own. Evaluators: those they are assigned to and have declared no conflict for.
        The Commission and auditors: what was submitted, once the call is closed."""
        if user.role == Role.APPLICANT:
            return self.filter(applicant=user.organisation_id)
        if user.role == Role.EVALUATOR:
            return self.opened().filter(
                assessments__evaluator=user, assessments__status__in=["OPEN", "SIGNED"]
            ).distinct()  # fmt: skip
        if user.role == Role.NATIONAL_AUDITOR:
            return self.opened().filter(applicant__member_state=user.member_state)
        if user.role in {Role.OFFICER, Role.AUTHORISING, Role.AUDITOR, Role.SYSTEM}:
            return self.opened()
        return self.none()

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
