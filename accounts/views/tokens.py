"""Tokens for programs: the page on which one is made, shown once, and taken out of use."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.models import Token


def tokens(request):
    """The tokens with which programs of this person come in; a new one is shown once."""
    return tokens_page(request)


def tokens_page(request, **context):
    mine = Token.objects.visible_to(request.user).in_use()
    return render(request, "accounts/tokens.html", {"tokens": mine, **context})


@require_POST
def new_token(request):
    return tokens_page(request, shown_once=actions.make_token(by=request.user))


@require_POST
def drop_token(request, digest):
    actions.drop_token(digest, by=request.user)
    return redirect("tokens")
