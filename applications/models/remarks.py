"""What colleagues say to each other beside a part of a proposal. It is no part of it and never leaves with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models.participations import Participation
from applications.models.proposal import Application, OfApplication
from applications.querysets.remarks import RemarkQuerySet
from applications.states import RemarkStatus
from audit.history import versioned
from core.rows import Stamped

LONGEST_REMARK = 2000


@versioned(exclude=["text"])  # the trail is read by others than its readers; the text never changes
class Remark(Stamped, OfApplication):
    """A comment on a part, or on one `name`d answer of it; what is said to it points at it (`thread`).

    `participation`: the partner whose own part it is about, and whose people therefore read it too.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="remarks")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="remarks", null=True)
    thread = models.ForeignKey("self", on_delete=models.PROTECT, related_name="answers", null=True)
    status = models.CharField(_("status"), max_length=10, choices=RemarkStatus)
    part = models.CharField(max_length=30)
    name = models.CharField(_("answer"), max_length=80, blank=True)
    text = models.TextField(_("comment"), max_length=LONGEST_REMARK)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    resolved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    resolved_at = models.DateTimeField(null=True)

    is_watched = False  # the office reads none, so the access log has nothing to keep
    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["application", "part", "at"], name="remarks_of_a_part")]

    def __str__(self):
        return f"{self.application} · {self.part}"
