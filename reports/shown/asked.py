"""What was asked of an applicant after the opening, as chapters of the life of its application."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from applications.models import Clarification, Hearing
from core.cells import Cell
from core.formats import brief
from reports.shown.chapters import table
from reports.shown.people import name_of


def clarifications(application, user):
    def shown(row):
        asked = Cell(row.text, url=row.get_absolute_url())
        return [
            brief(row.asked_at), name_of(row.asked_by), asked, row.get_status_display(), row.answer,
            name_of(row.answered_by), brief(row.answered_at),
        ]  # fmt: skip

    rows = Clarification.objects.visible_to(user).filter(application=application).for_reading().order_by("asked_at")
    columns = [_("Asked"), _("By"), _("Question"), _("Status"), _("Answer"), _("Answered by"), _("On")]
    return table(columns, rows, shown)


def hearings(application, user):
    def shown(row):
        notice = Cell(row.reference, url=row.get_absolute_url())
        return [
            notice, row.get_measure_display(), f"{brief(row.asked_at)} · {row.asked_by.name}", row.text,
            row.due_on.isoformat(), row.get_status_display(), row.answer, brief(row.answered_at), row.considered,
            brief(row.settled_at),
        ]  # fmt: skip

    rows = Hearing.objects.visible_to(user).filter(application=application).for_reading().order_by("asked_at")
    columns = [
        _("Notice"), _("What is intended"), _("Sent"), _("Facts"), _("Observations until"), _("Status"),
        _("Observations"), pgettext("a day", "Of"), _("How they were taken into account"), _("Settled"),
    ]  # fmt: skip
    return table(columns, rows, shown)
