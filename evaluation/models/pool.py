"""The pool of a call: who was invited to assess its applications, on what terms, and what each answered."""

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.history import versioned
from core.rows import Row, Stamped
from evaluation.querysets import PoolMemberQuerySet
from evaluation.states import PoolMemberStatus
from programmes.models import Call


@versioned(many=True)
class PoolMember(Stamped, Row):
    """One person's place in the pool of one call: invited again, it is the same row on new terms.

    `task`, `work_until`, `most`: the terms of reference – what, until when, how many assessments (None: no limit).
    `why`: of whoever declined, left or was let go; kept to the office.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="pool")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="pool_places")
    status = models.CharField(_("status"), max_length=10, choices=PoolMemberStatus)
    task = models.TextField(_("what is asked"), max_length=4000)
    work_until = models.DateField(_("assessments until"), null=True, blank=True)
    most = models.PositiveSmallIntegerField(
        _("assessments, at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    answer_by = models.DateField(_("last day to answer"))
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    why = models.TextField(_("why"), blank=True)

    objects = PoolMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="a_person_has_one_place_in_a_pool"),
            models.CheckConstraint(
                condition=~models.Q(status__in=["ACCEPTED", "DECLINED"]) | models.Q(answered_at__isnull=False),
                name="an_answer_to_an_invitation_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["invited_at", "id"], name="invitations_by_time"),
            models.Index(fields=["status", "invited_at", "id"], name="invitations_of_a_status"),
            models.Index(fields=["call", "status", "id"], name="pool_by_status"),
            models.Index(fields=["call", "answer_by", "id"], name="pool_by_last_day"),
            models.Index(fields=["call", "invited_at", "id"], name="pool_by_invitation"),
        ]

    def __str__(self):
        return str(_("%(call)s: invitation of %(person)s") % {"call": self.call, "person": self.person})

    def get_absolute_url(self):
        return reverse("pool_member", args=[self.pk])

    @property
    def chain(self):
        return self.call.chain

    def audit_scope(self):
        return self.call.audit_scope()
