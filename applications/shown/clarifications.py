"""A clarification laid out: the applicant reads that the office asked, everybody else who."""

from django.utils.translation import gettext as _

from applications.models import Clarification
from applications.shown.asked import asked_by, days_of, moment_and_person, with_value, words_of


def facts_of(row, user):
    asked = moment_and_person(row.asked_at, asked_by(row, user))
    return with_value([(_("Status"), row.get_status_display()), (_("Asked"), asked), *days_of(row)])


def clarifications_of(application, user):
    """[(sentence, address)] for the application's page, the newest first."""
    rows = Clarification.objects.visible_to(user).filter(application=application)
    return [(in_short(row), row.get_absolute_url()) for row in rows]


def in_short(row):
    return _("Asked on %(asked)s, to be answered by %(due)s: %(status)s") % words_of(row)
