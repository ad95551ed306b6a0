"""Everything a letter will print, read once from the rows when it is written and fixed in its own row as JSON."""

from collections import defaultdict
from functools import cached_property

from accounts.member_states import MEMBER_STATES
from accounts.roles import AUTHORISING_OFFICER
from applications.models import Hearing
from awards import deadlines
from awards.documents.letterhead import letterhead_of
from awards.models import Decision, DecisionLine, Letter
from core.days import day_of
from core.language import house_words
from evaluation.models import Consensus
from programmes.form_parts import DESCRIPTION, names_in

LANGUAGE = "en"
FORMAT = 5  # of the facts as they are written today; awards.documents.formats reads every one that ever was
LEGAL_SUBJECTS = (
    "information_to_applicants", "award_decision", "award_criteria", "evaluation_record", "eligible_applicants",
    "exclusion", "time_limits", "redress", "annulment", "ombudsman",
)  # fmt: skip
TREATY = {  # the same for every fund, unless a call says otherwise
    "annulment": "Article 263 of the Treaty on the Functioning of the European Union",
    "ombudsman": "Article 228 of the Treaty on the Functioning of the European Union",
}


class Papers:
    """What letters about these applications (`about`: their ids) have in common, and the rows they are written from,
    each read once, when it is first asked for: by then a letter that is being written holds its application.

    A preview is written before the decision is taken: then the moment and the person are still open.
    """

    def __init__(self, decision, *, officer, at, about):
        self.decision, self.call, self.officer, self.at, self.about = decision, decision.call, officer, at, about
        self.decided_at = decision.decided_at or at

    @cached_property
    def entries(self):
        entries = self.decision.ranked_list.entries.filter(application__in=self.about)
        return {entry.application_id: entry for entry in entries}

    @cached_property
    def criteria(self):
        return list(self.call.criteria.all())

    @cached_property
    def reports(self):
        reports = Consensus.objects.of_call(self.call).in_force(until=self.decision.ranked_list.round)
        reports = reports.filter(application__in=self.about).prefetch_related("scores")
        return {report.application_id: report for report in reports}

    @cached_property
    def letters(self):
        """{application: its letters so far, the last one last}"""
        found = defaultdict(list)
        for letter in Letter.objects.filter(application__in=self.about).order_by("written_at"):
            found[letter.application_id].append(letter)
        return found

    @cached_property
    def hearings(self):
        """{application: the last one that was settled before this decision, and after the one in force before it}"""
        rows = Hearing.objects.held().filter(application__in=self.about, settled_at__lte=self.decided_at)
        rows = list(rows.order_by("settled_at", "pk"))
        since = {}
        if rows and self.decision.ordinal > 1:
            lines = DecisionLine.objects.of_call(self.call).in_force(before=self.decision)
            lines = lines.filter(application__in=self.about)
            since = dict(lines.values_list("application", "decision__decided_at"))
        return {
            row.application_id: row
            for row in rows
            if row.application_id not in since or row.asked_at > since[row.application_id]
        }

    def reference_of(self, application):
        """…/L1 of the first letter about an application, …/L2 of the second."""
        return f"{application.reference}/L{len(self.letters[application.pk]) + 1}"

    def is_offer(self, line):
        """An award taken up from the reserve list waits for its applicant's answer."""
        return self.decision.cause == Decision.Cause.RESERVE and line.outcome == DecisionLine.Outcome.AWARD

    def corrected(self, line):
        """(the letter, why) that a correcting decision replaces; nothing of any other."""
        before = self.letters[line.application_id]
        is_correcting = self.decision.cause == Decision.Cause.CORRECTION
        return (before[-1], self.decision.reasons) if is_correcting and before else None


def fill_letter(letter, line, papers, *, replaces=None):
    """Say in a letter what there is to say about one line; `replaces` is (the letter before, why)."""
    letter.replaces, letter.replaced_because = replaces or (None, "")
    letter.kind, letter.written_at = line.outcome, papers.at
    letter.reference = papers.reference_of(line.application)
    letter.facts = facts_of(line, papers, replaces=replaces)


@house_words()
def facts_of(line, papers, *, replaces=None):
    application, call = line.application, papers.call
    return {
        "format": FORMAT,
        "kind": str(line.outcome),
        "language": LANGUAGE,
        "reference": papers.reference_of(application),
        "date": day(day_of(papers.at)),
        "replaces": replaced(*replaces) if replaces else None,
        "sender": letterhead_of(call.fund),
        "addressee": addressee_of(application.applicant),
        "call": {"reference": call.reference, "title": call.title, "fund": call.fund.name},
        "application": {
            "reference": application.reference, "acronym": application.acronym, "title": application.title,
            "submitted_on": day(day_of(application.submitted_at)),
        },
        "decision": {
            "number": papers.decision.number, "date": day(day_of(papers.decided_at)),
        },
        "outcome": outcome_of(line, papers),
        "grant": grant_of(line, call),
        "hearing": hearing_of(line, papers),
        "answer_by": day(deadlines.answer_by(papers.at)) if papers.is_offer(line) else None,
        "report": report_of(line, papers),
        "reserve_until": day(call.reserve_until),
        "timing": timing_of(papers),
        "redress": redress_of(papers),
        "legal": {subject: call.legal_reference(subject) or TREATY.get(subject, "") for subject in LEGAL_SUBJECTS},
        "officer": {"name": papers.officer.name, "email": papers.officer.email, "entity": papers.officer.entity},
        "signatory": signatory_of(papers.decision.decided_by),
    }  # fmt: skip


