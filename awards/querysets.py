from django.db.models import QuerySet

from accounts.roles import Role

COMMISSION = (Role.OFFICER, Role.AUTHORISING, Role.AUDITOR, Role.SYSTEM)


class DecisionQuerySet(QuerySet):
    def visible_to(self, user):
        return self if user.role in COMMISSION else self.none()


class LetterQuerySet(QuerySet):
    def visible_to(self, user):
        """The addressee sees its letters once sent; the Commission all; national auditors their Member State's."""
        if user.role == Role.APPLICANT:
            return self.filter(application__applicant=user.organisation_id, status__in=["SENT", "READ"])
        if user.role == Role.NATIONAL_AUDITOR:
            return self.filter(application__applicant__member_state=user.member_state)
        return self if user.role in COMMISSION else self.none()

    def of_call(self, call):
        return self.filter(application__call=call)

    def unread(self):
        return self.filter(status="SENT")
