"""Roles with dates: given, ended, handed over; the person's own row follows, and rights with it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.actions import end_membership, grant_membership, hand_over_membership, merge_organisation
from accounts.models import Membership, User
from accounts.roles import is_authorising, is_evaluator, is_officer
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, WrongState
from tests.factories import (
    LONG_AGO,
    a_national_auditor,
    an_admin,
    an_applicant,
    an_authorising_officer,
    an_evaluator,
    an_officer,
    an_organisation,
    now_only,
    with_a_role,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def again(person):
    return User.objects.get(pk=person.pk)


def test_a_person_may_be_several_things_at_once():
    officer = with_a_role(an_officer(), "EVALUATOR", entity="HOME.D.2")
    assert (is_officer(officer), is_evaluator(officer)) == (True, True)
    assert (officer.role, officer.role_label) == ("OFFICER", "programme officer, evaluator")
    assert set(User.objects.of(is_evaluator)) == {officer}


def test_a_role_is_in_force_from_its_beginning_until_its_end():
    now, person = timezone.now(), now_only(an_officer(), "EVALUATOR")
    with_a_role(person, "OFFICER", since=now + DAY)
    with_a_role(person, "AUTHORISING", since=now - 2 * DAY, until_at=now - DAY)
    person = with_a_role(person, "AUDITOR", since=now - DAY, until_at=now + DAY)
    assert person.roles == {"EVALUATOR", "AUDITOR"}
    assert not User.objects.of(is_officer, is_authorising).exists()


def test_rights_end_with_the_next_request(client):
    officer = an_officer()
    client.force_login(officer)
    assert client.get("/promises/").status_code == 200
    end_membership(officer.memberships.get(), by=an_admin(), reason="Moved to another unit.")
    assert client.get("/promises/").url == "/accounts/login/?next=/promises/"
    client.force_login(officer)
    assert client.get("/promises/").status_code == 404
    assert AuditRecord.objects.get(act="membership.end").reason == "Moved to another unit."


def test_the_row_of_the_person_follows_whatever_is_done_to_the_memberships():
    """Plain SQL too; and no stale copy of the person can bring a right back."""
    officer = an_officer()
    stale = again(officer)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_membership SET role = 'EVALUATOR' WHERE person_id = %s", [officer.pk])
    assert again(officer).roles == {"EVALUATOR"}
    stale.save()
    assert again(officer).roles == {"EVALUATOR"}
    officer.memberships.all().delete()
    assert again(officer).roles == frozenset()


def test_it_follows_the_names_of_the_organisation():
    me = an_applicant()
    type(me.organisation).objects.filter(pk=me.organisation.pk).update(name="Νέο όνομα")
    assert again(me).organisation_name == "Νέο όνομα"


def test_what_a_person_is_costs_no_query(django_assert_num_queries):
    people = list(User.objects.filter(pk__in=[an_officer().pk, an_applicant().pk, a_national_auditor().pk]))
    with django_assert_num_queries(0):
        assert all(one.roles for one in people)
        assert {state for one in people for state in one.audited_states} == {"EL"}
        assert [one.state for one in people if one.organisation_ids] == ["EL"]
        assert all(one.organisation_name or one.entity or one.states for one in people)


# granting


def test_an_administrator_gives_a_role_with_an_end():
    person, admin, until = an_officer(), an_admin(), timezone.now() + DAY
    granted = grant_membership(
        Membership(person=person, role="EVALUATOR", entity="HOME.D.2", until_at=until), by=admin
    )  # fmt: skip
    assert (granted.status, granted.until_at) == ("GRANTED", until)
    assert again(person).roles == {"OFFICER", "EVALUATOR"}
    assert AuditRecord.objects.get(act="membership.grant").actor_name == admin.name


def test_acting_for_somebody_is_a_role_with_dates():
    chief, deputy = an_authorising_officer(), an_officer()
    grant_membership(
        Membership(person=deputy, role="AUTHORISING", on_behalf_of=chief, until_at=timezone.now() + DAY), by=an_admin()
    )  # fmt: skip
    deputy = again(deputy)
    assert is_authorising(deputy)
    assert [one.on_behalf_of_id for one in deputy.places] == [None, chief.pk]


@pytest.mark.parametrize(
    ("wish", "gap"),
    [
        ({"role": "SYSTEM"}, "role"),
        ({"role": "NAT_AUDITOR"}, "member_state"),
        ({"role": "APPLICANT"}, "organisation"),
        ({"role": "NAT_AUDITOR", "member_state": "ZZ"}, "member_state"),
        ({"role": "EVALUATOR", "member_state": "GR"}, "member_state"),
        ({"role": "EVALUATOR", "from_at": LONG_AGO, "until_at": LONG_AGO}, "until_at"),
    ],
)
def test_a_role_that_would_open_a_door_nobody_guards_is_not_given(wish, gap):
    person = an_officer()
    with pytest.raises(Incomplete) as refusal:
        grant_membership(Membership(person=person, **wish), by=an_admin())
    assert list(refusal.value.gaps) == [gap]
    assert again(person).roles == {"OFFICER"}


def test_nobody_speaks_for_what_was_merged_into_another():
    """The row stays, for what it signed; whoever joined it would join nothing."""
    old, new = an_organisation(), an_organisation()
    merge_organisation(old, by=an_admin(), into=new, reason="The same authority.")
    old.refresh_from_db()
    person = now_only(an_officer(), "APPLICANT", organisation=an_organisation())
    with pytest.raises(Incomplete) as refusal:
        grant_membership(Membership(person=person, role="APPLICANT", organisation=old), by=an_admin())
    assert list(refusal.value.gaps) == ["organisation"]
    assert grant_membership(Membership(person=person, role="APPLICANT", organisation=new), by=an_admin())


def test_nobody_acts_for_oneself():
    person = an_officer()
    with pytest.raises(Incomplete) as refusal:
        grant_membership(Membership(person=person, role="AUTHORISING", on_behalf_of=person), by=an_admin())
    assert list(refusal.value.gaps) == ["on_behalf_of"]
    assert again(person).roles == {"OFFICER"}


def test_nobody_is_on_both_sides():
    officer, applicant = an_officer(), an_applicant()
    with pytest.raises(WrongState, match="has another role"):
        grant_membership(
            Membership(person=officer, role="APPLICANT", organisation=applicant.organisation), by=an_admin()
        )  # fmt: skip
    with pytest.raises(WrongState, match="has another role"):
        grant_membership(Membership(person=applicant, role="EVALUATOR"), by=an_admin())


def test_an_applicant_may_speak_for_two_authorities():
    me, second = an_applicant(), an_organisation()
    grant_membership(Membership(person=me, role="APPLICANT", organisation=second), by=an_admin())
    assert again(me).organisation_ids == {me.organisation.pk, second.pk}


def test_the_same_role_is_not_given_twice():
    officer = an_officer()
    with pytest.raises(WrongState, match="already"):
        grant_membership(Membership(person=officer, role="OFFICER"), by=an_admin())


def test_a_closed_account_gets_no_role():
    with pytest.raises(WrongState, match="closed"):
        grant_membership(Membership(person=an_officer(is_active=False), role="EVALUATOR"), by=an_admin())


@pytest.mark.parametrize("who", [an_officer, an_applicant, an_evaluator])
def test_nobody_else_gives_roles(who):
    with pytest.raises(NotAllowed):
        grant_membership(Membership(person=an_officer(), role="ADMIN"), by=who())


# handing over


def test_a_role_is_handed_over_in_one_act():
    me, follower = an_applicant(), an_applicant()
    house = me.organisation
    hand_over_membership(me.memberships.get(), by=an_admin(), reason="Retires.", successor=follower)
    assert list(house.users) == [follower]
    assert again(me).roles == frozenset()
    acts = AuditRecord.objects.order_by("pk").values_list("act", flat=True)
    assert sorted(acts) == ["membership.grant", "membership.hand_over"]


def test_it_is_not_handed_to_oneself():
    officer = an_officer()
    with pytest.raises(Incomplete, match="missing"):
        hand_over_membership(officer.memberships.get(), by=an_admin(), reason="Retires.", successor=officer)
    assert again(officer).roles == {"OFFICER"}


def test_the_last_who_speaks_for_an_organisation_does_not_just_end():
    me = an_applicant()
    with pytest.raises(Incomplete) as refusal:
        end_membership(me.memberships.get(), by=an_admin(), reason="Retires.")
    assert "last person" in str(refusal.value.gaps["successor"])
    an_applicant(me.organisation)
    assert end_membership(me.memberships.get(), by=an_admin(), reason="Retires.").status == "ENDED"


# what the database itself refuses


@pytest.mark.parametrize(
    ("role", "fields"),
    [
        ("APPLICANT", {}),
        ("NAT_AUDITOR", {}),
        ("OFFICER", {"until_at": LONG_AGO - DAY}),
        ("OFFICER", {"entity": "HOME.E.1"}),  # a second time
    ],
)
def test_the_last_guard(role, fields):
    officer = an_officer()
    with pytest.raises(IntegrityError), transaction.atomic():
        with_a_role(officer, role, **fields)


def test_an_ended_role_says_when():
    officer = an_officer()
    with pytest.raises(IntegrityError), transaction.atomic():
        officer.memberships.update(status="ENDED")
