"""What waits for an account administrator: organisations that are there twice, addresses that want a second word,
access that nobody has looked at."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Max, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import AccessLine, AccessReview, AddressChange, Membership, Organisation
from accounts.roles import is_admin
from core.counting import CAP, counted
from core.days import end_of
from core.desk import Waiting


def waiting_for(user, at):
    return [*to_be_merged(), *to_be_agreed(user), *to_be_reviewed(user, at)] if is_admin(user) else []


def to_be_reviewed(user, at):
    """The review that is open; else that it is time for one."""
    if review := AccessReview.objects.open().first():
        return [of_the_open_one(review, user, at)]
    since = last_looked_at()
    if since and at - since > timedelta(days=settings.ACCESS_REVIEW_DAYS):
        sentence = _("Nobody has reviewed who has access for more than %(days)s days: open a review.")
        words = {"days": settings.ACCESS_REVIEW_DAYS}
        return [Waiting(sentence % words, reverse("access_reviews"), tone="warning")]
    return []


def of_the_open_one(review, user, at):
    lines, until = AccessLine.objects.of(review).waiting(), end_of(review.decide_by)
    count = lines.to_be_decided_by(user).count()
    if count:
        sentence = ngettext(
            "Review of access: %(count)s role is to be kept or ended.",
            "Review of access: %(count)s roles are to be kept or ended.",
            count,
        )
    elif lines.exists():
        sentence = _("Review of access: your own role waits for another administrator.")
    else:
        sentence = _("Review of access: all is decided; close it.")
    tone = "bad" if at > until else "info"
    return Waiting(sentence % {"count": count}, review.get_absolute_url(), until=until, count=count or 1, tone=tone)


def last_looked_at():
    """When the last review was closed; before the first one, since when there is anybody who could review."""
    last = AccessReview.objects.closed().aggregate(last=Max("ended_at"))["last"]
    return last or Membership.objects.of(is_admin).aggregate(first=Min("from_at"))["first"]


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
