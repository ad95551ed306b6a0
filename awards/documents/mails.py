"""The mail that announces a letter: where it lies and from when it counts, never what it says."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core.formats import brussels, brussels_day
from core.language import for_each_reader


@for_each_reader
def notice_of(letter):
    """The mail about a letter that is being sent."""
    words = {
        "application": letter.application,
        "call": letter.facts["call"]["reference"],
        "link": settings.SITE_URL + letter.get_absolute_url(),
        "moment": brussels(letter.counts_as_read_at),
    }
    subject = _("A letter about your application %(application)s") % words
    body = _(
        "A letter about your application %(application)s under the call %(call)s waits for you.\n\n"
        "Sign in, read it and confirm that you have read it:\n%(link)s\n\n"
        "If nobody confirms, it counts as read on %(moment)s. Time limits run from the day it is read.\n"
    )
    return {"subject": subject, "body": body % words}


@for_each_reader
def expired_mail(line):
    """To who waited on a reserve list to its end."""
    call = line.application.call
    body = _(
        "The reserve list of the call %(call)s expired on %(day)s. No money came free for your application "
        "%(number)s.\n\nIts letters stay in the portal:\n%(link)s\n"
    ) % {
        "call": call, "day": brussels_day(call.reserve_until), "number": line.application,
        "link": settings.SITE_URL.rstrip("/") + reverse("letters"),
    }  # fmt: skip
    return {"subject": _("The reserve list of %(call)s has expired") % {"call": call}, "body": body}
