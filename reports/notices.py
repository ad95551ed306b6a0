"""Who hears that the books do not hold: those who follow the proofs, once for each run. And the auditors' copy of the
head of the tree: what left the house each night cannot be written anew in it. And the mails about a finding, which say
where it stands and never what it says."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import follows_proofs, is_any_auditor, is_commission
from audit.models import Checkpoint
from core.formats import brief, brussels_day
from core.language import for_each_reader
from evaluation.querysets import calls_in_conflict, kept_from
from promises.notices import DAILY_OR_OFF, Turn, tells
from reports.models import ProofRun

TOLD_FOR = timedelta(days=7)  # a mail that could not leave for longer tells of nothing that is news


@tells(
    "failed_proofs",
    title=_("The books were not proved"),
    label=_("A run of proofs found faults, or ended before it was done"),
    because=_("Somebody may have changed what nobody may change, so this mail always comes."),
    is_for=follows_proofs,
)
def failed_proofs(asked):
    runs = ProofRun.objects.failed().filter(ended_at__gt=asked.at - TOLD_FOR)
    runs = runs.filter(pk=asked.row) if asked.row else runs
    people = User.objects.asked_about(asked, follows_proofs)
    return [on_run(run, person) for run in runs for person in people]


def on_run(run, person):
    """It says when, never what: what a fault is about stands on the page."""
    return Turn(
        person=person.pk, subject=run.pk, occasion=run.ended_at.isoformat(), name=brief(run.ended_at),
        path=run.get_absolute_url(), scope={},
    )  # fmt: skip


@tells(
    "nightly_checkpoint",
    title=_("Keep this checkpoint of the audit trail"),
    label=_("The head of the tree of all records, each night"),
    because=_("Whoever keeps these mails can prove later that nothing before them was written anew."),
    is_for=is_any_auditor,
    paces=DAILY_OR_OFF,
)
def nightly_checkpoint(asked):
    runs = ProofRun.objects.ended().nightly().filter(ended_at__gt=asked.at - TOLD_FOR)
    runs = runs.filter(pk=asked.row) if asked.row else runs
    heads = {run: Checkpoint.objects.before(run.ended_at) for run in runs}
    people = User.objects.asked_about(asked, is_any_auditor)
    return [of_head(run, head, person) for run, head in heads.items() if head for person in people]


def of_head(run, head, person):
    return Turn(
        person=person.pk, subject=run.pk, occasion=str(head.size), name=str(head), path="/checkpoints/", scope={},
    )  # fmt: skip


# a finding, told to one side by the other; neither side can switch it off


def owners_of(finding):
    """The addresses of whom it is addressed to: of the office those from whom nothing keeps it."""
    if finding.organisation_id:
        return [person.email for person in User.objects.open().speaking_for(finding.organisation)]
    office = User.objects.open().of(is_commission)
    return [one.email for one in office if not is_kept_from(one, finding)]


def is_kept_from(person, finding):
    in_conflict = calls_in_conflict(person).filter(pk=finding.call_id).exists()
    return in_conflict or kept_from(person).filter(pk=finding.application_id).exists()


def auditors_of(finding):
    """Who wrote it and who sent it, while their account is open."""
    people = User.objects.open().filter(pk__in=[finding.found_by_id, finding.sent_by_id])
    return [one.email for one in people.order_by("email")]


def sent_mail(finding):
    return mail_about(finding, _("Audit finding %(number)s, due on %(day)s"))


def answered_mail(finding):
    return mail_about(finding, _("Answered: audit finding %(number)s"))


def closed_mail(finding):
    return mail_about(finding, _("Closed: audit finding %(number)s"))


def overdue_mail(finding):
    return mail_about(finding, _("Overdue since %(day)s: audit finding %(number)s"))


@for_each_reader
def mail_about(finding, subject):
    link = settings.SITE_URL.rstrip("/") + finding.get_absolute_url()
    words = {"number": finding, "day": brussels_day(finding.due_on)}
    return {"subject": subject % words, "body": f"{gettext('Read it here:')}\n{link}\n"}
