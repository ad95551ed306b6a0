"""People come in by registering, by invitation or by appointment – and by no other door."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts.actions import (
    accept_invitation,
    appoint_user,
    close_account,
    drop_token,
    hash_of,
    invite_colleague,
    make_token,
    register_organisation,
)
from accounts.models import Invitation, Organisation, User
from accounts.roles import Role
from audit.models import AuditRecord
from core import clock
from core.errors import Incomplete, NotAllowed, WrongState
from promises.models import Mail
from tests.factories import PASSWORD, an_admin, an_applicant, an_officer

pytestmark = pytest.mark.django_db


def unsaved(name="Αστυνομία", email="maria@example.eu"):
    organisation = Organisation(name=name, member_state="EL", kind="LAW", address="Αθήνα")
    return organisation, User(name="Μαρία", email=email)


def test_an_authority_registers_itself_and_two_records_say_so():
    organisation, person = unsaved()

    register_organisation(organisation, person, password=PASSWORD)

    person.refresh_from_db()
    assert (person.role, person.organisation, person.check_password(PASSWORD)) == (Role.APPLICANT, organisation, True)
    assert list(AuditRecord.objects.values_list("act", "scope", "actor_role")) == [
        ("organisation.register", {"member_state": "EL"}, "APPLICANT"),
        ("user.join", {"member_state": "EL"}, "APPLICANT"),
    ]
    assert "pbkdf2" not in str(AuditRecord.objects.get(act="user.join").changes)


@pytest.mark.parametrize(
    ("again", "gap"),
    [
        ({"name": "αστυνομία", "email": "new@example.eu"}, "name"),
        ({"name": "Άλλη", "email": "MARIA@example.eu"}, "email"),
    ],
)
def test_who_is_there_already_is_told_so_and_nothing_is_recorded(again, gap):
    register_organisation(*unsaved(), password=PASSWORD)

    with pytest.raises(Incomplete) as refusal:
        register_organisation(*unsaved(**again), password=PASSWORD)

    assert list(refusal.value.gaps) == [gap]
    assert (Organisation.objects.count(), AuditRecord.objects.count()) == (1, 2)


def test_a_weak_password_is_refused_with_the_rule():
    with pytest.raises(Incomplete) as refusal:
        register_organisation(*unsaved(), password="password")
    assert "12" in refusal.value.gaps["password"]
    assert User.objects.people().count() == 0


def test_a_colleague_joins_by_the_secret_in_the_mail():
    inviter = an_applicant()
    sent = invite_colleague(Invitation(organisation=inviter.organisation, email="new@example.eu"), by=inviter)
    mail = Mail.objects.get(to="new@example.eu")
    secret = mail.body.split("/invitations/")[1].split("/")[0]

    assert (sent.secret_hash, secret in sent.secret_hash) == (hash_of(secret), False)
    colleague = User(email="new@example.eu", name="Νίκος")
    accept_invitation(sent, by=colleague, password=PASSWORD)

    assert User.objects.get(email="new@example.eu").organisation == inviter.organisation
    with pytest.raises(WrongState):
        accept_invitation(sent, by=User(email="new@example.eu", name="X"), password=PASSWORD)


def test_an_old_invitation_is_refused():
    inviter = an_applicant()
    sent = invite_colleague(Invitation(organisation=inviter.organisation, email="new@example.eu"), by=inviter)
    late = clock.now() + timedelta(days=15)
    with pytest.raises(WrongState):
        accept_invitation(sent, by=User(email="new@example.eu", name="N"), password=PASSWORD, at=late)
    assert not User.objects.filter(email="new@example.eu").exists()


def test_only_an_administrator_appoints():
    new, place = User(email="officer@example.eu", name="Ana"), {"role": Role.OFFICER, "entity": "HOME.E.1"}
    with pytest.raises(NotAllowed):
        appoint_user(new, by=an_officer(), password=PASSWORD, **place)
    appoint_user(new, by=an_admin(), password=PASSWORD, **place)
    assert AuditRecord.objects.get().act == "user.appoint"


def test_a_closed_account_is_refused_with_its_next_request(client):
    officer = an_officer()
    client.force_login(officer)
    assert client.get("/desk/").status_code == 200

    close_account(officer, by=an_admin(), reason="left the house")

    assert client.get("/desk/").status_code == 302
    assert AuditRecord.objects.get().reason == "left the house"


def test_a_token_speaks_for_its_person_until_it_is_dropped(client):
    officer = an_officer()
    token = make_token(by=officer)
    headers = {"Authorization": f"Token {token}"}
    assert client.get("/api/people/me/", headers=headers).json()["email"] == officer.email

    drop_token(officer.tokens.get().digest, by=officer)

    assert client.get("/api/people/me/", headers=headers).status_code == 401


def test_the_first_administrator_comes_from_the_command_line(monkeypatch, capsys):
    monkeypatch.setenv("ADMIN_PASSWORD", PASSWORD)
    call_command("appoint_admin", "Chief@example.eu")
    assert User.objects.get(email="chief@example.eu").role == Role.ADMIN
    with pytest.raises(CommandError, match="already an account"):
        call_command("appoint_admin", "chief@example.eu")
