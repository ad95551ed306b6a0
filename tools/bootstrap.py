"""python3 -m tools.bootstrap [--dev]: from a bare system Python to a filled virtual environment with its assets."""

import subprocess
import sys

from tools import doctor, environment
from tools.places import CHECKOUT, PYTHON


def main():
    development = "--dev" in sys.argv
    doctor.examine(development=development)
    environment.provide(development=development)
    subprocess.run([PYTHON, "-m", "tools.assets"], check=True, cwd=CHECKOUT)


if __name__ == "__main__":
    main()
