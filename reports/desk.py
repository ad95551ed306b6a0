"""What waits for an auditor: what the last proofs found, decided calls of which no file was taken yet. And for both
sides of a finding: whose turn it is, and what is overdue."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import follows_proofs, is_any_auditor
from core.days import end_of
from core.desk import Waiting
from core.formats import brief
from core.statuses import asked_for
from programmes.models import Call
from reports.models import Finding, ProofRun, ReportFile
from reports.permissions import may_be_found, may_find
from reports.states import AUDITORS_TURN, OWNERS_TURN, ProofRunPhase


def waiting_for(user, at):
    return [*proofs_for(user, at), *files_for(user), *findings_for(user)]


def findings_for(user):
    if not (may_find(user) or may_be_found(user)):
        return []
    found = Finding.objects.visible_to(user).turns()
    own = to_judge(found) if is_any_auditor(user) else to_answer(found)
    return [*late(found["late"]), *own]


def late(count):
    sentence = ngettext("A finding of an auditor is overdue.", "%(count)d findings of auditors are overdue.", count)
    return [line(sentence, count, "overdue=yes", tone="bad")] if count else []


def to_answer(found):
    sentence = ngettext(
        "A finding of an auditor waits to be answered or implemented.",
        "%(count)d findings of auditors wait to be answered or implemented.",
        found["owed"],
    )
    address = f"status={asked_for(OWNERS_TURN)}"
    return [line(sentence, found["owed"], address, end_of(found["first"]), "warning")] if found["owed"] else []


def to_judge(found):
    sentence = ngettext(
        "A finding of yours was answered: close it, or open it again.",
        "%(count)d findings of yours were answered: close them, or open them again.",
        found["told"],
    )
    return [line(sentence, found["told"], f"status={asked_for(AUDITORS_TURN)}")] if found["told"] else []


def line(sentence, count, address, until=None, tone="info"):
    return Waiting(sentence % {"count": count}, f"{reverse('findings')}?{address}", until, count, tone)


def proofs_for(user, at):
    """The last result always stands here, good or bad."""
    if not follows_proofs(user):
        return []
    last = ProofRun.objects.visible_to(user).ended().last()
    found = [result_of(last)] if last else []
    if ProofRun.objects.is_overdue(at):
        sentence = _("The proofs of last night have not ended: ask the operator whether the workers run.")
        found.append(Waiting(sentence, reverse("proof_runs"), count="", tone="warning"))
    return found


def result_of(run):
    words = {"moment": brief(run.ended_at), "count": run.fault_count}
    if run.stands_in(ProofRunPhase.PROVED):
        sentence = _("Everything was proved on %(moment)s.") % words
        return Waiting(sentence, run.get_absolute_url(), count="", tone="good")
    if run.stands_in(ProofRunPhase.BROKEN_OFF):
        sentence = _("The proofs of %(moment)s ended before they were done: look how far they came.") % words
        return Waiting(sentence, run.get_absolute_url(), count="", tone="bad")
    sentence = ngettext(
        "The proofs of %(moment)s found a fault: look what it is.",
        "The proofs of %(moment)s found %(count)d faults: look what they are.",
        run.fault_count,
    )
    return Waiting(sentence % words, run.get_absolute_url(), count=run.fault_count, tone="bad")


def files_for(user):
    if not is_any_auditor(user):
        return []
    taken = ReportFile.objects.visible_to(user).drawn()
    new = Call.objects.visible_to(user).decided().exclude(pk__in=taken.calls())
    count = new.count()
    if not count:
        return []
    sentence = ngettext(
        "A call was decided of which you have no file yet.",
        "%(count)d calls were decided of which you have no file yet.",
        count,
    )
    return [Waiting(sentence % {"count": count}, reverse("reports"), count=count)]
