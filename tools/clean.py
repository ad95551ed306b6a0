"""python -m tools.clean: the private servers of this checkout are stopped and their data removed, wherever it lies."""

import shutil

from tools.places import CHECKOUT
from tools.services import Instance, discard


def main():
    for folder in (folder for home in Instance("demo").homes() for folder in home.glob("*/users.lock")):
        discard(Instance(folder.parent.name))
    for home in Instance("demo").homes():
        if home.parent != CHECKOUT:
            shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
