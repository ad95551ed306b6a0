"""What waits for an account administrator: organisations that are there twice, addresses that want a second word."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import AddressChange, Organisation
from accounts.roles import is_admin
from core.counting import CAP, counted
from core.desk import Waiting


def waiting_for(user, at):
    return [*to_be_merged(), *to_be_agreed(user)] if is_admin(user) else []


def to_be_agreed(user):
    """Few at any time: each is over after three days."""
    waiting = AddressChange.objects.waiting_for_a_second(user).select_related("person").order_by("expires_at")
    sentence = _("The e-mail address of %(person)s is to be changed: a second administrator agrees, or stops it.")
    return [
        Waiting(sentence % {"person": one.person}, one.get_absolute_url(), until=one.expires_at, tone="warning")
        for one in waiting[:CAP]
    ]


def to_be_merged():
    count = Organisation.objects.waiting_to_be_merged()[: CAP + 1].count()
    if not count:
        return []
    sentence = ngettext(
        "One organisation shares its number with another: merge the two, or correct the number.",
        "%(count)s organisations share their number with another: merge them, or correct the numbers.",
        count,
    ) % {"count": counted(count)}
    return [Waiting(sentence, f"{reverse('organisations')}?shares_identity=True", count=count, tone="warning")]
