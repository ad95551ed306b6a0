"""The evaluator's own work: declare, read, score criterion by criterion, sign; and the list of assessments."""

from django.contrib import messages
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.roles import sees_whole_calls
from applications.shown import proposal_now
from core import clock
from core.errors import Refused
from core.found import row_or_404
from core.views import form_page, list_page, step_view, try_act
from evaluation import declaration
from evaluation.actions import score_assessment, sign_assessment
from evaluation.forms import AssessmentForm, initial_of
from evaluation.lists import ASSESSMENT_TONES, AssessmentList
from evaluation.models import Assessment, Consensus
from evaluation.scoring import figure, maximum_of
from evaluation.shown.calls import known_total
from evaluation.shown.opened import opened
from evaluation.shown.proposals import card_of
from evaluation.states import ASSESSMENT, AssessmentPhase
from evaluation.views.doors import require_inside

take_step = step_view(Assessment, ASSESSMENT)


@require_POST
def assessment_step(request, pk, step):
    """Whoever declares a conflict cannot come back to the page."""
    answer = take_step(request, pk, step)
    return redirect("evaluation") if step == "recuse" else answer


@require_GET
def assessments(request):
    require_inside(request.user)
    return list_page(request, AssessmentList)


@require_http_methods(["GET", "POST"])
def assessment(request, pk):
    """One address, four faces: declare, write, read one's own, read another's."""
    rows = Assessment.objects.visible_to(request.user).select_related(
        "application__call", "application__applicant", "evaluator"
    )
    row = row_or_404(rows.prefetch_related("scores"), pk=pk)
    if row.stands_in(AssessmentPhase.OPEN) and row.evaluator_id == request.user.pk:
        return write(request, row)
    if row.stands_in(AssessmentPhase.UNDECLARED) and row.evaluator_id == request.user.pk:
        return render(request, "evaluation/declaration.html", declaration_of(request.user, row))
    return render(request, "evaluation/assessment_read.html", finished(request.user, row))


def declaration_of(user, row):
    return {
        "assessment": row,
        "card": card_of(row.application),
        "text": declaration.TEXT,
        "steps": ASSESSMENT.buttons(user, row),
        "steps_url": row.get_absolute_url(),
        **neighbours(user, row),
    }


# writing


def write(request, row):
    criteria = list(row.application.call.criteria.all())
    if request.method == "GET":
        form = AssessmentForm(criteria=criteria, initial=initial_of(row, criteria, texts=["comment"]))
        return writing_page(request, form, row, criteria)
    form = AssessmentForm(request.POST, criteria=criteria)
    if request.headers.get("X-Autosave"):
        return autosaved(form, lambda: save(form, row, request.user))
    if form.is_valid() and (saved := try_act(form, lambda: keep(form, row, request))):
        messages.success(request, done_sentence(saved))
        return redirect(where_next(request, saved))
    return writing_page(request, form, row, criteria)


def keep(form, row, request):
    """Save, and sign where that was asked for: both or neither."""
    with transaction.atomic():
        row = save(form, row, request.user)
        return sign_assessment(row, by=request.user) if "sign" in request.POST else row


def save(form, row, user):
    data = form.cleaned_data
    return score_assessment(row, by=user, scores=form.given, remark=data["remark"], base=data["stamp"])


def done_sentence(row):
    if row.stands_in(AssessmentPhase.SIGNED):
        return _("Your assessment of %(number)s is signed.") % {"number": row.application}
    return _("Your assessment of %(number)s is saved; it is not signed yet.") % {"number": row.application}


def where_next(request, row):
    goes_on = row.stands_in(AssessmentPhase.SIGNED) or "next" in request.POST
    following = next_unfinished(request.user, row) if goes_on else None
    return following.get_absolute_url() if following else row.get_absolute_url()


def autosaved(form, act):
    """The answer the page's script expects; a refusal says its sentence. `act` saves a valid form and gives the row."""
    if not form.is_valid():
        return JsonResponse({"detail": first_problem(form)}, status=400)
    try:
        row = act()
    except Refused as refusal:
        return JsonResponse({"detail": refusal.in_short}, status=refusal.status)
    return JsonResponse({"saved_at": clock.now().isoformat(), "stamp": str(row.stamp)})


def first_problem(form):
    name, sentences = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    return f"{label}: {sentences[0]}" if label else str(sentences[0])


def writing_page(request, form, row, criteria):
    return form_page(
        request,
        "evaluation/assessment.html",
        form,
        assessment=row,
        proposal=proposal_now(row.application),
        criteria=criteria,
        maximum=figure(maximum_of(criteria)),
        total=shown_total(row, criteria),
        steps=[one for one in ASSESSMENT.buttons(request.user, row) if one.name == "recuse"],
        steps_url=row.get_absolute_url(),
        queue_url=reverse("evaluation"),
        **neighbours(request.user, row),
    )


def shown_total(row, criteria):
    total = known_total(row.scores.all(), criteria)
    return None if total is None else figure(total)


# moving through one's own list


def neighbours(user, row):
    """The one before and the one after in my list of this call, by number, and how far I am."""
    mine = list(
        Assessment.objects.of(user)
        .of_call(row.application.call_id)
        .order_by("application__reference")
        .values_list("pk", "status", "application__reference")
    )
    place = next((n for n, (pk, _status, _reference) in enumerate(mine) if pk == row.pk), None)
    if place is None:
        return {}
    before, after = mine[place - 1] if place else None, mine[place + 1] if place + 1 < len(mine) else None
    return {
        "previous": link_to(before), "next": link_to(after),
        "done": sum(1 for _pk, status, _reference in mine if status in AssessmentPhase.SIGNED), "total_mine": len(mine),
    }  # fmt: skip


def link_to(one):
    return (one[2], reverse("assessment", args=[one[0]])) if one else None


def next_unfinished(user, row):
    mine = Assessment.objects.of(user).unfinished().exclude(pk=row.pk)
    return mine.order_by("due_at", "application__reference").first()


# reading


def finished(user, row):
    """A signed one, or what the Commission sees of one that is not."""
    criteria = list(row.application.call.criteria.all())
    kept = {score.criterion_id: score for score in row.scores.all()}
    return {
        "assessment": row,
        "tone": ASSESSMENT_TONES[row.status],
        "scores": [(one, kept.get(one.pk)) for one in criteria],
        "total": shown_total(row, criteria),
        "maximum": figure(maximum_of(criteria)),
        "others": others(user, row),
        "consensus_url": consensus_url(user, row),
        "opened": opened(row.application, row.evaluator) if row.ended_reason and sees_whole_calls(user) else "",
        "steps": ASSESSMENT.buttons(user, row),
        "steps_url": row.get_absolute_url(),
        **neighbours(user, row),
    }


def others(user, row):
    """The other assessments of the same application in the same round, as far as visible."""
    seen = Assessment.objects.visible_to(user).beside(row).exclude(pk=row.pk).select_related("evaluator")
    return [(one.evaluator.name, one.get_absolute_url()) for one in seen.counting().order_by("evaluator__name")]


def consensus_url(user, row):
    report = Consensus.objects.visible_to(user).beside(row).standing().first()
    return report.get_absolute_url() if report else None
