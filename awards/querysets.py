"""Questions about decisions, their lines and their letters."""

from django.db.models import Count, DecimalField, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from accounts.roles import Role
from evaluation.querysets import calls_in_conflict
from programmes.models import Call

COMMISSION = (Role.OFFICER, Role.AUTHORISING, Role.AUDITOR, Role.SYSTEM)
TAKEN = ("DECIDED", "ISSUED")
ARRIVED = ("SENT", "READ")
MONEY_SUM = DecimalField(max_digits=16, decimal_places=2)


def calls_to_decide(user):
    """Calls whose decision this officer could prepare now."""
    ranked = Call.objects.visible_to(user).filter(status="RANKED", decision=None)
    return ranked.exclude(pk__in=calls_in_conflict(user)).order_by("closes_at")


class DecisionQuerySet(QuerySet):
    def visible_to(self, user):
        """The Commission and auditors: all, but for a call with which they are in conflict (FR Art. 61), as its list.
        National auditors: those taken that concern their Member State."""
        if user.role in COMMISSION:
            return self.exclude(call__in=calls_in_conflict(user))
        if user.role == Role.NATIONAL_AUDITOR:
            own = self.filter(lines__application__applicant__member_state=user.member_state)
            return self.taken().filter(pk__in=own.values("pk"))
        return self.none()

    def taken(self):
        return self.filter(status__in=TAKEN)

    def proposed(self):
        return self.filter(status="PROPOSED")

    def for_reading(self):
        return self.select_related("call__fund", "ranked_list", "prepared_by", "decided_by")

    def with_figures(self):
        """`applications`, `awards` and `awarded` (euro) of each decision."""
        awards = Q(lines__outcome="AWARD")
        return self.annotate(
            applications=Count("lines"),
            awards=Count("lines", filter=awards),
            awarded=Coalesce(Sum("lines__contribution", filter=awards), 0, output_field=MONEY_SUM),
        )

    def with_letters(self):
        """`first_sent_at`: when the first successful applicant was informed; `unsent` letters of the others."""
        return self.annotate(
            first_sent_at=Min("letters__sent_at", filter=Q(letters__kind="AWARD")),
            unsent=Count("letters", filter=Q(letters__status="WAITING")),
        )


class DecisionLineQuerySet(QuerySet):
    def visible_to(self, user):
        if user.role in COMMISSION:
            return self.exclude(decision__call__in=calls_in_conflict(user))
        if user.role == Role.NATIONAL_AUDITOR:
            return self.filter(decision__status__in=TAKEN, application__applicant__member_state=user.member_state)
        return self.none()

    def awards(self):
        return self.filter(outcome="AWARD")

    def for_reading(self):
        return self.select_related("application__applicant", "application__call")

    def awarded(self):
        """The sum of the awards in euro."""
        return self.awards().aggregate(sum=Coalesce(Sum("contribution"), 0, output_field=MONEY_SUM))["sum"]


class LetterQuerySet(QuerySet):
    def visible_to(self, user):
        """The addressee sees its letters once sent; the Commission all; national auditors their Member State's."""
        if user.role == Role.APPLICANT:
            return self.filter(application__applicant=user.organisation_id, status__in=ARRIVED)
        if user.role == Role.NATIONAL_AUDITOR:
            return self.filter(application__applicant__member_state=user.member_state, status__in=ARRIVED)
        if user.role in COMMISSION:
            return self.exclude(application__call__in=calls_in_conflict(user))
        return self.none()

    def of_call(self, call):
        return self.filter(application__call=call)

    def unread(self):
        return self.filter(status="SENT")

    def waiting(self):
        return self.filter(status="WAITING")

    def arrived(self):
        return self.filter(status__in=ARRIVED)

    def for_reading(self):
        return self.select_related("application__applicant", "application__call", "decision", "read_by")
