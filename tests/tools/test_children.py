"""What the demo starts ends with it, and whoever dies is named."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from tools import children, ports
from tools.places import CHECKOUT
from tools.services.processes import is_alive

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_child_is_stopped():
    child = children.start("sleeper", SLEEP, environment=os.environ)
    assert not child.ended()

    child.stop()

    assert child.ended()


def test_a_child_that_will_not_go_is_killed():
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    child = children.start("deaf one", [sys.executable, "-c", deaf], environment=os.environ)
    time.sleep(0.3)

    child.stop(patience=0.2)

    assert child.process.returncode == -signal.SIGKILL


def test_a_dead_child_is_named_with_its_last_words(tmp_path):
    log = tmp_path / "worker.log"
    child = children.start("worker", [sys.executable, "-c", "raise SystemExit('no broker')"], environment={}, log=log)
    child.process.wait()

    assert "The worker ended by itself (exit code 1)" in child.obituary()
    assert "no broker" in child.obituary()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_kill_9_of_the_parent_takes_its_children_along():
    parent = (
        "import os, time; from tools import children\n"
        f"print(children.start('sleeper', {SLEEP!r}, environment=os.environ).process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", parent], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        child = int(process.stdout.readline())
        assert is_alive(child)
        process.kill()

    end = time.monotonic() + 10
    while is_alive(child) and time.monotonic() < end:
        time.sleep(0.02)
    assert not is_alive(child)


def test_a_taken_port_gives_the_next_free_one_and_says_so(capsys):
    with socket.create_server((ports.HOST, 0)) as door:
        taken = door.getsockname()[1]

        assert ports.free_port(taken) > taken

    assert f"Port {taken} is taken" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["web", "0", "65536", "-1", "8000.5"])
def test_what_is_no_port_gets_a_sentence(text):
    with pytest.raises(SystemExit, match="PORT is a number"):
        ports.wanted_port(text)
