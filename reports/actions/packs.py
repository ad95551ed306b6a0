"""Asking for an evidence pack and taking it away: both are written down, for auditors alone to read."""

from django.utils.translation import gettext as _

from applications.models import Application
from core.errors import Incomplete, TooMany, WrongState
from core.formats import shortened
from core.holds import hold_name
from evaluation.querysets import kept_from
from programmes.models import Call
from programmes.states import OPENED
from promises.actions import promise
from reports.models import Pack
from reports.states import PACK
from reports.withheld import LEFT_OUT

MOST_WAITING = 3  # packs of one person that are being made; one of a whole call takes minutes


@PACK.action("ask")
def ask_for_pack(pack, *, by, at):
    """Owe the pack; the worker makes it of what `by` may see when it is made."""
    require_turn(by)
    require_call(pack, by)
    pack.numbers = sorted(dict.fromkeys(pack.numbers))
    require_applications(pack, by)
    if unknown := set(pack.left_out) - set(LEFT_OUT):
        raise Incomplete({"left_out": _("“%(what)s” is nothing that can be left out.") % {"what": min(unknown)}})
    pack.asked_by, pack.asked_at = by, at
    promise("pack", pack)
    return asked(pack)


@PACK.action("fetch")
def fetch_pack(pack, *, by, at):
    """Note who takes which bytes."""
    return {"file": [None, pack.name], "sha256": [None, pack.sha256], **asked(pack)}


def asked(pack):
    return {
        "call": [None, pack.call.reference], "numbers": [None, pack.numbers], "left_out": [None, pack.left_out],
        "documents_left_out": [None, pack.documents_left_out],
    }  # fmt: skip


def require_turn(user):
    hold_name(f"packs asked for by {user.pk}")  # two requests at once must not both find the last turn
    if Pack.objects.visible_to(user).waiting().count() >= MOST_WAITING:
        sentence = _("%(most)s packs that you asked for are still being made: wait until one is ready, then ask again.")
        raise TooMany(sentence % {"most": MOST_WAITING})


def require_call(pack, user):
    call = Call.objects.visible_to(user).filter(pk=pack.call_id).first() if pack.call_id else None
    if call is None:
        raise Incomplete({"call": _("Choose the call that the pack is about.")})
    if not call.stands_in(OPENED):
        words = {"call": call, "status": call.get_status_display()}
        raise WrongState(_("Nothing of %(call)s can be read yet: it is “%(status)s”.") % words)


def require_applications(pack, user):
    """Each number is one that this person reads; of an unknown one and of another's the sentence is the same."""
    rows = Application.objects.visible_to(user).filter(call=pack.call).exclude(pk__in=kept_from(user).values("pk"))
    known = set(rows.filter(reference__in=pack.numbers).values_list("reference", flat=True))
    if unknown := [one for one in pack.numbers if one not in known]:
        words = {"numbers": shortened(unknown), "call": pack.call.reference}
        raise Incomplete(
            {"numbers": _("Not among the applications of %(call)s that you may read: %(numbers)s.") % words}
        )
    if not pack.numbers and not rows.exists():
        raise Incomplete({"call": _("You may read no application of %(call)s.") % {"call": pack.call.reference}})
