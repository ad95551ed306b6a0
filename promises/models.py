"""What we owe: one row for each thing that must leave the house or happen later. The task only keeps it."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from audit.history import versioned
from core.rows import Row, Stamped
from core.spelling import by_words
from promises.lanes import Lane
from promises.querysets import MailQuerySet, NoticeQuerySet, PromiseQuerySet
from promises.states import OPEN, UNKEPT, PromiseStatus


class OfSubject(Row):
    """A row owed on behalf of another: it keeps whose that one is, {kind: id}, as its records do."""

    scope = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def audit_scope(self):
        return self.scope


class Promise(Stamped, OfSubject):
    """A paper to draw, a mail to send, a seal to open at its time. Kept at least once, marked once."""

    kind = models.CharField(_("what"), max_length=40)
    lane = models.PositiveSmallIntegerField(_("lane"), choices=Lane, default=Lane.FILE, db_default=Lane.FILE)
    subject_id = models.UUIDField()
    subject_name = models.CharField(_("for"), max_length=300, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=PromiseStatus, default=PromiseStatus.WAITING)
    due_at = models.DateTimeField(_("due"))
    made_at = models.DateTimeField(_("made"))
    kept_at = models.DateTimeField(_("kept"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    # of the page or program that owes it: the worker's lines and records say it too
    request_id = models.CharField(max_length=40, blank=True, db_default="")

    objects = PromiseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=models.Q(status__in=[*OPEN]),
                name="one_open_promise_of_a_kind_for_a_row",
            ),
            models.CheckConstraint(
                condition=models.Q(kept_at__isnull=False) | ~models.Q(status="KEPT"), name="kept_promise_says_when"
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "lane", "due_at"], condition=models.Q(status__in=[*UNKEPT]), name="promises_unkept"
            ),
            models.Index(fields=["-due_at", "-id"], name="promises_by_time"),
            models.Index(fields=["kind", "status"], name="promises_of_a_kind"),  # which seals are opened
            models.Index(fields=["status", "-due_at", "-id"], name="promises_of_a_status_by_time"),
            models.Index(  # for whoever watches each kind
                fields=["kind", "status", "due_at"], condition=models.Q(status__in=[*UNKEPT]), name="promises_watched"
            ),
            GinIndex(by_words("subject_name"), by_words("kind"), name="promises_by_words"),
        ]

    def __str__(self):
        return f"{self.kind} · {self.subject_name}"

    def get_absolute_url(self):
        return "/promises/"


@versioned(told=False)
class Mail(OfSubject):
    """One mail to one person, as it was sent. `carries` names the rows whose papers go with it, {kind: id}."""

    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    carries = models.JSONField(default=dict, db_default=Value({}, models.JSONField()))
    written_at = models.DateTimeField(_("written"))
    sent_at = models.DateTimeField(_("sent"), null=True)

    objects = MailQuerySet.as_manager()

    def __str__(self):
        return f"{self.subject} → {self.to}"


class Notice(OfSubject):
    """One person is to be told that something waits. It is told in a mail, with others, or dropped: not its turn any
    more. `occasion` tells the turns of one row apart (see `promises.notices`), `name` is what the reader may see of it.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(_("what"), max_length=40)
    subject_id = models.UUIDField()
    occasion = models.CharField(max_length=80)
    name = models.CharField(_("about"), max_length=200)
    made_at = models.DateTimeField(_("noted"))
    due_at = models.DateTimeField(_("to be told from"))
    told_at = models.DateTimeField(_("told"), null=True)
    told_on = models.DateField(_("told on"), null=True)  # the day in Brussels
    dropped_at = models.DateTimeField(_("not told any more"), null=True)
    mail = models.ForeignKey(Mail, on_delete=models.PROTECT, related_name="notices", null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "subject_id", "occasion"],
                condition=models.Q(dropped_at=None),
                name="nobody_is_told_twice_of_one_turn",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "subject_id", "told_on"], name="nobody_is_told_the_same_twice_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(told_at=None, told_on=None, mail=None)
                | models.Q(told_at__isnull=False, told_on__isnull=False, mail__isnull=False, dropped_at=None),
                name="what_was_told_stands_in_a_mail",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "due_at"], condition=models.Q(told_at=None, dropped_at=None), name="notices_waiting"
            ),
            models.Index(fields=["subject_id"], name="notices_of_a_subject"),
            GinIndex(fields=["scope"], opclasses=["jsonb_path_ops"], name="notices_by_scope"),
        ]

    def __str__(self):
        return f"{self.person} · {self.kind.replace('_', ' ')}"
