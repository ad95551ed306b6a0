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


class CheckpointQuerySet(QuerySet):
    def newest(self):
        """The last one; None before the first."""
        return self.order_by("-size").first()

    def before(self, moment):
        """The last one that was made before this moment; None where there was none."""
        return self.filter(at__lt=moment).order_by("-at").only("size", "at", "root").first()

    def holding(self, sha256):
        """The one that took up the record with this hash, as a queryset of one or none."""
        return self.filter(hashes__contains=[sha256])


class LookQuerySet(QuerySet):
    def granted(self):
        """What somebody really got to see."""
        return self.filter(kind__in=self.model.SHOWN)


class LookBlockQuerySet(QuerySet):
    def newest(self):
        """The last one; None before the first."""
        return self.order_by("-number").first()
