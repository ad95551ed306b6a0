"""The days that a letter states, counted by the database from the day on which it was issued."""

from django.db import connection
from django.utils.translation import gettext as _

from awards.proofs.statements import Statement

COUNTED = """
    SELECT d, (d + 15), (d + 30), (d + interval '3 months')::date, r, (r + %(days)s),
           (r + interval '2 months')::date, (r + interval '24 months')::date
    FROM (SELECT %(day)s::date AS d, %(day)s::date + %(read)s AS r) counted
"""  # FR Art. 194(2)(b), 200(7); TFEU Art. 263; Ombudsman; the office's own 15 and 30 days


def counted_from(day, call):
    """All of them, of the letters of a call that are issued on this day."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"day": day, "read": call.read_after_days, "days": call.redress_days})
        return cursor.fetchone()


def of_days(facts, days):
    """`days`: as `counted_from` gives them."""
    issued, fifteen, thirty, quarter, read, review, sue, complain = days
    timing, redress, where = facts["timing"], facts["redress"], _("counted anew it is")
    for what, said, true in (
        (_("Date"), facts["date"], issued),
        (_("Successful applicants informed on"), timing["successful_informed_on"], issued),
        (_("Others informed by"), timing["reject_by"], fifteen),
        (_("Documents to be sent by"), timing["prepare_by"], thirty),
        (_("Agreement to be signed by"), timing["sign_by"], quarter),
        (_("Counts as read on"), redress["read_on"], read),
        (_("Review to be asked for by"), redress["review_by"], review),
        (_("Action for annulment by"), redress["sue_by"], sue),
        (_("Complaint by"), redress["complain_by"], complain),
        (_("To be answered by"), facts["answer_by"], fifteen if facts["answer_by"] else None),
    ):
        yield Statement(what, said, true, where)
