"""What a status means in plain words, and what happens next: said differently to the applicant and to the Commission.

The applicant learns the outcome by letter, so until then each step after the opening looks the same from outside.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _

from applications.states import ApplicationStatus as S
from core.formats import brussels, brussels_day
from programmes.states import CallStatus


class Situation(NamedTuple):
    label: str
    tone: str
    next: str


TONES = {
    S.DRAFT: "neutral", S.SUBMITTED: "info", S.WITHDRAWN: "neutral", S.UNSENT: "neutral", S.CHECKING: "warning",
    S.ELIGIBLE: "good", S.INELIGIBLE: "bad", S.EVALUATED: "good",
}  # fmt: skip
OWNERS_WORDS = {S.DRAFT, S.SUBMITTED, S.WITHDRAWN, S.UNSENT}
IN_PROCEDURE = "RECEIVED"  # what applicants read for every status after the opening


def situation_for_owner(application):
    say = OWN.get(application.status, in_procedure)
    return say(application)


def draft(application):
    words = {"closes": brussels(application.call.closes_at)}
    return Situation(
        _("draft"), "neutral", _("Complete every part and submit it before the call closes on %(closes)s.") % words
    )


def submitted(application):
    words = {"version": application.versions, "closes": brussels(application.call.closes_at)}
    sentence = _(
        "Version %(version)d is received and counts. Until %(closes)s you may edit it and submit again, or withdraw it."
    )
    return Situation(_("submitted"), "good", sentence % words)


def withdrawn(application):
    return Situation(
        _("withdrawn"), "neutral", _("Nothing of it is read. Until the call closes you may restore it as a draft.")
    )


def unsent(application):
    return Situation(
        _("never submitted"), "neutral", _("The call closed before it was submitted. Nobody else reads it.")
    )


def in_procedure(application):
    call = application.call
    sentence = NEXT.get(call.status, NEXT[CallStatus.EVALUATION])()
    if call.inform_by and call.status != CallStatus.DECIDED:
        sentence += " " + _("You are informed by letter by %(day)s.") % {"day": brussels_day(call.inform_by)}
    return Situation(_("received, in the procedure"), "info", sentence)


OWN = {S.DRAFT: draft, S.SUBMITTED: submitted, S.WITHDRAWN: withdrawn, S.UNSENT: unsent}
NEXT = {
    CallStatus.CHECKING: lambda: _("The call has closed; the applications are checked against its conditions."),
    CallStatus.EVALUATION: lambda: _("The applications are checked and evaluated."),
    CallStatus.RANKED: lambda: _("The evaluation is finished; the award decision is prepared."),
    CallStatus.DECIDED: lambda: _("The award decision is taken. Your letter tells the outcome and its reasons."),
}


def label_for_owner(application):
    return situation_for_owner(application).label


def tone_for_owner(application):
    return situation_for_owner(application).tone


def status_for_owner(application):
    """For the API: the owner's own states as they are, everything later under one name."""
    return application.status if application.status in OWNERS_WORDS else IN_PROCEDURE
