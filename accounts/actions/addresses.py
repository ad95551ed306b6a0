"""The e-mail address with which somebody signs in is changed: when two have said yes, and as long as nobody says no."""

import secrets
from datetime import timedelta
from functools import wraps

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import documents
from accounts.actions.invitations import hash_of
from accounts.actions.memberships import require_open_account
from accounts.actions.sessions import drop_sessions
from accounts.actions.tokens import shut_out_programs
from accounts.models import AddressChange, User
from accounts.roles import is_admin
from accounts.states import ADDRESS_CHANGE, USER
from core.errors import Incomplete, NotAllowed, TooMany, WrongState
from core.workflow import UNCHANGED
from promises.actions import promise, write_mail, write_mails

DAYS = 3  # in which both have to say yes
MOST_A_DAY = 5  # wishes for one account: each of them writes to a mailbox that may be a stranger's


@ADDRESS_CHANGE.action("ask")
def ask_for_address(change, *, by, at):
    """One's own address: the old mailbox is asked, and the new one. A taken address is answered like any other."""
    begin(change, by=by, at=at)


@ADDRESS_CHANGE.action("ask_for")
def ask_for_address_of(change, *, by, at, reason):
    """An administrator asks for a person whose old mailbox is gone; a second one has to agree."""
    require_open_account(change.person)
    if is_taken(change.address):
        raise Incomplete({"address": _("There is already an account with this e-mail address.")})
    change.reason = reason
    begin(change, by=by, at=at)
    others = User.objects.open().of(is_admin).exclude(pk__in=[by.pk, change.person_id])
    to = [one.email for one in others]
    write_mails(to=to, about=change, **documents.wanted_of_administrators(change))


def begin(change, *, by, at):
    change.address = change.address.lower()
    require_another(change)
    require_patience(change.person, at=at)
    clear_the_way(change.person, at=at)
    change.former, change.asked_by, change.asked_at = change.person.email, by, at
    change.expires_at = at + timedelta(days=DAYS)
    ask_both(change)
    promise("expire_address_change", change, due_at=change.expires_at)


def require_another(change):
    if change.address == change.person.email.lower():
        raise Incomplete({"address": _("This is the address that is used already. Give another one.")})


def require_patience(person, *, at):
    if AddressChange.objects.filter(person=person, asked_at__gt=at - timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooMany(_("The address was to be changed %(most)s times within a day. Try again tomorrow.")
                      % {"most": MOST_A_DAY})  # fmt: skip


def clear_the_way(person, *, at):
    """One open change for a person; one whose time is over ends here, if the clock has not come by yet."""
    for other in AddressChange.objects.open().filter(person=person):
        if at < other.expires_at:
            raise WrongState(_("A change to %(address)s is under way. Stop it first, or wait until it is done.")
                             % {"address": other.address})  # fmt: skip
        let_it_expire(other, by=User.objects.clock(), at=at)


def ask_both(change):
    """Each mailbox gets the secret that is its own. Whoever has the new address already is told so, and nobody else."""
    old, new = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
    change.old_hash, change.new_hash = hash_of(old), hash_of(new)
    write_mail(to=change.former, about=change, **documents.asked_of_old(change, old))
    said = documents.taken_already(change) if is_taken(change.address) else documents.asked_of_new(change, new)
    write_mail(to=change.address, about=change, **said)


def is_taken(address):
    return User.objects.filter(email__iexact=address).exists()


# yes, from one side and from the other


def then_settled(act):
    """Whoever says yes as the last one brings it about, in the same transaction."""

    @wraps(act)
    def say_yes(change, *, by, keep=None, **words):
        with transaction.atomic():
            return settled(act(change, by=by, **words), by=by, keep=keep)

    return say_yes


def settled(change, *, by, keep):
    """`keep`: the key of the session that goes on, where its person has just confirmed in it."""
    if not change.has_both_words:
        return change
    try:
        with transaction.atomic():
            return change_address(change, by=by, keep=keep)
    except (IntegrityError, Incomplete):  # somebody else has got this address meanwhile
        return stop_address_change(change, by=by, reason=gettext_lazy("The new address cannot be used any more."))


@ADDRESS_CHANGE.action("agree", around=then_settled)
def agree_to_address(change, *, by, at, secret):
    """The old mailbox says yes, with the secret of its link."""
    require_link(change.old_hash, secret)
    return said_yes(change, "agreed_at", at=at, agreed_by=by)


@ADDRESS_CHANGE.action("second", around=then_settled)
def agree_as_second(change, *, by, at):
    """Four eyes, in place of the old mailbox: neither of the two may have left meanwhile."""
    if not is_admin(change.asked_by):
        raise NotAllowed(
            _("%(by)s, who asked for this, is no account administrator any more. Stop it, and ask for it anew.")
            % {"by": change.asked_by}
        )
    return said_yes(change, "agreed_at", at=at, agreed_by=by)


@ADDRESS_CHANGE.action("confirm", around=then_settled)
def confirm_address(change, *, by, at, secret):
    """The new mailbox says yes, with the secret of its link."""
    require_link(change.new_hash, secret)
    return said_yes(change, "confirmed_at", at=at)


def said_yes(change, column, *, at, **more):
    """A second click on the same link does nothing more."""
    if at >= change.expires_at:
        raise WrongState(_("The time for this is over, and the address stays as it is. Ask for the change once more."))
    if getattr(change, column):
        return UNCHANGED
    for name, value in {column: at, **more}.items():
        setattr(change, name, value)
    return None


def require_link(hashed, secret):
    if hash_of(secret) != hashed:
        raise NotAllowed(_("This link is not the one of this mailbox."))


@ADDRESS_CHANGE.action("change")
def change_address(change, *, by, at, keep):
    if not change.has_both_words:
        raise WrongState(_("Both have to say yes first."))
    if is_taken(change.address):
        raise Incomplete({"address": _("The new address cannot be used any more.")})
    readdress(change.person, by=by, at=at, address=change.address, keep=keep)
    for mailbox in (change.former, change.address):
        write_mail(to=mailbox, about=change, **documents.done(change))


@USER.action("readdress")
def readdress(user, *, by, at, address, keep):
    """Mails go to the new address from here on; records, letters and receipts keep the one they were written with.

    Whoever came in with the old one comes in no more: sessions and tokens end as with a new password.
    """
    user.email = address
    shut_out_programs(user, by=by, at=at)
    return drop_sessions(user, keep=keep)


# no


@ADDRESS_CHANGE.action("stop")
def stop_address_change(change, *, by, at):
    """By its person, behind either link, or by an administrator."""
    write_mail(to=change.former, about=change, **documents.not_done(change))


@ADDRESS_CHANGE.action("expire")
def let_it_expire(change, *, by, at):
    if at < change.expires_at:
        return UNCHANGED
    write_mail(to=change.former, about=change, **documents.not_done(change))
    return None


def stop_changes_of(person, *, by, at):
    """With the account, what was to be changed about it ends."""
    for change in AddressChange.objects.open().filter(person=person):
        stop_address_change(change, by=by, at=at, reason=gettext_lazy("The account was closed."))
