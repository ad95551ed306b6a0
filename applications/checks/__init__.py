"""The automatic checks against the announced conditions (FR Art. 194, 196, 197): pure, on content and conditions alone.

They run twice: as loud warnings before submitting (nobody is stopped by them), and at opening on exactly what was
submitted, where an officer then confirms or overrides each one. Each check takes a case and gives its criterion, what
was found, and whether that passes; None where the call does not ask.
"""

from dataclasses import dataclass

from applications.checks.action import is_in_scope, keeps_duration, starts_later
from applications.checks.admissibility import came_in_time, has_attachments, is_complete
from applications.checks.cases import Case, case_of
from applications.checks.money import asks_enough, asks_no_more, has_audit_reports, is_balanced, keeps_rate
from applications.checks.organisations import (
    comes_from_eligible_states,
    declared_on_honour,
    has_enough_partners,
    has_enough_states,
)
from applications.models import Check

__all__ = ["CHECKS", "PART_OF", "Case", "Finding", "case_of", "findings", "warnings"]

KIND = Check.Kind


@dataclass(frozen=True)
class Finding:
    code: str
    kind: str
    criterion: str
    found: str
    passed: bool


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
