"""Files from people, opened in a process of their own (`core/opener.py`): PDFs and pictures judged, workbooks read."""

import json
import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from core.errors import Incomplete
from core.signatures import JPEG, PDF, PNG

OPENER = Path(__file__).with_name("opener.py")
KINDS = {PDF: "pdf", PNG: "picture", JPEG: "picture"}
PATIENCE = 60  # seconds on the wall; the opener's own limit is of the processor
SENTENCES = {
    "pdf": {
        "broken": _("This PDF cannot be read. Print it to a new PDF and attach that one."),
        "cut": _("This PDF is not whole: its end is missing. Save it again and attach that one."),
        "locked": _("This PDF is protected by a password or restrictions. Save it without protection."),
        "program": _("This PDF contains a program. Print it to a new PDF and attach that one."),
        "media": _("This PDF contains film, sound or moving pictures. Print it to a new PDF and attach that one."),
        "files": _("This PDF carries other files inside. Attach those by themselves, and this one printed anew."),
        "opens": _("This PDF does something by itself when it is opened. Print it to a new PDF and attach that one."),
        "form": _("This PDF is a form that few programs can show (XFA). Print it to a new PDF and attach that one."),
        "large": _("This PDF unpacks to far more than it should. Print it to a new PDF and attach that one."),
    },
    "picture": {
        "broken": _("This picture cannot be opened. Save it again and attach that one."),
        "points": _("This picture has more than 100 million points. Save it smaller and attach that one."),
        "large": _("This picture unpacks to far more than it should. Save it smaller and attach that one."),
    },
}  # fmt: skip
MOST_KNOWN = 1000
known = {}  # {(SHA-256, kind): what was found}: one mandate goes with many proposals


def pages_in(upload, content_type, sha256):
    """How many pages a PDF has, None of other files; Incomplete({"file": sentence}) for what is not taken in."""
    kind = KINDS.get(content_type)
    if kind is None:
        return None
    found = known.get((sha256, kind)) or looked_at(upload, kind, sha256)
    if "fault" in found:
        raise Incomplete({"file": SENTENCES[kind][found["fault"]]})
    return found["pages"]


def looked_at(upload, kind, sha256):
    upload.seek(0)
    found = ask(upload.read(), kind)
    if found is None:
        return {"fault": "large"}  # this time: another time there may be room
    if len(known) >= MOST_KNOWN:
        known.clear()
    known[sha256, kind] = found
    return found


def ask(content, kind, *names):
    """What the opener says of these bytes; None if it was ended by its limits before it could."""
    command = [sys.executable, "-I", OPENER, kind, *names]
    try:
        answer = subprocess.run(  # noqa: S603 - our own program, and names that stand in our own code
            command, input=content, capture_output=True, timeout=PATIENCE, check=True, env={}
        )
        return json.loads(answer.stdout)
    except (subprocess.SubprocessError, ValueError):
        return None
