"""Starting a server that outlives us, and asking whether a process is still there."""

import os
import subprocess
import time
from pathlib import Path

from tools.services.account import dropped_to

# The shell ends at once, so the server belongs to init: it is never our zombie and no Ctrl-C reaches it.
DETACH = '"$@" </dev/null >&2 & echo $!'


def spawn(command, *, log, account):
    """Start `command` on its own; give its process id. What it says is appended to `log`."""
    with log.open("ab") as out:
        shell = subprocess.run(
            ["/bin/sh", "-c", DETACH, "sh", *map(str, command)],
            check=True,
            stdout=subprocess.PIPE,
            stderr=out,
            cwd="/",
            env=plain_environment(),
            start_new_session=True,
            **dropped_to(account),
        )
    return int(shell.stdout)


def run_as(account, *command):
    """Run to its end and give what it printed; a failure carries what it said."""
    done = subprocess.run(
        [str(part) for part in command],
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        env=plain_environment(),
        **dropped_to(account),
    )
    if done.returncode:
        raise SystemExit(f"{Path(command[0]).name} failed: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def plain_environment():
    """No PG* or locale of the caller may change how a server behaves."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def is_alive(pid):
    """A zombie is dead, whatever kill(pid, 0) says."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return not Path("/proc/self").exists()  # gone since, or a system without /proc
    return state not in "ZX"


def wait_for_end(pid, *, timeout=30):
    end = time.monotonic() + timeout
    while is_alive(pid):
        if time.monotonic() > end:
            raise SystemExit(f"Process {pid} was asked to stop {timeout} s ago and still runs.")
        time.sleep(0.02)


def mentions(pid, words):
    """Does the live process `pid` carry these words on its command line? Guards against reused ids."""
    try:
        return os.fsencode(str(words)) in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def last_words(log, *, since=0, size=800):
    """The end of what a program wrote to its log, after the first `since` bytes."""
    if not log.exists():
        return ""
    return log.read_bytes()[since:].decode("utf-8", "replace")[-size:].strip()
