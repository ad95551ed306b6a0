"""Who hears that the books do not hold: those who follow the proofs, once for each run. And the auditors' copy of the
head of the tree: what left the house each night cannot be written anew in it."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import follows_proofs, is_any_auditor
from audit.models import Checkpoint
from core.formats import brief
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
