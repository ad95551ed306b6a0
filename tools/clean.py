"""python -m tools.clean: what the tools made in this checkout is removed, the demo's data too."""

import shutil

from tools.places import CHECKOUT, VENV
from tools.services import Instance, discard

FOLDERS = (CHECKOUT / "var", CHECKOUT / "static" / "vendor", VENV)


def main():
    for name in ("demo", "test", "bench"):
        discard(Instance(name))
    for home in Instance("demo").homes():
        shutil.rmtree(home, ignore_errors=True)
    for folder in FOLDERS:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
