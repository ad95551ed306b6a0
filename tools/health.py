"""python -m tools.health web|worker|beat: is the process of this container well? For Docker's health checks."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tools.places import say

WEB = "http://127.0.0.1:8000"
BEAT_SCHEDULE = Path("/tmp/beat-schedule")  # noqa: S108  # nosec B108 - the container's own
BEAT_WRITES_EVERY = 180  # seconds, Celery's habit


def web():
    """Asked under a name it serves, for it refuses others."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().lstrip(".")
    question = urllib.request.Request(f"{WEB}/ready/", headers={"Host": host})  # noqa: S310 - ourselves
    try:
        with urllib.request.urlopen(question, timeout=8) as answer:  # noqa: S310  # nosec B310 - ourselves
            return answer.status == 200
    except OSError as error:  # refused, too slow, or answered with an error
        say(f"The web server is not well: {error}")
        return False


def worker():
    """It answers over the broker, so both are well."""
    ping = ["celery", "-A", "isf_police", "inspect", "ping", "--timeout", "8", "-d", f"celery@{socket.gethostname()}"]
    return subprocess.run(ping, check=False, capture_output=True).returncode == 0


def beat():
    """It writes its schedule down every few minutes, or it hangs."""
    written = [path.stat().st_mtime for path in BEAT_SCHEDULE.parent.glob(f"{BEAT_SCHEDULE.name}*")]
    return bool(written) and time.time() - max(written) < 3 * BEAT_WRITES_EVERY


CHECKS = {"web": web, "worker": worker, "beat": beat}

if __name__ == "__main__":
    sys.exit(0 if CHECKS[sys.argv[1]]() else 1)
