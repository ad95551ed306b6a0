"""Work for real workers (`celery worker --include tests.promises.keepers`): it takes its time, and notes what it did.

A line a note: `begun` or `done`, the subject, and the worker's process group.
"""

import os
import time
from pathlib import Path

from promises.keeping import keeps
from promises.lanes import Lane


def note(word, subject_id):
    with Path(os.environ["NOTES"]).open("a") as notes:
        notes.write(f"{word} {subject_id} {os.getpgid(0)}\n")


def slow(kind, *, lane, seconds):
    @keeps(kind, lane=lane)
    def keep(subject_id):
        note("begun", subject_id)
        time.sleep(seconds)
        note("done", subject_id)


slow("long_file", lane=Lane.FILE, seconds=60)
slow("paper_of_4_s", lane=Lane.PAPER, seconds=4)
slow("proof_of_50_ms", lane=Lane.PROOF, seconds=0.05)
slow("mail_of_50_ms", lane=Lane.MAIL, seconds=0.05)