def replaced(letter, because):
    """The letter that this one takes the place of, as it was: its facts, not its rows."""
    return {"reference": letter.reference, "date": letter.facts["date"], "because": because}


def day(value):
    return value.isoformat() if value else None


def addressee_of(organisation):
    lines = [organisation.name]
    if organisation.latin_name and organisation.latin_name != organisation.name:
        lines.append(organisation.latin_name)
    lines += [line.strip() for line in organisation.address.splitlines() if line.strip()]
    return [*lines, str(MEMBER_STATES.get(organisation.member_state, organisation.member_state))]


def outcome_of(line, papers):
    """Why, tied to what the call announced; failed checks one by one."""
    checks = [check for check in line.application.checks.all() if not check.passed]
    return {
        "stage": line.stage,
        "stage_label": str(line.get_stage_display()) if line.stage else "",
        "rank": line.rank,
        "reason": line.reason,
        "deviates": line.deviates,
        "checks": [
            {
                "kind": str(check.get_kind_display()),
                "criterion": check.criterion,
                "found": check.found,
                "reason": check.reason,
            }
            for check in ([] if line.application_id in papers.entries else checks)
        ],
    }


def grant_of(line, call):
    """The money of an award; nothing for the others. What the call did not ask for is not said: no duration without
    the timetable, and `is_described` where the action was described."""
    if line.outcome != DecisionLine.Outcome.AWARD:
        return None
    application = line.application
    total = application.requested + application.own_resources + application.other_resources
    return {
        "contribution": str(line.contribution),
        "requested": str(application.requested),
        "is_reduced": line.contribution < application.requested,
        "total": str(total),
        "rate": str(line.rate),
        "months": application.months,
        "starts_on": day(application.starts_on),
        "is_described": DESCRIPTION in names_in(call.parts),
    }


def hearing_of(line, papers):
    """The notice before it, of what the applicant did not ask for; nothing where there was none."""
    row = papers.hearings.get(line.application_id)
    if row is None or is_granted_whole(line):
        return None
    return {
        "reference": row.reference,
        "sent_on": day(day_of(row.asked_at)),
        "due_on": day(row.due_on),
        "observed_on": day(row.answered_at and day_of(row.answered_at)),
        "considered": row.considered,
    }


def is_granted_whole(line):
    return line.outcome == DecisionLine.Outcome.AWARD and line.contribution >= line.application.requested


def report_of(line, papers):
    """The Evaluation Summary Report; nothing for an application that was not evaluated."""
    entry = papers.entries.get(line.application_id)
    consensus = papers.reports.get(line.application_id)
    if entry is None or consensus is None:
        return None
    scores = {score.criterion_id: score for score in consensus.scores.all()}
    return {
        "total": str(entry.total),
        "maximum": str(sum(one.maximum * one.weight for one in papers.criteria)),
        "threshold": str(papers.call.overall_threshold),
        "remark": consensus.remark,
        "tie_break": entry.tie_break,
        "criteria": [criterion_of(one, scores.get(one.pk)) for one in papers.criteria],
    }


def criterion_of(criterion, score):
    points = score.points if score and score.points is not None else None
    below = criterion.threshold is not None and points is not None and points < criterion.threshold
    return {
        "code": criterion.code,
        "title": criterion.title,
        "maximum": str(criterion.maximum),
        "weight": str(criterion.weight),
        "threshold": None if criterion.threshold is None else str(criterion.threshold),
        "points": None if points is None else str(points),
        "is_below": below,
        "comment": score.comment if score else "",
    }


def timing_of(papers):
    """When the successful applicants were informed, and the days that follow from it."""
    return {
        "successful_informed_on": day(day_of(papers.at)),
        "reject_by": day(deadlines.reject_by(papers.at)),
        "prepare_by": day(deadlines.prepare_by(papers.at)),
        "sign_by": day(deadlines.sign_by(papers.at)),
    }


def redress_of(papers):
    """The last days if nobody opens the letter; one that is read earlier counts from that day."""
    read_at = deadlines.counts_as_read_at(papers.at, papers.call.read_after_days)
    return {
        "days": papers.call.redress_days,
        "read_after_days": papers.call.read_after_days,
        "read_on": day(day_of(read_at)),
        "review_by": day(deadlines.review_by(read_at, papers.call.redress_days)),
        "sue_by": day(deadlines.sue_by(read_at)),
        "complain_by": day(deadlines.complain_by(read_at)),
    }


def signatory_of(user):
    if user is None:
        return {"name": "…", "function": str(AUTHORISING_OFFICER).capitalize()}
    function = str(user.role_label).capitalize()
    return {"name": user.name, "function": f"{function}, {user.entity}" if user.entity else function}
