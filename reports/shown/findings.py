"""What the page of a finding says, to each reader what that reader may see."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.roles import is_applicant, label_of
from applications.models import Application
from audit.models import AuditRecord
from awards.models import Decision
from core.cells import Cell
from core.formats import brussels, brussels_day
from core.phases import for_each
from reports.permissions import is_own_finding
from reports.states import FINDING, FindingPhase, FindingStatus

TONES = for_each(
    FindingStatus,
    {
        FindingPhase.DRAFT: "neutral", FindingPhase.WAITING: "warning", FindingPhase.ACCEPTED: "info",
        FindingPhase.CONTESTED: "bad", FindingPhase.CLAIMED: "info", FindingPhase.CLOSED: "good",
        FindingPhase.REPLACED + FindingPhase.DISCARDED: "neutral",
    },
)  # fmt: skip
SEEN_THROUGH = {"application": Application, "decision": Decision}


def seen_with(finding, name, user):
    """The number of the application or decision it is about; empty for whom that row does not exist."""
    row = seen(finding, name, user)
    return str(row) if row else ""


def seen(finding, name, user):
    pk = getattr(finding, f"{name}_id")
    return pk and SEEN_THROUGH[name].objects.visible_to(user).filter(pk=pk).first()


def facts_of(finding, user):
    facts = [
        (_("Number"), finding.reference),
        (
            pgettext("whose", "Of"),
            _("Auditors of %(body)s") % {"body": finding.body} if finding.body else _("Auditors"),
        ),
        (_("Severity"), finding.get_severity_display()),
        (_("Addressed to"), finding.addressed_to),
        (_("To be implemented by"), brussels_day(finding.due_on)),
    ]
    return facts + about(finding, user) + moments(finding, user)


def about(finding, user):
    """Its evidence, and the finding whose place it takes."""
    rows = [
        (_("Application"), seen(finding, "application", user)),
        (_("Award decision"), seen(finding, "decision", user)),
    ]
    facts = [(term, Cell(str(row), url=row.get_absolute_url())) for term, row in rows if row]
    if finding.file_id:
        facts += [(_("Report file"), finding.file.name), (_("SHA-256 of the file"), finding.file.sha256)]
    if finding.replaces_id:
        facts.append((_("Replaces"), Cell(str(finding.replaces), url=finding.replaces.get_absolute_url())))
    later = finding.replaced_by.visible_to(user).first() if finding.stands_in(FindingPhase.REPLACED) else None
    return facts + ([(_("Replaced by"), Cell(str(later), url=later.get_absolute_url()))] if later else [])


def moments(finding, user):
    named = [
        (_("Recorded"), finding.found_by, finding.found_at), (_("Sent"), finding.sent_by, finding.sent_at),
        (_("Replied"), finding.replied_by, finding.replied_at),
        (_("Said to be implemented"), finding.claimed_by, finding.claimed_at),
        (_("Closed"), finding.closed_by, finding.closed_at),
    ]  # fmt: skip
    facts = [(term, f"{person.name}, {brussels(at)}" if not is_applicant(user) else brussels(at))
             for term, person, at in named if at]  # fmt: skip
    return facts + ([(_("Overdue since"), brussels(finding.overdue_at))] if finding.is_overdue else [])


def timeline_of(finding, user):
    """Its records; the other side reads them from the sending on."""
    records = AuditRecord.objects.of_chain(finding.chain)
    if not is_own_finding(user, finding):
        records = records.exclude(status_after__in=FindingPhase.DRAFT)
    return [entry_of(one, user) for one in records]


def entry_of(record, user):
    step = FINDING.steps.get(record.act.rpartition(".")[2])
    role = label_of(record.actor_role)
    by = str(role) if is_applicant(user) else f"{record.actor_name} ({role})"
    return {"at": record.at, "title": step.label if step else record.act, "by": by, "text": record.reason}
