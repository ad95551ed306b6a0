"""What the mails about a change of address and a review of access say. Each link of a change is a secret of one
mailbox; no mail holds both."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import label_of
from core.formats import brussels, brussels_day
from core.language import for_each_reader


@for_each_reader
def asked_of_old(change, secret):
    """To the present mailbox, which agrees; or, where an administrator asked, may stop it."""
    if change.is_asked_by_its_person:
        asked = _("You asked that your account is used with %(new)s instead of %(old)s.")
        wanted = _("Agree to it or stop it here, by %(until)s; without your word nothing changes:")
    else:
        asked = _("%(by)s, an account administrator, asked that your account is used with %(new)s instead of %(old)s.")
        wanted = _("A second administrator decides. If you did not want this, stop it here, by %(until)s:")
    sentence = _("If it was not you, stop it, and then change your password.")
    body = f"{asked}\n\n{wanted}\n%(link)s\n\n{sentence}\n" % words(change, secret)
    return {"subject": _("Your e-mail address is to be changed"), "body": body}


@for_each_reader
def asked_of_new(change, secret):
    body = _(
        "%(name)s asked to sign in to the grant programme system with this address, %(new)s, from now on.\n\n"
        "If this is you, confirm it here, by %(until)s:\n%(link)s\n\n"
        "If you do not know why you get this mail, do nothing, or stop it behind the same link.\n"
    ) % words(change, secret)
    return {"subject": _("Confirm your new e-mail address"), "body": body}


@for_each_reader
def taken_already(change):
    """To an address that signs in to an account already; nobody else is told so, and its owner not who asked."""
    body = _(
        "Somebody asked to use this address, %(new)s, for another account of the grant programme system. You sign in "
        "with it already, so nothing changes, and you need not do anything.\n\n"
        "If it was you: one address belongs to one account. Choose another address, or write to the account "
        "administrator.\n"
    ) % {"new": change.address}
    return {"subject": _("This e-mail address is in use already"), "body": body}


@for_each_reader
def wanted_of_administrators(change):
    body = _(
        "%(by)s asked that the account of %(name)s is used with %(new)s instead of %(old)s:\n%(reason)s\n\n"
        "A second account administrator has to agree, by %(until)s:\n%(page)s\n"
    ) % words(change)
    return {"subject": _("An e-mail address waits for a second administrator"), "body": body}


@for_each_reader
def done(change):
    """To both mailboxes."""
    body = _(
        "From now on the account of %(name)s is used with %(new)s instead of %(old)s. Whoever was signed in with it "
        "elsewhere was signed out, and its tokens for programs are out of use.\n\n"
        "If you did not expect this, write to the account administrator at once.\n"
    ) % words(change)
    return {"subject": _("Your e-mail address was changed"), "body": body}


@for_each_reader
def not_done(change):
    body = _(
        "The account of %(name)s goes on with %(old)s: the change to %(new)s was stopped, or not everybody agreed "
        "in time.\n"
    ) % words(change)
    return {"subject": _("Your e-mail address stays as it is"), "body": body}


def words(change, secret=None):
    return {
        "name": change.person.name, "old": change.former, "new": change.address, "by": change.asked_by.name,
        "reason": change.reason,
        "until": brussels(change.expires_at), "page": settings.SITE_URL + change.get_absolute_url(),
        "link": settings.SITE_URL + reverse("address_word", args=[secret]) if secret else "",
    }  # fmt: skip


@for_each_reader
def review_is_late(review, waiting):
    """To each administrator, the evening of the last day."""
    body = _(
        "In the review of access opened by %(by)s, %(number)s roles were to be kept or ended by %(day)s and are not "
        "decided. Nothing ends by itself: decide about each, then close the review.\n%(page)s\n"
    ) % {
        "by": review.opened_by.name, "number": waiting, "day": brussels_day(review.decide_by),
        "page": settings.SITE_URL + review.get_absolute_url(),
    }  # fmt: skip
    return {"subject": _("Access that nobody has decided about"), "body": body}


@for_each_reader
def account_made(invitation, newcomer):
    """To each other administrator."""
    body = _(
        "%(name)s (%(email)s) accepted the invitation of %(by)s and is now %(role)s.\n\n"
        "If you did not expect this, close the account and ask %(by)s:\n%(address)s\n"
    ) % {
        "name": newcomer.name, "email": newcomer.email, "by": invitation.invited_by.name,
        "role": label_of(invitation.role), "address": settings.SITE_URL + newcomer.get_absolute_url(),
    }  # fmt: skip
    return {"subject": _("A new account: %(name)s") % {"name": newcomer.name}, "body": body}


@for_each_reader
def state_corrected(organisation):
    """To its people, and to those whose drafts name it."""
    words = {"organisation": organisation, "state": organisation.get_member_state_display()}
    body = _(
        "An account administrator has corrected the Member State of %(organisation)s: it is %(state)s now.\n\n"
        "Drafts that name it say so too; receipts and letters keep what they said. Please look at the conditions of "
        "the calls you apply for: they may ask for certain Member States.\n"
    )
    return {"subject": _("%(organisation)s: its Member State was corrected") % words, "body": body % words}


# a way in elsewhere


@for_each_reader
def connected(identity):
    body = _(
        "Your account of the grant programme system was connected with an identity at %(provider)s: whoever shows that "
        "identity signs in as you.\n\n"
        "If it was not you, disconnect it here, and change your password:\n%(page)s\n"
    ) % of_provider(identity)
    return {"subject": _("Another way to sign in to your account"), "body": body}


@for_each_reader
def disconnected(identity):
    body = _(
        "Your account of the grant programme system is not connected with an identity at %(provider)s any more. "
        "Whoever was signed in elsewhere was signed out, and its tokens for programs are out of use.\n\n"
        "If it was not you, change your password and write to the account administrator:\n%(page)s\n"
    ) % of_provider(identity)
    return {"subject": _("One way less to sign in to your account"), "body": body}


def of_provider(identity):
    return {"provider": settings.OIDC_NAME, "page": settings.SITE_URL + identity.get_absolute_url()}
