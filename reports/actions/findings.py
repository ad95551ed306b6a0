"""What an auditor found: written, sent, answered, closed. Nothing of the procedure itself changes by it."""

from datetime import timedelta

from django.utils.translation import gettext as _

from accounts.roles import is_national_auditor
from applications.models import Application
from awards.models import Decision
from core.days import beginning_of, day_of, year_of
from core.errors import Incomplete, WrongState
from core.fields import YEARS
from core.formats import brussels_day
from core.holds import hold_name
from core.language import house_words
from evaluation.querysets import kept_from
from promises.actions import promise, write_mails
from reports import notices
from reports.models import Finding, ReportFile
from reports.states import FINDING, OPEN_FINDINGS, OWNERS_TURN, FindingPhase

WORDS = ("title", "text", "recommendation", "severity", "due_on")
ONE_DAY = timedelta(days=1)


@FINDING.action("draft")
def draft_finding(finding, *, by, at, said):
    """Of the body of whoever writes it. `said`: the words, and what it is about by numbers."""
    finding.member_state = min(by.audited_states) if is_national_auditor(by) else ""
    finding.entity = "" if finding.member_state else by.entity
    finding.found_by, finding.found_at = by, at
    if finding.replaces:
        require_replaceable(finding, by)
    finding.reference = next_number(finding, at)
    write(finding, said, by=by, at=at)


@FINDING.action("correct")
def correct_finding(finding, *, by, at, said):
    """Nobody else has read it yet."""
    write(finding, said, by=by, at=at)


@FINDING.action("send")
def send_finding(finding, *, by, at):
    """From now on it stays as it is; one that it names gives its place to it."""
    require_day(finding.due_on, at)
    if finding.replaces:
        replace_finding(finding.replaces, by=by, at=at, new=finding)
    finding.sent_by, finding.sent_at = by, at
    owe_the_look(finding)
    tell(notices.owners_of(finding), notices.sent_mail(finding), finding)


@FINDING.action("replace")
def replace_finding(finding, *, by, at, new):
    """In the act that sends the new one."""
    with house_words():
        finding.because = _("Replaced by %(new)s.") % {"new": new}


@FINDING.action("accept")
def accept_finding(finding, *, by, at, reason):
    take_reply(finding, reason, by=by, at=at)


@FINDING.action("contest")
def contest_finding(finding, *, by, at, reason):
    take_reply(finding, reason, by=by, at=at)


def take_reply(finding, reason, *, by, at):
    finding.reply, finding.replied_by, finding.replied_at = reason, by, at
    tell(notices.auditors_of(finding), notices.answered_mail(finding), finding)


@FINDING.action("claim")
def claim_finding(finding, *, by, at, reason):
    """The owner says so; whether it is, the auditor says."""
    finding.done, finding.claimed_by, finding.claimed_at = reason, by, at
    tell(notices.auditors_of(finding), notices.answered_mail(finding), finding)


@FINDING.action("close")
def close_finding(finding, *, by, at, reason):
    finding.because, finding.closed_by, finding.closed_at = reason, by, at
    tell(notices.owners_of(finding), notices.closed_mail(finding), finding)


@FINDING.action("reopen")
def reopen_finding(finding, *, by, at, reason):
    """Its day stays; where that has passed, the clock says so at once."""
    finding.because, finding.closed_by, finding.closed_at, finding.overdue_at = reason, None, None, None
    owe_the_look(finding)
    tell(notices.owners_of(finding), notices.sent_mail(finding), finding)


@FINDING.action("extend")
def extend_finding(finding, *, by, at, reason, due_on):
    require_day(due_on, at)
    if due_on <= finding.due_on:
        raise Incomplete({"due_on": _("Give a later day: the time is never shortened.")})
    finding.due_on, finding.because, finding.overdue_at = due_on, reason, None
    owe_the_look(finding)
    tell(notices.owners_of(finding), notices.sent_mail(finding), finding)


@FINDING.action("remind")
def remind_of_finding(finding, *, by, at):
    """The clock, once: from now on it is overdue, and both sides are told."""
    finding.overdue_at = at
    people = {*notices.owners_of(finding), *notices.auditors_of(finding)}
    tell(sorted(people), notices.overdue_mail(finding), finding)


def look_at_finding(finding, *, by, at):
    """Whether its day has passed unused; looked at when it has, and later when it was moved."""
    if finding.stands_in(OWNERS_TURN) and finding.overdue_at is None and day_of(at) > finding.due_on:
        remind_of_finding(finding, by=by)


def owe_the_look(finding):
    promise("finding_due", finding, due_at=beginning_of(finding.due_on + ONE_DAY))


def tell(people, mail, finding):
    write_mails(to=people, about=finding, **mail)


# what it is about


def write(finding, said, *, by, at):
    require_day(said["due_on"], at)
    for name in WORDS:
        setattr(finding, name, said[name])
    finding.application = the_one(Application.objects.visible_to(by).exclude(pk__in=kept_from(by).values("pk")),
                                  "reference", said["application"], field="application")  # fmt: skip
    finding.decision = the_one(Decision.objects.visible_to(by), "number", said["decision"], field="decision")
    finding.file = the_one(ReportFile.objects.visible_to(by).drawn(), "sha256", said["file"], field="file")
    finding.call = call_of(finding)
    finding.organisation = addressee(finding, said["owner"])


def the_one(rows, column, value, *, field):
    """The row of this number, among those that the auditor may read; of an unknown one and of another's the sentence
    is the same."""
    if not value:
        return None
    found = rows.filter(**{column: value}).first()
    if found is None:
        raise Incomplete({field: _("“%(value)s” is not among what you may read.") % {"value": value}})
    return found


def call_of(finding):
    calls = {one.call for one in (finding.application, finding.decision) if one}
    if len(calls) > 1:
        raise Incomplete({"decision": _("The decision is about another call than the application.")})
    return calls.pop() if calls else None


def addressee(finding, owner):
    """None is the programme office."""
    if owner != Finding.Owner.AUTHORITY:
        return None
    if finding.application is None:
        raise Incomplete({"application": _("Name the application whose authority the finding is addressed to.")})
    return finding.application.applicant


def require_day(due_on, at):
    if due_on <= day_of(at) or due_on.year not in YEARS:
        raise Incomplete({"due_on": _("Choose a day after %(today)s.") % {"today": brussels_day(day_of(at))}})


def require_replaceable(finding, by):
    """Sent, of the own body, and nothing has taken its place."""
    earlier = Finding.objects.visible_to(by).filter(pk=finding.replaces.pk).first()
    if earlier is None or not earlier.stands_in(OPEN_FINDINGS + FindingPhase.CLOSED):
        raise WrongState(_("%(row)s is not one that another finding can replace.") % {"row": finding.replaces})


def next_number(finding, at):
    """F-ECA-2026-3: counted within the body and the year, so that it tells nothing of others."""
    start = f"F-{finding.body}-{year_of(at)}-" if finding.body else f"F-{year_of(at)}-"
    hold_name(f"numbers of findings {start}")
    return f"{start}{Finding.objects.of_the_side_of(finding).filter(reference__startswith=start).count() + 1}"
