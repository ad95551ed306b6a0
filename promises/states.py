from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.workflow import Workflow, step
from promises.permissions import mends_deliveries


class PromiseStatus(TextChoices):
    WAITING = "WAITING", _("waiting")
    RUNNING = "RUNNING", _("running")
    KEPT = "KEPT", _("done")
    FAILED = "FAILED", _("failed")


S = PromiseStatus

# fmt: off
PROMISE = Workflow(
    "promises.actions",
    #    what         from         to         who
    step("try_again", {S.FAILED},  S.WAITING, mends_deliveries, _("Try again")),
)
# fmt: on
