"""Agreeing: rapporteurs are appointed, the individual scores stand side by side, everybody approves."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import is_assessor
from applications.models import Application
from applications.shown import proposal_now
from core.errors import Refused
from core.found import row_or_404
from core.ids import id_in
from core.views import form_page, list_page, step_view, try_act
from evaluation.actions import agree_scores, propose_consensus
from evaluation.actions import appoint_rapporteur as appoint_act
from evaluation.forms import ConsensusForm, initial_of
from evaluation.lists import CONSENSUS_TONES, ConsensusList, ReadyList
from evaluation.models import Assessment, Batch, Consensus
from evaluation.scoring import figure, maximum_of, spread_of
from evaluation.shown.calls import known_total
from evaluation.shown.proposed import batches_of
from evaluation.states import CONSENSUS, ConsensusPhase
from evaluation.views.assessments import autosaved
from evaluation.views.calls import tabs_of
from evaluation.views.doors import call_for, require_inside, require_officer

TEXTS = ["comment", "deviation"]
consensus_step = step_view(Consensus, CONSENSUS)


@require_GET
def consensus_reports(request):
    require_inside(request.user)
    return list_page(request, ConsensusList)


@require_http_methods(["GET", "POST"])
def consensus(request, pk):
    rows = Consensus.objects.visible_to(request.user).select_related(
        "application__call", "application__applicant", "rapporteur", "objected_by"
    )
    row = row_or_404(rows.prefetch_related("scores", "approvals__evaluator"), pk=pk)
    if row.stands_in(ConsensusPhase.WRITING) and row.rapporteur_id == request.user.pk:
        return write(request, row)
    if request.method == "POST":
        raise Http404
    return render(request, "evaluation/consensus_read.html", page_of(request.user, row))


def write(request, row):
    criteria = list(row.application.call.criteria.all())
    if request.method == "GET":
        form = ConsensusForm(criteria=criteria, initial=initial_of(row, criteria, texts=TEXTS))
        return writing_page(request, form, row)
    form = ConsensusForm(request.POST, criteria=criteria)
    if request.headers.get("X-Autosave"):
        return autosaved(form, lambda: save(form, row, request.user))
    if form.is_valid() and (saved := try_act(form, lambda: keep(form, row, request))):
        messages.success(request, done_sentence(saved))
        return redirect(saved)
    return writing_page(request, form, row)


def keep(form, row, request):
    """Save, and propose where that was asked for: both or neither."""
    with transaction.atomic():
        row = save(form, row, request.user)
        return propose_consensus(row, by=request.user) if "propose" in request.POST else row


def save(form, row, user):
    data = form.cleaned_data
    return agree_scores(row, by=user, scores=form.given, remark=data["remark"], base=data["stamp"])


def done_sentence(row):
    if row.stands_in(ConsensusPhase.PROPOSED):
        return _("The report of %(number)s waits for the evaluators' approval; approve it yourself too.") % {
            "number": row.application
        }
    return _("The report of %(number)s is saved; it is not proposed yet.") % {"number": row.application}


def writing_page(request, form, row):
    context = page_of(request.user, row)
    sides = {side["criterion"].pk: side for side in context["sides"]}
    blocks = [(sides[criterion.pk], fields) for criterion, fields in form.blocks]
    return form_page(request, "evaluation/consensus.html", form, **context, blocks=blocks)


def page_of(user, row):
    criteria = list(row.application.call.criteria.all())
    total = known_total(row.scores.all(), criteria) if row.total is None else row.total
    return {
        "consensus": row,
        "tone": CONSENSUS_TONES[row.status],
        "sides": sides_of(user, row, criteria),
        "total": None if total is None else figure(total),
        "maximum": figure(maximum_of(criteria)),
        "approvals": approvals_of(user, row),
        "proposal": proposal_for(user, row.application),
        "steps": steps_of(user, row),
        "steps_url": row.get_absolute_url(),
    }


def proposal_for(user, application):
    seen = Application.objects.visible_to(user).filter(pk=application.pk).exists()
    return proposal_now(application) if seen else None


def steps_of(user, row):
    """Whoever has approved is not asked again."""
    has_approved = any(one.evaluator_id == user.pk for one in row.approvals.all())
    return [one for one in CONSENSUS.buttons(user, row) if not (one.name == "approve" and has_approved)]


def sides_of(user, row, criteria):
    """Criterion by criterion: what each evaluator gave and wrote, the range, and what is agreed."""
    signed = list(assessments_of(user, row))
    kept = {score.criterion_id: score for score in row.scores.all()}
    return [side(one, signed, kept.get(one.pk)) for one in criteria]


def assessments_of(user, row):
    seen = Assessment.objects.visible_to(user).beside(row).signed()
    return seen.select_related("evaluator").prefetch_related("scores").order_by("signed_at", "evaluator__name")


def side(criterion, signed, agreed):
    given = [(one, score) for one in signed for score in one.scores.all() if score.criterion_id == criterion.pk]
    spread = spread_of(score.points for _one, score in given)
    return {
        "criterion": criterion,
        "maximum": figure(criterion.maximum),
        "threshold": None if criterion.threshold is None else figure(criterion.threshold),
        "given": [(one.evaluator.name, figure(score.points), score.comment) for one, score in given],
        "range": (figure(spread.lowest), figure(spread.highest)) if spread else None,
        "agreed": agreed,
        "points": figure(agreed.points) if agreed and agreed.points is not None else None,
    }


def approvals_of(user, row):
    given = {one.evaluator_id for one in row.approvals.all()}
    names = assessments_of(user, row).values_list("evaluator_id", "evaluator__name")
    return [(name, *approval_of(row, pk, given)) for pk, name in names if pk in row.evaluator_ids]


def approval_of(row, pk, given):
    """(words, tone)"""
    if pk in given:
        return _("approved"), "good"
    return (_("not yet"), "warning") if pk in row.asked_ids else (_("gone on without"), "neutral")


# appointing


@require_http_methods(["GET", "POST"])
def appoint_rapporteur(request, pk):
    """The applications of a call whose evaluators have all signed, page by page; one choice for each."""
    require_officer(request.user)
    call = call_for(request.user, pk)
    rows = ReadyList(request.user, request.GET, path=request.path, call=call)
    if request.method == "POST":
        appoint_chosen(request, rows)
        return redirect("appoint_rapporteur", call.pk)
    rows.load()
    return render(request, "evaluation/rapporteurs.html", {
        "call": call,
        "list": rows,
        "tabs": tabs_of(call, "appoint_rapporteur", request.user),
        "lines": [choice_of(one.line) for one in rows.objects],
        "batches": batches_of(call, request.user, Batch.Purpose.RAPPORTEUR),
    })  # fmt: skip


def choice_of(line):
    return {
        "application": line.application,
        "spread": figure(line.spread.distance),
        "people": [(str(one.evaluator_id), one.evaluator.name) for one in line.signed if is_assessor(one.evaluator)],
    }


def chosen_lines(posted, rows):
    """Of the applications that the form names, those that still wait."""
    named = [key.removeprefix("rapporteur-") for key in posted if key.startswith("rapporteur-")]
    found = rows.all_rows().filter(pk__in=map(id_in, named)).order_by("reference")
    return rows.follow(found)


def appoint_chosen(request, rows):
    """Each choice on its own: one that is refused does not undo the others, and says why."""
    for line in chosen_lines(request.POST, rows):
        wanted = request.POST[f"rapporteur-{line.application.pk}"]
        chosen = [one.evaluator for one in line.signed if str(one.evaluator_id) == wanted]
        for evaluator in chosen:
            try:
                appoint_act(line.application, evaluator, by=request.user)
                words = {"who": evaluator.name, "number": line.application}
                messages.success(request, _("%(who)s is the rapporteur of %(number)s.") % words)
            except Refused as refusal:
                messages.error(request, " ".join(map(str, refusal.gaps.values())) or str(refusal.sentence))
