"""The mail that announces a letter: where it lies and from when it counts, never what it says."""

from django.conf import settings
from django.utils.translation import gettext as _

from core.formats import brussels


def notice_of(letter):
    """(subject, body) of the mail about a letter that is being sent."""
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
    return subject, body % words
