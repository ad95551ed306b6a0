"""The clock telling applicants: each organisation once, and those who still owe an answer while they may give it."""

from django.db import transaction

from accounts.models import User
from applications.actions.asked import over_at
from applications.models import Application
from core import clock
from core.language import in_all_languages
from promises.actions import write_mails
from promises.models import Mail


def tell_each(applications, mail_of):
    """A mail to each organisation with one of these applications; a second run finds it told."""
    with transaction.atomic():
        for application in applications.select_related("applicant", "call"):
            mail = mail_of(application)
            subjects = in_all_languages(mail["subject"])
            if not Mail.objects.filter(subject__in=subjects, scope__application=str(application.pk)).exists():
                to = [user.email for user in User.objects.speaking_for(application.applicant)]
                write_mails(to=to, about=application, **mail)


def look_at(row, waits, expire, mail_of):
    """Remind before its last day is over, and end its time when it is; gives when to come back."""
    if not waits:
        return None
    if clock.now() >= over_at(row):
        expire(row, by=User.objects.clock())
        return None
    tell_each(Application.objects.filter(pk=row.application_id), lambda _application: mail_of(row))
    return over_at(row)
