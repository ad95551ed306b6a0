"""Pages of the proofs: every run, one run with its faults, and what anybody may know."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.roles import follows_proofs
from core import clock
from core.cells import Cell
from core.formats import brussels
from core.found import visible_or_404
from core.views import list_page
from reports import actions
from reports.lists import TONES, ProofRunList
from reports.models import ProofRun
from reports.permissions import may_read_faults
from reports.proofs import PROOFS
from reports.states import PROOF_RUN, ProofRunPhase

COLUMNS = [gettext_lazy("Proof"), gettext_lazy("Looked at"), gettext_lazy("Result")]


@require_http_methods(["GET", "POST"])
def proof_runs(request):
    """Every run. POST begins one."""
    if not follows_proofs(request.user):
        raise Http404
    if request.method == "POST":
        run = actions.begin_run(ProofRun(), by=request.user)
        messages.success(request, _("The proofs have begun; the result stays here and on your desk."))
        return redirect(run)
    begin = PROOF_RUN.steps["begin"]
    return list_page(request, ProofRunList, "reports/proof_runs.html", begin=begin, is_overdue=is_overdue())


def is_overdue():
    return ProofRun.objects.is_overdue(clock.now())


@require_GET
def proof_run(request, pk):
    run = visible_or_404(ProofRun, request.user, pk)
    is_under_way = run.stands_in(ProofRunPhase.UNDER_WAY)
    results = run.progress["results"] if is_under_way else run.results
    context = {
        "run": run,
        "tone": TONES[run.status],
        "facts": facts_of(run),
        "columns": COLUMNS,
        "rows": [row_of(one) for one in results],
        "broken_off": run.stands_in(ProofRunPhase.BROKEN_OFF),
        "faults": [(one["proof"], one["named"], one["faults"] - len(one["named"])) for one in results if one["faults"]],
        "may_read": may_read_faults(request.user),
        "steps": steps_of(run) if is_under_way else None,
    }
    return render(request, "reports/proof_run.html", context)


def facts_of(run):
    return [
        (_("Begun"), brussels(run.begun_at)),
        (_("By"), run.begun_by.name),
        (_("Ended"), brussels(run.ended_at)),
        (_("Things looked at"), run.looked_at),
        (_("Faults"), run.fault_count),
    ]


def row_of(result):
    count = result["faults"]
    said = Cell(_("faults: %(count)s") % {"count": count}, tone="bad") if count else Cell(_("proved"), tone="good")
    return [result["proof"], result["looked_at"], said]


def steps_of(run):
    """How far it is: proofs done, of how many."""
    return {"done": len(PROOFS) - len(run.progress["left"]), "total": len(PROOFS)}


@require_GET
def proof_run_progress(request, pk):
    run = visible_or_404(ProofRun, request.user, pk)
    if run.stands_in(ProofRunPhase.UNDER_WAY):
        return JsonResponse(steps_of(run) | {"finished": False})
    return JsonResponse({"done": len(PROOFS), "total": len(PROOFS), "finished": True})


@login_not_required
@require_GET
def status(request):
    """For anybody: when the last whole run ended and what came of it; never what a fault is about."""
    last = ProofRun.objects.whole().last()
    is_proved = last is not None and last.stands_in(ProofRunPhase.PROVED)
    return render(request, "reports/status.html", {"last": last, "proved": is_proved, "is_overdue": is_overdue()})
