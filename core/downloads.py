"""Whoever takes rows out of the house is written down first (Financial Regulation, Art. 146; report R28)."""

from django.db import transaction

from audit.record import record
from core import clock


def note_download(user, name, asked):
    if not user.is_authenticated:  # a visitor takes only what everybody may read
        return
    with transaction.atomic():
        record("download", user, by=user, at=clock.now(), changes={"file": [None, name], "asked": [None, asked]})
