from django.db.models import Q, QuerySet

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
    def present(self):
        return self.filter(removed_at=None)
