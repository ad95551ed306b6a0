"""Columns that many reports have in common."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.days import BRUSSELS
from core.formats import euro, percent, points
from core.lists import Column


def application_columns(of):
    """Which application a row speaks of; `of(row)` gives it."""
    return (
        Column("number", _("Number"), lambda row: of(row).reference),
        Column("acronym", _("Acronym"), lambda row: of(row).acronym),
        Column("title", _("Title"), lambda row: of(row).title),
        Column("applicant", _("Applicant"), lambda row: of(row).applicant.name),
        Column("member_state", _("Member State"), lambda row: of(row).applicant.member_state),
    )


def itself(row):
    return row


def the_application(row):
    return row.application


def money(name, label, value):
    return Column(name, label, value, text=lambda row: euro(value(row)), numeric=True, unit="EUR")


def rate(name, label, value):
    return Column(name, label, value, text=lambda row: percent(value(row)), numeric=True, unit="%")


def number(name, label, value):
    """Counts as they are, points with two places on pages and paper."""
    return Column(name, label, value, text=lambda row: figure(value(row)), numeric=True)


def figure(value):
    return points(value) if isinstance(value, Decimal) else "" if value is None else str(value)


def yes_or_no(name, label, value):
    return Column(name, label, lambda row: str(_("yes") if value(row) else _("no")))


def moment(at):
    """By the clocks of Brussels, to the millisecond, with the distance from UTC: precise, yet short."""
    return at.astimezone(BRUSSELS).isoformat(sep=" ", timespec="milliseconds")
