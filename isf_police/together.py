"""Several processes of one web server count in files that each of them can read, so that any may tell the sum.

A file belongs to a place and not to a process: a server that is begun anew after some thousand requests goes on where
the last one in its place stopped, and there are never more files than processes at one time.
"""

import fcntl
import os
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

from prometheus_client import values


def count_together():
    """Before anything is counted. The processes of one server have one parent, which names the folder."""
    folder = Path(tempfile.gettempdir()) / f"isf-police-counts-{os.getuid()}-{os.getppid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else: delete it, then begin the web server again.")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    values.ValueClass = values.MultiProcessValue(process_identifier=lambda: place_of(os.getpid()))
    return folder


@cache
def place_of(_process):
    """The lowest place that no living process has; the lock goes with the process."""
    for place in count():
        held = os.open(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]) / f"place-{place}", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(held)
        else:
            return place
    return None
