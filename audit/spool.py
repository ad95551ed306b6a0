"""Where looks wait while the database takes no writing: a file for each request, on the shared volume."""

import json
import os
from pathlib import Path
from uuid import uuid4

from django.conf import settings


def folder():
    return Path(settings.FILES_ROOT) / "looks-waiting"


def lay_by(looks):
    """On the disk before the page is shown; half a file has another name."""
    folder().mkdir(parents=True, exist_ok=True)
    path = folder() / f"{uuid4().hex}.json"
    half = path.with_suffix(".half")
    with half.open("w", encoding="utf-8") as file:
        json.dump(looks, file)
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)


def waiting():
    """(file, its looks) of everything that waits."""
    for path in sorted(folder().glob("*.json")):
        yield path, json.loads(path.read_text(encoding="utf-8"))
