"""A person's first role is told by the record of the account; whatever else stands there is a fault."""

from datetime import timedelta

import pytest
from django.db import connection

from accounts.actions import appoint_user, close_account, grant_membership, register_organisation
from accounts.models import Membership, Organisation, User
from core import clock
from reports.proofs import statuses
from tests.factories import PASSWORD, an_admin, the_clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    given = {"by": the_clock(), "password": PASSWORD, "role": "EVALUATOR", "entity": "HOME.D.1"}
    return appoint_user(User(name="Ana", email="ana@example.eu"), **given)


def faults_about(*rows):
    """Of these rows: people of other fixtures come without any act."""
    return [sentence for sentence in statuses() if any(str(row.pk) in sentence for row in rows)]


def changed(statement, *values):
    """By somebody with every right on the database, the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_whoever_was_appointed_or_registered_has_nothing_to_explain(ana):
    house = Organisation(name="Αστυνομία", member_state="EL", kind="LAW", address="Αθήνα", vat_number="EL 094259216")
    maria = register_organisation(house, User(name="Μαρία", email="maria@example.eu"), password=PASSWORD)
    first, other = ana.memberships.get(), maria.memberships.get()
    assert faults_about(ana, maria, house, first, other) == []
    later = grant_membership(Membership(person=ana, role="OFFICER", entity="HOME.E.1"), by=an_admin())
    assert faults_about(first, later) == []


def test_a_renamed_organisation_changes_nothing_about_who_began_there():
    house = Organisation(name="Police", member_state="IE", kind="LAW", address="Dublin", vat_number="IE 1")
    me = register_organisation(house, User(name="Eve", email="eve@example.eu"), password=PASSWORD)
    Organisation.objects.filter(pk=house.pk).update(name="An Garda Síochána")
    assert faults_about(me.memberships.get()) == []


@pytest.mark.parametrize("spoil", [
    "UPDATE accounts_membership SET role = 'OFFICER' WHERE id = %s",
    "UPDATE accounts_membership SET from_at = from_at - interval '1 day' WHERE id = %s",
    "UPDATE accounts_membership SET status = 'ENDED', until_at = from_at WHERE id = %s",
], ids=["another role", "an earlier day", "ended"])  # fmt: skip
def test_a_first_role_that_was_changed_by_sql_is_named(ana, spoil):
    first = ana.memberships.get()
    changed(spoil, first.pk)
    (fault,) = faults_about(first)
    assert "its last record at none" in fault


def test_a_second_role_slipped_in_beside_the_first_is_named(ana):
    first = ana.memberships.get()
    of_another_state = {"role": "EVALUATOR", "member_state": "LV", "from_at": first.from_at, "status": "GRANTED"}
    extra = Membership.objects.create(person=ana, **of_another_state)
    assert len(faults_about(first, extra)) == 2  # nobody can say which of them was told
    Membership.objects.filter(pk=extra.pk).update(from_at=clock.now() - timedelta(days=1))
    assert len(faults_about(first, extra)) == 1


def test_roles_that_ended_with_the_account_are_told_by_its_closing(ana):
    """The first one and a later one; but none whose end was moved by SQL."""
    later = grant_membership(Membership(person=ana, role="OFFICER", entity="HOME.E.1"), by=an_admin())
    close_account(ana, by=an_admin(), reason="Left the house.")
    first = ana.memberships.exclude(pk=later.pk).get()
    assert faults_about(ana, first, later) == []
    changed("UPDATE accounts_membership SET until_at = until_at + interval '1 day' WHERE id = %s", later.pk)
    (fault,) = faults_about(first, later)
    assert str(later.pk) in fault
