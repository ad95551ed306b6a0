"""R40: who had access when it was reviewed, and what was decided about each, by whom and when."""

from django.utils.translation import gettext_lazy as _

from accounts.lists import tokens_in_words
from accounts.models import AccessLine
from accounts.roles import is_auditor
from core.lists import Column
from reports.about import HOUSE
from reports.columns import yes_or_no
from reports.report import Report


def rows(about, user):
    seen = AccessLine.objects.visible_to(user).select_related("review__opened_by", "decided_by")
    return seen.order_by("review__opened_at", "name", "role", "pk")


COLUMNS = (
    Column("opened_at", _("Review opened"), lambda row: row.review.opened_at),
    Column("opened_by", _("Opened by"), lambda row: row.review.opened_by.name),
    Column("decide_by", _("To be decided by"), lambda row: row.review.decide_by),
    Column("review_status", _("Review"), lambda row: str(row.review.get_status_display())),
    Column("ended_at", _("Review ended"), lambda row: row.review.ended_at),
    Column("person", _("Person"), lambda row: row.name),
    Column("email", _("E-mail"), lambda row: row.email),
    Column("role", _("Role"), lambda row: str(row.get_role_display())),
    Column("place", _("Organisation or entity"), lambda row: row.place),
    Column("member_state", _("Member State"), lambda row: row.member_state),
    Column("from_at", _("From"), lambda row: row.from_at),
    Column("until_at", _("Until"), lambda row: row.until_at),
    Column("appointed", _("How appointed"), lambda row: row.appointed),
    Column("signed_in_at", _("Last signed in"), lambda row: row.signed_in_at),
    yes_or_no("has_factor", _("Second factor"), lambda row: row.has_factor),
    Column("tokens", _("Tokens for programs"), lambda row: "; ".join(tokens_in_words(row))),
    Column("status", _("Decision"), lambda row: str(row.get_status_display())),
    yes_or_no("closed_account", _("Account closed"), lambda row: row.closed_account),
    Column("decided_by", _("Decided by"), lambda row: row.decided_by.name if row.decided_by else ""),
    Column("decided_at", _("Decided"), lambda row: row.decided_at),
    Column("reason", _("Reason"), lambda row: row.reason),
)

REPORT = Report(
    slug="access-review",
    number="R40",
    title=_("Access review"),
    description=_(
        "Each review of who has access: every role as it stood when the review was opened – how appointed, last signed "
        "in, second factor, tokens for programs – and whether it was kept or ended, by whom, when and why."
    ),
    basis=("it_systems",),
    allowed=is_auditor,
    columns=COLUMNS,
    rows=rows,
    paper=("opened_at", "person", "role", "place", "signed_in_at", "has_factor", "status", "decided_by", "decided_at"),
    kinds=(HOUSE,),
)
