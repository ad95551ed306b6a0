"""Makes the ZIP of a pack: from one moment of the data, in memory that does not grow with the bytes, with its hash."""

import json
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from redis.exceptions import RedisError

from accounts.models import User
from audit.checkpoints import place_records
from audit.record import record
from core import clock
from core.past import one_moment
from core.zips import require_size, zip_of
from reports.models import Pack
from reports.packs.contents import entries_of
from reports.packs.scratch import Sums
from reports.states import PackPhase, PackStatus

SEEN_FOR = 3600  # seconds that the progress of a pack is remembered


def make_pack(pack):
    """Make and keep; one that is made already stays as it is."""
    if pack.stands_in(PackPhase.MADE):
        return
    place_records()  # what was written just now gets its place, so that it can be proved
    place = getattr(default_storage, "location", None)
    with tempfile.TemporaryFile(dir=place) as scratch, tempfile.NamedTemporaryFile(dir=place, delete=False) as kept:
        try:
            with one_moment():
                made = entries_of(pack, scratch, told=lambda done, total: tell(pack, done, total))
            sums = write(kept, made.entries)
            keep(pack, made, sums, kept)
        finally:
            Path(kept.name).unlink(missing_ok=True)


def write(kept, entries):
    require_size("the pack", entries)
    sums = Sums()
    for piece in zip_of(entries):
        sums.add(piece)
        kept.write(piece)
    kept.flush()
    return sums


def keep(pack, made, sums, kept):
    """Mark it as made; if two workers made it, the first one's bytes stay."""
    finished = File(kept, name=kept.name)
    finished.temporary_file_path = lambda: kept.name  # so the storage moves it, and copies nothing
    path = default_storage.save(f"packs/{pack.pk.hex[:2]}/{pack.pk.hex}.zip", finished)
    with transaction.atomic():
        at = clock.now()
        first = Pack.objects.waiting().filter(pk=pack.pk).update(
            status=PackStatus.MADE, path=path, sha256=sums.sha256, size=sums.size, entry_count=len(made.entries),
            name=f"{made.name}_{sums.sha256[:12]}.zip", head=made.head, made_at=at,
        )  # fmt: skip
        if first:
            changes = {"sha256": [None, sums.sha256], "head": [None, made.head], "size": [None, sums.size]}
            record("pack.make", pack, by=User.objects.clock(), at=at, changes=changes)
    if not first:
        default_storage.delete(path)


# how far it is: seen by nobody but the page, and lost without harm


def tell(pack, done, total):
    with suppress(RedisError):
        cache.set(f"pack:{pack.pk}", json.dumps([done, total]), SEEN_FOR)


def progress_of(pack):
    """(applications done, of how many)."""
    if pack.stands_in(PackPhase.MADE):
        return 1, 1
    with suppress(RedisError):
        return tuple(json.loads(cache.get(f"pack:{pack.pk}", "[0, 1]")))
    return 0, 1
