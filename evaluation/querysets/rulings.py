"""Who sees what an officer ruled on conflicts that the house found."""

from django.db.models import F, QuerySet

from accounts.roles import sees_whole_calls
from evaluation.querysets.judging import kept_from


class RulingQuerySet(QuerySet):
    def visible_to(self, user):
        """The office and the auditors; nobody of an application that the reader judges, or is in conflict with."""
        if not sees_whole_calls(user):
            return self.none()
        return self.exclude(application__in=kept_from(user).values("pk"))

    def of_call(self, call):
        return self.filter(application__call=call)

    def with_names(self):
        return self.select_related("application", "person", "ruled_by").annotate(number=F("application__reference"))
