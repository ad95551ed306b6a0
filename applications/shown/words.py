"""What a status means in plain words, and what happens next: said differently to the applicant and to the Commission.

The applicant learns the outcome by letter, so until then each step after the opening looks the same from outside.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.states import IN_PROCEDURE
from applications.states import ApplicationPhase as P
from applications.states import ApplicationStatus as S
from core.formats import brussels, brussels_day
from core.phases import for_each
from programmes.states import UNREAD, CallPhase, CallStatus


class Situation(NamedTuple):
    label: str
    tone: str
    next: str


TONES = for_each(
    S,
    {
        P.PREPARING: "neutral", P.SENT: "info", P.ENDED: "neutral", P.IN_CHECKS: "warning", P.EVALUABLE: "good",
        P.EXCLUDED: "bad", P.EVALUATED: "good", P.RETRACTED: "neutral",
    },
)  # fmt: skip
RECEIVED = "RECEIVED"  # what applicants read for every status after the opening


def situation_for_owner(application):
    if application.call.stands_in(CallPhase.CANCELLED):
        return Situation(_("call cancelled"), "neutral", NEXT[application.call.status]())
    return OWN[application.status](application)


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
    sentence = _("Nothing of it is read. Until the call closes you may restore it as a draft.")
    if application.versions:
        sentence = _(
            "Nothing of it is read. Until the call closes you may undo the withdrawal, so that version %(version)d "
            "counts again, or restore it as a draft."
        ) % {"version": application.versions}
    return Situation(_("withdrawn"), "neutral", sentence)


def unsent(application):
    return Situation(
        _("never submitted"), "neutral", _("The call closed before it was submitted. Nobody else reads it.")
    )


def retracted(application):
    return Situation(
        _("withdrawn after closing"), "neutral",
        _("You withdrew it from the procedure. No rejection follows; you keep reading it."),
    )  # fmt: skip


def in_procedure(application):
    call = application.call
    sentence = NEXT[call.status]()
    if call.inform_by and not call.stands_in(CallPhase.DECIDED):
        sentence += " " + _("You are informed by letter by %(day)s.") % {"day": brussels_day(call.inform_by)}
    label = _("decided") if call.stands_in(CallPhase.DECIDED) else _("received, in the procedure")
    return Situation(label, "info", sentence)


OWN = for_each(
    S,
    {
        P.PREPARING: draft, P.SENT: submitted, S.WITHDRAWN: withdrawn, S.UNSENT: unsent, IN_PROCEDURE: in_procedure,
        P.RETRACTED: retracted,
    },
)  # fmt: skip
NEXT = for_each(
    CallStatus,
    {
        CallPhase.CHECKING: lambda: _("The call has closed; the applications are checked against its conditions."),
        UNREAD + CallPhase.EVALUATION: lambda: _("The applications are checked and evaluated."),
        CallPhase.RANKED: lambda: _("The evaluation is finished; the award decision is prepared."),
        CallPhase.CANCELLED: lambda: _("The call was cancelled; its page says why."),
        CallPhase.DECIDED: lambda: _("The award decision is taken. Your letter tells the outcome and its reasons."),
    },
)
OWN_STATUSES = for_each(
    S,
    {
        S.DRAFT: gettext_lazy("draft"), S.SUBMITTED: gettext_lazy("submitted"), S.WITHDRAWN: gettext_lazy("withdrawn"),
        S.UNSENT: gettext_lazy("never submitted"), IN_PROCEDURE: gettext_lazy("received, in the procedure"),
        S.RETRACTED: gettext_lazy("withdrawn after closing"),
    },
)  # fmt: skip


# {code: its name}: the owner's own states as they are, everything later under one name
OWN_CHOICES = {RECEIVED if state in IN_PROCEDURE else state.value: OWN_STATUSES[state] for state in S}
OWN_CODES = [*OWN_CHOICES.items()]


def label_for_owner(application):
    return situation_for_owner(application).label


def tone_for_owner(application):
    return situation_for_owner(application).tone


def status_for_owner(application):
    """For the API: the owner's own states as they are, everything later under one name."""
    return RECEIVED if application.stands_in(IN_PROCEDURE) else application.status
