"""A clarification laid out: the applicant reads that the office asked, everybody else who."""

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import is_applicant
from applications.models import Clarification
from core.days import day_of
from core.formats import brussels, brussels_day, milliseconds


def facts_of(row, user):
    asked_by = _("the programme office") if is_applicant(user) else row.asked_by.name
    facts = [
        (_("Status"), row.get_status_display()),
        (_("Asked"), f"{brussels(row.asked_at)} – {asked_by}"),
        (_("To be answered by"), _("%(day)s, end of the day in Brussels") % {"day": brussels_day(row.due_on)}),
        (_("Reason"), row.because),
        (_("Answered"), row.answered_at and f"{milliseconds(row.answered_at)} – {row.answered_by.name}"),
    ]
    return [(label, value) for label, value in facts if value]


def files_of(row):
    return [
        {
            "name": file.name, "url": reverse("clarification_file", args=[file.pk]), "size": file.size,
            "shown_size": filesizeformat(file.size), "sha256": file.sha256, "note": in_pages(file.pages),
        }
        for file in row.files.all()
    ]  # fmt: skip


def in_pages(number):
    return ngettext("%(number)d page", "%(number)d pages", number) % {"number": number} if number else ""


def clarifications_of(application, user):
    """[(sentence, address)] for the application's page, the newest first."""
    rows = Clarification.objects.visible_to(user).filter(application=application)
    return [(in_short(row), row.get_absolute_url()) for row in rows]


def in_short(row):
    words = {
        "status": row.get_status_display(), "asked": brussels_day(day_of(row.asked_at)),
        "due": brussels_day(row.due_on),
    }  # fmt: skip
    return _("Asked on %(asked)s, to be answered by %(due)s: %(status)s") % words
