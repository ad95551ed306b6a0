"""R32: every checkpoint of the trail, so that anybody can grow the tree again and compare it with one that was kept."""

from django.utils.translation import gettext_lazy as _

from audit.models import Checkpoint
from core.lists import Column
from core.past import the_moment
from programmes.states import PUBLISHED
from reports.about import CALL, HOUSE, MEMBER_STATE
from reports.permissions import may_read_tree
from reports.report import Report


def rows(about, user):
    return Checkpoint.objects.filter(at__lte=the_moment()).defer("records", "hashes", "salt")


REPORT = Report(
    slug="checkpoints",
    number="R32",
    title=_("Checkpoints"),
    description=_(
        "Each head of the tree of all records, signed: its number, its time, the hash over what it took up, the root. "
        "The stand-alone script grows the tree again from it and compares it with a checkpoint that was kept."
    ),
    basis=("it_systems",),
    allowed=may_read_tree,
    since=PUBLISHED,
    columns=(
        Column("size", "size", lambda one: one.size, numeric=True),
        Column("at", "at", lambda one: one.at),
        Column("records", "records", lambda one: one.sha256),
        Column("root", "root", lambda one: one.root),
        Column("signature", "signature", lambda one: one.note.rpartition("\n\n")[2].strip()),
    ),
    rows=rows,
    paper=("size", "at", "root"),
    kinds=(HOUSE, CALL, MEMBER_STATE),
    tells_of_downloads=True,
)
