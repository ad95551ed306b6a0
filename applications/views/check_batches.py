"""Many checks of a call: by condition, looked at before they are confirmed, watched, taken back."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from applications.actions import propose_checks
from applications.lists import CheckBatchLineList
from applications.lists.checks import CHECK_BATCH_TONES
from applications.models import Check, CheckBatch
from applications.shown.checks import batch_sentence, condition_rows, facts_of, figures_of
from applications.states import CHECK_BATCH, ApplicationPhase, CheckBatchPhase
from core.formats import brussels
from core.found import visible_or_404, watched
from core.statuses import asked_for
from core.views import list_page, step_view
from programmes.models import Call
from promises.models import Promise

SHOWN_BATCHES = 5
check_batch_step = step_view(CheckBatch, CHECK_BATCH)


@require_http_methods(["GET", "POST"])
def call_checks(request, pk):
    """The conditions of a call, each with how many of its checks wait; one button proposes one of them, or all met."""
    call = watched(visible_or_404(Call, request.user, pk))
    CHECK_BATCH.may_open("propose", CheckBatch(call=call), by=request.user)
    if request.method == "POST":
        said = {"code": request.POST.get("code", ""), "key": request.POST.get("key")}
        return redirect(propose_checks(call, by=request.user, **said))
    conditions = list(Check.objects.visible_to(request.user).of_call_in_checks(call).by_condition())
    batches = CheckBatch.objects.visible_to(request.user).of_call(call).newest_first()[:SHOWN_BATCHES]
    return render(request, "applications/call_checks.html", {
        "call": call,
        "figures": figures_of(conditions),
        "rows": condition_rows(conditions),
        "batches": [(batch_sentence(one), one.get_absolute_url()) for one in batches],
        "applications_url": f"{reverse('applications')}?call={call.pk}&status={asked_for(ApplicationPhase.IN_CHECKS)}",
    })  # fmt: skip


@require_GET
def check_batch(request, pk):
    row = visible_or_404(CheckBatch, request.user, pk)
    return list_page(
        request, CheckBatchLineList, "applications/check_batch.html", batch=row, call=row.call,
        tone=CHECK_BATCH_TONES[row.status], facts=facts_of(row), owed=owed_for(row, request.user),
        is_proposed=row.stands_in(CheckBatchPhase.PROPOSED), is_under_way=row.stands_in(CheckBatchPhase.UNDER_WAY),
        steps=CHECK_BATCH.buttons(request.user, row), url=row.get_absolute_url(),
    )  # fmt: skip


def owed_for(row, user):
    """Sentences on a promise that was missed, and when it is tried again."""
    missed = Promise.objects.visible_to(user).about(row).open().exclude(last_error="")
    return [f"{one.last_error} ({brussels(one.due_at)})" for one in missed]


@require_GET
def check_batch_progress(request, pk):
    """{done, total, finished}: all are confirmed in one transaction, so it is none of them or all."""
    row = visible_or_404(CheckBatch, request.user, pk)
    finished = not row.stands_in(CheckBatchPhase.UNDER_WAY)
    return JsonResponse({"done": row.size if finished else 0, "total": row.size, "finished": finished})
