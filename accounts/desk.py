"""What waits for an account administrator: organisations that are there twice."""

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import Organisation
from accounts.roles import is_admin
from core.counting import CAP, counted
from core.desk import Waiting


def waiting_for(user, at):
    count = Organisation.objects.waiting_to_be_merged()[: CAP + 1].count() if is_admin(user) else 0
    if not count:
        return []
    sentence = ngettext(
        "One organisation shares its number with another: merge the two, or correct the number.",
        "%(count)s organisations share their number with another: merge them, or correct the numbers.",
        count,
    ) % {"count": counted(count)}
    return [Waiting(sentence, f"{reverse('organisations')}?shares_identity=True", count=count, tone="warning")]
