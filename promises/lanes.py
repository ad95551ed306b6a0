"""What is owed goes in lanes: an earlier one is served first, and a later one leaves places free for it."""

from datetime import timedelta

from django.conf import settings
from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _


class Lane(IntegerChoices):
    OPENING = 1, _("openings at their hour")
    CLOCK = 2, _("other timed steps")
    PROOF = 3, _("proofs of what came in")
    MAIL = 4, _("mails")
    PAPER = 5, _("papers")
    FILE = 6, _("files asked for")


# The last place of a worker is the openings' own. A file may take minutes: it leaves one more to the rest.
LEAVES_FREE = dict.fromkeys(Lane, 1) | {Lane.OPENING: 0, Lane.FILE: 2}

# A lane whose oldest due promise waits longer is late, and the operators are told.
LATE = {
    Lane.OPENING: timedelta(seconds=30),
    Lane.CLOCK: timedelta(minutes=5),
    Lane.PROOF: timedelta(minutes=5),
    Lane.MAIL: timedelta(minutes=10),
    Lane.PAPER: timedelta(minutes=30),
    Lane.FILE: timedelta(hours=1),
}


def lanes_of(place):
    """The lanes that a worker's place, counted from 0, serves: the first all of them, the last the openings alone."""
    return [lane for lane in Lane if place < max(1, settings.CELERY_WORKER_CONCURRENCY - LEAVES_FREE[lane])]


def is_late(row, at):
    """Of a row of `by_lane`: has its oldest due promise waited too long?"""
    return row["oldest"] is not None and at - row["oldest"] > LATE[row["lane"]]
