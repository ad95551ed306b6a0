"""The Celery side. A message says only that something may be due; what, the rows say. One hint that waits is enough."""

import time
from datetime import timedelta

from celery import current_app, shared_task

from audit.door import door
from core import clock
from core.switches import is_read_only
from promises import documents
from promises.keeping import keep_next, keeps
from promises.lanes import Lane
from promises.models import Mail, Promise
from promises.papers import papers_of

WAITS_FOR_PAPERS, AGAIN = timedelta(minutes=10), timedelta(seconds=5)
TURN = 10  # seconds; then a worker that was told to stop can stop, and another message has its turn


@shared_task
def keep(**later):
    """Keep what is due, the most urgent first. `later` tolerates words of a newer sender."""
    end = time.monotonic() + TURN
    if not is_read_only() and keep_one():
        hint_if_due()  # whoever finds work and sees more calls a colleague
        while time.monotonic() < end and keep_one():
            pass
        hint_if_due()


def keep_one():
    with door("WORKER"):
        return keep_next()


def hint_if_due():
    if not is_read_only() and Promise.objects.due(clock.now()).exists():
        hint()


def hint():
    """Wake a worker, unless a hint waits already: whoever takes that one finds this too."""
    with current_app.producer_or_acquire() as producer:
        if not hints_waiting(producer.channel):
            keep.apply_async(producer=producer, retry=False)


def hints_waiting(channel):
    return channel.queue_declare(current_app.conf.task_default_queue).message_count


@keeps("mail", lane=Lane.MAIL)
def deliver_mail(mail_id):
    """Gives the moment to come back at while a paper is not drawn; not for ever, for the text says it too."""
    mail = Mail.objects.get(pk=mail_id)
    if mail.sent_at is not None:
        return None
    papers, at = papers_of(mail), clock.now()
    if None in papers and at < mail.written_at + WAITS_FOR_PAPERS:
        return at + AGAIN
    documents.send(mail, filter(None, papers))
    Mail.objects.filter(pk=mail.pk).update(sent_at=clock.now())
    return None


@keeps("notices", lane=Lane.MAIL)
def tell_person(notice_id):
    """One mail with all that this person is to be told by now; a moment when some of it has to wait."""
    return documents.tell(notice_id, at=clock.now())
