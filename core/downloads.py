"""Whoever takes rows out of the house is written down first (Financial Regulation, Art. 146; report R28)."""

from django.db import transaction

from audit.record import record
from core import clock


def note_download(user, name, asked):
    with transaction.atomic():
        record("download", user, by=user, at=clock.now(), changes={"file": [None, name], "asked": [None, asked]})
