"""The Celery side: a hint with an id comes in, one call goes out. Beat sweeps up what no hint reached."""

from celery import shared_task
from django.core.mail import send_mail

from audit.door import door
from core import clock
from promises.keeping import keep_promise, keeps
from promises.models import Mail, Promise


@shared_task
def keep(promise_id, **later):
    """Keep one promise. `later` tolerates words of a newer sender."""
    with door("WORKER"):
        keep_promise(promise_id)


@shared_task
def sweep(**later):
    """Send a hint for every due promise; workers race for them with SKIP LOCKED."""
    due = Promise.objects.due(clock.now()).order_by("due_at")
    for promise_id in due.values_list("pk", flat=True)[:500]:
        keep.delay(promise_id=str(promise_id))


@keeps("mail")
def deliver_mail(mail_id):
    mail = Mail.objects.get(pk=mail_id)
    if mail.sent_at is None:
        send_mail(mail.subject.replace("\n", " "), mail.body, None, [mail.to])
        Mail.objects.filter(pk=mail.pk).update(sent_at=clock.now())
