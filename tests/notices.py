"""Time for the mails of whose turn it is: what is looked at and told at a moment of the story."""

from django.core import mail

from core import clock
from promises.actions import note_turns
from promises.documents import tell
from promises.models import Notice, Promise


def told(at, *rows):
    """Look whose turn it is on these rows at this moment, tell everybody who is due; gives {address: [subject]}."""
    for row in rows:
        note_turns(row.pk, at=at)
    before = len(mail.outbox)
    due = Notice.objects.waiting().filter(due_at__lte=at)
    for notice in due.order_by("person", "pk").distinct("person"):
        tell(notice.pk, at=at)
    found = {}
    for one in mail.outbox[before:]:
        found.setdefault(one.to[0], []).append(one.subject)
    return found


def bring_notices_forward():
    """As if the time that what belongs together is waited for were over."""
    Notice.objects.waiting().update(due_at=clock.now())
    Promise.objects.open().filter(kind="notices").update(due_at=clock.now())
