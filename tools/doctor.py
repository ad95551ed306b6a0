"""python3 -m tools.doctor [--dev]: what the system lacks, installed or named.

As root on Debian or Ubuntu the missing packages are installed; otherwise one sentence gives the command.
Runs with the bare system Python, before there is a virtual environment.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tools.places import say

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_FILES = {".ttf", ".otf", ".ttc"}


@dataclass(frozen=True)
class Need:
    what: str
    package: str
    is_met: Callable[[], bool]


def can_load(library):
    """In a child process: a broken library may take the process that loads it down."""
    attempt = [sys.executable, "-c", f"import ctypes; ctypes.CDLL({library!r})"]
    return subprocess.run(attempt, check=False, capture_output=True).returncode == 0


def has_fonts():
    """Pango without any font at all dies by segmentation fault."""
    folders = (Path(folder).expanduser() for folder in FONT_FOLDERS)
    return any(path.suffix in FONT_FILES for folder in folders for path in folder.rglob("*"))


def has_ensurepip():
    """Debian keeps it out of python3; without it a virtual environment has no pip."""
    return find_spec("ensurepip") is not None


def library(name, package):
    return Need(name, package, lambda: can_load(name))


def program(name, package):
    return Need(name, package, lambda: shutil.which(name) is not None)


VENV = Need("python3-venv", "python{}.{}-venv".format(*sys.version_info), has_ensurepip)
LETTERS = (
    library("libgobject-2.0.so.0", "libglib2.0-0"),
    library("libpango-1.0.so.0", "libpango-1.0-0"),
    library("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
    library("libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
    Need("fonts", "fonts-dejavu-core", has_fonts),
)
# The tests read letters as another program would, and pages in a real browser.
READER = program("pdftotext", "poppler-utils")
# What drives the browser brings its own node, but not this library of gcc.
BROWSER = (program("chromium", "chromium"), library("libatomic.so.1", "libatomic1"))
# The proxy of docker-compose.yml, really run by a test. On a person's machine its package would begin to serve port 80.
PROXY = program("caddy", "caddy")


def needs_of(*, development):
    return [VENV, *LETTERS, *([READER, *BROWSER] if development else [])]


def examine(*, development):
    """Refuse to go on without what is needed; a missing browser only means tests that are skipped by name."""
    missing = cure(needs_of(development=development))
    if missing and set(missing) <= set(BROWSER) and not os.environ.get("REQUIRE_BROWSER"):
        say(f"{sentence(missing)} Until then the tests in a browser are skipped.")
    elif missing:
        raise SystemExit(sentence(missing))
    elif development and os.environ.get("CI"):
        cure([PROXY])  # where it cannot be had, its tests are skipped by name


def missing_for_browser():
    """For the tests in a browser: the sentence they are skipped with, or nothing."""
    missing = [need for need in BROWSER if not need.is_met()]
    return sentence(missing) if missing else ""


def cure(needs):
    """Install what can be installed; give what is still missing."""
    missing = [need for need in needs if not need.is_met()]
    if missing and may_install():
        install([need.package for need in missing])
        missing = [need for need in missing if not need.is_met()]
    return missing


def sentence(missing):
    names = ", ".join(need.what for need in missing)
    return f"This system lacks {names}: run '{command_for(missing)}' and try again."


def command_for(missing):
    packages = " ".join(need.package for need in missing)
    if is_debian():
        return f"sudo apt-get install -y --no-install-recommends {packages}"
    return f"your system's package manager for what Debian calls: {packages}"


def may_install():
    return os.geteuid() == 0 and is_debian()


def is_debian():
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def install(packages):
    """One by one after one update: a package that this system calls otherwise holds up no other."""
    say(f"Installing from the system's packages: {' '.join(packages)} …")
    apt("update")
    for package in packages:
        apt("install", "-y", "--no-install-recommends", package)


def apt(*words):
    done = subprocess.run(
        ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120", *words],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
    )
    if done.returncode:
        say(f"apt-get {' '.join(words)} failed: {done.stdout[-600:].strip()}")


if __name__ == "__main__":
    examine(development="--dev" in sys.argv)
