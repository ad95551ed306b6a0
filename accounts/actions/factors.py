"""Second factors are set up, renamed and taken away by the sign-in library; that it happened is told by the trail."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.states import USER
from core.formats import milliseconds
from core.holds import hold_name
from core.language import house_words


def tell_of_factors(person, change):
    """Let the library change somebody's second factors, one change after the other, and record in the same transaction
    what is different. Gives what `change()` gives."""
    with transaction.atomic():
        hold_name(f"second factors:{person.pk}")
        before = factors_of(person)
        answer = change()
        after = factors_of(person)
        if after != before:
            change_factors(User.objects.get(pk=person.pk), by=person, before=before, after=after)
    return answer


@USER.action("change_factors")
def change_factors(user, *, by, at, before, after):
    return {"second factors": [before, after]}


@house_words()
def factors_of(person):
    """In words; nothing of what is secret about them."""
    return [in_words(one) for one in Authenticator.objects.filter(user=person.pk).order_by("created_at", "pk")]


def in_words(factor):
    if factor.type == Authenticator.Type.WEBAUTHN:
        return _("passkey “%(name)s”") % {"name": factor.wrap().name}
    if factor.type == Authenticator.Type.RECOVERY_CODES:
        return _("recovery codes of %(moment)s") % {"moment": milliseconds(factor.created_at)}
    return _("code from an app")
