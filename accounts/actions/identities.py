"""A person's account at the provider of OpenID Connect is tied to the one here, and untied."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import documents
from accounts.actions.sessions import drop_sessions
from accounts.actions.tokens import shut_out_programs
from accounts.models import Identity
from accounts.states import IDENTITY
from core.errors import WrongState
from promises.actions import write_mail


@IDENTITY.action("connect")
def connect_identity(identity, *, by, at):
    """Whoever shows this identity from now on signs in as its person; the mailbox hears of it."""
    identity.connected_at = at
    require_free(identity)
    try:
        with transaction.atomic():
            identity.save(force_insert=True)
    except IntegrityError:  # two browsers at once
        require_free(identity)
        raise
    write_mail(to=identity.person.email, about=identity, **documents.connected(identity))


def require_free(identity):
    connected = Identity.objects.connected()
    if connected.showing(identity.issuer, identity.subject).exists():
        raise WrongState(_("This identity is connected with an account already. Nothing was changed."))
    if connected.filter(person=identity.person, issuer=identity.issuer).exists():
        raise WrongState(_("Your account is connected with another identity. Disconnect that one first."))


@IDENTITY.action("disconnect")
def disconnect_identity(identity, *, by, at, keep=None):
    """Nobody signs in with it any more; whoever did is signed out, as with a new password.

    `keep`: the key of the session that goes on.
    """
    if not identity.person.has_usable_password():
        raise WrongState(
            _("This is your only way in. Set a password first: “Forgot your password?” on the page to sign in.")
        )
    return untie(identity, by=by, at=at, keep=keep)


@IDENTITY.action("cut")
def cut_identity(identity, *, by, at):
    """By an administrator: somebody else has the account there, or the person has left the house that gave it. Roles
    and password stay; whoever has none sets one by mail."""
    return untie(identity, by=by, at=at)


def untie(identity, *, by, at, keep=None):
    shut_out_programs(identity.person, by=by, at=at)
    write_mail(to=identity.person.email, about=identity, **documents.disconnected(identity))
    return drop_sessions(identity.person, keep=keep)
