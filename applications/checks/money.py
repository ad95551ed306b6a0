"""What is asked for, and who pays the rest; from whom an audit report is wanted."""

from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import Organisation
from applications.budget import most_for
from applications.models import Attachment
from core.formats import euro, percent

AUDIT_REPORT_ABOVE = Decimal(750_000)  # when neither the call nor its fund says otherwise (FR Art. 196(1)(c))
SPARED_AUDIT = {Organisation.Kind.STATE, Organisation.Kind.LOCAL, Organisation.Kind.LAW_ENFORCEMENT,
                Organisation.Kind.INTERNATIONAL}  # fmt: skip


def asks_enough(case):
    least, asked = case.call.min_contribution, case.budget.requested
    if least is None:
        return None
    return (
        _("The requested contribution is at least %(amount)s.") % {"amount": euro(least)},
        _("Requested: %(amount)s.") % {"amount": euro(asked)},
        asked >= least,
    )


def asks_no_more(case):
    most, asked = case.call.max_contribution, case.budget.requested
    if most is None:
        return None
    return (
        _("The requested contribution is at most %(amount)s.") % {"amount": euro(most)},
        _("Requested: %(amount)s.") % {"amount": euro(asked)},
        asked <= most,
    )


def keeps_rate(case):
    budget, most = case.budget, case.call.max_rate
    words = {
        "asked": euro(budget.requested), "rate": percent(budget.rate), "total": euro(budget.total),
        "most": euro(most_for(budget.total, most)),
    }  # fmt: skip
    return (
        _("The contribution is at most %(rate)s of the total costs.") % {"rate": percent(most)},
        _("Requested: %(asked)s, that is %(rate)s of %(total)s; at most %(most)s is possible.") % words,
        budget.keeps_rate(most),
    )


def is_balanced(case):
    budget = case.budget
    words = {"total": euro(budget.total), "paid": euro(budget.paid), "gap": euro(abs(budget.missing))}
    found = (
        _("Total costs %(total)s; contribution, own and other resources together the same.")
        if budget.is_balanced
        else _("Total costs %(total)s; contribution, own and other resources together %(paid)s: %(gap)s apart.")
    )
    return _("The total costs equal the contribution, own and other resources."), found % words, budget.is_balanced


def has_audit_reports(case):
    limit, budget = audit_limit(case.call), case.budget
    large = [
        partner["name"]
        for partner in case.content["partners"]
        if partner["kind"] not in SPARED_AUDIT and budget.share_of(partner["id"]) > limit
    ]
    reports = sum(file["kind"] == Attachment.Kind.AUDIT_REPORT for file in case.content["attachments"])
    criterion = _("An audit report is attached for each organisation, public bodies aside, with more than %(amount)s.")
    words = {"list": ", ".join(large), "number": reports}
    found = (
        _("Above: %(list)s; audit reports attached: %(number)d.")
        if large
        else _("No organisation needs an audit report.")
    )
    return criterion % {"amount": euro(limit)}, found % words, reports >= len(large)


def audit_limit(call):
    return call.fund.default("audit_report_above", AUDIT_REPORT_ABOVE)
