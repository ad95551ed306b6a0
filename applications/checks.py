"""The automatic checks against the announced conditions (FR Art. 194, 196, 197): pure, on content and conditions alone.

They run twice: as loud warnings before submitting (nobody is stopped by them), and at opening on exactly what was
submitted, where an officer then confirms or overrides each one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.member_states import MEMBER_STATES
from accounts.models import Organisation
from applications.budget import budget_in, most_for
from applications.completeness import gaps_in
from applications.models import Attachment, Check
from core.days import day_of
from core.formats import brussels_day, euro, milliseconds, percent, span

AUDIT_REPORT_ABOVE = Decimal(750_000)  # when neither the call nor its fund says otherwise (FR Art. 196(1)(c))
SPARED_AUDIT = {Organisation.Kind.STATE, Organisation.Kind.LOCAL, Organisation.Kind.LAW_ENFORCEMENT,
                Organisation.Kind.INTERNATIONAL}  # fmt: skip
KIND = Check.Kind


@dataclass(frozen=True)
class Case:
    """One application before its call: the content, when it came (or would come), the call and its passages."""

    content: dict
    at: datetime
    call: object
    objectives: frozenset
    actions: frozenset

    @property
    def budget(self):
        return budget_in(self.content, self.call.indirect_rate)


@dataclass(frozen=True)
class Finding:
    code: str
    kind: str
    criterion: str
    found: str
    passed: bool


def case_of(content, call, *, at):
    """Read what of the call's conditions lies in other tables."""
    return Case(
        content,
        at,
        call,
        objectives=frozenset(passage.code for passage in call.objectives.all()),
        actions=frozenset(passage.code for passage in call.actions.all()),
    )


def findings(case):
    """Every check, in the order in which an officer reads them; not those on a part that was not asked for."""
    return [
        Finding(code, kind, str(criterion), str(found)[:500], passed)
        for code, kind, parts, check in CHECKS
        if case.content.keys() >= set(parts.split()) and (answer := check(case)) is not None
        for criterion, found, passed in [answer]
    ]


def warnings(case):
    """The conditions of eligibility that the content does not meet as it stands."""
    return [one for one in findings(case) if one.kind == KIND.ELIGIBILITY and not one.passed]


# admissibility


def came_in_time(case):
    distance = case.call.closes_at - case.at
    words = {"at": milliseconds(case.at), "time": span(abs(distance))}
    passed = case.at < case.call.closes_at
    found = (
        _("Received on %(at)s, %(time)s before the call closed.")
        if passed
        else _("Received on %(at)s, %(time)s after the call closed.")
    )
    return _("The application is submitted before the call closes."), found % words, passed


def is_complete(case):
    gaps = [str(sentence) for name, sentence in gaps_in(case.content, case.call).items() if "attachments." not in name]
    found = " ".join(gaps) if gaps else _("Every part is filled in.")
    return _("The application is complete."), found, not gaps


def has_attachments(case):
    names = dict(Attachment.Kind.choices)
    there = {file["kind"] for file in case.content["attachments"]}
    lacking = [str(names.get(kind, kind)) for kind in case.call.required_attachments if kind not in there]
    found = (
        _("Missing: %(list)s.") % {"list": ", ".join(lacking)} if lacking else _("Every required document is attached.")
    )
    return _("Every required document is attached."), found, not lacking


# eligibility


def comes_from_eligible_states(case):
    if not case.call.eligible_states:
        return None
    outside = [
        f"{partner['name']} ({name_of(partner['country'])})"
        for partner in case.content["partners"]
        if partner["country"] not in case.call.eligible_states and partner["kind"] != Organisation.Kind.INTERNATIONAL
    ]
    found = (
        _("Established elsewhere: %(list)s.") % {"list": ", ".join(outside)}
        if outside
        else _("Every organisation is established in an eligible Member State.")
    )
    return _("The applicant and its partners are established in eligible Member States."), found, not outside


def name_of(country):
    return str(MEMBER_STATES.get(country, country))


