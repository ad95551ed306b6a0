"""Things owed that test workers can keep: what a keeper finds is the name of the row."""

from datetime import timedelta
from uuid import uuid4

from core import clock
from promises.keeping import LANES
from promises.models import Promise


def owed(kind="mail", *, ago=0, status="WAITING", lane=None, **fields):
    """A promise due so many seconds ago."""
    at = clock.now()
    values = {"subject_id": uuid4(), "due_at": at - timedelta(seconds=ago), "made_at": at - timedelta(days=1)}
    lane = lane or LANES.get(kind, 6)
    return Promise.objects.create(kind=kind, lane=lane, status=status, **{**values, **fields})
