"""The mails about what an officer asks an applicant for by a day; they say neither question nor answer."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.formats import brussels_day
from core.language import for_each_reader


def clarification_mail(row):
    """It is asked, or there is more time for it."""
    return about_clarification(row, _("Clarification wanted by %(day)s: %(application)s"), state="asked")


def due_mail(row):
    return about_clarification(row, _("Not answered yet, due on %(day)s: %(application)s"), state="due")


def clarification_withdrawn_mail(row):
    return about_clarification(row, _("No clarification is wanted any more: %(application)s"), state="withdrawn")


def answered_mail(row):
    return about_clarification(row, _("Clarification received: %(application)s"), state="answered")


def expired_mail(row):
    return about_clarification(row, _("No clarification came by %(day)s: %(application)s"), state="expired")


def about_clarification(row, subject, *, state):
    return about_asked(row, subject, state=state, kind="clarification")


@for_each_reader
def about_asked(row, subject, *, state, kind):
    """Neither what is asked nor the answer: mails go through many hands."""
    words = {"day": brussels_day(row.due_on), "application": row.application}
    context = {"state": state, **words, "link": link(kind, row.pk)}
    return {"subject": subject % words, "body": written(kind, context)}


def notice_mail(row):
    """It is sent, or there is more time for observations."""
    return about_notice(row, _("Notice before a decision, observations by %(day)s: %(application)s"), state="sent")


def notice_due_mail(row):
    return about_notice(row, _("No observations yet, due on %(day)s: %(application)s"), state="due")


def notice_withdrawn_mail(row):
    return about_notice(row, _("Notice before a decision withdrawn: %(application)s"), state="withdrawn")


def settled_mail(row):
    return about_notice(row, _("Notice before a decision settled: %(application)s"), state="settled")


def observed_mail(row):
    return about_notice(row, _("Observations received: %(application)s"), state="observed")


def silent_mail(row):
    return about_notice(row, _("No observations came by %(day)s: %(application)s"), state="silent")


def about_notice(row, subject, *, state):
    return about_asked(row, subject, state=state, kind="hearing")


def written(name, context):
    return render_to_string(f"applications/mails/{name}.txt", context).strip() + "\n"


def link(name, *args):
    return settings.SITE_URL.rstrip("/") + reverse(name, args=args)
