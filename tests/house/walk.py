"""Following one request through the house: which of our files it enters, how often it jumps between them, what it asks.

    with walked() as walk:
        client.post(…)
    walk.files, walk.jumps, walk.statements

A jump is a call into another of our files than the call before it went to; Django's own calls are not counted.
"""

import sys
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

ROOT = Path(__file__).parents[2]
OTHERS = (f"{ROOT}/.venv/", f"{ROOT}/tests/")
NOT_ASKING = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


class Walk:
    def __init__(self):
        self.calls = []  # (file, function)
        self.asked = []

    @property
    def files(self):
        return list(dict.fromkeys(file for file, _function in self.calls))

    @property
    def jumps(self):
        return sum(one[0] != other[0] for one, other in zip(self.calls, self.calls[1:], strict=False))

    @property
    def statements(self):
        return [sql for sql in self.asked if not sql.startswith(NOT_ASKING)]

    def __str__(self):
        lines = [f"{len(self.files)} files, {self.jumps} jumps, {len(self.statements)} statements"]
        lines += [f"  {file}" for file in self.files]
        return "\n".join(lines + [f"    {sql[:150]}" for sql in self.statements])


@contextmanager
def walked():
    walk = Walk()

    def note(frame, event, _argument):
        file = frame.f_code.co_filename
        if event == "call" and file.startswith(f"{ROOT}/") and not file.startswith(OTHERS):
            walk.calls.append((file.removeprefix(f"{ROOT}/"), frame.f_code.co_qualname))

    before = sys.getprofile()
    with CaptureQueriesContext(connection) as asked:
        sys.setprofile(note)
        try:
            yield walk
        finally:
            sys.setprofile(before)
    walk.asked = [one["sql"] for one in asked]
