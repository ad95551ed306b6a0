"""A notice before an adverse decision laid out: the applicant reads that the office sent it, everybody else who."""

from django.utils.translation import gettext as _

from accounts.roles import is_applicant
from applications.models import Hearing
from applications.shown.asked import asked_by, days_of, moment_and_person, with_value, words_of


def facts_of(row, user):
    settled_by = _("the programme office") if is_applicant(user) else row.settled_by and row.settled_by.name
    return with_value([
        (_("Number"), row.reference),
        (_("Status"), row.get_status_display()),
        (_("What is intended"), row.get_measure_display()),
        (_("Sent"), moment_and_person(row.asked_at, asked_by(row, user))),
        *days_of(row),
        (_("Settled"), row.settled_at and moment_and_person(row.settled_at, settled_by)),
    ])  # fmt: skip


def hearings_of(application, user):
    """[(sentence, address)] for the application's page, the newest first."""
    rows = Hearing.objects.visible_to(user).filter(application=application)
    return [(in_short(row), row.get_absolute_url()) for row in rows]


def in_short(row):
    words = {**words_of(row), "measure": row.get_measure_display()}
    return _("Sent on %(asked)s (%(measure)s), observations until %(due)s: %(status)s") % words