def has_enough_partners(case):
    number, least = len(case.content["partners"]), case.call.min_partners
    return (
        _("At least %(number)d organisations take part.") % {"number": least},
        _("Organisations: %(number)d.") % {"number": number},
        number >= least,
    )


def has_enough_states(case):
    states = sorted({partner["country"] for partner in case.content["partners"]})
    least = case.call.min_states
    return (
        _("The organisations come from at least %(number)d Member States.") % {"number": least},
        _("Member States: %(number)d (%(list)s).") % {"number": len(states), "list": ", ".join(states)},
        len(states) >= least,
    )


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


def keeps_duration(case):
    months, most = case.content["timetable"]["months"], case.call.max_months
    return (
        _("The action lasts at most %(number)d months.") % {"number": most},
        _("Planned: %(number)d months.") % {"number": months or 0},
        bool(months) and months <= most,
    )


def starts_later(case):
    starts = case.content["timetable"]["starts_on"]
    day = day_of(case.at)
    found = _("No start is given.")
    if starts:
        words = {"start": brussels_day(date.fromisoformat(starts)), "day": brussels_day(day)}
        found = _("Planned start: %(start)s; submitted on %(day)s.") % words
    passed = bool(starts) and date.fromisoformat(starts) >= day
    return _("The action does not start before the application is submitted."), found, passed


def is_in_scope(case):
    said = case.content["content"]
    outside = sorted(set(said["objectives"]) - case.objectives) + sorted(set(said["actions"]) - case.actions)
    chosen = bool(said["objectives"]) and bool(said["actions"])
    words = {
        "objectives": ", ".join(said["objectives"]) or "–", "actions": ", ".join(said["actions"]) or "–",
        "outside": ", ".join(outside),
    }  # fmt: skip
    found = (
        _("Not of this call: %(outside)s.") if outside else _("Objectives %(objectives)s; action types %(actions)s.")
    )
    return (
        _("The objectives and action types are among those of the call."), found % words, chosen and not outside
    )  # fmt: skip


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


# exclusion


def declared_on_honour(case):
    passed = "HONOUR" in case.content["declarations"]
    found = _("The declaration on honour was given.") if passed else _("The declaration on honour was not given.")
    return _("The applicant declares on its honour that no ground for exclusion applies."), found, passed


# fmt: off
CHECKS = (
    # code           kind                parts it looks at, the first is where it is mended
    ("IN_TIME",      KIND.ADMISSIBILITY, "",                            came_in_time),
    ("COMPLETE",     KIND.ADMISSIBILITY, "",                            is_complete),
    ("DOCUMENTS",    KIND.ADMISSIBILITY, "attachments",                 has_attachments),
    ("STATES",       KIND.ELIGIBILITY,   "partners",                    comes_from_eligible_states),
    ("PARTNERS",     KIND.ELIGIBILITY,   "partners",                    has_enough_partners),
    ("MIN_STATES",   KIND.ELIGIBILITY,   "partners",                    has_enough_states),
    ("MIN_GRANT",    KIND.ELIGIBILITY,   "budget",                      asks_enough),
    ("MAX_GRANT",    KIND.ELIGIBILITY,   "budget",                      asks_no_more),
    ("RATE",         KIND.ELIGIBILITY,   "budget",                      keeps_rate),
    ("BALANCE",      KIND.ELIGIBILITY,   "budget",                      is_balanced),
    ("DURATION",     KIND.ELIGIBILITY,   "timetable",                   keeps_duration),
    ("START",        KIND.ELIGIBILITY,   "timetable",                   starts_later),
    ("SCOPE",        KIND.ELIGIBILITY,   "content",                     is_in_scope),
    ("AUDIT_REPORT", KIND.ELIGIBILITY,   "attachments partners budget", has_audit_reports),
    ("HONOUR",       KIND.EXCLUSION,     "declarations",                declared_on_honour),
)
PART_OF = {code: parts.split()[0] for code, _kind, parts, _check in CHECKS if parts}
# fmt: on
