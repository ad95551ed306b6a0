"""What leaves the house about an evaluation: notes to its people, which name the row and tell nothing of it."""

from django.conf import settings
from django.utils.translation import gettext as _

from core.language import for_each_reader


@for_each_reader
def note(subject, sentence, *, page):
    """Subject and body of a mail to somebody who takes part; the reason stands on the page, behind the login."""
    words = {"sentence": sentence, "link": settings.SITE_URL.rstrip("/") + page}
    return {
        "subject": subject,
        "body": _("%(sentence)s\n\nSign in to see why and what comes next:\n%(link)s\n") % words,
    }
