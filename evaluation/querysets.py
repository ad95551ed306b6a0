from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.roles import Role

COMMISSION = (Role.OFFICER, Role.AUTHORISING, Role.AUDITOR, Role.SYSTEM)


class AssessmentQuerySet(QuerySet):
    def visible_to(self, user):
        """An evaluator sees only the own ones, until the own one on the same application is signed; then the signed
        others too. An officer sees all, except of an application on which it still has an assessment to sign."""
        own = Q(evaluator=user)
        unsigned = self.model.objects.filter(
            application=OuterRef("application"), evaluator=user, status__in=["ASSIGNED", "OPEN"]
        )
        signed = self.model.objects.filter(application=OuterRef("application"), evaluator=user, status="SIGNED")
        if user.role in COMMISSION:
            return self.filter(own | ~Exists(unsigned))
        if user.role == Role.EVALUATOR:
            return self.filter(own | Q(Exists(signed), status="SIGNED"))
        if user.role == Role.NATIONAL_AUDITOR:
            return self.filter(application__applicant__member_state=user.member_state)
        return self.none()

    def of(self, user):
        return self.filter(evaluator=user)

    def of_call(self, call):
        return self.filter(application__call=call)

    def counting(self):
        """Those that still take part: assigned, open or signed."""
        return self.filter(status__in=["ASSIGNED", "OPEN", "SIGNED"])

    def signed(self):
        return self.filter(status="SIGNED")


class ConsensusQuerySet(QuerySet):
    def visible_to(self, user):
        if user.role in COMMISSION:
            return self
        if user.role == Role.EVALUATOR:
            return self.filter(
                application__assessments__evaluator=user, application__assessments__status="SIGNED"
            ).distinct()  # fmt: skip
        if user.role == Role.NATIONAL_AUDITOR:
            return self.filter(application__applicant__member_state=user.member_state)
        return self.none()


class SeatQuerySet(QuerySet):
    def visible_to(self, user):
        return self if user.role in COMMISSION else self.filter(member=user)

    def sitting(self):
        return self.exclude(status="LEFT")


class RankedListQuerySet(QuerySet):
    def visible_to(self, user):
        if user.role in COMMISSION:
            return self
        return self.filter(call__seats__member=user).exclude(call__seats__status="LEFT").distinct()

    def current(self):
        return self.exclude(status="DISCARDED")
