"""Who is equal by all that a call announced: the committee decides, and nobody signs before it has."""

from django.utils.translation import gettext as _

from applications.models import Application
from core.errors import Incomplete, WrongState
from core.formats import shortened
from evaluation.actions.ranked_lists import draw_up
from evaluation.models import RankedList
from evaluation.states import RANKED_LIST


def require_no_open_tie(ranked_list):
    if ranked_list.open_ties:
        numbers = Application.objects.filter(pk__in=ranked_list.open_ties[0]).order_by("reference")
        raise WrongState(
            _("%(numbers)s are equal by all that the call announced. The committee decides their order first, with a "
              "reason; then this list can be signed.")
            % {"numbers": shortened([one.reference for one in numbers])}
        )  # fmt: skip


@RANKED_LIST.action("settle")
def settle_tie(ranked_list, *, by, at, reason, order):
    """The officer writes down what the committee decided about some who are equal; a new list says so.

    `order` is their ids, first first. Each member confirms it with the signature under the new list.
    """
    order = [str(one) for one in order]
    require_tie(ranked_list, order)
    decision = {"order": order, "reason": reason, "by": str(by.pk), "at": at.isoformat()}
    ranked_list.save(update_fields=["status"])  # a round has one list that stands
    following = RankedList(call=ranked_list.call, tie_decisions=[*ranked_list.tie_decisions, decision])
    draw_up(following, by=by, at=at)
    return {"order": [None, numbers_in(order)]}


def require_tie(ranked_list, order):
    if sorted(order) not in [sorted(tie) for tie in ranked_list.open_ties]:
        raise Incomplete({"order": _("Give every application of one open tie a place of its own, from 1 on.")})


def numbers_in(order):
    known = {str(pk): number for pk, number in Application.objects.filter(pk__in=order).values_list("pk", "reference")}
    return [known[key] for key in order]
