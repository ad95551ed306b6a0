"""The committee, its ranked list and its signatures."""

from datetime import timedelta

from demo.moments import at_work
from demo.people import authorising_officer, officer, person
from evaluation.actions import appoint_member, declare_for_the_committee, draw_up_list, sign_record
from evaluation.models import Seat

MEMBERS = {  # e-mail: under the authorising officer responsible
    "second.officer@home.example.eu": True,
    "evaluator@home.example.eu": False,
    "evaluator@jrc.example.eu": False,
}


def appoint(call, *, at):
    for email, under in MEMBERS.items():
        appoint_member(call, person(email), by=authorising_officer(), under_authorising_officer=under, at=at)


def seats_of(call):
    return Seat.objects.filter(call=call).sitting().select_related("member").order_by("member__email")


def declare(call, *, at, most=None):
    for place, seat in enumerate(seats_of(call)[:most]):
        declare_for_the_committee(seat, by=seat.member, at=at_work(at + timedelta(hours=3 * place)))


def rank(call, *, at):
    draw_up_list(call, by=officer(), at=at)


def sign(call, *, at):
    for place, seat in enumerate(seats_of(call)):
        sign_record(seat, by=seat.member, at=at_work(at + timedelta(hours=21 * place)))
