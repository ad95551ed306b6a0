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
    invite_official,
    make_token,
    register_organisation,
)
from accounts.models import Invitation, Organisation, User
from accounts.roles import Role
from audit.models import AuditRecord
from core import clock
from core.errors import Incomplete, NotAllowed, WrongState
from promises.models import Mail
from tests.factories import PASSWORD, an_admin, an_applicant, an_auditor, an_evaluator, an_officer

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


def test_nobody_makes_an_account_whose_password_somebody_else_knows():
    for somebody in (an_admin(), an_officer()):
        with pytest.raises(NotAllowed):
            appoint_user(User(email="o@example.eu", name="Ana"), by=somebody, password=PASSWORD, role=Role.OFFICER)
    assert not User.objects.filter(email="o@example.eu").exists()


# people with a role are invited


def an_official(email="ana@example.eu", **fields):
    return Invitation(**{"email": email, "name": "Ana", "role": Role.OFFICER, "entity": "HOME.E.1", **fields})


def test_an_administrator_invites_and_the_official_chooses_the_password():
    admin, another = an_admin(), an_admin(email="chief@example.eu")
    sent = invite_official(an_official(), by=admin)
    mail = Mail.objects.get()
    assert "invites you to work here as programme officer" in mail.body
    assert hash_of(mail.body.split("/invitations/")[1].split("/")[0]) == sent.secret_hash
    assert not User.objects.filter(email="ana@example.eu").exists()

    accept_invitation(sent, by=User(email="ana@example.eu", name="Ana Horvat"), password=PASSWORD)

    ana = User.objects.get(email="ana@example.eu")
    assert (ana.role, ana.entity, ana.check_password(PASSWORD)) == (Role.OFFICER, "HOME.E.1", True)
    acts = AuditRecord.objects.order_by("pk").values_list("act", "actor_name")
    assert set(acts) == {
        ("invitation.appoint", admin.name), ("invitation.accept", "Ana Horvat"), ("user.take_office", "Ana Horvat"),
    }  # fmt: skip
    told = Mail.objects.exclude(pk=mail.pk).get()
    assert (told.to, "Ana Horvat (ana@example.eu) accepted" in told.body) == (another.email, True)


@pytest.mark.parametrize("maker", [an_officer, an_applicant, an_auditor])
def test_only_an_administrator_invites_to_a_role(maker):
    with pytest.raises(NotAllowed):
        invite_official(an_official(), by=maker())
    assert not Mail.objects.exists()


@pytest.mark.parametrize(("fields", "name"), [
    ({"role": "SYSTEM"}, "role"), ({"role": "APPLICANT"}, "role"), ({"role": "NO_SUCH"}, "role"),
    ({"role": "NAT_AUDITOR"}, "member_state"),
])  # fmt: skip
def test_a_role_that_opens_unguarded_doors_is_not_offered(fields, name):
    with pytest.raises(Incomplete) as refusal:
        invite_official(an_official(**fields), by=an_admin())
    assert list(refusal.value.gaps) == [name]


def test_somebody_with_an_account_is_given_the_role_there():
    somebody = an_evaluator(email="ana@example.eu")
    with pytest.raises(Incomplete, match="missing"):
        invite_official(an_official(email="ANA@example.eu"), by=an_admin())
    assert User.objects.get(email="ana@example.eu") == somebody


def test_the_last_link_is_the_only_one():
    admin = an_admin()
    first, second = (invite_official(an_official(), by=admin) for _ in range(2))
    first.refresh_from_db()
    assert (first.status, second.status) == ("BACK", "SENT")
    with pytest.raises(WrongState):
        accept_invitation(first, by=User(email="ana@example.eu", name="Ana"), password=PASSWORD)


def test_the_link_of_another_house_stays_alive():
    ours, theirs = an_applicant(), an_applicant()
    first = invite_colleague(Invitation(organisation=ours.organisation, email="new@example.eu"), by=ours)
    invite_colleague(Invitation(organisation=theirs.organisation, email="new@example.eu"), by=theirs)
    first.refresh_from_db()
    assert first.status == "SENT"


def test_a_weak_password_leaves_the_invitation_open():
    sent = invite_official(an_official(), by=an_admin())
    with pytest.raises(Incomplete):
        accept_invitation(sent, by=User(email="ana@example.eu", name="Ana"), password="short")
    sent.refresh_from_db()
    assert (sent.status, User.objects.filter(email="ana@example.eu").exists()) == ("SENT", False)


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
