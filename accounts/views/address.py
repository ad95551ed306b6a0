"""The library's pages that change a person's e-mail address: the change and its record come together, or not at all."""

from allauth.account import views as library
from allauth.account.models import get_emailconfirmation_model
from django.contrib.auth.decorators import login_not_required
from django.db import transaction

from accounts.actions import tell_new_address
from core import clock


def email(request):
    return told(library.email, request, user=request.user if request.user.is_authenticated else None)


@login_not_required  # the link in the mail is opened wherever its reader happens to be
def confirm_email(request, key):
    found = get_emailconfirmation_model().from_key(key)
    return told(library.confirm_email, request, user=found and found.email_address.user, key=key)


def told(view, request, *, user, **words):
    before = user and user.email
    with transaction.atomic():
        answer = view(request, **words)
        if user:
            tell_new_address(user, before=before, at=clock.now())
    return answer
