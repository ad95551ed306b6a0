from django.db.models import QuerySet

from accounts.roles import Role


class FundQuerySet(QuerySet):
    def visible_to(self, user):
        return self  # the programme is public


class CallQuerySet(QuerySet):
    def visible_to(self, user):
        """Everybody sees what is published; a draft is the officers' own."""
        if getattr(user, "role", None) in {Role.OFFICER, Role.AUTHORISING}:
            return self
        return self.published()

    def published(self):
        return self.exclude(status="DRAFT")

    def open(self, at):
        return self.filter(status="PUBLISHED", opens_at__lte=at, closes_at__gt=at)
