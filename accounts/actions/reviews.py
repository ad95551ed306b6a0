"""Reviews of access: everybody's roles are listed as they stand, and each is kept or ended by somebody else.

What is ended is ended by the very act that ends a role or closes an account, in the same transaction. Nothing ends by
itself: what nobody decided by the day is told, on the desk and by mail.
"""

from functools import cached_property

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import documents
from accounts.actions.closing import close_account, hand_on
from accounts.actions.memberships import end_membership
from accounts.models import AccessLine, Membership, User
from accounts.roles import is_admin
from accounts.shown import lines_as_it_stands
from accounts.states import ACCESS_LINE, ACCESS_REVIEW, AccessReviewPhase
from core.days import day_of, end_of
from core.errors import Incomplete, Stale, WrongState
from core.many import take_each
from core.workflow import UNCHANGED
from promises.actions import promise, write_mails

MOST_KEPT = 500  # at a time: as many as a person looks through


@ACCESS_REVIEW.action("open")
def open_access_review(review, *, by, at):
    """List every role that is in force now, of everybody but the clock; one line each."""
    require_a_day(review, at=at)
    review.opened_by, review.opened_at = by, at
    save_as_the_only_one(review)
    lines = lines_as_it_stands(review)
    take_each(ACCESS_LINE, "list", lines, by=by, at=at)
    promise("access_review_is_late", review, due_at=end_of(review.decide_by))
    return {"lines": [0, len(lines)]}


def require_a_day(review, *, at):
    if review.decide_by <= day_of(at):
        raise Incomplete({"decide_by": _("Choose a day after today: somebody has to look at each of them.")})


def save_as_the_only_one(review):
    try:
        with transaction.atomic():
            review.save(force_insert=True)
    except IntegrityError as twice:
        raise WrongState(_("A review of access is open already. Close it or break it off first.")) from twice


@ACCESS_LINE.action("list")
def list_line(line, *, by, at):
    pass


# what is decided


class InForce:
    """Which of these roles are in force: asked once for all, after their people are held."""

    def __init__(self, lines):
        self.lines = lines

    @cached_property
    def ids(self):
        wanted = [one.membership_id for one in self.lines]
        return set(Membership.objects.in_force().filter(pk__in=wanted).values_list("pk", flat=True))

    def __contains__(self, line):
        return line.membership_id in self.ids


def keep_many(review, marks, *, by, at=None):
    """Keep all of these lines in one act: {line's id: mark}, all text. Gives what was done, and what was
    refused with why.

    What has changed since it was seen, or is one's own, stays undecided and holds up no other.
    """
    if not 1 <= len(marks) <= MOST_KEPT:
        raise Incomplete({"lines": _("Choose from 1 to %(most)d lines at a time.") % {"most": MOST_KEPT}})
    lines = list(AccessLine.objects.visible_to(by).of(review).filter(pk__in=marks).select_related("review", "person"))
    if len(lines) < len(marks):
        raise Incomplete({"lines": _("Not all of these lines stand in this review. Load the page again.")})
    return take_each(ACCESS_LINE, "keep", lines, by=by, at=at, marks=marks, there=InForce(lines))


@ACCESS_LINE.action("keep")
def keep_access(line, *, by, at, marks=None, there=None):
    """The role stays. `marks`: {line's id: what the reviewer saw}, all text; who changed since is looked at again."""
    require_open_review(line)
    require_as_seen(line, marks or {})
    require_in_force(line, there or InForce([line]))
    line.decided_by, line.decided_at = by, at


@ACCESS_LINE.action("end")
def end_access(line, *, by, at, reason, marks=None, successor=""):
    """End the role by its own act; with the last role of a person the account is closed by its own act.

    `successor`: as where an account is closed, for the last person of an organisation.
    """
    require_open_review(line)
    require_as_seen(line, marks or {})
    require_in_force(line, InForce([line]))
    line.decided_by, line.decided_at, line.reason = by, at, reason
    others = Membership.objects.granted().filter(person=line.person).exclude(pk=line.membership_id)
    line.closed_account = not others.exists()
    said = {"by": by, "at": at, "reason": reason}
    if line.closed_account:
        close_account(line.person, successor=successor, **said)
    else:
        end_role(line.membership, successor=successor, **said)


def end_role(membership, *, successor, by, at, reason):
    if successor:
        hand_on(membership, to=successor, by=by, at=at)
    end_membership(membership, by=by, at=at, reason=reason)


@ACCESS_LINE.action("reconsider")
def reconsider_access(line, *, by, at):
    """Kept by mistake: it waits again."""
    require_open_review(line)
    line.decided_by = line.decided_at = None


@ACCESS_LINE.action("settle")
def settle_line(line, *, by, at, there=None):
    """Nothing is left to decide: the role ended by another act, or its time is over."""
    if line in (there or InForce([line])):
        raise WrongState(_("%(line)s is still in force: keep it or end it.") % {"line": line})


def require_open_review(line):
    if not line.review.stands_in(AccessReviewPhase.OPEN):
        raise WrongState(_("The review is over. What is to end now is ended on the page of the person."))


def require_as_seen(line, marks):
    if marks.get(str(line.pk), line.mark) != line.mark:
        now = line.person.role_label or _("nothing")
        raise Stale(
            _("%(line)s changed after you opened the page: this person is now %(now)s. Look at it again.")
            % {"line": line, "now": now}
        )


def require_in_force(line, there):
    if line not in there:
        raise WrongState(_("%(line)s has ended meanwhile: there is nothing to decide any more.") % {"line": line})


# its end


@ACCESS_REVIEW.action("close")
def close_access_review(review, *, by, at):
    """Refused while anything that is in force is not decided; what has ended by itself is settled here."""
    settled = settle_what_ended(review, by=by, at=at)
    if left := AccessLine.objects.of(review).waiting().count():
        raise WrongState(
            ngettext(
                "%(number)d line is not decided yet: keep it or end it, then close the review.",
                "%(number)d lines are not decided yet: keep or end each, then close the review.",
                left,
            )
            % {"number": left}
        )
    review.ended_by, review.ended_at = by, at
    return {"settled": [0, settled]} if settled else None


def settle_what_ended(review, *, by, at):
    lines = list(AccessLine.objects.of(review).waiting().select_related("review", "person"))
    there = InForce(lines)
    gone = [one for one in lines if one not in there]
    return len(take_each(ACCESS_LINE, "settle", gone, by=by, at=at, there=there).rows)


@ACCESS_REVIEW.action("break_off")
def break_off_access_review(review, *, by, at):
    """What was ended in it stays ended."""
    review.ended_by, review.ended_at = by, at


@ACCESS_REVIEW.action("tell")
def tell_what_is_late(review, *, by, at):
    """Once, to every administrator; nothing ends by itself."""
    waiting = AccessLine.objects.of(review).waiting().count()
    if review.told_at or not waiting:
        return UNCHANGED
    review.told_at = at
    to = [one.email for one in User.objects.open().of(is_admin)]
    write_mails(to=to, about=review, **documents.review_is_late(review, waiting))
    return None
