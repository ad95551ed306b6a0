"""The processes a tool starts and must not leave behind, however it ends itself."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.places import CHECKOUT
from tools.services.processes import last_words

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass
class Child:
    """In a session of its own, so that Ctrl-C reaches only us and we stop it in good order."""

    name: str
    process: subprocess.Popen
    log: Path | None = None

    def ended(self):
        return self.process.poll() is not None

    def obituary(self):
        words = f"The {self.name} ended by itself (exit code {self.process.returncode})."
        if self.log:
            words += f" Its last words, from {self.log}:\n{last_words(self.log)}"
        return words

    def stop(self, *, patience=20):
        if self.ended():
            return
        self.process.terminate()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def start(name, command, *, environment, log=None):
    """Without a log it speaks to the terminal."""
    with contextlib.ExitStack() as files:
        out = files.enter_context(log.open("ab")) if log else None
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=CHECKOUT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
    return Child(name, process, log)


def die_with_parent():
    """Even kill -9 of the parent leaves no worker behind that would work on the next demo's tasks."""
    if libc:
        libc.prctl(DIE_WITH_PARENT, signal.SIGTERM)
