"""What the clock does: draws and sends the letters that are owed, and counts unconfirmed ones as read."""

from contextlib import suppress

from django.db import transaction

from accounts.models import User
from awards.actions import deem_letter_read, end_reserve, lapse_offer, send_letter, write_owed_letter
from awards.actions.letters import require_true
from awards.documents import draw_letter, keep_pdf
from awards.models import DecisionLine, Letter, Offer
from awards.states import LetterPhase, OfferPhase
from core import clock
from core.errors import WrongState
from core.files import discard
from programmes.models import Call
from promises.keeping import keeps
from promises.lanes import Lane


@keeps("write_letter", lane=Lane.CLOCK)
def write_what_is_owed(line_id):
    """All are written before the first is drawn. What its own rule refuses is not tried again: the page says why."""
    line = DecisionLine.objects.select_related("application", "decision__call__fund", "decision__ranked_list__round")
    line = line.get(pk=line_id)
    with suppress(WrongState):
        write_owed_letter(line)


@keeps("letter", lane=Lane.PAPER)
def draw_and_send(letter_id):
    """Draw outside the lock, since it takes long; only the act that sends decides whose drawing is kept."""
    letter = Letter.objects.select_related("application").get(pk=letter_id)
    if not letter.stands_in(LetterPhase.WAITING):
        return
    require_true(letter)
    path, sha256 = keep_pdf(letter, draw_letter(letter.facts))
    try:
        send_letter(letter, by=User.objects.clock(), path=path, sha256=sha256)
    except WrongState:  # another worker was quicker, and its drawing was sent
        letter.refresh_from_db()
        if letter.pdf_path != path:
            discard(path)


@keeps("deem_read", lane=Lane.CLOCK)
def count_as_read(letter_id):
    letter = Letter.objects.get(pk=letter_id)
    if letter.stands_in(LetterPhase.UNREAD):
        deem_letter_read(letter, by=User.objects.clock())


@keeps("lapse_offer", lane=Lane.CLOCK)
def let_offer_lapse(offer_id):
    offer = Offer.objects.get(pk=offer_id)
    if offer.stands_in(OfferPhase.OPEN):
        lapse_offer(offer, by=User.objects.clock())


@keeps("end_reserve", lane=Lane.CLOCK)
def reserve_is_over(call_id):
    """Once: a second try finds that those on the reserve were told."""
    with transaction.atomic():
        call = Call.objects.select_for_update().get(pk=call_id)
        if call.reserve_ended_at is None:
            end_reserve(call, by=User.objects.clock(), at=clock.now())
