"""python -m tools.commands migrate --no-input -- grant_rights: several manage.py commands, Django started once."""

import itertools
import os
import sys

from django.core.management import execute_from_command_line


def main(words):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isf_police.settings")
    for is_break, command in itertools.groupby(words, key="--".__eq__):
        if not is_break:
            execute_from_command_line(["manage.py", *command])


if __name__ == "__main__":
    main(sys.argv[1:])
