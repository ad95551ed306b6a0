"""Records of the trail as entries of a diary: the act by its label, what changed from what to what, the place."""

from urllib.parse import urlencode

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.roles import label_of as label_of_role
from applications.states import (
    APPLICATION,
    CHECK,
    CLARIFICATION,
    DRAFT_PAPER,
    DUTY,
    HEARING,
    ORDER,
    PARTICIPATION,
    REMARK,
)
from awards.states import DECISION, LETTER, OFFER, REDRESS
from core.cells import Cell
from evaluation.states import ASSESSMENT, CONSENSUS, RANKED_LIST, SEAT
from programmes.states import CALL

WORKFLOWS = {
    "application": APPLICATION, "check": CHECK, "clarification": CLARIFICATION, "standingorder": ORDER,
    "hearing": HEARING, "draftpaper": DRAFT_PAPER, "participation": PARTICIPATION, "remark": REMARK, "duty": DUTY,
    "assessment": ASSESSMENT, "consensus": CONSENSUS, "rankedlist": RANKED_LIST, "seat": SEAT,
    "decision": DECISION, "letter": LETTER, "redress": REDRESS, "offer": OFFER, "call": CALL,
}  # fmt: skip
OWNERS_WORK = {
    "application",
    "standingorder",
    "draftpaper",
    "remark",
    "duty",
}  # how a proposal was written is no page's to show
LONGEST = 160  # of a value; the trail has the whole
MOST_CHANGES = 8


def kind_of(record):
    return record.act.partition(".")[0]


def entry_of(record, url=""):
    """As `components/timeline.html` shows it."""
    return {
        "at": record.at, "title": title_of(record), "by": actor_of(record),
        "text": text_of(record), "url": url, "place": place_of(record),
    }  # fmt: skip


def actor_of(record):
    """Who did it and in which role; whose role says the name already stands there once."""
    name, role = record.actor_name, str(label_of_role(record.actor_role))
    return name if name.casefold() == role.casefold() else f"{name} ({role})"


def title_of(record):
    kind, _dot, name = record.act.partition(".")
    flow = WORKFLOWS.get(kind)
    label = flow.steps[name].label if flow and name in flow.steps else record.act
    what = record.subject_name.partition(" · ")[2]
    return f"{label}: {what}" if what else str(label)


def text_of(record):
    """The reason, and what changed: each value as it was and as it became."""
    told = {} if kind_of(record) in OWNERS_WORK else record.changes
    changes = [
        in_words(record.subject_type, name, *both)
        for name, both in told.items()
        if name != "stamp" and is_a_change(both)
    ]
    more = len(changes) - MOST_CHANGES
    rest = [_("and %(more)s more changes, in the trail") % {"more": more}] if more > 0 else []
    moved = record.status_before != record.status_after and record.status_before
    both = [said(record.subject_type, "status", one) for one in (record.status_before, record.status_after)]
    status = [" → ".join(both)] if moved else []
    return "\n".join([*filter(None, [record.reason]), *status, *changes[:MOST_CHANGES], *rest])


def is_a_change(both):
    """From something to something else: what a row was born with stands in the chapter's table."""
    return isinstance(both, list) and len(both) == 2 and both[0] not in (None, "", [], {}) and both[0] != both[1]


def in_words(subject_type, name, before, after):
    before, after = (said(subject_type, name, one) for one in (before, after))
    return f"{label_of(subject_type, name)}: {before} → {after}"


def field_of(subject_type, name):
    """The column as it is today; None where records speak of one that has gone, or of something else."""
    try:
        return apps.get_model(subject_type)._meta.get_field(name.removesuffix("_id"))
    except (LookupError, FieldDoesNotExist, ValueError):
        return None


def label_of(subject_type, name):
    field = field_of(subject_type, name)
    return capfirst(str(getattr(field, "verbose_name", name.replace("_", " "))))


def said(subject_type, name, value):
    """A value as pages say it: of a choice, its label."""
    labels = dict(getattr(field_of(subject_type, name), "flatchoices", ()))
    return shown(labels.get(value, value) if isinstance(value, str) else value)


def shown(value):
    text = "–" if value in (None, "", [], {}) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def place_of(record):
    """Where it stands in the trail, and the trail around it."""
    chain = record.chain[: record.chain.find(":") + 9]
    asked = urlencode({"act": record.act, "subject": record.subject_name})
    return Cell(f"{chain} {record.sequence}", url=f"{reverse('trail')}?{asked}")
