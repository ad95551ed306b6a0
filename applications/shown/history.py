"""The timeline of an application, from the audit trail; assessments stand in the same chain and are left out."""

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
    entries = []
    for record in records_of(application, for_owner=for_owner):
        if entries and is_same_work(entries[-1]["record"], record):
            continue
        entries.append({"record": record, "at": record.at, "title": title_of(record), "by": user.knows_as(record),
                        "text": text_of(record)})  # fmt: skip
    return entries


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


def text_of(record):
    """The reason, and for edits which parts were touched."""
    sections = record.changes.get("sections", [None, []])[1]
    parts = ", ".join(str(label_of(name)) for name in sections)
    version = record.changes.get("versions", [None, None])[1]
    sentences = [
        record.reason,
        parts,
        _("Version %(number)s") % {"number": version} if version else "",
        _("Edits that were not submitted were set aside.") if "unsent edits set aside" in record.changes else "",
    ]
    return "\n".join(sentence for sentence in sentences if sentence)
