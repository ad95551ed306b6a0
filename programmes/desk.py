"""What waits for the office about calls: questions without an answer."""

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.roles import is_officer
from core.counting import counted
from core.desk import Waiting
from programmes.models import Call

MOST_CALLS = 20  # those whose questions are soonest too late


def waiting_for(user, at):
    return questions_to_answer(at) if is_officer(user) else []


def questions_to_answer(at):
    calls = Call.objects.with_questions().filter(closes_at__gt=at).order_by("closes_at")
    return [
        Waiting(
            ngettext(
                "%(call)s: answer %(number)s question.", "%(call)s: answer %(number)s questions.", call.waiting
            )
            % {"call": call, "number": counted(call.waiting)},
            reverse("call_questions", args=[call.pk]), until=call.closes_at, count=call.waiting, tone="warning",
        )
        for call in calls.only("reference", "status", "closes_at")[:MOST_CALLS]
    ]  # fmt: skip
