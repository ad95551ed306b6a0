"""Tokens of programs: what each may do, how long it lives, when it was last used, and what ends them all."""

from datetime import timedelta

import pytest
from allauth.account.adapter import get_adapter
from knox.models import AuthToken

from accounts.actions import close_account, end_membership, hand_over_membership, make_token, note_use
from accounts.models import Token
from audit.models import AuditRecord
from core import clock
from core.errors import Incomplete
from reports.proofs import statuses
from tests.factories import PASSWORD, an_admin, an_applicant, an_officer, with_a_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return an_officer()


def asks(client, token, method="get", address="/api/people/me/", **data):
    return getattr(client, method)(address, data, headers={"Authorization": f"Token {token}"})


def test_a_token_has_a_name_and_an_end(client, officer):
    client.force_login(officer)
    page = client.post("/tokens/new/", {"name": "Nightly export", "days": "30", "reads_only": "on"}).text
    row = officer.tokens.get()
    assert (row.name, row.reads_only, row.expires_at - row.made_at) == ("Nightly export", True, timedelta(days=30))
    assert "shown only now" in page
    again = client.get("/tokens/").text
    assert all(word in again for word in ("Nightly export", "reads only", "never used"))
    assert "shown only now" not in again


@pytest.mark.parametrize("given", [{"name": ""}, {"days": ""}, {"days": "3650"}, {"days": "x"}])
def test_one_without_a_name_or_an_end_is_not_made(client, officer, given):
    client.force_login(officer)
    answer = client.post("/tokens/new/", {"name": "Export", "days": "30", **given})
    assert (answer.status_code, officer.tokens.count()) == (400, 0)


@pytest.mark.parametrize("days", [0, -1, 366])
def test_the_act_refuses_an_endless_one_too(officer, days):
    with pytest.raises(Incomplete) as refusal:
        make_token(by=officer, days=days)
    assert list(refusal.value.gaps) == ["days"]
    assert not AuthToken.objects.exists()


def test_bearer_and_token_are_the_same_word(client, officer):
    token = make_token(by=officer, days=1)
    for word in ("Bearer", "bearer", "Token"):
        answer = client.get("/api/people/me/", headers={"Authorization": f"{word} {token}"})
        assert answer.json()["id"] == str(officer.pk)
    assert client.get("/api/people/me/", headers={"Authorization": f"Basic {token}"}).status_code == 401


@pytest.mark.parametrize("said", [b"Bearer abc\xe9", b"Token \xff", "Bearer abcé".encode()])
def test_a_token_with_signs_that_none_has_is_refused_and_no_fault_of_the_house(client, said):
    for address in ("/api/calls/", "/api/applications/"):
        assert client.get(address, HTTP_AUTHORIZATION=said.decode("latin-1")).status_code == 401


def test_after_its_end_it_opens_nothing(client, officer):
    token = make_token(by=officer, days=1)
    AuthToken.objects.update(expiry=clock.now() - timedelta(seconds=1))
    assert asks(client, token).status_code == 401


def test_one_that_only_reads_changes_nothing(client):
    me = an_applicant()
    token = make_token(by=me, reads_only=True)
    assert asks(client, token).status_code == 200
    refused = asks(client, token, "post", "/api/invitations/", email="new@example.eu")
    assert (refused.status_code, "only reads" in refused.json()["detail"]) == (403, True)
    assert asks(client, make_token(by=me), "post", "/api/invitations/", email="new@example.eu").status_code == 201


def test_its_use_is_noted_once_an_hour(client, officer):
    token = make_token(by=officer)
    asks(client, token)
    first = officer.tokens.get().used_at
    asks(client, token)
    assert officer.tokens.get().used_at == first
    note_use(officer.tokens.get(), at=first + timedelta(minutes=61))
    assert officer.tokens.get().used_at == first + timedelta(minutes=61)
    assert officer.tokens.get().events.count() == 1  # which is no act: no version, no record


def test_one_that_only_the_library_knows_opens_nothing(client, officer):
    _row, text = AuthToken.objects.create(user=officer)
    assert asks(client, text).status_code == 401


ENDS = {
    "a new password": lambda person: get_adapter().set_password(person, "another good long password"),
    "a closed account": lambda person: close_account(person, by=an_admin(), reason="Left."),
    "a lost role": lambda person: end_membership(person.memberships.first(), by=an_admin(), reason="Moved."),
    "a role handed over": lambda person: hand_over_membership(
        person.memberships.first(), by=an_admin(), reason="Moved.", successor=an_admin()
    ),
}


@pytest.mark.parametrize("end", ENDS)
def test_what_ends_them_all(client, officer, end):
    with_a_role(officer, "EVALUATOR", entity="HOME.D.2")
    tokens = [make_token(by=officer) for _ in range(2)]
    others = make_token(by=an_officer())
    ENDS[end](officer)
    assert [asks(client, token).status_code for token in tokens] == [401, 401]
    assert asks(client, others).status_code == 200
    assert AuditRecord.objects.filter(act="token.shut_out").count() == 2
    assert not [sentence for sentence in statuses() if sentence.startswith("accounts.Token")]


def test_a_new_password_on_the_page_shuts_programs_out(client, officer):
    officer.set_password(PASSWORD)
    officer.save()
    token = make_token(by=officer)
    client.post("/accounts/login/", {"login": officer.email, "password": PASSWORD})
    new = "a sentence only I would think of"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    officer.refresh_from_db()
    assert officer.check_password(new)
    assert (asks(client, token).status_code, Token.objects.get().status) == (401, "DROPPED")
