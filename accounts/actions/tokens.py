"""Tokens with which a program acts as a person."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from knox.models import AuthToken

from accounts.actions.people import UNTOLD
from accounts.models import Token
from accounts.states import TOKEN
from core.errors import Incomplete, NotAllowed, WrongState

DAYS = 90  # a token lives, unless somebody says otherwise
MOST_DAYS = 365
USE_IS_NOTED = timedelta(hours=1)  # at most so often: a program's requests do not each write


def make_token(*, by, at=None, name="", days=DAYS, reads_only=False):
    """A token with which a program acts as this person; only its hash is kept. Gives the token's text.

    `days`: how long it lives, 1 to 365. `reads_only`: it changes nothing, whatever the person may.
    """
    return make(Token(person=by, name=name, reads_only=reads_only), by=by, at=at, days=days).text


@TOKEN.action("make")
def make(token, *, by, at, days):
    if by.owes_second_factor:
        raise NotAllowed(_("Your role needs a second factor. Sign in on the site and set it up first."))
    if not 1 <= days <= MOST_DAYS:
        raise Incomplete({"days": _("A token lives for 1 to %(most)s days.") % {"most": MOST_DAYS}})
    lives = timedelta(days=days)
    row, token.text = AuthToken.objects.create(user=by, expiry=lives)
    token.start, token.digest, token.made_at, token.expires_at = row.token_key, row.digest, at, at + lives
    return {"digest": [None, UNTOLD]}


@TOKEN.action("drop")
def drop(token, *, by, at):
    AuthToken.objects.filter(digest=token.digest).delete()


def drop_token(digest, *, by, at=None):
    """Take a token out of use at once; one of somebody else is not there for this person."""
    token = Token.objects.visible_to(by).filter(digest=digest).first()
    if token is None:
        raise WrongState(_("This token is not in use any more."))
    return drop(token, by=by, at=at)


@TOKEN.action("shut_out")
def shut_out(token, *, by, at):
    AuthToken.objects.filter(digest=token.digest).delete()


def shut_out_programs(person, *, by, at=None):
    """With a new password, a closed account or a lost role, no program acts for the person any more."""
    for token in Token.objects.in_use().filter(person=person):
        shut_out(token, by=by, at=at)


def note_use(token, *, at):
    """When a token was last used, so that one that nobody needs is seen; no act of anybody."""
    unseen = Q(used_at=None) | Q(used_at__lt=at - USE_IS_NOTED)
    Token.objects.filter(unseen, pk=token.pk).update(used_at=at)
