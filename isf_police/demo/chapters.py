"""A story in chapters: each is told once, whole or not at all, and leaves a mark in the trail of its call.

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
    call = Call.objects.filter(reference=reference).first()
    told = marks_of(call) if call else set()
    for name, chapter in chapters:
        if mark_of(name) not in told:
            say(f"{reference}: {name} …")
            with transaction.atomic():
                call = chapter(call) or call
                record(mark_of(name), call, by=User.objects.clock(), at=last_moment(call))


def last_moment(call):
    """The mark stands where the story stands: a trail never goes back in time."""
    last = AuditRecord.objects.of_chain(call.chain).last()
    return last.at if last else clock.now()


def marks_of(call):
    marks = AuditRecord.objects.of_chain(call.chain).filter(act__startswith="demo.")
    return set(marks.values_list("act", flat=True))


def mark_of(name):
    return f"demo.{name.replace(' ', '_')}"
