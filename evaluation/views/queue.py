"""The first page: an evaluator's queue with what comes next; the Commission's calls under evaluation."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.roles import is_assessor, sees_whole_calls
from core import clock
from core.cells import Cell
from core.formats import brussels, remaining
from core.views import list_page
from evaluation.lists import ASSESSMENT_TONES, CallList
from evaluation.models import Assessment, Consensus, PoolMember, Seat
from evaluation.states import UNFINISHED, AssessmentPhase, ConsensusPhase
from evaluation.views.doors import require_inside
from evaluation.views.tables import labelled

MOST = 200  # of one person's own assessments on the page; the list has them all


@require_GET
def evaluation(request):
    require_inside(request.user)
    mine = queue_of(request.user, clock.now())
    if sees_whole_calls(request.user):
        return list_page(request, CallList, "evaluation/calls.html", **mine)
    return render(request, "evaluation/queue.html", {**mine, "may_enter": is_assessor(request.user)})


def queue_of(user, at):
    """What waits for this person, the most urgent first, and how far it has come."""
    rows = list(
        Assessment.objects.of(user).under_evaluation().with_names().order_by("due_at", "application__reference")[:MOST]
    )
    waiting, signed = ([row for row in rows if row.stands_in(AssessmentPhase.SIGNED) is done] for done in (False, True))
    columns = [_("Application"), _("Title"), _("Call"), _("Status"), _("To be signed by"), _("Time")]
    return {
        "queue": labelled(columns, [queue_line(row, at) for row in waiting + signed]),
        "queue_columns": columns,
        "next": waiting[0] if waiting else None,
        "done": len(signed),
        "total": len(rows),
        "reports": reports_for(user),
        "seats": seats_for(user),
        "places": places_for(user),
        "assessments_url": reverse("assessments"),
        "consensus_url": reverse("consensus_reports"),
    }


def queue_line(row, at):
    late = row.stands_in(UNFINISHED) and row.due_at < at
    return [
        Cell(row.number, row.get_absolute_url()),
        row.application.title,
        row.application.call.reference,
        Cell(row.get_status_display(), None, ASSESSMENT_TONES[row.status]),
        brussels(row.due_at),
        time_of(row, at, late=late),
    ]


def time_of(row, at, *, late):
    if row.stands_in(AssessmentPhase.SIGNED):
        return "–"
    left = remaining(row.due_at, now=at)
    return Cell(left, None, "bad") if late else left


def reports_for(user):
    """Consensus reports this person writes or must still approve."""
    seen = Consensus.objects.visible_to(user).waiting_for(user).with_names().order_by("number")
    return [(sentence_of(one, user), one.get_absolute_url()) for one in seen]


def sentence_of(report, user):
    if report.stands_in(ConsensusPhase.WRITING):
        return _("Write the agreed scores of %(number)s.") % {"number": report.number}
    return _("Read and approve the consensus report of %(number)s.") % {"number": report.number}


def seats_for(user):
    """Committees this person sits on while their call is judged."""
    seats = Seat.objects.filter(member=user).sitting().under_evaluation().with_names().order_by("call_reference")
    return [
        (_("Committee of %(call)s: %(status)s.") % {"call": one.call_reference, "status": one.get_status_display()},
         one.get_absolute_url())
        for one in seats
    ]  # fmt: skip


def places_for(user):
    """Calls to which this person was invited and has not answered, or whose pool it is in."""
    rows = PoolMember.objects.filter(person=user).open().with_names().order_by("-invited_at")[:MOST]
    return [
        (_("%(call)s: %(status)s.") % {"call": one.call.reference, "status": one.get_status_display()},
         one.get_absolute_url())
        for one in rows
    ]  # fmt: skip
