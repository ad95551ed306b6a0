"""python3 -m tools.doctor [--dev]: what the system lacks, installed or named.

As root on Debian or Ubuntu the missing packages are installed; otherwise one sentence gives the command.
Runs with the bare system Python, before there is a virtual environment.
"""

import functools
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


def has_browser():
    return shutil.which("chromium") is not None


def has_ensurepip():
    """Debian keeps it out of python3; without it a virtual environment has no pip."""
    return find_spec("ensurepip") is not None


def library(name, package):
    return Need(name, package, lambda: can_load(name))


VENV = Need("python3-venv", "python{}.{}-venv".format(*sys.version_info), has_ensurepip)
LETTERS = (
    library("libgobject-2.0.so.0", "libglib2.0-0"),
    library("libpango-1.0.so.0", "libpango-1.0-0"),
    library("libpangoft2-1.0.so.0", "libpangoft2-1.0-0"),
    library("libharfbuzz-subset.so.0", "libharfbuzz-subset0"),
    Need("fonts", "fonts-dejavu-core", has_fonts),
)
READERS = (Need("pdftotext", "poppler-utils", lambda: shutil.which("pdftotext") is not None),)
BROWSER = Need("chromium", "chromium", has_browser)


def cure(needs):
    """Install what can be installed; give what is still missing."""
    missing = [need for need in needs if not need.is_met()]
    if missing and may_install():
        install([need.package for need in missing])
        missing = [need for need in missing if not need.is_met()]
    return missing


def sentence(missing, *, purpose):
    names = ", ".join(need.what for need in missing)
    return f"This system lacks {names}, needed for {purpose}: run '{command_for(missing)}' and try again."


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
    """What apt says is shown only when it fails."""
    say(f"Installing from the system's packages: {' '.join(packages)} …")
    update_list()
    apt("install", "-y", "--no-install-recommends", *packages)


@functools.cache
def update_list():
    """Once, however many groups of packages are missing."""
    apt("update")


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
        say(f"apt-get {words[0]} failed: {done.stdout[-600:].strip()}")


def require(needs, *, purpose):
    if missing := cure(needs):
        raise SystemExit(sentence(missing, purpose=purpose))


def require_for_tests():
    require(READERS, purpose="the tests of letters, which read them as another program would")
    require_browser_or_say_so()


def require_browser_or_say_so():
    """Without a browser its tests are skipped by name; where REQUIRE_BROWSER is set that is a failure."""
    if not (missing := cure([BROWSER])):
        return
    if os.environ.get("REQUIRE_BROWSER"):
        raise SystemExit(sentence(missing, purpose="the browser tests"))
    say(f"{sentence(missing, purpose='the browser tests')} They are skipped until then.")


def main():
    require([VENV], purpose="the virtual environment")
    require(LETTERS, purpose="the letters")
    if "--dev" in sys.argv:
        require_for_tests()


if __name__ == "__main__":
    main()
