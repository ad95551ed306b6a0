from datetime import timedelta

from django.db.models import Q, QuerySet

LEASE = timedelta(minutes=10)  # a worker that takes longer is taken for dead


class PromiseQuerySet(QuerySet):
    def visible_to(self, user):
        return self if user.role in {"OFFICER", "AUTHORISING", "ADMIN", "AUDITOR"} else self.none()

    def open(self):
        return self.filter(status__in=["WAITING", "RUNNING"])

    def due(self, at):
        """Waiting ones whose time has come, and running ones whose worker seems to be gone."""
        return self.filter(Q(status="WAITING", due_at__lte=at) | Q(status="RUNNING", due_at__lte=at - LEASE))

    def about(self, *subjects):
        return self.filter(subject_id__in=[subject.pk for subject in subjects])


class MailQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(to__iexact=user.email)
