"""The pool of a call: people are invited on terms, accept or decline by a day, and come and go before they have begun.

A call that has invited anybody assigns from its pool alone (`availability.py`); one that has not goes on as ever.
"""

from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import is_officer
from core.days import day_of
from core.errors import Incomplete, NotAllowed, WrongState
from core.formats import brussels_day
from core.language import later
from core.many import take_each
from evaluation.actions.assessments import sentence_of
from evaluation.actions.guards import is_under_evaluation, require_assessor
from evaluation.actions.register import most_of
from evaluation.actions.telling import tell
from evaluation.models import Assessment, PoolMember
from evaluation.states import ASSESSMENT, POOL_MEMBER
from programmes.states import COMMITTEE_CHANGES
from promises.actions import tell_whose_turn

MOST_INVITED = 100  # at a time: as many as a person looks through


@dataclass(frozen=True)
class Reference:
    """The terms of reference: what is asked, until when, how many assessments at most (None: no limit), and the last
    day in Brussels to answer."""

    task: str
    answer_by: date
    work_until: date | None = None
    most: int | None = None


def invite_people(call, people, *, by, terms, at=None):
    """Invite all of them to the call, or nobody: gives their places; who was invited before is asked on these terms."""
    if not is_officer(by):
        raise NotAllowed(_("Only a programme officer invites evaluators to a call."))
    if not 1 <= len(people) <= MOST_INVITED:
        raise Incomplete({"people": _("Choose from 1 to %(most)d people at a time.") % {"most": MOST_INVITED}})
    with transaction.atomic():
        said = {"terms": terms, "there": There(call)}
        taken = take_each(POOL_MEMBER, "invite", places_of(call, people), by=by, at=at, **said)
        if taken.refused:
            raise Incomplete(gaps_of(taken.refused))
        tell_whose_turn(call)
    return taken.rows


class There:
    """Who has a place in the pool already: asked once for all, after the pool is held."""

    def __init__(self, call):
        self.call = call

    @cached_property
    def people(self):
        return set(PoolMember.objects.of_call(self.call).values_list("person", flat=True))


def places_of(call, people):
    """The place of each in the pool of the call, a new one where there is none yet."""
    known = {one.person_id: one for one in PoolMember.objects.of_call(call).filter(person__in=people)}
    return [known.get(one.pk) or PoolMember(call=call, person=one) for one in people]


def gaps_of(refused):
    """What is wrong with the terms is said once; what is wrong with a person, by name."""
    gaps = {}
    for row, why in refused:
        own = {"people": f"{row.person.name}: {sentence_of(why)}"}
        gaps |= why.gaps if isinstance(why, Incomplete) and "people" not in why.gaps else own
    return gaps


@POOL_MEMBER.action("invite")
def invite(member, *, by, at, terms, there):
    require_inviting(member.call)
    require_not_there_yet(member, there)
    require_person(member)
    require_terms(terms, at=at)
    for name, value in asdict(terms).items():
        setattr(member, name, value)
    member.invited_by, member.invited_at = by, at
    member.answered_at, member.ended_at, member.why = None, None, ""


def require_inviting(call):
    if not (call.stands_in(COMMITTEE_CHANGES) or is_under_evaluation(call)):
        raise WrongState(
            _("The call %(call)s is now “%(status)s”: people are invited from its publication until it is evaluated.")
            % {"call": call, "status": call.get_status_display()}
        )


def require_not_there_yet(member, there):
    """Another officer may just have invited the same person."""
    if member._state.adding and member.person_id in there.people:
        raise WrongState(_("%(person)s was invited meanwhile: load the page again.") % {"person": member.person})


def require_person(member):
    try:
        require_assessor(member.person)
    except Incomplete as refusal:
        raise Incomplete({"people": sentence_of(refusal)}) from refusal


def require_terms(terms, *, at):
    gaps = {}
    if not terms.task.strip():
        gaps["task"] = _("Say what you ask the evaluators to do.")
    if terms.answer_by < day_of(at):
        gaps["answer_by"] = _("Choose a day that is still to come.")
    elif terms.work_until and terms.work_until < terms.answer_by:
        gaps["work_until"] = _("The work cannot end before the last day to answer.")
    try:
        most_of(terms.most)
    except Incomplete as refusal:
        gaps |= refusal.gaps
    if gaps:
        raise Incomplete(gaps)


@POOL_MEMBER.action("accept")
def accept_invitation(member, *, by, at):
    """Until the last day, all of it; the office may have asked somebody else since."""
    require_inviting(member.call)
    if day_of(at) > member.answer_by:
        raise WrongState(
            _("The last day to accept was %(day)s. Ask the programme office to invite you again, or decline.")
            % {"day": brussels_day(member.answer_by)}
        )
    member.answered_at = at


@POOL_MEMBER.action("decline")
def decline_invitation(member, *, by, at, why=""):
    """Also after the last day: it is told as late. A reason may be given, and is the office's alone."""
    member.answered_at, member.why = at, why.strip()
    tell_the_office(member)


@POOL_MEMBER.action("take_back")
def take_invitation_back(member, *, by, at, reason):
    member.ended_at, member.why = at, reason
    words = {"call": member.call}
    sentence = later(
        lambda: _("The programme office took back your invitation to assess applications of %(call)s.") % words
    )
    tell_the_person(member, later(lambda: _("Your invitation to %(call)s was taken back") % words), sentence)


@POOL_MEMBER.action("leave")
def leave_pool(member, *, by, at, reason):
    """Before having begun; what was assigned and not begun falls with it. Whoever has begun asks the office."""
    if parts_of(member).begun().exists():
        raise WrongState(
            _("You have begun to assess applications of %(call)s: ask the programme office to release you.")
            % {"call": member.call}
        )
    end(member, at=at, reason=reason)
    tell_the_office(member)


@POOL_MEMBER.action("release")
def release_from_pool(member, *, by, at, reason):
    """What was signed stays; what is being written is first taken back or waited for."""
    if parts_of(member).being_written().exists():
        raise WrongState(
            _("%(person)s is writing an assessment of %(call)s: take it back first, or wait for the signature.")
            % {"person": member.person, "call": member.call}
        )
    end(member, at=at, reason=reason)
    words = {"call": member.call}
    sentence = later(lambda: _("You are not asked any more to assess applications of %(call)s.") % words)
    tell_the_person(member, later(lambda: _("Your place in the pool of %(call)s has ended") % words), sentence)


def parts_of(member):
    return Assessment.objects.of_call(member.call).current().counting().filter(evaluator=member.person_id)


def end(member, *, at, reason):
    member.ended_at, member.why = at, reason
    waiting = list(parts_of(member).undeclared().order_by("pk"))
    because = later(lambda: _("%(member)s: %(reason)s") % {"member": member.get_status_display(), "reason": reason})
    take_each(ASSESSMENT, "fall", waiting, by=User.objects.clock(), at=at, reason=because)


@ASSESSMENT.action("fall")
def fall_with_the_place(assessment, *, by, at, reason):
    assessment.ended_reason = reason


def tell_the_office(member):
    """Who invited hears that somebody does not come; the name and the reason stand behind the sign-in."""
    words = {"call": member.call}
    subject = later(lambda: _("Somebody does not come into the pool of %(call)s, or has left it") % words)
    sentence = later(
        lambda: _("Somebody whom you invited to assess applications of %(call)s has declined or left.") % words
    )
    tell([member.invited_by_id], subject, sentence, about=member, page=reverse("pool", args=[member.call_id]))


def tell_the_person(member, subject, sentence):
    tell([member.person_id], subject, sentence, about=member, page=member.get_absolute_url())
