from django.conf import settings
from django.db.models import Count, Max, Min, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.module_loading import import_string

from audit.scope import id_in_scope, ids_of, in_scope
from promises.states import OPEN, UNKEPT, PromisePhase

WAITING, RUNNING = Q(status__in=PromisePhase.WAITING), Q(status__in=PromisePhase.RUNNING)

MOST_COUNTED = 10_000
OF_A_KIND = "SELECT due_at FROM promises_promise p WHERE p.kind = asked.kind AND p.status ="
BY_KIND = f"""
    SELECT asked.kind AS id, asked.kind, due.count AS due, due.oldest, waiting.count AS waiting, failed.count AS failed
    FROM unnest(%(kinds)s) AS asked(kind)
    CROSS JOIN LATERAL (SELECT count(*), min(due_at) AS oldest FROM
        ({OF_A_KIND} %(waiting)s AND due_at <= %(at)s ORDER BY due_at LIMIT %(most)s) found) due
    CROSS JOIN LATERAL (SELECT count(*) FROM
        ({OF_A_KIND} %(waiting)s ORDER BY due_at LIMIT %(most)s) found) waiting
    CROSS JOIN LATERAL (SELECT count(*) FROM
        ({OF_A_KIND} %(failed)s ORDER BY due_at LIMIT %(most)s) found) failed
"""  # noqa: S608  # nosec B608 - no word of users


class PromiseQuerySet(QuerySet):
    def visible_to(self, user):
        """What the house owes, and nothing that would tell of what is still sealed (FR Art. 149(3)(c)). Mails about
        nothing that is ever sealed hold addresses and secrets of accounts, so they are the administrators'."""
        about_accounts = Q(kind="mail") & ~Q(scope__has_any_keys=list(settings.SEALS))
        seen = Q(pk__in=[])
        if user.belongs_to("is_admin"):
            seen |= ~Q(scope__has_any_keys=settings.KEPT_FROM_ADMINISTRATORS)
        if user.belongs_to("sees_deliveries"):
            seen |= ~about_accounts
        return self.opened().filter(seen).kept_apart(user)

    def kept_apart(self, user):
        """Without what is about a row from which whoever stands above keeps this person: one in conflict reads no mail
        of the conflict."""
        rows = self
        for number, (kind, question) in enumerate(settings.KEPT_APART):
            mine = f"apart_{number}"
            rows = rows.alias(**{mine: id_in_scope(kind)})
            theirs = ids_of(import_string(question)(user))
            rows = rows.exclude(**{f"{mine}__isnull": False, f"{mine}__in": theirs})  # about none: kept from nobody
        return rows

    def opened(self):
        """About nothing that is sealed, or about what was opened: that is itself a promise, kept in due time. Until
        then only that promise shows: a reminder of drafts would tell that somebody has begun."""
        rows = self
        for kind, opening in settings.SEALS.items():
            sealed = f"sealed_{kind}"
            kept = self.model.objects.kept().filter(kind=opening).order_by()
            opened = kept.values_list(Cast("subject_id", TextField()))
            rows = rows.alias(**{sealed: id_in_scope(kind)})
            rows = rows.filter(Q(**{sealed: None}) | Q(kind=opening) | Q(**{f"{sealed}__in": opened}))
        return rows

    def failed(self):
        return self.filter(status__in=PromisePhase.FAILED)

    def kept(self):
        return self.filter(status__in=PromisePhase.KEPT)

    def running(self):
        return self.filter(status__in=PromisePhase.RUNNING)

    def open(self):
        return self.filter(status__in=OPEN)

    def unkept(self, kind):
        """Owed still, or given up: somebody waits for it."""
        return self.filter(kind=kind, status__in=UNKEPT)

    def due(self, at):
        """Waiting ones whose time has come."""
        return self.filter(WAITING, due_at__lte=at)

    def most_urgent_first(self):
        return self.order_by("lane", "due_at")

    def by_lane(self, at):
        """Of each lane how many are due, due later, being done, failed, and since when the oldest due one has been."""
        due = WAITING & Q(due_at__lte=at)
        return self.filter(status__in=UNKEPT).order_by("lane").values("lane").annotate(
            waiting=Count("pk", filter=due),
            later=Count("pk", filter=WAITING & Q(due_at__gt=at)),
            running=Count("pk", filter=RUNNING),
            failed=Count("pk", filter=Q(status__in=PromisePhase.FAILED)),
            oldest=Min("due_at", filter=due),
        )  # fmt: skip

    def by_kind(self, kinds, at):
        """Of each of these kinds how many are due, waiting and failed, each counted up to a limit, and since when the
        oldest due one has been: a few rows of an index each, however many there are."""
        (waiting,), (failed,) = PromisePhase.WAITING, PromisePhase.FAILED
        words = {"kinds": kinds, "at": at, "most": MOST_COUNTED, "waiting": waiting, "failed": failed}
        return self.raw(BY_KIND, words)

    def about(self, *subjects):
        return self.filter(subject_id__in=[subject.pk for subject in subjects])


class MailQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(to__iexact=user.email)


class NoticeQuerySet(QuerySet):
    def visible_to(self, user):
        return self.filter(person=user.pk)

    def waiting(self):
        return self.filter(told_at=None, dropped_at=None)

    def standing(self):
        """Told, or to be told."""
        return self.filter(dropped_at=None)

    def beside(self, notice_id, at):
        """All that the person of this notice is to be told by now."""
        person = self.model.objects.filter(pk=notice_id).values("person")
        return self.waiting().filter(person__in=person, due_at__lte=at).order_by("made_at", "pk")

    def by_kind(self, scope_kind, pk):
        """{kind, told, last, waiting} of those about this row and what stands below it."""
        rows = self.filter(in_scope(scope_kind, [pk])).standing().order_by("kind").values("kind")
        waiting = Count("pk", filter=Q(told_at=None))
        return rows.annotate(told=Count("told_at"), last=Max("told_at"), waiting=waiting)
