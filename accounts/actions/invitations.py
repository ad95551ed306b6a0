"""Somebody is asked to join, and joins. The password is chosen by whoever will use it: nobody else ever knows it."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts import documents
from accounts.actions.identities import connect_identity
from accounts.actions.people import join_organisation, require_appointable, take_office
from accounts.models import Invitation, User
from accounts.roles import Role, is_admin, label_of
from accounts.states import INVITATION
from core.errors import Incomplete, WrongState
from core.language import house_words
from promises.actions import write_mail, write_mails

INVITATION_DAYS = 14


@INVITATION.action("invite")
def invite_colleague(invitation, *, by, at):
    """Mail a secret address to a colleague; only its hash stays with us."""
    invitation.role = Role.APPLICANT
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise Incomplete({"email": _("This person already has an account.")})
    send_invitation(invitation, by=by, at=at, subject=gettext_noop("You are invited to prepare applications"))


@INVITATION.action("appoint")
def invite_official(invitation, *, by, at):
    """An account administrator asks somebody to judge, decide, audit or keep the accounts."""
    require_appointable(invitation.role, invitation.member_state)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise Incomplete({"email": _("This person already has an account. Give the role there.")})
    send_invitation(invitation, by=by, at=at, subject=gettext_noop("You are invited to the grant programme system"))


def send_invitation(invitation, *, by, at, subject):
    """One live link for one person: an earlier one from the same house is dead."""
    earlier = Invitation.objects.unanswered().filter(organisation=invitation.organisation)
    for old in earlier.filter(email__iexact=invitation.email):
        take_back_invitation(old, by=by, at=at)
    secret = secrets.token_urlsafe(24)
    invitation.secret_hash = hash_of(secret)
    invitation.invited_by = by
    invitation.expires_at = at + timedelta(days=INVITATION_DAYS)
    write_mail(to=invitation.email, subject=subject, body=words(invitation, secret), about=invitation)


@INVITATION.action("accept")
def accept_invitation(invitation, *, by, at, password=None, identity=None):
    """The invited person becomes a user, with a password or with an identity that it has just shown elsewhere; `by` is
    that person, still unsaved."""
    if at >= invitation.expires_at:
        raise WrongState(_("This invitation is no longer valid. Ask whoever sent it to send a new one."))
    if invitation.organisation:
        join_organisation(by, by=by, at=at, organisation=invitation.organisation, password=password)
    else:
        place = {name: getattr(invitation, name) for name in ("role", "entity", "member_state")}
        take_office(by, by=by, at=at, password=password, **place)
        tell_administrators(invitation, by)
    if identity:
        identity.person = by
        connect_identity(identity, by=by, at=at)


def tell_administrators(invitation, newcomer):
    """No account with a right is made unseen: each of the others hears who invited whom to what."""
    others = User.objects.open().of(is_admin).exclude(pk__in=[invitation.invited_by_id, newcomer.pk])
    to = [one.email for one in others]
    write_mails(to=to, about=invitation, **documents.account_made(invitation, newcomer))


take_back_invitation = INVITATION.plain("take_back")


def hash_of(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


@house_words()
def words(invitation, secret):
    """For somebody of whom nothing is known yet, the language neither."""
    address = settings.SITE_URL + reverse("accept_invitation", args=[secret])
    if invitation.organisation:
        asked = _("%(who)s invites you to prepare applications for %(organisation)s.")
    else:
        asked = _("%(who)s invites you to work here as %(role)s.")
    said = {
        "who": invitation.invited_by.name, "organisation": invitation.organisation,
        "role": label_of(invitation.role), "days": INVITATION_DAYS, "address": address,
    }  # fmt: skip
    choose = _("Choose your name and a password that only you know within %(days)s days:")
    return f"{asked}\n\n{choose}\n%(address)s\n" % said
