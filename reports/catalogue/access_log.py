"""R37: who looked at what, with every column that is sealed, so that anybody can compare it with its block."""

from django.utils.translation import gettext_lazy as _

from audit.hashing import canonical
from audit.looks import COLUMNS
from core.lists import Column
from core.past import the_moment
from programmes.states import PUBLISHED
from reports.about import CALL, HOUSE, MEMBER_STATE
from reports.models import AccessEntry
from reports.permissions import may_read_looks
from reports.report import Report


def rows(about, user):
    seen = AccessEntry.objects.visible_to(user).filter(at__lte=the_moment())
    return seen.about(about).order_by("pk")


def plain_column(name):
    """Under the name that the digest knows it by; machines read these files too."""
    return Column(name, name, lambda look: getattr(look, name))


SCOPE = Column("scope", "scope", lambda look: canonical(look.scope))

REPORT = Report(
    slug="access-log",
    number="R37",
    title=_("Access log"),
    description=_(
        "Who opened which proposal, took which file, was refused, signed in or failed to: who, in which role, when, by "
        "which door, with what answer. Sealed each minute in blocks; auditors alone read it, national auditors what "
        "their Member State's proposals were looked at."
    ),
    basis=("it_systems",),
    allowed=may_read_looks,
    since=PUBLISHED,
    columns=(*(SCOPE if name == "scope" else plain_column(name) for name in ("id", "at", *COLUMNS, "mark")),),
    rows=rows,
    paper=("at", "kind", "person_name", "person_role", "subject_name", "page", "file", "status"),
    kinds=(HOUSE, CALL, MEMBER_STATE),
    tells_of_downloads=True,
)
