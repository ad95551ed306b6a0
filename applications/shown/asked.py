"""What every question to an applicant shows alike: its documents, and the line on the page of the application."""

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import is_applicant
from core.days import day_of
from core.formats import brussels, brussels_day, milliseconds


def asked_by(row, user):
    return _("the programme office") if is_applicant(user) else row.asked_by.name


def days_of(row):
    """[(label, value)]: until when, why that was moved, when somebody answered."""
    return [
        (_("To be answered by"), _("%(day)s, end of the day in Brussels") % {"day": brussels_day(row.due_on)}),
        (_("Reason"), row.because),
        (_("Answered"), row.answered_at and f"{milliseconds(row.answered_at)} – {row.answered_by.name}"),
    ]


def with_value(facts):
    return [(label, value) for label, value in facts if value]


def moment_and_person(at, name):
    return f"{brussels(at)} – {name}"


def files_of(row, address):
    return [
        {
            "name": file.name, "url": reverse(address, args=[file.pk]), "size": file.size,
            "shown_size": filesizeformat(file.size), "sha256": file.sha256, "note": in_pages(file.pages),
        }
        for file in row.files.all()
    ]  # fmt: skip


def in_pages(number):
    return ngettext("%(number)d page", "%(number)d pages", number) % {"number": number} if number else ""


def words_of(row):
    return {
        "status": row.get_status_display(), "asked": brussels_day(day_of(row.asked_at)),
        "due": brussels_day(row.due_on),
    }  # fmt: skip
