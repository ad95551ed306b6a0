"""Tokens with which a program acts as a person."""

from django.utils.translation import gettext as _
from knox.models import AuthToken

from accounts.actions.people import UNTOLD
from accounts.models import Token
from accounts.states import TOKEN
from core.errors import NotAllowed, WrongState


def make_token(*, by, at=None):
    """A token with which a program acts as this person; only its hash is kept. Gives the token's text."""
    return make(Token(person=by), by=by, at=at).text


@TOKEN.action("make")
def make(token, *, by, at):
    if by.owes_second_factor:
        raise NotAllowed(_("Your role needs a second factor. Sign in on the site and set it up first."))
    row, token.text = AuthToken.objects.create(user=by)
    token.start, token.digest, token.made_at = row.token_key, row.digest, at
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
