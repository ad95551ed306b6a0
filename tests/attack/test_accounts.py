"""Ways into accounts that are not one's own, and accounts that should not exist."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from knox.models import AuthToken

from accounts.actions import appoint_user, close_account, make_token
from accounts.models import User
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed
from tests.factories import PASSWORD, an_admin, an_applicant, an_officer, now_only, the_clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unlimited():
    """Each test begins with nothing counted against its addresses."""
    cache.clear()


@pytest.mark.parametrize("role", ["SYSTEM", "APPLICANT", "NO_SUCH_ROLE"])
def test_nobody_is_appointed_clock_or_applicant_without_an_authority(role):
    with pytest.raises(Incomplete) as refusal:
        appoint_user(User(name="X", email="x@example.eu"), by=the_clock(), password=PASSWORD, role=role)
    assert "role" in refusal.value.gaps
    assert not User.objects.filter(email="x@example.eu").exists()


def test_a_national_auditor_without_a_member_state_is_not_appointed():
    auditor = User(name="X", email="x@example.eu")
    with pytest.raises(Incomplete, match="missing"):
        appoint_user(auditor, by=the_clock(), password=PASSWORD, role="NAT_AUDITOR")


def test_nobody_closes_the_account_of_the_clock():
    with pytest.raises(NotAllowed):
        close_account(the_clock(), by=an_admin(), reason="No more deadlines.")


def try_passwords(client, *, number, **headers):
    answers = [
        client.post("/api/token/", {"email": "a@example.eu", "password": f"guess {n}"},
                    content_type="application/json", **{name: value(n) for name, value in headers.items()})
        for n in range(number)
    ]  # fmt: skip
    return [answer.status_code for answer in answers]


def test_an_invented_forwarding_header_does_not_lift_the_limit_on_guesses(client):
    found = try_passwords(client, number=14, HTTP_X_FORWARDED_FOR=lambda n: f"203.0.113.{n}")
    assert found[-1] == 429


def test_guesses_at_one_account_from_everywhere_are_limited_too(client):
    found = try_passwords(client, number=34, REMOTE_ADDR=lambda n: f"203.0.113.{n}")
    assert found[0] == 400
    assert set(found[-3:]) == {429}


def test_guesses_of_a_stranger_lock_nobody_out_of_their_own_place(client):
    """In the last hour before a deadline, too. Whoever guesses is told how long to wait."""
    person = an_applicant()
    person.set_password(PASSWORD)
    person.save()
    words = {"email": person.email, "password": "a guess"}
    elsewhere = {"REMOTE_ADDR": "203.0.113.7", "content_type": "application/json"}
    refused = [client.post("/api/token/", words, **elsewhere) for _ in range(8)][-1]
    assert (refused.status_code, refused["Retry-After"]) == (429, "300")
    assert "in five minutes" in refused.json()["detail"]
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    assert "_auth_user_id" in client.session


def test_the_sign_in_page_limits_guesses(client):
    words = {"login": "a@example.eu", "password": "wrong"}
    answers = [client.post("/accounts/login/", words) for _ in range(8)]
    assert "Too many failed" in answers[-1].text


def test_a_closed_account_and_a_dropped_token_are_refused_at_once(client):
    person = an_officer()
    first, second = make_token(by=person), make_token(by=person)
    assert me(client, first) == 200
    client.force_login(person)
    digest = AuthToken.objects.get(token_key=first[:15]).digest
    client.post(reverse("drop_token", args=[digest]))
    client.logout()
    assert (me(client, first), me(client, second)) == (401, 200)
    client.force_login(person)
    close_account(person, by=an_admin(), reason="Left.")
    assert me(client, second) == 401
    assert client.get("/desk/").status_code == 302


def me(client, token):
    return client.get("/api/people/me/", headers={"Authorization": f"Token {token}"}).status_code


def test_what_somebody_may_see_follows_the_role_of_this_moment(client):
    person = an_officer()
    client.force_login(person)
    assert client.get("/promises/").status_code == 200
    now_only(person, "EVALUATOR")
    assert client.get("/promises/").status_code == 404


def test_tokens_of_others_cannot_be_dropped(client):
    make_token(by=an_officer())
    client.force_login(an_applicant())
    assert client.post(reverse("drop_token", args=[AuthToken.objects.get().digest])).status_code == 409
    assert AuthToken.objects.count() == 1


@pytest.mark.parametrize("name", ["next", "redirect"])
@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_elsewhere(client, name, address):
    person = an_officer()
    person.set_password(PASSWORD)
    person.save()
    words = {"login": person.email, "password": PASSWORD, name: address}
    answer = client.post(f"/accounts/login/?{name}={address}", words)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/")


def test_another_host_is_refused(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_every_form_needs_its_own_page():
    client = Client(enforce_csrf_checks=True)
    client.force_login(an_officer())
    for address in ("/calls/new/", "/tokens/new/", "/api/calls/", "/accounts/logout/", "/accounts/password/change/"):
        assert client.post(address, {}).status_code == 403


def test_an_address_nobody_could_print_is_noted_all_the_same(client):
    client.force_login(an_officer())
    answer = client.get("/calls/?format=csv&junk=a%00b%07")
    assert answer.status_code == 200
    asked = AuditRecord.objects.get(act="download").changes["asked"][1]
    assert asked == {"format": "csv", "junk": "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"}
