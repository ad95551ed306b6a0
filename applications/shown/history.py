"""The timeline of an application, from the audit trail; assessments stand in the same chain and are left out."""

from itertools import chain

from django.utils.translation import gettext as _

from applications.parts import label_of
from applications.states import APPLICATION, CHECK, CLARIFICATION, HEARING, PARTICIPATION
from audit.models import AuditRecord

OWNER_SEES = {
    f"application.{name}"
    for name in ("start", "edit", "contribute", "copy", "submit", "withdraw", "reinstate", "restore", "set_aside",
                 "retract")
} | {"clarification.reply", "hearing.send", "hearing.reply"} | {
    f"participation.{name}" for name in PARTICIPATION.steps
}  # fmt: skip
FLOWS = {
    "application": APPLICATION, "check": CHECK, "clarification": CLARIFICATION, "hearing": HEARING,
    "participation": PARTICIPATION,
}  # fmt: skip
OFFICE_SEES = {f"{kind}.{name}" for kind, flow in FLOWS.items() for name in flow.steps} - {"check.propose"}
WORK = {"application.edit", "application.contribute"}
MOST = 300


def timeline(application, user, *, for_owner=False):
    """Newest first; edits of one person in a row become one line."""
    return [line_of(run, user) for run in runs_of(records_of(application, for_owner=for_owner))]


def line_of(run, user):
    last, who = run[0], user.knows_as(run[0])
    return {"record": last, "at": last.at, "title": title_of(last), "by": who, "text": text_of(run)}


def runs_of(records):
    """Those of one line together, the newest first."""
    runs = []
    for record in records:
        if runs and is_same_work(runs[-1][0], record):
            runs[-1].append(record)
        else:
            runs.append([record])
    return runs


def records_of(application, *, for_owner):
    records = AuditRecord.objects.of_chain(application.chain).order_by("-sequence")
    if for_owner:
        return records.filter(act__in=OWNER_SEES)[:MOST]
    return records.filter(act__in=OFFICE_SEES)[:MOST]


def is_same_work(before, record):
    return before.act == record.act in WORK and before.actor_id == record.actor_id


def title_of(record):
    kind, name = record.act.split(".")
    label = str(FLOWS[kind].steps[name].label)
    return label if kind == "application" else f"{label}: {record.subject_name.partition(' · ')[2]}"


def text_of(run):
    """The reason, and for edits which parts were touched, by any of them."""
    record, sections = run[0], [one.changes.get("sections", [None, []])[1] for one in reversed(run)]
    parts = ", ".join(str(label_of(name)) for name in dict.fromkeys(chain.from_iterable(sections)))
    version = record.changes.get("versions", [None, None])[1]
    sentences = [
        record.reason,
        parts,
        _("Version %(number)s") % {"number": version} if version else "",
        _("Edits that were not submitted were set aside.") if "unsent edits set aside" in record.changes else "",
    ]
    return "\n".join(sentence for sentence in sentences if sentence)
