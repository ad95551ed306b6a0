"""What a letter states, each beside what the file says of it: (what, as the letter has it, as the file has it, where).

Amounts and points are compared as numbers, days as days, the rest as text.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.member_states import MEMBER_STATES
from awards.models import Decision, DecisionLine
from core.days import day_of
from core.formats import as_decimal, brussels_day

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Statement:
    what: str
    said: object
    true: object
    where: str

    @property
    def holds(self):
        if isinstance(self.true, Decimal) and self.said is not None:
            return as_decimal(self.said) == self.true
        return self.said == plain(self.true)

    def __str__(self):
        words = {"what": self.what, "said": shown(self.said), "true": shown(self.true), "where": self.where}
        return _("%(what)s: the letter says “%(said)s”, %(where)s “%(true)s”.") % words


def plain(value):
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value


def shown(value):
    if value is None or value == "":
        return _("nothing")
    if isinstance(value, date):
        return brussels_day(value)
    return " / ".join(map(str, value)) if isinstance(value, list) else str(value)


def statements(facts, source):
    """Every Statement of a letter of these facts, on the parts it has."""
    yield from of_parties(facts, source)
    yield from of_decision(facts, source)
    yield from of_outcome(facts["outcome"], source)
    yield from of_hearing(facts["hearing"], source)
    yield from of_grant(facts["grant"], source)
    yield from of_report(facts["report"], source)


def of_parties(facts, source):
    call, application, said = source.call, source.application, facts["application"]
    on_call, on_file, on_receipt = _("the call says"), _("the application says"), _("the receipt says")
    yield Statement(_("Reference of the call"), facts["call"]["reference"], call.reference, on_call)
    yield Statement(_("Title of the call"), facts["call"]["title"], call.title, on_call)
    yield Statement(_("Programme"), facts["call"]["fund"], call.fund.name, _("the fund says"))
    yield Statement(_("Number of the application"), said["reference"], application.reference, on_file)
    yield Statement(_("Acronym"), said["acronym"], application.acronym, on_file)
    yield Statement(_("Title"), said["title"], application.title, on_file)
    yield Statement(_("Day of submission"), said["submitted_on"], day_of(application.submitted_at), on_file)
    if source.receipt:
        yield Statement(_("Day of submission"), said["submitted_on"], day_of(source.receipt.issued_at), on_receipt)


def of_addressee(facts, source):
    """Who is written to: proved when it is written, since an organisation may move before it is drawn."""
    one = source.application.applicant
    latin = [one.latin_name] if one.latin_name not in ("", one.name) else []
    lines = [part.strip() for part in one.address.split("\n")]
    state = str(MEMBER_STATES.get(one.member_state, one.member_state))
    true = [one.name, *latin, *(part for part in lines if part), state]
    yield Statement(_("Addressee"), facts["addressee"], true, _("the organisation says"))


def of_decision(facts, source):
    decision, line, where = source.decision, source.line, _("the decision says")
    yield Statement(_("Outcome"), facts["kind"], str(line.outcome), where)
    yield Statement(_("Reserve list until"), facts["reserve_until"], source.call.reserve_until, _("the call says"))
    if decision.decided_at:  # else it is a preview of what nobody has decided
        yield Statement(_("Number of the decision"), facts["decision"]["number"], decision.number, where)
        yield Statement(_("Day of the decision"), facts["decision"]["date"], day_of(decision.decided_at), where)
        yield Statement(_("Signatory"), facts["signatory"]["name"], decision.decided_by.name, where)
    redress, on_call = facts["redress"], _("the call says")
    yield Statement(_("Days for a review"), redress["days"], source.call.redress_days, on_call)
    yield Statement(_("Days until it is read"), redress["read_after_days"], source.call.read_after_days, on_call)


def of_outcome(said, source):
    line, entry, where, on_list = source.line, source.entry, _("the decision says"), _("the ranked list says")
    yield Statement(_("Stage"), said["stage"], str(line.stage), where)
    yield Statement(_("Place"), said["rank"], line.rank, where)
    yield Statement(_("Reason"), said["reason"], line.reason, where)
    if source.is_as_listed:
        yield Statement(_("Place"), said["rank"], entry.rank, on_list)
        listed = entry.reason if entry.place == "REJECTED" else said["reason"]
        yield Statement(_("Reason"), said["reason"], listed, on_list)
    if entry is not None and source.report is not None:
        yield Statement(_("Below a threshold"), said["stage"] == "THRESHOLD", falls_short(source), _("the points say"))
    found = [] if entry else [{"criterion": one.criterion, "found": one.found, "reason": one.reason}
                              for one in source.checks]  # fmt: skip
    told = [{name: one[name] for name in ("criterion", "found", "reason")} for one in said["checks"]]
    yield Statement(_("Conditions not met"), told, found, _("the checks say"))


def falls_short(source):
    """Whether some announced threshold is not reached: a reason that the points must bear out."""
    scored = [(source.scores[one.pk].points, one.threshold) for one in source.criteria if one.pk in source.scores]
    missed = any(low is not None and points is not None and points < low for points, low in scored)
    return missed or source.report.total < source.call.overall_threshold


def of_hearing(said, source):
    """That somebody was heard, and that the observations were considered, is said where it is so and nowhere else."""
    row, where = source.hearing, _("the notice says")
    line = source.line
    whole = line.outcome == DecisionLine.Outcome.AWARD and not line.contribution < source.application.requested
    if row is None or whole or said is None:
        yield Statement(_("Whether there was a notice"), said is not None, row is not None and not whole, where)
        return
    observed_on = day_of(row.answered_at) if row.answered_at else None
    yield Statement(_("Number of the notice"), said["reference"], row.reference, where)
    yield Statement(_("Day of the notice"), said["sent_on"], day_of(row.asked_at), where)
    yield Statement(_("Observations until"), said["due_on"], row.due_on, where)
    yield Statement(_("Day of the observations"), said["observed_on"], observed_on, where)
    yield Statement(_("How they were taken into account"), said["considered"], row.considered, where)


def of_grant(said, source):
    line, application, where = source.line, source.application, _("the decision says")
    if line.outcome != DecisionLine.Outcome.AWARD:
        yield Statement(_("Grant"), said, None, where)
        return
    on_file = _("the application says")
    parts = (application.requested, application.own_resources, application.other_resources)
    total = sum((one for one in parts if one is not None), Decimal(0))
    yield Statement(_("Maximum grant"), said["contribution"], line.contribution, where)
    yield Statement(_("Co-financing rate"), said["rate"], line.rate, where)
    yield Statement(_("Requested"), said["requested"], application.requested, on_file)
    yield Statement(_("Whether it is reduced"), said["is_reduced"], line.contribution < application.requested, where)
    yield Statement(_("Total costs"), said["total"], total, on_file)
    yield Statement(_("Months"), said["months"], application.months, on_file)
    yield Statement(_("Planned start"), said["starts_on"], application.starts_on, on_file)
    yield Statement(_("Whether the action is described"), said["is_described"], source.is_described, _("the call says"))
    if source.is_as_listed and source.decision.cause == Decision.Cause.INITIAL:
        limits = source.entry.contribution, source.application.requested, source.call.max_contribution
        listed = min(one for one in limits if one is not None)
        yield Statement(_("Maximum grant"), said["contribution"], listed, _("the ranked list says"))


def of_report(said, source):
    entry, report, on_list, on_report = source.entry, source.report, _("the ranked list says"), _("the report says")
    if said is None or entry is None or report is None:
        there = entry is not None and report is not None
        yield Statement(_("Whether there is a report"), said is not None, there, on_report)
        return
    most = sum((one.maximum * one.weight for one in source.criteria), Decimal(0))
    yield Statement(_("Total"), said["total"], entry.total, on_list)
    yield Statement(_("Total"), said["total"], report.total, on_report)
    yield Statement(_("Total"), said["total"], sum_of(source), _("the points and weights say"))
    yield Statement(_("Most points"), said["maximum"], most, _("the call says"))
    yield Statement(_("Overall threshold"), said["threshold"], source.call.overall_threshold, _("the call says"))
    yield Statement(_("General remark"), said["remark"], report.remark, on_report)
    yield Statement(_("Order among equals"), said["tie_break"], entry.tie_break, on_list)
    codes = [one.code for one in source.criteria]
    yield Statement(_("Criteria"), [one["code"] for one in said["criteria"]], codes, _("the call says"))
    for one, criterion in zip(said["criteria"], source.criteria, strict=False):
        yield from of_criterion(one, criterion, source)


def sum_of(source):
    """Points times weights; of a criterion without points nothing."""
    points = {one.pk: source.scores[one.pk].points for one in source.criteria if one.pk in source.scores}
    return sum((points[one.pk] * one.weight for one in source.criteria if points.get(one.pk) is not None), Decimal(0))


def of_criterion(said, criterion, source):
    score = source.scores.get(criterion.pk)
    points = score.points if score else None
    listed = as_decimal(source.entry.points[criterion.code]) if criterion.code in source.entry.points else points
    below = criterion.threshold is not None and points is not None and points < criterion.threshold
    on_call, on_report = _("the call says"), _("the report says")
    words = {"code": criterion.code}
    yield Statement(_("%(code)s: title") % words, said["title"], criterion.title, on_call)
    yield Statement(_("%(code)s: most points") % words, said["maximum"], as_decimal(criterion.maximum), on_call)
    yield Statement(_("%(code)s: weight") % words, said["weight"], criterion.weight, on_call)
    yield Statement(_("%(code)s: threshold") % words, said["threshold"], criterion.threshold, on_call)
    yield Statement(_("%(code)s: points") % words, said["points"], points, on_report)
    yield Statement(_("%(code)s: points") % words, said["points"], listed, _("the ranked list says"))
    yield Statement(_("%(code)s: below its threshold") % words, said["is_below"], below, on_report)
    yield Statement(_("%(code)s: comment") % words, said["comment"], score.comment if score else "", on_report)
