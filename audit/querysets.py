"""Questions about the trail."""

from django.db.models import QuerySet

from audit.scope import as_scope


class AuditRecordQuerySet(QuerySet):
    def of_chain(self, chain):
        return self.filter(chain=chain).order_by("sequence")

    def within(self, **scope):
        """Records whose scope names all of these: `within(grant=grant.pk)`."""
        return self.filter(scope__contains=as_scope(scope))

    def between(self, since=None, until=None):
        rows = self if since is None else self.filter(at__gte=since)
        return rows if until is None else rows.filter(at__lt=until)

    def newest_first(self):
        return self.order_by("-at", "-pk")
