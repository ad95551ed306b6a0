from django.contrib.auth.base_user import BaseUserManager
from django.db.models import QuerySet

from accounts.roles import Role


class OrganisationQuerySet(QuerySet):
    def visible_to(self, user):
        """Applicants see their own, national auditors their Member State's, the Commission's people all."""
        if user.role == Role.APPLICANT:
            return self.filter(pk=user.organisation_id)
        if user.role == Role.NATIONAL_AUDITOR:
            return self.filter(member_state=user.member_state)
        return self if user.role in {Role.OFFICER, Role.AUTHORISING, Role.AUDITOR, Role.ADMIN} else self.none()


class UserQuerySet(QuerySet):
    def visible_to(self, user):
        if user.role == Role.APPLICANT:
            return self.filter(organisation_id=user.organisation_id)
        return self if user.role in {Role.OFFICER, Role.AUTHORISING, Role.AUDITOR, Role.ADMIN} else self.none()

    def of_role(self, *roles):
        return self.filter(role__in=roles, is_active=True).order_by("name")

    def people(self):
        return self.exclude(role=Role.SYSTEM)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def clock(self):
        """The system user: the clock acting instead of a person. Made by a migration."""
        return self.get(role=Role.SYSTEM)


class InvitationQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(organisation_id=user.organisation_id) if user.role == Role.APPLICANT else self.none()

    def open(self, at):
        return self.filter(status="SENT", expires_at__gt=at)
