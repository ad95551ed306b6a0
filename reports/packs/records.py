"""Records of the trail as lines of a pack, and what leads from each to the tree."""

from itertools import islice

from audit.checkpoints import paths_of_records
from audit.hashing import FORMATS, plain
from audit.models import Checkpoint
from reports.withheld import PERSONAL_IN_RECORDS

AT_ONCE = 500


def in_pieces(records):
    """Lists of some records, in the order of their chain, however many there are."""
    rest = records.iterator(chunk_size=AT_ONCE)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def line_of(record, *, without_people, with_rows):
    """{"record": what is hashed, "hash", "rows": what it tells of, or None, "without": columns that are left out}."""
    hashed = {name: plain(value) for name, value in FORMATS[record.format](record).items()}
    left_out = PERSONAL_IN_RECORDS if without_people else []
    kept = {name: value for name, value in hashed.items() if name not in left_out}
    rows = record.rows if with_rows else None
    return {"record": kept | {"format": record.format}, "hash": record.hash, "rows": rows, "without": left_out}


def places_of(records):
    """For those that have one: the checkpoint that took them up, and the path to it."""
    wanted = {record.hash for record in records}
    found = {}
    for checkpoint in Checkpoint.objects.filter(hashes__overlap=sorted(wanted)).order_by("size"):
        paths = paths_of_records(checkpoint, wanted & set(checkpoint.hashes))
        leaf = {"size": checkpoint.size, "at": plain(checkpoint.at), "records": checkpoint.sha256}
        found |= {sha256: {"hash": sha256, **leaf, **path} for sha256, path in paths.items()}
    return [found[record.hash] for record in records if record.hash in found]
