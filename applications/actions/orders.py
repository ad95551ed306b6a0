"""The standing order: given and taken back by who may submit, carried out by the clock through that very act."""

from django.utils.translation import gettext as _

from applications import documents
from applications.actions.guards import require_open_call
from applications.actions.sending import addresses_of
from applications.models.orders import first_try
from applications.states import EDITABLE, ORDER
from core import clock
from core.errors import WrongState
from core.formats import brussels
from promises.actions import promise, write_mails


@ORDER.action("give")
def give_order(order, *, by, at):
    """From now on the clock submits what is saved shortly before the closing time, unless it was submitted already."""
    application, call = order.application, order.application.call
    require_open_call(call, clock.arrived(at))
    if not application.stands_in(EDITABLE):
        raise WrongState(_("%(row)s is withdrawn: restore it first.") % {"row": application})
    if at >= first_try(call):
        words = {"closes": brussels(call.closes_at)}
        raise WrongState(_("The call closes on %(closes)s: submit it yourself, now.") % words)
    if application.standing_orders.standing().exists():
        raise WrongState(_("The order is given already."))
    order.given_by, order.given_at = by, at
    promise("standing_orders", call, due_at=first_try(call))


@ORDER.action("carry_out")
def carry_out_order(order, *, by, at, receipt):
    """Note the receipt of what was submitted in its name."""
    order.receipt, order.tried_at, order.reason = receipt, at, ""


@ORDER.action("repeat")
def repeat_order(order, *, by, at, receipt):
    """The same for what was edited after the first try."""
    order.receipt, order.tried_at, order.reason = receipt, at, ""


@ORDER.action("miss")
def miss_order(order, *, by, at, sentence):
    """Nothing was submitted this time: there is another try, or the version of the first one counts."""
    order.tried_at, order.reason = at, sentence


@ORDER.action("fail")
def fail_order(order, *, by, at, sentence):
    """Nothing was submitted by it; everybody of the organisation is told why, and what counts."""
    order.tried_at, order.reason = at, sentence
    to = addresses_of(order.application)
    write_mails(to=to, about=order.application, **documents.failed_order_mail(order))
