from django.db.models import QuerySet

from accounts.roles import is_commission


class FundQuerySet(QuerySet):
    def visible_to(self, user):
        return self  # the programme is public


class CallQuerySet(QuerySet):
    def visible_to(self, user):
        """Everybody sees what is published; a draft is the officers' own."""
        return self if is_commission(user) else self.published()

    def published(self):
        return self.exclude(status="DRAFT")

    def open(self, at):
        return self.filter(status="PUBLISHED", opens_at__lte=at, closes_at__gt=at)
