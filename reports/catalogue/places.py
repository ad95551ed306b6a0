"""R33: the place of each record in the tree, and what leads from the one to the other."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from audit.checkpoints import paths_of_records
from audit.models import Checkpoint
from core.lists import Column
from programmes.states import PUBLISHED
from reports.about import CALL, HOUSE, MEMBER_STATE
from reports.models import TrailRecord
from reports.permissions import may_read_tree
from reports.report import Report

AT_ONCE = 50  # checkpoints whose records are looked for together


class Place(NamedTuple):
    record: TrailRecord
    size: int
    blind: str
    place: int
    path: list


def rows(about, user):
    """Checkpoint by checkpoint: those of its records that this person sees. The others are not even counted."""
    visible = TrailRecord.objects.visible_to(user).about(about)
    reached = 0
    while some := list(Checkpoint.objects.filter(size__gt=reached).order_by("size")[:AT_ONCE]):
        wanted = [record for checkpoint in some for record in checkpoint.records]
        seen = {record.pk: record for record in visible.filter(pk__in=wanted).only("chain", "sequence", "hash")}
        for checkpoint in some:
            yield from places_in(checkpoint, [seen[one] for one in checkpoint.records if one in seen])
        reached = some[-1].size


def places_in(checkpoint, records):
    paths = paths_of_records(checkpoint, {record.hash for record in records} & set(checkpoint.hashes))
    for record in sorted(records, key=lambda record: (record.chain, record.sequence)):
        if record.hash in paths:
            yield Place(record, checkpoint.size, **paths[record.hash])


REPORT = Report(
    slug="places-of-records",
    number="R33",
    title=_("Places of records"),
    description=_(
        "In which checkpoint each record of the trail was taken up, and the hashes that lead from the record to it. "
        "Whoever reads it learns nothing of the records that he may not see, not even how many there are."
    ),
    basis=("it_systems",),
    allowed=may_read_tree,
    since=PUBLISHED,
    columns=(
        Column("chain", "chain", lambda one: one.record.chain),
        Column("sequence", "sequence", lambda one: one.record.sequence, numeric=True),
        Column("hash", "hash", lambda one: one.record.hash),
        Column("size", "size", lambda one: one.size, numeric=True),
        Column("place", "place", lambda one: one.place, numeric=True),
        Column("blind", "blind", lambda one: one.blind),
        Column("path", "path", lambda one: " ".join(one.path)),
    ),
    rows=rows,
    paper=("chain", "sequence", "hash", "size"),
    kinds=(HOUSE, CALL, MEMBER_STATE),
    tells_of_downloads=True,
)
