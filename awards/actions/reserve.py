"""The reserve list: money that is free goes to the next in its order, as an offer to be answered, until it expires."""

from datetime import timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from awards import deadlines
from awards.documents.mails import expired_mail
from awards.models import DecisionLine, Offer
from awards.states import OFFER
from core.days import day_of, end_of
from core.errors import Incomplete, WrongState
from core.formats import brussels_day
from programmes.actions import expire_reserve
from promises.actions import promise, write_mails

make_offer = OFFER.plain("make")


def offer_on(line, *, by, at, told_at):
    """Born with its letter, whose day is that of `told_at`; the clock lets it lapse when nobody answers."""
    new = Offer(application=line.application, line=line, answer_by=deadlines.answer_by(told_at))
    offer = make_offer(new, by=by, at=at)
    promise("lapse_offer", offer, due_at=end_of(offer.answer_by) + timedelta(seconds=1))
    return offer


@OFFER.action("accept")
def accept_offer(offer, *, by, at):
    require_in_time(offer, at)
    offer.answered_by, offer.answered_at = by, at


@OFFER.action("decline")
def decline_offer(offer, *, by, at, reason):
    """Its money is free at once, and offered to the next."""
    require_in_time(offer, at)
    offer.answered_by, offer.answered_at, offer.said = by, at, reason


def require_in_time(offer, at):
    if day_of(at) > offer.answer_by:
        raise WrongState(
            _("This offer was to be answered by %(day)s. Ask the programme office.")
            % {"day": brussels_day(offer.answer_by)}
        )


@OFFER.action("lapse")
def lapse_offer(offer, *, by, at):
    if day_of(at) <= offer.answer_by:
        raise WrongState(_("%(offer)s may still be answered.") % {"offer": offer})


# its order and its end


def promise_its_end(call):
    """From the day the first letters tell of the reserve list."""
    if call.reserve_until:
        promise("end_reserve", call, due_at=end_of(call.reserve_until) + timedelta(seconds=1))


def require_next_on_reserve(decision, applications, *, at):
    """The first ones of the list, and none after them: nobody is overtaken. Not after the reserve expired."""
    call = decision.call
    if call.reserve_until and day_of(at) > call.reserve_until:
        raise WrongState(
            _("The reserve list of %(call)s expired on %(day)s.")
            % {"call": call, "day": brussels_day(call.reserve_until)}
        )
    waiting = DecisionLine.objects.of_call(call).in_force().on_reserve().select_related("application")
    first = [line.application for line in waiting[: len(applications)]]
    if {one.pk for one in first} != {one.pk for one in applications}:
        words = {"names": ", ".join(str(one) for one in first)}
        raise Incomplete(
            {"applications": _("The reserve is taken up in the order of the list: next are %(names)s.") % words}
        )


def end_reserve(call, *, by, at):
    """The clock, after the last day: who still waits is told that no money came free."""
    call = expire_reserve(call, by=by, at=at)
    waiting = DecisionLine.objects.of_call(call).in_force().on_reserve().for_reading()
    for line in waiting:
        to = [user.email for user in User.objects.speaking_for(line.application.applicant)]
        write_mails(to=to, about=line.application, **expired_mail(line))
