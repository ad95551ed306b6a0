"""Who sees which part is given to whom, and who of those still writes here."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from applications.querysets.remarks import BetweenColleagues
from applications.states import ApplicationPhase, DutyPhase, ParticipationPhase


class DutyQuerySet(BetweenColleagues):
    def given(self):
        """To somebody, done or not; a partner's part while it takes part."""
        taking_part = Q(participation=None) | Q(participation__status__in=ParticipationPhase.TAKING_PART)
        return self.filter(taking_part, status__in=DutyPhase.HELD + DutyPhase.DONE)

    def with_who_stays(self):
        """`stays`: the person speaks for the organisation still. Whoever has left has no part any more."""
        people = self.model._meta.get_field("person").related_model.objects
        theirs = Coalesce("participation__organisation", "application__applicant",
            "application__call",
        )  # fmt: skip
        speaking = people.memberships().speaking_for(OuterRef("theirs")).filter(person=OuterRef("person"))
        return self.annotate(theirs=theirs).annotate(stays=Exists(speaking))

    def of_person(self, pk):
        return self.filter(person=pk)

    def awaited(self, at):
        """To be done still, while the call is open. What was given before a submission is settled by it; what is given
        after it is for the next version."""
        next_version = Q(application__status__in=ApplicationPhase.SENT, given_at__gt=F("application__submitted_at"))
        awaited = Q(application__status__in=ApplicationPhase.PREPARING) | next_version
        applications = self.model._meta.get_field("application").related_model.objects.of_open_calls(at)
        rows = self.given().filter(awaited, status__in=DutyPhase.HELD, application__in=applications)
        return rows.with_who_stays()

    def on_this(self, row):
        """Of one row, of an application, or of a call; all of them where none is said."""
        return self.filter(Q(pk=row) | Q(application=row) | Q(application__call=row)) if row else self

    def soon(self, today, span):
        return self.filter(due_on__gte=today, due_on__lte=today + span)

    def over(self, today):
        return self.filter(due_on__lt=today)

    def for_reading(self):
        rows = self.select_related("person", "given_by", "participation__organisation", "application__applicant")
        return rows.with_who_stays()
