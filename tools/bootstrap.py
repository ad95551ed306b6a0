"""python3 -m tools.bootstrap [--dev]: from a bare system Python to a filled virtual environment with its assets."""

import os
import subprocess
import sys

from tools import doctor, environment
from tools.places import CHECKOUT, PYTHON, VENV


def main():
    development = "--dev" in sys.argv
    require_a_checkout_of_our_own()
    doctor.examine(development=development)
    environment.provide(development=development)
    subprocess.run([PYTHON, "-m", "tools.assets"], check=True, cwd=CHECKOUT)
    subprocess.run([PYTHON, "-m", "tools.messages", "compile"], check=True, cwd=CHECKOUT)


def require_a_checkout_of_our_own():
    """Another user's environment and data are neither readable nor ours to write."""
    for folder in (CHECKOUT, CHECKOUT / "var", VENV):
        if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            raise SystemExit(f"{folder} belongs to another user: make a clone of your own and run it there.")


if __name__ == "__main__":
    main()
