"""python -m tools.lock: resolve requirements*.in into requirements*.txt, with hashes and without any index address."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.places import CHECKOUT, say

# Debian 12's 3.11.2 needs packages that a lock made for a later 3.11 leaves out: resolve for all of 3.11 and up.
HOW = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate", "--quiet"]
NAMES = ("requirements", "requirements-dev")


def main():
    with tempfile.TemporaryDirectory() as folder:
        uv = uv_command(Path(folder))
        for name in NAMES:
            say(f"Locking {name}.in …")
            header = ["--custom-compile-command", "make lock"]
            run([*uv, "pip", "compile", *HOW, *header, *sys.argv[1:], f"{name}.in", "-o", f"{name}.txt"])


def uv_command(folder):
    """uv of the system, or of a throw-away environment."""
    if found := shutil.which("uv"):
        return [found]
    run([sys.executable, "-m", "venv", folder / "uv"])
    run([folder / "uv" / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", "uv"])
    return [folder / "uv" / "bin" / "uv"]


def run(command):
    words = [str(word) for word in command]
    if code := subprocess.run(words, check=False, cwd=CHECKOUT, env=dict(os.environ)).returncode:
        raise SystemExit(f"'{' '.join(words[:3])}' failed with code {code}: the message above says why.")


if __name__ == "__main__":
    main()
