"""Who sees what an officer asks an applicant for by a day, and what is answered."""

from django.db.models import QuerySet

from accounts.roles import is_applicant, is_national_auditor, sees_whole_calls
from applications.querysets.proposals import OfApplicationQuerySet
from applications.states import OFFICES_TURN, UNDER_WAY, ClarificationPhase, HearingPhase


class AskedQuerySet(OfApplicationQuerySet):
    """What an officer asks an applicant for by a day."""

    def visible_to(self, user):
        """The applicant's, the Commission's and the auditors'. An evaluator judges what was received (FR Art. 151)."""
        readers = is_applicant | sees_whole_calls | is_national_auditor
        return super().visible_to(user) if readers(user) else self.none()

    def answered(self):
        return self.exclude(answered_at=None)

    def for_reading(self):
        return self.select_related("application__call", "application__applicant", "asked_by", "answered_by")


class ClarificationQuerySet(AskedQuerySet):
    def waiting(self):
        return self.filter(status__in=ClarificationPhase.WAITING)

    def under_way(self):
        """It may still be answered, or be given more time to be."""
        return self.filter(status__in=ClarificationPhase.WAITING + ClarificationPhase.EXPIRED)


class HearingQuerySet(AskedQuerySet):
    def waiting(self):
        return self.filter(status__in=HearingPhase.WAITING)

    def for_the_office(self):
        """Observations came, or none came in time: somebody of the office has to say what follows."""
        return self.filter(status__in=OFFICES_TURN)

    def under_way(self):
        return self.filter(status__in=UNDER_WAY)

    def held(self):
        """The applicant was heard, or had the time to be."""
        return self.filter(status__in=HearingPhase.HELD)

    def for_reading(self):
        return super().for_reading().select_related("settled_by")


class AnswerFileQuerySet(QuerySet):
    """Documents are seen by whoever sees the question that they answer: `above` names the way to it."""

    above = ""

    def visible_to(self, user):
        seen = self.model._meta.get_field(self.above).related_model.objects.visible_to(user)
        return self.filter(**{f"{self.above}__in": seen})


class ClarificationFileQuerySet(AnswerFileQuerySet):
    above = "clarification"


class HearingFileQuerySet(AnswerFileQuerySet):
    above = "hearing"
