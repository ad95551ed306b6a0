"""A batch of assignments or rapporteurs: proposed, looked at, confirmed, watched while it is made, taken back."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.languages import names_of
from accounts.roles import is_officer
from core import clock
from core.formats import brussels
from core.found import visible_or_404
from core.views import form_page, list_page, step_view, try_act
from evaluation.actions import confirm_batch
from evaluation.actions import propose_rapporteurs as propose_for_all
from evaluation.actions.assessments import DAYS_TO_ASSESS
from evaluation.forms import DueForm, NothingMoreForm, RapporteurTermsForm
from evaluation.lists import BatchLineList
from evaluation.lists.batches import BATCH_TONES
from evaluation.models import Batch
from evaluation.shown.assigning import lacks, lacks_rapporteur, limit_too_low
from evaluation.states import BATCH, BatchPhase
from evaluation.views.doors import call_for, require_officer
from promises.models import Promise

batch_step = step_view(Batch, BATCH)


@require_http_methods(["GET", "POST"])
def propose_rapporteurs(request, pk):
    """The terms on which a rapporteur is proposed for each application that waits for one."""
    require_officer(request.user)
    call = call_for(request.user, pk)
    form = RapporteurTermsForm(request.POST or None)
    if form.is_valid() and (made := try_act(form, lambda: rapporteurs(call, request, form.cleaned_data))):
        return redirect(made)
    back = reverse("appoint_rapporteur", args=[call.pk])
    return form_page(request, "evaluation/propose_rapporteurs.html", form, call=call, back=back)


def rapporteurs(call, request, terms):
    return propose_for_all(call, by=request.user, key=request.POST.get("key"), **terms)


@require_http_methods(["GET", "POST"])
def batch(request, pk):
    row = visible_or_404(Batch, request.user, pk)
    form = form_of(row, request)
    if form.is_valid() and try_act(form, lambda: confirmed(row, request, form)):
        messages.success(request, _("Confirmed: it is being done. You need not wait here."))
        return redirect(row)
    if form.is_bound:
        shown = BatchLineList(request.user, {}, path=request.path, batch=row).load()
        return form_page(request, "evaluation/batch.html", form, list=shown, batch=row, **context_of(row, request))
    more = context_of(row, request)
    return list_page(request, BatchLineList, "evaluation/batch.html", batch=row, form=form, **more)


def form_of(row, request):
    posted = request.POST if request.method == "POST" else None
    if row.is_of_rapporteurs:
        return NothingMoreForm(posted)
    return DueForm(posted, initial={"due_at": clock.now() + DAYS_TO_ASSESS})


def confirmed(row, request, form):
    stamp = request.POST.get("stamp")
    return confirm_batch(row, by=request.user, base=stamp, due_at=form.cleaned_data.get("due_at"))


def context_of(row, request):
    return {
        "call": row.call,
        "tone": BATCH_TONES[row.status],
        "facts": facts_of(row),
        "back": reverse("appoint_rapporteur" if row.is_of_rapporteurs else "assign", args=[row.call_id]),
        "lacking": [lacks_rapporteur(one) if row.is_of_rapporteurs else lacks(one) for one in row.lacking],
        "more_lacking": row.short - len(row.lacking),
        "too_low": limit_too_low(row.terms),
        "may_confirm": row.stands_in(BatchPhase.PROPOSED) and is_officer(request.user),
        "is_under_way": row.stands_in(BatchPhase.UNDER_WAY),
        "owed": owed_for(row, request.user),
        "steps": BATCH.buttons(request.user, row),
        "url": row.get_absolute_url(),
    }


def owed_for(row, user):
    """Sentences on a promise that was missed, and when it is tried again."""
    missed = Promise.objects.visible_to(user).about(row).open().exclude(last_error="")
    return [f"{one.last_error} ({brussels(one.due_at)})" for one in missed]


def facts_of(row):
    terms = row.terms
    found = [
        (_("Made from"), row.file_name or row.get_source_display()),
        (_("Proposed"), f"{brussels(row.made_at)}, {row.made_by}"),
        (_("Rapporteurs") if row.is_of_rapporteurs else _("Assignments"), row.size),
    ]
    if row.is_of_rapporteurs:
        found += [
            (_("At most for one person"), terms["limit"] or _("no limit")),
            (_("Number of the lot"), terms["seed"]),
        ]
    elif terms:
        found += [
            (_("Evaluators for each application"), terms["wanted"]),
            (_("At most for one evaluator"), terms["limit"] or _("no limit")),
            (_("Two of one organisation"), _("never on one application") if terms["apart"] else _("allowed")),
            (_("Languages that everybody must read"), names_of(terms.get("languages", ())) or _("any")),
            (_("Number of the lot"), terms["seed"]),
        ]
    if row.confirmed_at:
        found.append((_("Confirmed"), f"{brussels(row.confirmed_at)}, {row.confirmed_by}"))
    if row.due_at:
        found.append((_("To be signed by"), brussels(row.due_at)))
    if row.made or row.refused:
        found += [(_("Made"), row.made), (_("Could not be made"), row.refused)]
    if row.ended_by:
        found += [(_("Taken back by"), row.ended_by), (_("Reason"), row.ended_reason), (_("Taken back"), row.returned)]
    return found


@require_GET
def batch_of_assignments_progress(request, pk):
    """{done, total, finished}: all are made in one transaction, so it is none of them or all."""
    row = visible_or_404(Batch, request.user, pk)
    finished = not row.stands_in(BatchPhase.UNDER_WAY)
    return JsonResponse({"done": row.size if finished else 0, "total": row.size, "finished": finished})
