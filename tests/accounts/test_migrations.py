"""People, tokens and organisations of an installation of before come through the change, and back."""

import pytest
from django.db import connection

from accounts.actions import appoint_user, close_account, make_token, register_organisation
from accounts.models import Membership, Organisation, Token, User
from tests.factories import NOON, PASSWORD, an_admin, the_clock
from tests.migrations import migrate, state_at

BEFORE = ("accounts", "0003_stamps")


@pytest.fixture
def everything_back(transactional_db):
    yield
    migrate()


@pytest.mark.slow
@pytest.mark.usefixtures("everything_back")
def test_what_was_is_carried_over_and_back():
    admin = an_admin()
    new = Organisation(name="Αστυνομία", member_state="EL", kind="LAW", address="Αθήνα", vat_number="EL 094259216")
    me = register_organisation(new, User(name="Μαρία", email="maria@example.eu"), password=PASSWORD, at=NOON)
    given = {"by": the_clock(), "password": PASSWORD, "at": NOON}
    officer = appoint_user(User(name="Ana", email="ana@example.eu"), role="OFFICER", entity="HOME.E.1", **given)
    make_token(by=me)
    gone = appoint_user(User(name="X", email="x@example.eu"), role="EVALUATOR", **given)
    close_account(gone, by=admin, reason="Left.", at=NOON)

    old = migrate(BEFORE).get_model("accounts", "User").objects
    assert values(old, "maria@example.eu") == ("APPLICANT", new.pk, "", "", True)
    assert values(old, "ana@example.eu") == ("OFFICER", None, "", "HOME.E.1", True)
    assert values(old, "x@example.eu") == ("EVALUATOR", None, "", "", False)
    two_more_of_one_number()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET entity = 'HOME.E.2' WHERE email = 'ana@example.eu'")

    migrate()
    those_are_there(new, me, officer, gone)


def those_are_there(new, me, officer, gone):
    assert User.objects.get(pk=me.pk).organisation_ids == {new.pk}
    assert User.objects.get(pk=officer.pk).entity == "HOME.E.2"
    assert list(dict.fromkeys(one.entity for one in versions_of(officer))) == ["HOME.E.1", "HOME.E.2"]
    assert [one.standing[0]["entity"] for one in User(pk=officer.pk).events.order_by("pgh_id")][:1] == ["HOME.E.1"]
    place = Membership.objects.get(person=gone)
    assert (User.objects.get(pk=gone.pk).status, place.status, place.until_at >= NOON) == ("CLOSED", "ENDED", True)
    assert Membership.objects.get(person=me).from_at == NOON
    assert Token.objects.in_use().filter(person=me).count() == 1
    shared = Organisation.objects.waiting_to_be_merged()
    assert {one.name for one in shared} == {"Second spelling", "Third spelling"}
    assert User.objects.clock().roles == {"SYSTEM"}


def values(people, email):
    return people.values_list("role", "organisation_id", "member_state", "entity", "is_active").get(email=email)


def two_more_of_one_number():
    """As they could be registered before, under another spelling."""
    old = state_at(BEFORE).get_model("accounts", "Organisation")
    for name in ("Second spelling", "Third spelling"):
        old.objects.create(name=name, member_state="EL", kind="LAW", address="x", vat_number="GR-094.259.216")


def versions_of(person):
    return Membership.objects.get(person=person).events.order_by("pgh_id")
