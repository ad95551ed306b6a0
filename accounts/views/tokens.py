"""Tokens for programs: the page on which one is made, shown once, and taken out of use."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.forms import TokenForm
from accounts.models import Token
from core.views import form_page, try_act


def tokens(request):
    """The tokens with which programs of this person come in; a new one is shown once."""
    return tokens_page(request)


def tokens_page(request, **context):
    mine = Token.objects.visible_to(request.user).in_use()
    context.setdefault("form", TokenForm())
    return form_page(request, "accounts/tokens.html", context.pop("form"), tokens=mine, **context)


@require_POST
def new_token(request):
    form = TokenForm(request.POST)
    made = form.is_valid() and try_act(form, lambda: actions.make_token(by=request.user, **form.cleaned_data))
    return tokens_page(request, **({"shown_once": made} if made else {"form": form}))


@require_POST
def drop_token(request, digest):
    actions.drop_token(digest, by=request.user)
    return redirect("tokens")
