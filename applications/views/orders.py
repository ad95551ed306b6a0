"""The page of a standing order: what would be submitted at the closing time, and the one button."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.actions import give_order
from applications.content import is_as_sent
from applications.models import Application, StandingOrder
from applications.models.orders import first_try, last_try
from applications.shown.standing import gap_links, standing_of
from applications.shown.unsent import unsent_edits
from applications.states import EDITABLE, ORDER, OrderPhase
from applications.views.sides import side_for
from core import clock
from core.found import visible_or_404
from programmes.states import CallPhase


@require_http_methods(["GET", "POST"])
def standing_order(request, pk):
    application = visible_or_404(Application, request.user, pk)
    new = StandingOrder(application=application)
    ORDER.may_open("give", new, by=request.user)
    order = application.standing_orders.first()
    if request.method == "POST":
        say(order_told(order, new, request), request)
        return redirect("standing_order", pk=pk)
    at = clock.now()
    standing = standing_of(application, at=at)
    context = {
        "application": application,
        "side": side_for(request, application, standing=standing),
        "order": order,
        "stands": order is not None and order.stands_in(OrderPhase.STANDING),
        "is_over": order is not None and is_over(order),
        "may_give": may_give(application, at),
        "first": first_try(application.call),
        "last": last_try(application.call),
        "gaps": gap_links(application, standing),
        "edits": unsent_edits(application, standing.content),
        "nothing_new": application.submitted_at and is_as_sent(application, standing.content),
    }
    return render(request, "applications/standing_order.html", context)


def is_over(order):
    """It was carried out or given up before the call was opened again, and stays so."""
    reopened_at = order.application.call.reopened_at
    return reopened_at is not None and order.given_at < reopened_at and not order.stands_in(OrderPhase.STANDING)


def order_told(order, new, request):
    """What the button on the page asks: to take back the one that stands, or to give one."""
    if "take_back" in request.POST and order is not None:
        return ORDER.run("take_back", order, by=request.user, base=request.POST.get("stamp"))
    return give_order(new, by=request.user, key=request.POST.get("key"))


def say(order, request):
    stands = order.stands_in(OrderPhase.STANDING)
    given, taken_back = _("The order is given: you see here what it will submit."), _("The order is taken back.")
    messages.success(request, given if stands else taken_back)


def may_give(application, at):
    call = application.call
    return application.stands_in(EDITABLE) and call.stands_in(CallPhase.PUBLISHED) and at < first_try(call)
