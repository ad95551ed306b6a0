"""The days the law counts from: to inform, to reject, to ask for a review. Pure."""

from calendar import monthrange
from datetime import date, timedelta

from core.days import BRUSSELS, day_of

MONTHS_TO_INFORM = 6  # from the final date for complete proposals (FR Art. 194(2)(a))
MONTHS_TO_SIGN = 3  # from informing the successful applicants (FR Art. 194(2)(b))
DAYS_TO_REJECT = 15  # from informing the successful applicants (FR Art. 200(7))
MONTHS_TO_SUE = 2  # action for annulment (TFEU Art. 263)
MONTHS_TO_COMPLAIN = 24  # European Ombudsman
DAYS_TO_ANSWER = 15  # an offer from the reserve list; the office's own practice
DAYS_TO_PREPARE = 30  # documents of the grant agreement; the office's own practice


def months_later(day, months):
    """The same day of a later month, or its last day where there is none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_later(day, days):
    return day + timedelta(days=days)


def inform_by(closed_at):
    return months_later(day_of(closed_at), MONTHS_TO_INFORM)


def sign_by(informed_at):
    return months_later(day_of(informed_at), MONTHS_TO_SIGN)


def reject_by(informed_at):
    return days_later(day_of(informed_at), DAYS_TO_REJECT)


def prepare_by(informed_at):
    return days_later(day_of(informed_at), DAYS_TO_PREPARE)


def answer_by(informed_at):
    return days_later(day_of(informed_at), DAYS_TO_ANSWER)


def counts_as_read_at(sent_at, days):
    """The same time by the clocks of Brussels, whatever summer time does in between."""
    return sent_at.astimezone(BRUSSELS) + timedelta(days=days)


def review_by(read_at, days):
    return days_later(day_of(read_at), days)


def sue_by(read_at):
    return months_later(day_of(read_at), MONTHS_TO_SUE)


def complain_by(read_at):
    return months_later(day_of(read_at), MONTHS_TO_COMPLAIN)
