"""A colleague is asked to join, and joins."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions.people import join_organisation
from accounts.models import User
from accounts.states import INVITATION
from core.errors import Incomplete, WrongState
from promises.actions import write_mail

INVITATION_DAYS = 14


@INVITATION.action("invite")
def invite_colleague(invitation, *, by, at):
    """Mail a secret address to a colleague; only its hash stays with us."""
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise Incomplete({"email": _("This person already has an account.")})
    secret = secrets.token_urlsafe(24)
    invitation.secret_hash = hash_of(secret)
    invitation.invited_by = by
    invitation.expires_at = at + timedelta(days=INVITATION_DAYS)
    subject, body = _("You are invited to prepare applications"), words(invitation, secret)
    write_mail(to=invitation.email, subject=subject, body=body, about=invitation)


@INVITATION.action("accept")
def accept_invitation(invitation, *, by, at, password):
    """The invited person becomes a user; `by` is that person, still unsaved."""
    if at >= invitation.expires_at:
        raise WrongState(_("This invitation is no longer valid. Ask your colleague to send a new one."))
    join_organisation(by, by=by, at=at, organisation=invitation.organisation, password=password)


take_back_invitation = INVITATION.plain("take_back")


def hash_of(secret):
    return hashlib.sha256(secret.encode()).hexdigest()


def words(invitation, secret):
    address = settings.SITE_URL + reverse("accept_invitation", args=[secret])
    return _(
        "%(colleague)s invites you to prepare applications for %(organisation)s.\n\n"
        "Choose your name and password here within %(days)s days:\n%(address)s\n"
    ) % {
        "colleague": invitation.invited_by.name, "organisation": invitation.organisation,
        "days": INVITATION_DAYS, "address": address,
    }  # fmt: skip
