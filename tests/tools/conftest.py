"""Servers of their own for these tests, in checkouts that do not exist."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tools.places import CHECKOUT
from tools.services import Instance, stop
from tools.services.folders import remove

GIVEN = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


@pytest.fixture(autouse=True)
def no_given_addresses(monkeypatch):
    """The test run's own servers must not be taken for a user's choice."""
    for name in GIVEN:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def folder():
    """Reachable for the servers' account, unlike pytest's own folders; with capitals and a space."""
    path = Path(tempfile.mkdtemp(prefix="A folder ", dir="/tmp"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def make_instance(folder):
    """Instances that are stopped and removed whatever the test did to them."""
    made = []

    def make(name="test", *, checkout=folder):
        checkout.mkdir(parents=True, exist_ok=True)
        made.append(Instance(name, checkout=checkout))
        return made[-1]

    yield make
    for instance in made:
        stop(instance, force=True)
        remove(instance)


@pytest.fixture
def instance(make_instance):
    return make_instance()


@pytest.fixture
def elsewhere():
    """Run lines of Python in another process; `here` is the instance."""
    running = []

    def run(lines, instance):
        setup = f"from pathlib import Path; from tools.services import *; here = Instance({instance.name!r}, "
        setup += f"checkout=Path({str(instance.checkout)!r}))\n"
        command = [sys.executable, "-c", setup + lines]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        running.append(subprocess.Popen(command, cwd=CHECKOUT, text=True, **pipes))
        return running[-1]

    yield run
    for process in running:
        process.kill()
        process.communicate()
