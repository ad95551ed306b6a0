"""What waits for an auditor: decided calls of which no file was taken yet."""

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.roles import is_any_auditor
from core.desk import Waiting
from programmes.models import Call
from reports.models import ReportFile


def waiting_for(user, at):
    if not is_any_auditor(user):
        return []
    taken = ReportFile.objects.visible_to(user).drawn()
    new = Call.objects.visible_to(user).decided().exclude(pk__in=taken.calls())
    count = new.count()
    if not count:
        return []
    sentence = ngettext(
        "A call was decided of which you have no file yet.",
        "%(count)d calls were decided of which you have no file yet.",
        count,
    )
    return [Waiting(sentence % {"count": count}, reverse("reports"), count=count)]
