"""The page of deliveries: what waits, runs and failed, with “try again”."""

from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core import clock
from core.formats import span
from core.views import list_page, step_view
from promises.lists import PromiseList, kind_of
from promises.models import Promise
from promises.permissions import mends_deliveries
from promises.states import PROMISE

SHOWN_FAILURES = 20

promise_step = step_view(Promise, PROMISE)


@require_GET
def promises(request):
    owed = owed_to(request.user)
    failed = owed.failed().order_by("-due_at")[:SHOWN_FAILURES]
    return list_page(
        request,
        PromiseList,
        "promises/promises.html",
        figures=figures(owed.counts(clock.now())),
        failures=[
            (one, kind_of(one), PROMISE.buttons(request.user, one), f"{request.path}{one.pk}/") for one in failed
        ],
    )


@require_GET
def progress(request):
    """The same counts for scripts: {waiting, later, running, failed, oldest}."""
    return JsonResponse(owed_to(request.user).counts(clock.now()))


def owed_to(user):
    """The machinery room is the office's; to others it does not exist."""
    if not mends_deliveries(user):
        raise Http404
    return Promise.objects.visible_to(user)


def figures(counts):
    return [
        (counts["waiting"], _("wait now")),
        (counts["running"], _("are being done")),
        (counts["failed"], _("failed")),
        (counts["later"], _("are due later")),
        (span(clock.now() - counts["oldest"]) if counts["oldest"] else "–", _("has the oldest been waiting")),
    ]
