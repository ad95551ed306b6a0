"""What is asked about a call, what is answered to everybody, and who follows it."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.history import versioned
from core.rows import Row, Stamped
from programmes.models.calls import Call
from programmes.querysets import FollowingQuerySet, QuestionQuerySet
from programmes.states import FollowingStatus, QuestionPhase, QuestionStatus


@versioned()
class Question(Stamped, Row):
    """Asked in private, answered in public. `text` is as it was asked, for the asker and the Commission alone; what
    everybody reads stands in its replies. `number` counts the published ones of a call."""

    call = models.ForeignKey(Call, verbose_name=_("call"), on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    text = models.TextField(_("question"), max_length=4000)
    status = models.CharField(_("status"), max_length=10, choices=QuestionStatus)
    number = models.PositiveSmallIntegerField(_("number"), null=True)
    because = models.TextField(_("reason"), blank=True)  # why it is not answered, or why no answer stands

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="questions_of_a_call_are_numbered"),
            models.CheckConstraint(
                condition=~models.Q(status__in=[*QuestionPhase.ANSWERED, *QuestionPhase.WITHDRAWN])
                | models.Q(number__isnull=False),
                name="a_published_question_has_its_number",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=[*QuestionPhase.WITHDRAWN, *QuestionPhase.DECLINED])
                | ~models.Q(because=""),
                name="a_question_without_an_answer_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["call", "asked_at"],
                condition=models.Q(status__in=[*QuestionPhase.WAITING]),
                name="questions_that_wait",
            ),
            models.Index(fields=["asked_by", "-asked_at"], name="questions_of_a_person"),
        ]

    def __str__(self):
        """Nobody's name: records, mails and deliveries say this."""
        return f"{self.call} – {_('question')} {self.number or ''}".rstrip()

    def get_absolute_url(self):
        return reverse("question", args=[self.pk])

    def audit_scope(self):
        return self.call.audit_scope()


@versioned()
class Reply(Row):
    """One version of what everybody reads: the question in the office's own words, and the answer. A later one says
    why it was corrected; the earlier ones stay to be read."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="replies")
    version = models.PositiveSmallIntegerField()
    asked = models.TextField(_("question as published"), max_length=4000)
    text = models.TextField(_("answer"), max_length=10_000)
    because = models.TextField(_("why it was corrected"), blank=True)
    replied_at = models.DateTimeField()
    replied_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["question", "version"], name="replies_to_a_question_are_numbered"),
            models.CheckConstraint(
                condition=models.Q(version=1) | ~models.Q(because=""), name="a_corrected_reply_says_why"
            ),
        ]

    def __str__(self):
        return f"{self.question} ({self.version})"

    def audit_scope(self):
        return self.question.audit_scope()


@versioned()
class Following(Stamped, Row):
    """Somebody who wants to be told by mail what is new about a call."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="followings")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="followings")
    status = models.CharField(_("status"), max_length=10, choices=FollowingStatus)

    objects = FollowingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "person"], name="a_person_follows_a_call_once")]

    def __str__(self):
        return str(self.call)

    def audit_scope(self):
        """Its person's alone: who follows a call is about to apply for it."""
        return {}
