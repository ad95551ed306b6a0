"""The virtual environment `.venv`: made once, filled from the lock, rebuilt when it cannot be trusted."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys

from tools.places import CHECKOUT, PYTHON, VENV, say

STAMP = VENV / "installed.json"
UNFINISHED = VENV / "unfinished"  # there while pip works; still there means that it was interrupted
RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"


def provide(*, development=False):
    """An environment that holds exactly what the lock says; does nothing when it already does."""
    if is_current(development=development):
        return
    with (CHECKOUT / ".venv.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_current(development=development):  # the one we waited for has done it
            return
        if not is_usable():
            build()
        fill(development=development)


def is_current(*, development):
    wanted = expected(development=development)
    kept = stamp()
    return is_usable() and all(kept.get(name) == value for name, value in wanted.items())


def is_usable():
    """It runs, it was finished, and it is where it was made: its scripts hold their own path."""
    if UNFINISHED.exists() or not PYTHON.exists():
        return False
    asked = [str(PYTHON), "-c", "import sys, pip; print(sys.prefix)"]
    done = subprocess.run(asked, check=False, capture_output=True, text=True)
    moved = stamp().get("place", str(VENV)) != str(VENV)
    return done.returncode == 0 and done.stdout.strip() == str(VENV) and not moved


def build():
    say(f"Making the virtual environment in {VENV} …")
    if VENV.exists():
        shutil.rmtree(VENV)
    run([sys.executable, "-m", "venv", str(VENV)], failure="The virtual environment could not be made")


def fill(*, development):
    say("Installing the locked requirements (about a minute) …")
    UNFINISHED.touch()
    STAMP.unlink(missing_ok=True)
    lock = CHECKOUT / (DEVELOPMENT if development else RUNTIME)
    quiet = ["-q", "--no-input", "--disable-pip-version-check"]
    pip = [str(PYTHON), "-m", "pip", "install", *quiet, "--require-hashes", "-r", str(lock)]
    run(pip, failure="The requirements could not be installed (is the package index in reach?)")
    STAMP.write_text(json.dumps(expected(development=development) | {"place": str(VENV)}), encoding="utf-8")
    UNFINISHED.unlink()


def expected(*, development):
    """The development lock contains the other one."""
    names = (RUNTIME, DEVELOPMENT) if development else (RUNTIME,)
    return {name: hashlib.sha256((CHECKOUT / name).read_bytes()).hexdigest() for name in names}


def stamp():
    return json.loads(STAMP.read_text(encoding="utf-8")) if STAMP.exists() else {}


def run(command, *, failure):
    """`user = true` in somebody's pip.conf would refuse to install into a virtual environment."""
    done = subprocess.run(command, check=False, env=os.environ | {"PIP_USER": "0"})
    if done.returncode:
        raise SystemExit(f"{failure}: the message above says why.")
