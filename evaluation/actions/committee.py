"""The evaluation committee (FR Art. 150) and its signatures under the evaluation record (Art. 200(4))."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import is_assessor
from applications.holds import LONG
from core.errors import Incomplete, WrongState
from evaluation import declaration
from evaluation.actions.falling import let_lists_fall
from evaluation.actions.guards import is_under_evaluation, parties_of, person_of
from evaluation.actions.ranked_lists import (
    freeze_list,
    gaps_of_committee,
    has_conflict_in,
    has_list_of_its_last_round,
    judged,
    require_intact,
)
from evaluation.actions.ties import require_no_open_tie
from evaluation.actions.unruled import require_ruled
from evaluation.conflicts import Crowd
from evaluation.conflicts.grounds import Facts
from evaluation.models import RankedList, Seat
from evaluation.states import SEAT
from programmes.states import COMMITTEE_CHANGES
from promises.actions import tell_whose_turn


def appoint_member(call, member, *, by, under_authorising_officer, at=None):
    """Call somebody to the committee, or call somebody back who left without a conflict."""
    row = Seat.objects.filter(call=call, member=member).first() or Seat(call=call, member=member)
    return appoint(row, by=by, at=at, under_authorising_officer=under_authorising_officer)


@SEAT.action("appoint")
def appoint(seat, *, by, at, under_authorising_officer):
    """The entity is written down as it is today: a later move does not change who judged."""
    require_open_committee(seat.call)
    require_new_member(seat)
    require_eligible_member(seat.member, seat.call)
    seat.entity = seat.member.entity
    seat.under_authorising_officer = under_authorising_officer
    seat.appointed_at, seat.signed_at, seat.signed_sha256 = at, None, ""
    seat.declared_at, seat.declaration, seat.declared_for, seat.ended_reason = None, "", [], ""
    tell_whose_turn(seat)


def require_open_committee(call):
    if not may_change(call):
        raise WrongState(
            _("The call %(call)s is now “%(status)s”; its committee cannot change.")
            % {"call": call, "status": call.get_status_display()}
        )
    if has_list_of_its_last_round(call):
        raise WrongState(
            _("The ranked list waits for this committee's signatures. Discard the list before the committee changes.")
        )


def may_change(call):
    return call.stands_in(COMMITTEE_CHANGES) or is_under_evaluation(call)


def require_new_member(seat):
    if seat._state.adding and Seat.objects.filter(call=seat.call, member=seat.member).exists():
        raise WrongState(_("%(member)s is on this committee already.") % {"member": seat.member})


def require_eligible_member(member, call):
    if not is_assessor(member):
        raise Incomplete(
            {
                "member": _("%(member)s cannot sit on a committee; choose an officer or an evaluator.")
                % {"member": member}
            }
        )
    if not member.entity.strip():
        raise Incomplete(
            {"member": _("%(member)s has no organisational entity; have it entered first.") % {"member": member}}
        )
    if sentence := conflict_in(member, call):
        raise Incomplete({"member": sentence}, sentence)


def conflict_in(member, call):
    """Every ground bars a member that bars an evaluator, but for the Member State: that rule is the evaluators'."""
    if has_conflict_in(call, member):
        return _("%(member)s has a conflict on an application of this call.") % {"member": member}
    applications = list(judged(call).defer(*LONG))
    crowd, facts = Crowd({member.pk: person_of(member)}), Facts(applications, parties_of)
    found = (facts.barred(one, crowd, without=("state",)).get(member.pk) for one in applications)
    return next((sentence for sentence in found if sentence), None)


@SEAT.action("declare")
def declare_for_the_committee(seat, *, by, at):
    """No conflict on any application of the call; the declaration names each of them."""
    applications = list(judged(seat.call))
    if not is_under_evaluation(seat.call) or not applications:
        raise WrongState(_("Declare once the evaluation of %(call)s has started.") % {"call": seat.call})
    if sentence := conflict_in(by, seat.call):
        raise Incomplete({"member": sentence}, sentence)
    seat.declared_at, seat.declared_for = at, [one.pk for one in applications]
    seat.declaration, seat.declaration_version = declaration.TEXT, declaration.VERSION


@SEAT.action("sign_record")
def sign_record(seat, *, by, at, sha256=""):
    """Sign the exact bytes of the list. The list is held, so of two last signatures exactly one freezes it."""
    ranked_list = require_waiting_list(seat.call)
    if sha256 and sha256 != ranked_list.sha256:
        raise WrongState(_("The list was drawn up anew since you looked at it. Read it again before you sign."))
    require_declared(seat, ranked_list)
    require_no_open_tie(ranked_list)
    require_ruled(seat.call)
    require_intact(ranked_list)
    seat.signed_at, seat.signed_sha256 = at, ranked_list.sha256
    others = Seat.objects.filter(call=seat.call).sitting().exclude(pk=seat.pk)
    if all(other.signed_sha256 == ranked_list.sha256 for other in others) and not gaps_of_committee([seat, *others]):
        freeze_list(ranked_list, by=User.objects.clock(), at=at)


def require_waiting_list(call):
    found = RankedList.objects.drawn().filter(call=call).first()
    if found is None:
        raise WrongState(_("There is no ranked list of %(call)s to sign; it must be drawn up first.") % {"call": call})
    return found


def require_declared(seat, ranked_list):
    if seat.declared_at is None:
        raise Incomplete({}, _("Declare first that you have no conflict of interest; then sign."))
    if ranked_list.entries.exclude(application__in=seat.declared_for).exists():
        raise Incomplete({}, _("The list holds applications that your declaration does not name; declare again."))


@SEAT.action("recuse")
def recuse_member(seat, *, by, at, reason):
    """A conflict ends the seat at once, whenever it is learnt; a list that waits is then signed by the others."""
    return end_in_conflict(seat, at=at, reason=reason)


@SEAT.action("strike")
def strike_member(seat, *, by, at, reason):
    """The office records the conflict of a member; the list in force falls where it bears this signature."""
    return end_in_conflict(seat, at=at, reason=reason)


def end_in_conflict(seat, *, at, reason):
    seat.ended_reason = reason
    signed = RankedList.objects.filter(call=seat.call, sha256=seat.signed_sha256).in_force()
    if not (seat.signed_sha256 and signed.exists()):
        return {}
    seat.save(update_fields=["status", "ended_reason"])  # the others alone are told that the list fell
    return let_lists_fall(seat.call, at=at, reason=reason)


@SEAT.action("leave")
def release_member(seat, *, by, at, reason):
    require_open_committee(seat.call)
    seat.ended_reason = reason
