from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.phases import phases
from core.workflow import NEW, Workflow, step
from promises.permissions import mends_deliveries


class PromiseStatus(TextChoices):
    WAITING = "WAITING", _("waiting")
    RUNNING = "RUNNING", _("running")
    KEPT = "KEPT", _("done")
    FAILED = "FAILED", _("failed")


S = PromiseStatus


@phases(
    S,
    ends=[S.KEPT],
    elsewhere=[  # the worker's marks: they keep what was promised and are no act of anybody
        (NEW, S.WAITING),
        (S.WAITING, S.RUNNING),
        (S.RUNNING, S.WAITING),
        (S.RUNNING, S.KEPT),
        (S.RUNNING, S.FAILED),
    ],
)
class PromisePhase:
    WAITING = [S.WAITING]
    RUNNING = [S.RUNNING]
    KEPT = [S.KEPT]
    FAILED = [S.FAILED]


OPEN = PromisePhase.WAITING + PromisePhase.RUNNING  # still owed
UNKEPT = OPEN + PromisePhase.FAILED

# fmt: off
PROMISE = Workflow(
    "promises.actions",
    #    what         from         to         who
    step("try_again", {S.FAILED},  S.WAITING, mends_deliveries, _("Try again")),
)
# fmt: on
