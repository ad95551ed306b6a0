"""A story in chapters: each is told once, whole or not at all, and leaves a mark in the trail.

So a demo that was interrupted goes on where it stopped, and what people did to it since is left alone.
"""

from django.db import transaction

from accounts.models import User
from audit.models import AuditRecord
from audit.record import record
from core import clock
from programmes.models import Call


def tell(reference, chapters, *, say):
    """Tell what is still untold; the first chapter makes the call, each gives it to the next."""
    told = set(marks().filter(act__startswith=mark_of(reference, "")).values_list("act", flat=True))
    for name, chapter in chapters:
        if mark_of(reference, name) not in told:
            say(f"{reference}: {name} …")
            with transaction.atomic():
                chapter(Call.objects.filter(reference=reference).first())
                leave_mark(reference, name)


def leave_mark(reference, name):
    """In the chain of the clock's own account: the trails of calls and applications tell only what people did."""
    teller = User.objects.clock()
    record(mark_of(reference, name), teller, by=teller, at=clock.now())


def marks():
    return AuditRecord.objects.of_chain(User.objects.clock().chain)


def mark_of(reference, name):
    return f"demo.{reference}.{name.replace(' ', '_')}"
