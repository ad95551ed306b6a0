"""What waits for people who left, or may not assess any more: they are not reminded, they are replaced."""

from urllib.parse import urlencode

from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import is_assessor
from core.days import end_of
from core.desk import Waiting
from evaluation.models import Assessment, Consensus, Seat

MOST = 20  # lines of each kind; the next ones come up when these are done


def left_behind():
    """Lines for an officer's desk: assessments by person and call, reports to write, seats on a committee."""
    able = User.objects.open().of(is_assessor).order_by().values("pk")
    return [*assessments(able), *reports(able), *seats(able)]


def assessments(able):
    rows = Assessment.objects.unfinished().under_evaluation().exclude(evaluator__in=able)
    names = {"reference": F("application__call__reference"), "inform_by": F("application__call__inform_by")}
    kinds = rows.order_by().values("evaluator", who=F("evaluator__name"), **names).annotate(number=Count("pk"))
    return [of_one(one) for one in kinds.order_by("reference", "who")[:MOST]]


def of_one(found):
    sentence = ngettext(
        "%(call)s: %(who)s has left with one assessment to write. Take it back and assign it anew.",
        "%(call)s: %(who)s has left with %(number)d assessments to write. Take them back and assign them anew.",
        found["number"],
    )
    words = {"call": found["reference"], "who": found["who"], "number": found["number"]}
    url = f"{reverse('assessments')}?{urlencode({'call': found['reference'], 'evaluator': found['who']})}"
    return Waiting(sentence % words, url, end_of(found["inform_by"]), found["number"], "error")


def reports(able):
    rows = Consensus.objects.to_be_written().exclude(rapporteur__in=able).with_names().order_by("number")
    sentence = _("%(who)s has left with the consensus report of %(number)s to write. Hand it on.")
    return [
        Waiting(sentence % {"who": one.rapporteur, "number": one.number}, one.get_absolute_url(), tone="error")
        for one in rows[:MOST]
    ]


def seats(able):
    rows = Seat.objects.unsigned().under_evaluation().exclude(member__in=able).with_names().order_by("call_reference")
    sentence = _("%(who)s sits on the committee of %(call)s and has left. Appoint somebody else.")
    return [
        Waiting(sentence % {"who": one.member, "call": one.call_reference}, one.get_absolute_url(), tone="error")
        for one in rows[:MOST]
    ]
