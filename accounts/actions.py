"""Every act on people: registering an authority, inviting colleagues, appointing the Commission's people."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from knox.models import AuthToken

from accounts.models import Organisation, User
from accounts.roles import Role, is_admin, is_appointed, is_system
from accounts.states import INVITATION
from audit.record import record
from core import clock
from core.errors import Incomplete, NotAllowed, WrongState
from promises.actions import write_mail

INVITATION_DAYS = 14


def register_organisation(organisation, user, *, password, at=None):
    """A national authority registers itself with its first person; both rows are new and unsaved.

    Raises Incomplete naming `name` when the organisation is already there, `email` when the person is.
    """
    require_new_organisation(organisation)
    at = at or clock.now()
    with transaction.atomic():
        save_new(organisation)
        user.role, user.organisation = Role.APPLICANT, organisation
        join(user, password=password)
        record("organisation.register", organisation, by=user, at=at)
        record("user.join", user, by=user, at=at)
    return user


def appoint_user(user, *, by, password, at=None):
    """An account administrator makes an account for an officer, evaluator, authorising officer or auditor."""
    if not (is_admin | is_system)(by):
        raise NotAllowed(_("Only an account administrator makes accounts."))
    require_appointable(user)
    with transaction.atomic():
        join(user, password=password)
        record("user.appoint", user, by=by, at=at or clock.now(), changes={"role": [None, user.role]})
    return user


def require_appointable(user):
    """An applicant without an authority, or a second clock, would open doors that nobody guards."""
    if user.role not in is_appointed.roles:
        raise Incomplete({"role": _("Choose a role of the Commission, an evaluator or an auditor.")})
    if user.role == Role.NATIONAL_AUDITOR and not user.member_state:
        raise Incomplete({"member_state": _("Choose the Member State of the national auditor.")})


def close_account(user, *, by, reason, at=None):
    """Shut an account; its next request is already refused."""
    if not is_admin(by) or by.pk == user.pk or user.role == Role.SYSTEM:
        raise NotAllowed(_("Only another account administrator closes this account."))
    if not reason.strip():
        raise Incomplete({"reason": _("Say why the account is closed.")})
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        user.is_active = False
        user.save()
        record("user.close", user, by=by, at=at or clock.now(), reason=reason, changes={"is_active": [True, False]})
    return user


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
    by.role, by.organisation = Role.APPLICANT, invitation.organisation
    join(by, password=password)


def join(user, *, password):
    """Save a new person with a password that passes the rules."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Incomplete({"password": " ".join(weak.messages)}) from weak
    if User.objects.filter(email__iexact=user.email).exists():
        raise Incomplete({"email": _("There is already an account with this e-mail address. Sign in instead.")})
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as twice:
        raise Incomplete(
            {"email": _("There is already an account with this e-mail address. Sign in instead.")}
        ) from twice


def require_new_organisation(organisation):
    if Organisation.objects.filter(name__iexact=organisation.name, member_state=organisation.member_state).exists():
        raise Incomplete({"name": _("This organisation is already registered. Ask a colleague there to invite you.")})


def save_new(organisation):
    """Two colleagues may register at once; the unique constraint lets one through."""
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
    except IntegrityError:
        require_new_organisation(organisation)
        raise


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


def make_token(*, by, at=None):
    """A token with which a program acts as this person; only its hash is kept. Gives the token's text."""
    with transaction.atomic():
        row, token = AuthToken.objects.create(user=by)
        record("token.make", by, by=by, at=at or clock.now(), changes={"token": [None, row.token_key]})
    return token


def drop_token(digest, *, by, at=None):
    """Take a token out of use at once."""
    with transaction.atomic():
        row = AuthToken.objects.filter(user=by, digest=digest).first()
        if row is None:
            raise WrongState(_("This token is not in use any more."))
        record("token.drop", by, by=by, at=at or clock.now(), changes={"token": [row.token_key, None]})
        row.delete()
