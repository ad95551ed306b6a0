"""Whoever takes rows out of the house is written down first (Financial Regulation, Art. 146; report R28)."""

from django.db import transaction

from audit.looks import took
from audit.record import record
from core import clock
from core.fields import is_forbidden

LONGEST = 300


def note_download(user, name, asked):
    took(name)
    if not user.is_authenticated:  # a visitor takes only what everybody may read
        return
    with transaction.atomic():
        changes = {"file": [None, name], "asked": [None, {written(one): written(text) for one, text in asked.items()}]}
        record("download", user, by=user, at=clock.now(), changes=changes)


def written(text):
    """What somebody typed into an address, as the trail can hold it."""
    return "".join("\N{REPLACEMENT CHARACTER}" if is_forbidden(one, allowed="") else one for one in text[:LONGEST])
