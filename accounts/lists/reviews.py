"""Reviews of access, and the lines of one."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.member_states import by_name
from accounts.models import AccessLine, AccessReview
from accounts.roles import choices_of, is_a_person
from accounts.states import AccessLinePhase, AccessLineStatus, AccessReviewPhase, AccessReviewStatus
from core.formats import brief, brussels_day
from core.lists import Column, RowList, choice, search
from core.lists.kinds import CODE, DAY, MOMENT, TRUTH
from core.phases import for_each
from core.spelling import InOrder
from core.statuses import status_column, status_filter

REVIEW_TONES = for_each(
    AccessReviewStatus,
    {AccessReviewPhase.OPEN: "info", AccessReviewPhase.CLOSED: "good", AccessReviewPhase.BROKEN_OFF: "neutral"},
)
DECISION_TONES = for_each(
    AccessLineStatus,
    {
        AccessLinePhase.WAITING: "warning", AccessLinePhase.KEPT: "good", AccessLinePhase.ENDED: "bad",
        AccessLinePhase.GONE: "neutral",
    },
)  # fmt: skip


class AccessReviewList(RowList):
    """For administrators, who decide, and for auditors."""

    title = _("Reviews of access")
    name = "access-reviews"
    default_sort = "-opened_at"
    columns = (
        Column("opened_at", _("Opened"), lambda row: row.opened_at, text=lambda row: brief(row.opened_at),
               sort="opened_at", url=lambda row: row.get_absolute_url(), kind=MOMENT),
        Column("opened_by", _("Opened by"), lambda row: row.opened_by.name),
        Column("decide_by", _("To be decided by"), lambda row: row.decide_by,
               text=lambda row: brussels_day(row.decide_by), kind=DAY),
        Column("ended_by", _("Ended by"), lambda row: row.ended_by.name if row.ended_by else ""),
        Column("ended_at", _("Ended"), lambda row: row.ended_at, text=lambda row: brief(row.ended_at), kind=MOMENT),
        status_column(REVIEW_TONES),
    )  # fmt: skip

    def all_rows(self):
        return AccessReview.objects.visible_to(self.user).select_related("opened_by", "ended_by")


class AccessLineList(RowList):
    """Each role of one review, as it stood when the review was opened: `review` comes with the page."""

    title = _("Access")
    name = "access"
    default_sort = "name"
    columns = (
        Column("name", _("Name"), lambda row: row.name, sort="name_order", url=lambda row: row.get_absolute_url()),
        Column("email", _("E-mail"), lambda row: row.email),
        Column("role", _("Role"), lambda row: row.role, text=lambda row: row.get_role_display(), kind=CODE),
        Column("place", _("Organisation or entity"), lambda row: row.place),
        Column("member_state", _("Member State"), lambda row: row.member_state),
        Column("appointed", _("How appointed"), lambda row: row.appointed),
        Column("signed_in_at", _("Last signed in"), lambda row: row.signed_in_at,
               text=lambda row: brief(row.signed_in_at) or _("never"), kind=MOMENT),
        Column("has_factor", _("Second factor"), lambda row: row.has_factor,
               text=lambda row: _("yes") if row.has_factor else _("no"), kind=TRUTH),
        Column("tokens", _("Tokens for programs"), lambda row: "; ".join(tokens_in_words(row))),
        status_column(DECISION_TONES),
    )  # fmt: skip
    filters = (
        search("name", "email"),
        choice("role", _("Role"), choices_of(is_a_person)),
        choice("state", _("Member State"), by_name, lookup="member_state"),
        choice("has_factor", _("Second factor"), [("True", _("yes")), ("False", _("no"))]),
        status_filter(AccessLineStatus),
    )

    def __init__(self, user, params, *, path="", review, **context):
        self.review = review
        super().__init__(user, params, path=path, **context)

    def all_rows(self):
        return AccessLine.objects.visible_to(self.user).of(self.review).annotate(name_order=InOrder("name"))

    def to_be_kept(self, most):
        """Those found that still wait for this reader's word: as many as a person looks through."""
        rows = self.filtered().to_be_decided_by(self.user).select_related("person", "review")
        return list(rows.order_by("name_order", "pk")[:most])


def tokens_in_words(line):
    """“nightly report (last used 3 May 2021)”"""
    used = [one["used"] and brussels_day(datetime.fromisoformat(one["used"])) for one in line.tokens]
    return [
        _("%(token)s (last used %(day)s)") % {"token": one["name"] or one["start"], "day": day}
        if day
        else _("%(token)s (never used)") % {"token": one["name"] or one["start"]}
        for one, day in zip(line.tokens, used, strict=True)
    ]
