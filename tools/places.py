"""Where things lie in this checkout, and how a tool speaks."""

import hashlib
import os
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
VENV = CHECKOUT / ".venv"
PYTHON = VENV / "bin" / "python"


def say(sentence):
    """To stderr, so that a command's own output stays clean for a pipe."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def fingerprint(path):
    """Short, stable, different for each checkout and each kind of user."""
    return hashlib.sha256(os.fsencode(f"{os.geteuid()}:{path}")).hexdigest()[:12]
