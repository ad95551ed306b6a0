"""Who reads which sample."""

from django.db.models import QuerySet


class SampleQuerySet(QuerySet):
    def visible_to(self, user):
        """As packs: what an auditor looks at is told to nobody whom it may be about."""
        return self.filter(announced_by=user)
