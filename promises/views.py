"""The page of deliveries: what waits, runs and failed, with “try again”."""

from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core import clock
from core.cells import Cell
from core.formats import span
from core.views import list_page, step_view
from promises.lanes import Lane, is_late
from promises.lists import PromiseList, kind_of
from promises.models import Promise
from promises.permissions import mends_deliveries
from promises.states import PROMISE

SHOWN_FAILURES = 20
LANE_COLUMNS = [_("What"), _("Due now"), _("The oldest waits"), _("Being done"), _("Failed"), _("Due later")]

promise_step = step_view(Promise, PROMISE)


@require_GET
def promises(request):
    owed, at = owed_to(request.user), clock.now()
    lanes = list(owed.by_lane(at))
    failed = owed.failed().order_by("-due_at")[:SHOWN_FAILURES]
    return list_page(
        request,
        PromiseList,
        "promises/promises.html",
        figures=figures(totals(lanes), at),
        lanes=[lane_row(lane, at) for lane in lanes],
        lane_columns=LANE_COLUMNS,
        lane_numbers=[1, 3, 4, 5],
        failures=[
            (one, kind_of(one), PROMISE.buttons(request.user, one), f"{request.path}{one.pk}/") for one in failed
        ],
    )


@require_GET
def progress(request):
    """The same counts for scripts: {waiting, later, running, failed, oldest}, and those of each lane."""
    at = clock.now()
    lanes = list(owed_to(request.user).by_lane(at))
    return JsonResponse(totals(lanes) | {"lanes": [lane | {"is_late": is_late(lane, at)} for lane in lanes]})


def owed_to(user):
    """The machinery room is the office's; to others it does not exist."""
    if not mends_deliveries(user):
        raise Http404
    return Promise.objects.visible_to(user)


def totals(lanes):
    """Of all lanes together."""
    counts = {name: sum(lane[name] for lane in lanes) for name in ("waiting", "later", "running", "failed")}
    return counts | {"oldest": min((lane["oldest"] for lane in lanes if lane["oldest"]), default=None)}


def lane_row(lane, at):
    """What stands in the table of lanes; a lane that is late stands out."""
    age = span(at - lane["oldest"]) if lane["oldest"] else "–"
    if is_late(lane, at):
        age = Cell(_("%(time)s – late") % {"time": age}, tone="bad")
    return [Lane(lane["lane"]).label, lane["waiting"], age, lane["running"], lane["failed"], lane["later"]]


def figures(counts, at):
    return [
        (counts["waiting"], _("wait now")),
        (counts["running"], _("are being done")),
        (counts["failed"], _("failed")),
        (counts["later"], _("are due later")),
        (span(at - counts["oldest"]) if counts["oldest"] else "–", _("has the oldest been waiting")),
    ]
