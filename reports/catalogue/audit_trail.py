"""R28: the trail itself, with every column that is hashed, so that anybody can prove it (tools/verify_trail.py)."""

from django.utils.translation import gettext_lazy as _

from audit.hashing import canonical, hashed_columns
from core.lists import Column
from programmes.states import PUBLISHED
from reports.about import CALL, HOUSE, MEMBER_STATE
from reports.models import TrailRecord
from reports.permissions import may_read_reports
from reports.report import Report


def rows(about, user):
    return TrailRecord.objects.visible_to(user).about(about).order_by("chain", "sequence")


def plain_column(name):
    """Under the name that the hash knows it by; machines read these files too."""
    return Column(name, name, lambda record: getattr(record, name))


def short(chain):
    """“application:3d1212b2” is enough for the eye; files hold the whole."""
    return chain[: chain.find(":") + 9]


def moved(record):
    if record.status_before == record.status_after:
        return record.status_after
    return f"{record.status_before or '–'} → {record.status_after}"


SPECIAL = {
    "changes": Column("changes", "changes", lambda record: canonical(record.changes)),
    "scope": Column("scope", "scope", lambda record: canonical(record.scope)),
    "chain": Column("chain", "chain", lambda record: record.chain, text=lambda record: short(record.chain)),
    "status_after": Column("status_after", "status_after", lambda record: record.status_after, text=moved),
}


def columns(about):
    return [SPECIAL.get(name) or plain_column(name) for name in (*hashed_columns(), "hash")]


REPORT = Report(
    slug="audit-trail",
    number="R28",
    title=_("Audit trail"),
    description=_(
        "Every act: who, what, when, from which status to which, with its changes and reason; chained by hashes that "
        "anybody can recompute from the CSV alone."
    ),
    basis=("it_systems", "four_eyes"),
    allowed=may_read_reports,
    since=PUBLISHED,
    columns=columns,
    rows=rows,
    paper=("chain", "sequence", "at", "act", "subject_name", "actor_name", "actor_role", "status_after", "reason"),
    kinds=(HOUSE, CALL, MEMBER_STATE),
    tells_of_downloads=True,
)
