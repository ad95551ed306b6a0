"""`python -m tools.services run`: a command with the servers up; its end, exit code and Ctrl-C are passed on."""

import os
import signal
import subprocess
import sys

import pytest

from tools.places import CHECKOUT
from tools.services import Instance, discard, postgres

NAME = f"run{os.getpid()}"


@pytest.fixture
def run():
    """Start it in a group of its own, as a terminal would, so that Ctrl-C reaches it and its command."""

    def start(*command):
        words = [sys.executable, "-m", "tools.services", "run", "--instance", NAME, "--", *command]
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        return subprocess.Popen(words, cwd=CHECKOUT, text=True, start_new_session=True, **pipes)

    yield start
    discard(Instance(NAME))


def python(lines):
    return [sys.executable, "-c", lines]


def test_the_command_has_the_addresses_and_finds_the_servers_up(run):
    ask = "import os, psycopg2; psycopg2.connect(os.environ['DATABASE_URL']); print(os.environ['REDIS_URL'])"

    with run(*python(ask)) as process:
        said = process.stdout.read()

    assert said.startswith("unix:///")
    assert not postgres.is_ready(Instance(NAME))


def test_its_exit_code_is_passed_on(run):
    with run(*python("raise SystemExit(7)")) as process:
        assert process.wait(60) == 7


def test_ctrl_c_ends_the_command_and_then_the_servers(run):
    with run(*python("import time; print('up', flush=True); time.sleep(60)")) as process:
        assert process.stdout.readline() == "up\n"
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(60) != 0

    assert not postgres.is_ready(Instance(NAME))


def test_a_command_that_is_not_there_gets_a_sentence(run):
    with run("no-such-command") as process:
        assert "There is no command 'no-such-command'." in process.stdout.read()
    assert process.returncode == 127
