"""Who sees the register of evaluators, and what of it is asked."""

from django.db.models import Count, F, Func, Q, QuerySet, TextField

from accounts.roles import EVERYTHING, is_assessor, seen_by, sees_whole_calls
from evaluation.states import EntryPhase


class RegisterEntryQuerySet(QuerySet):
    def visible_to(self, user):
        """One's own; those who organise, decide or audit evaluations see all."""
        return self.filter(seen_by(user, {is_assessor: Q(person=user), sees_whole_calls: EVERYTHING}))

    def of(self, people):
        return self.filter(person__in=people)

    def kept(self):
        return self.filter(status__in=EntryPhase.KEPT)

    def people(self):
        return self.values("person")

    def keywords_used(self, *, most):
        """The words that most of them give, the first one first."""
        words = self.annotate(word=Func(F("keywords"), function="unnest", output_field=TextField())).order_by()
        counted = words.values("word").annotate(number=Count("pk")).order_by("-number", "word")
        return list(counted.values_list("word", flat=True)[:most])
