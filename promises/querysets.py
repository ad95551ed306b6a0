from datetime import timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

LEASE = timedelta(minutes=10)  # a worker that takes longer is taken for dead


class PromiseQuerySet(QuerySet):
    def visible_to(self, user):
        """What the house owes. Nothing that would tell of an application before its call is opened (FR Art. 149(3)(c));
        mails about no call hold addresses and secrets of accounts, so they are the administrators'."""
        about_accounts = Q(kind="mail", call_id=None)
        seen = Q(pk__in=[])
        if user.belongs_to("is_admin"):
            seen |= Q(application_id=None)
        if user.belongs_to("sees_deliveries"):
            seen |= ~about_accounts
        return self.opened().filter(seen)

    def opened(self):
        """About no call, or one that was opened: that is itself a promise, kept at closing time. A reminder of drafts
        is about a call, yet would tell that somebody has begun."""
        kept = self.model.objects.filter(kind="open_call", subject_id=OuterRef("call_id"), status="KEPT")
        return self.filter(Q(call_id=None) | Q(kind="open_call") | Q(Exists(kept)))

    def failed(self):
        return self.filter(status="FAILED")

    def open(self):
        return self.filter(status__in=["WAITING", "RUNNING"])

    def due(self, at):
        """Waiting ones whose time has come, and running ones whose worker seems to be gone."""
        return self.filter(Q(status="WAITING", due_at__lte=at) | Q(status="RUNNING", due_at__lte=at - LEASE))

    def counts(self, at):
        """How many wait, run, failed, and since when the oldest due one has been waiting; one question."""
        return self.aggregate(
            waiting=Count("pk", filter=Q(status="WAITING", due_at__lte=at)),
            later=Count("pk", filter=Q(status="WAITING", due_at__gt=at)),
            running=Count("pk", filter=Q(status="RUNNING")),
            failed=Count("pk", filter=Q(status="FAILED")),
            oldest=Min("made_at", filter=Q(status__in=["WAITING", "RUNNING"], due_at__lte=at)),
        )

    def about(self, *subjects):
        return self.filter(subject_id__in=[subject.pk for subject in subjects])


class MailQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(to__iexact=user.email)
