"""The lists of funds and calls: one object for page, API and export."""

from datetime import UTC, datetime
from decimal import Decimal

from django import forms
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.member_states import by_name
from core.formats import brief, euro
from core.lists import Column, Filter, RowList, choice, search
from core.lists.kinds import MOMENT, MONEY, TRUTH
from core.phases import for_each
from core.spelling import InOrder
from core.statuses import status_column, status_filter
from programmes.models import Call, Fund
from programmes.states import CallPhase, CallStatus

P = CallPhase
TONES = for_each(
    CallStatus,
    {
        P.PREPARING: "neutral", P.PUBLISHED: "good", P.CHECKING: "info", P.EVALUATION: "info", P.RANKED: "info",
        P.DECIDED: "neutral", P.CANCELLED: "bad",
    },
)  # fmt: skip
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # a draft without a closing time stands after all others


class CallList(RowList):
    """Published calls for everybody; officers see their drafts too."""

    title = _("Calls for proposals")
    name = "calls"
    empty_text = _("No call fits. Remove a filter to see more.")
    default_sort = "-closes_at"
    columns = (
        Column(
            "reference", _("Reference"), lambda call: call.reference, sort="reference",
            url=lambda call: call.get_absolute_url(),
        ),
        Column("title", _("Title"), lambda call: call.title, wide=True, sort="title_order"),
        Column("fund", _("Programme"), lambda call: call.fund.short_name),
        status_column(TONES, sort="status"),
        Column("opens_at", _("Opens"), lambda call: call.opens_at, text=lambda call: brief(call.opens_at), kind=MOMENT),
        Column(
            "closes_at", _("Closes"), lambda call: call.closes_at, text=lambda call: brief(call.closes_at),
            sort="closing", kind=MOMENT,
        ),
        Column(
            "budget", _("Budget (EUR)"), lambda call: call.budget, text=lambda call: euro(call.budget), sort="worth",
            numeric=True, kind=MONEY,
        ),
    )  # fmt: skip
    filters = (
        search("reference", "title", "topic"),
        status_filter(CallStatus),
        choice("fund", _("Programme"), lambda: Fund.objects.order_by("code").values_list("code", "name"), "fund__code"),
        Filter(
            "member_state",
            lambda: forms.ChoiceField(
                label=_("Eligible Member State"), required=False, choices=lambda: [("", _("All")), *by_name()]
            ),
            lambda calls, code: calls.filter(eligible_states__contains=[code]),
            label=_("Eligible Member State"),
        ),
    )

    def all_rows(self):
        return (
            Call.objects.visible_to(self.user)
            .select_related("fund")
            .annotate(
                title_order=InOrder("title"),
                closing=Coalesce("closes_at", Value(NEVER)),
                worth=Coalesce("budget", Value(Decimal(0))),
            )
            .only("reference", "title", "fund__short_name", "status", "opens_at", "closes_at", "budget")
        )


class FundList(RowList):
    title = _("Programmes")
    name = "programmes"
    default_sort = "-period"
    columns = (
        Column("name", _("Name"), lambda fund: fund.name, sort="name_order", url=lambda fund: fund.get_absolute_url()),
        Column("code", _("Code"), lambda fund: fund.code, sort="code"),
        Column("period", _("Period"), lambda fund: fund.period, sort="period"),
        Column(
            "is_closed", _("Status"), lambda fund: fund.is_closed,
            text=lambda fund: _("closed") if fund.is_closed else _("running"),
            tone=lambda fund: "neutral" if fund.is_closed else "good", kind=TRUTH,
        ),
        Column(
            "envelope", _("Envelope (EUR)"), lambda fund: fund.envelope, text=lambda fund: euro(fund.envelope),
            sort="envelope", numeric=True, kind=MONEY,
        ),
    )  # fmt: skip
    filters = (search("name", "code"),)

    def all_rows(self):
        rows = Fund.objects.visible_to(self.user).annotate(name_order=InOrder("name"))
        return rows.only("name", "code", "period", "is_closed", "envelope")
