"""Closing an account: roles, tokens and mails end; the last person of an organisation hands over."""

import pytest

from accounts.actions import close_account, invite_colleague, make_token, rename_person, reopen_account
from accounts.models import Invitation, Token, User
from accounts.roles import is_assessor
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, WrongState
from promises.models import Mail
from tests.applications.factories import a_submitted
from tests.factories import PASSWORD, an_admin, an_applicant, an_officer, an_organisation

pytestmark = pytest.mark.django_db


def test_with_the_account_every_role_and_token_ends(client):
    officer = an_officer()
    token = make_token(by=officer)

    closed = close_account(officer, by=an_admin(), reason="Left the house.")

    assert (closed.is_active, closed.roles, is_assessor(closed)) == (False, frozenset(), False)
    assert officer.memberships.get().status == "ENDED"
    assert Token.objects.get().status == "DROPPED"
    assert client.get("/api/people/me/", headers={"Authorization": f"Token {token}"}).status_code == 401
    record = AuditRecord.objects.get(act="user.close")
    assert record.changes["roles"] == [["programme officer, HOME.E.1"], []]


def test_a_closed_account_gets_no_mails():
    me = an_applicant()
    gone = an_applicant(me.organisation)
    close_account(gone, by=an_admin(), reason="Left.")
    a_submitted(by=me)
    assert {mail.to for mail in Mail.objects.all()} == {me.email}


def test_the_last_person_of_an_organisation_is_not_closed_without_a_successor():
    me = an_applicant()
    with pytest.raises(Incomplete) as refusal:
        close_account(me, by=an_admin(), reason="Retires.")
    assert me.organisation.name in str(refusal.value.gaps["successor"])
    me.refresh_from_db()
    assert me.is_active
    assert not AuditRecord.objects.exists()


def test_the_last_but_one_is():
    me = an_applicant()
    an_applicant(me.organisation)
    assert close_account(me, by=an_admin(), reason="Retires.").status == "CLOSED"


def test_a_colleague_whose_own_time_runs_out_does_not_count():
    me = an_applicant()
    leaving = an_applicant(me.organisation)
    leaving.memberships.update(until_at="2099-01-01T00:00:00Z")
    with pytest.raises(Incomplete):
        close_account(me, by=an_admin(), reason="Retires.")


def test_another_person_takes_over_in_the_same_act():
    me, follower = an_applicant(), an_applicant()
    house, admin = me.organisation, an_admin()
    close_account(me, by=admin, reason="Retires.", successor=follower.email.upper())
    assert list(house.users) == [follower]
    follower.refresh_from_db()
    assert len(follower.organisation_ids) == 2
    assert sorted(AuditRecord.objects.values_list("act", flat=True)) == ["membership.grant", "user.close"]


def test_a_stranger_is_invited_to_take_over():
    me = an_applicant()
    close_account(me, by=an_admin(), reason="Retires.", successor="New@example.eu")
    invitation = Invitation.objects.get()
    assert (invitation.organisation, invitation.email) == (me.organisation, "new@example.eu")
    assert Mail.objects.get().to == "new@example.eu"


def test_who_was_invited_before_is_successor_enough():
    me = an_applicant()
    invite_colleague(Invitation(organisation=me.organisation, email="new@example.eu"), by=me)
    assert close_account(me, by=an_admin(), reason="Retires.").status == "CLOSED"


def test_a_colleague_named_as_successor_stays_one():
    me = an_applicant()
    colleague = an_applicant(me.organisation)
    close_account(me, by=an_admin(), reason="Retires.", successor=colleague.email)
    assert list(me.organisation.users) == [colleague]


def test_nobody_follows_oneself_and_no_officer_an_applicant():
    me, officer = an_applicant(), an_officer()
    with pytest.raises(Incomplete, match="missing"):
        close_account(me, by=an_admin(), reason="Retires.", successor=me.email)
    with pytest.raises(WrongState, match="has another role"):
        close_account(me, by=an_admin(), reason="Retires.", successor=officer.email)
    me.refresh_from_db()
    assert me.is_active


@pytest.mark.parametrize("by", [an_officer, an_applicant])
def test_only_an_administrator_closes(by):
    with pytest.raises(NotAllowed):
        close_account(an_officer(), by=by(), reason="Left.")


def test_nobody_closes_the_own_account_or_a_closed_one():
    admin, officer = an_admin(), an_officer()
    with pytest.raises(NotAllowed):
        close_account(admin, by=admin, reason="Left.")
    with pytest.raises(Incomplete):
        close_account(officer, by=admin, reason=" ")
    close_account(officer, by=admin, reason="Left.")
    with pytest.raises(WrongState):
        close_account(officer, by=admin, reason="Left.")


def test_an_account_is_opened_again_without_any_role(client):
    officer, admin = an_officer(), an_admin()
    officer.set_password(PASSWORD)
    officer.save()
    close_account(officer, by=admin, reason="Left.")
    opened = reopen_account(officer, by=admin, reason="Came back.")
    assert (opened.is_active, opened.roles) == (True, frozenset())
    client.post("/accounts/login/", {"login": officer.email, "password": PASSWORD})
    assert client.get("/desk/").status_code == 200
    assert client.get("/promises/").status_code == 404


def test_a_name_is_corrected_by_its_bearer_or_an_administrator():
    officer = an_officer(name="Ana Maria")
    rename_person(officer, by=officer, name="Ana María")
    rename_person(officer, by=an_admin(), name="Ana María Peña")
    assert User.objects.get(pk=officer.pk).name == "Ana María Peña"
    assert AuditRecord.objects.filter(act="user.rename").count() == 2
    with pytest.raises(NotAllowed):
        rename_person(officer, by=an_officer(), name="X")


def test_an_evaluator_of_an_organisation_needs_no_successor():
    house = an_organisation()
    officer = an_officer()
    officer.memberships.update(organisation=house)
    assert close_account(officer, by=an_admin(), reason="Left.").status == "CLOSED"
