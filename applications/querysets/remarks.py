"""Who reads what colleagues say beside a proposal."""

from django.db.models import Q

from accounts.roles import is_applicant
from applications.querysets.proposals import OfApplicationQuerySet
from applications.states import RemarkPhase


class BetweenColleagues(OfApplicationQuerySet):
    """What those who write an application say to each other beside it."""

    def visible_to(self, user):
        """The applicant's own people; a partner's, while it takes part, what is about its part. Never the office."""
        if not is_applicant(user):
            return self.none()
        own = super().visible_to(user).values("pk")
        partner = self.model._meta.get_field("participation").related_model.objects.taking_part().of_partner(user)
        return self.filter(Q(pk__in=own) | Q(participation__in=partner))


class RemarkQuerySet(BetweenColleagues):
    def awaiting(self, at):
        """Of open threads in applications that can be written still."""
        applications = self.model._meta.get_field("application").related_model.objects.of_open_calls(at).under_way()
        in_open = Q(thread=None, status__in=RemarkPhase.OPEN) | Q(thread__status__in=RemarkPhase.OPEN)
        return self.filter(in_open, application__in=applications)

    def threads(self):
        return self.filter(thread=None)

    def open(self):
        return self.threads().filter(status__in=RemarkPhase.OPEN)

    def for_reading(self):
        return self.select_related("by", "resolved_by").prefetch_related("answers__by")
