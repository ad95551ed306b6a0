"""What waits for the office here: deliveries that gave up."""

from django.urls import reverse
from django.utils.translation import ngettext

from core.counting import CAP, counted
from core.desk import Waiting
from core.statuses import asked_for
from promises.models import Promise
from promises.permissions import mends_deliveries
from promises.states import PromisePhase


def waiting_for(user, at):
    failed = Promise.objects.visible_to(user).failed()[: CAP + 1].count() if mends_deliveries(user) else 0
    if not failed:
        return []
    sentence = ngettext(
        "A delivery failed: look why and try again.", "%(count)s deliveries failed: look why and try again.", failed
    )
    url = f"{reverse('promises')}?status={asked_for(PromisePhase.FAILED)}"
    return [Waiting(sentence % {"count": counted(failed)}, url, count=failed, tone="bad")]
