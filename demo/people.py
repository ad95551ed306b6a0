"""Everybody who signs in: appointed by the administrator, or registered by themselves."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import override_settings

from accounts.actions import appoint_user, invite_colleague, register_organisation
from accounts.models import Invitation, Organisation, User
from accounts.roles import is_evaluator
from demo import PASSWORD
from demo.moments import brussels
from demo.tables import applicants, mail_of, organisations, people

APPOINTED = brussels("2017-09-04 09:00")
REGISTERED = brussels("2017-09-11 14:00")
INVITED = "colleague@rotterdam.nl.example.eu"


class QuickHasher(PBKDF2PasswordHasher):
    """The demo's password is printed for everybody, so it is hashed quickly; Django hashes it anew at the sign-in."""

    iterations = 10_000


@override_settings(PASSWORD_HASHERS=[f"{__name__}.QuickHasher"])
def bring_in_people(*, only=(), say):
    """Make who is not there yet; a second time finds everybody and does nothing."""
    known = set(User.objects.values_list("email", flat=True))
    made = [appoint(said) for said in people() if said["email"] not in known]
    made += [register(key) for key in applicants(only) if mail_of(key) not in known]
    if made:
        say(f"{len(made)} people have an account.")


def appoint(said):
    user = User(email=said["email"], name=said["name"])
    return appoint_user(
        user, by=User.objects.clock(), password=PASSWORD, at=APPOINTED, role=said["role"],
        entity=said.get("entity", ""), member_state=said.get("state", ""),
    )  # fmt: skip


def register(key):
    said = organisations()[key]
    organisation = Organisation(
        name=said["name"], latin_name=said.get("latin", ""), member_state=key[:2].upper(), kind=said["kind"],
        registration_number=said.get("registration", ""), address=said["address"],
    )  # fmt: skip
    return register_with(organisation, mail_of(key), said["person"])


def register_with(organisation, email, name):
    """An organisation with the person who speaks for it."""
    return register_organisation(organisation, User(email=email, name=name), password=PASSWORD, at=REGISTERED)


def invite(by):
    """One invitation still waits to be accepted."""
    if not Invitation.objects.filter(email=INVITED).exists():
        invite_colleague(Invitation(organisation=by.organisation, email=INVITED), by=by)


def officer():
    return person("officer@home.example.eu")


def second_officer():
    return person("second.officer@home.example.eu")


def authorising_officer():
    return person("authorising@home.example.eu")


def evaluators():
    """In the order of the table, which is the order of assignment."""
    order = [said["email"] for said in people()]
    return sorted(User.objects.of(is_evaluator).filter(email__in=order), key=lambda one: order.index(one.email))


def person(email):
    return User.objects.get(email=email)


def applicant_of(said):
    return person(mail_of(said["by"]))
