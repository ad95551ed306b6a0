"""Signing in by OpenID Connect, with a real provider on loopback: connected by its person, never by an address."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from urllib3 import PoolManager

from accounts.actions import accept_invitation, close_account, connect_identity, disconnect_identity, hash_of
from accounts.models import Identity, Invitation, Session, Token, User
from accounts.roles import Role
from audit.models import AuditRecord, Look
from core import clock
from core.errors import NotAllowed, WrongState
from promises.models import Mail
from tests.accounts.browsers import away, signed_in
from tests.accounts.provider import CLIENT, SECRET
from tests.accounts.test_recognition import with_a_password
from tests.browser import NARROW, WIDE, Visitor
from tests.factories import PASSWORD, an_admin, an_applicant, an_officer

pytestmark = pytest.mark.django_db
HTTP = PoolManager()


@pytest.fixture(scope="module")
def process():
    with subprocess.Popen([sys.executable, "-m", "tests.accounts.provider"], stdout=subprocess.PIPE, text=True) as one:
        yield one.stdout.readline().strip()
        one.terminate()


@pytest.fixture
def there(process, settings):
    """The provider's address, with what it is told to do put back; and the house that knows of it."""
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = process, CLIENT, SECRET
    settings.SITE_URL = "http://testserver"
    cache.clear()
    turn(process)
    yield process
    cache.clear()


@pytest.fixture
def me():
    return with_a_password(an_applicant(email="me@example.eu"))


def turn(there, **knobs):
    HTTP.request("PUT", f"{there}/knobs", body=json.dumps(knobs))


def asked(there):
    return json.loads(HTTP.request("GET", f"{there}/asked").data)


def leads_to(answer):
    assert answer.status_code == 302, answer.content.decode()[-800:]
    return answer.url


def the_way(answer):
    """From where the house leads to where the provider leads back, as (address, query)."""
    found = HTTP.request("GET", leads_to(answer), redirect=False).headers["Location"]
    assert found.startswith("http://testserver/provider/back/?")
    return found.removeprefix("http://testserver")


def comes_in(client, **posted):
    return client.get(the_way(client.post("/provider/", posted)))


def connected(person, there, subject="jdoe"):
    return connect_identity(Identity(person=person, issuer=there, subject=subject), by=person)


def is_in(client):
    return client.get("/desk/").status_code == 200


def sentence(answer, words):
    assert words in answer.text, answer.text[answer.text.find("<main") :][:1500]


# without a provider nothing of it is there


def test_without_a_provider_there_is_no_button_and_no_page_answers(client, me):
    assert "EU Login" not in client.get("/accounts/login/").text
    for address in ("/provider/", "/provider/back/", "/provider/join/"):
        assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}
    mine = signed_in(me)
    assert "EU Login" not in mine.get("/accounts/2fa/").text
    for address in ("/identity/", "/identity/connect/", "/identity/disconnect/", "/identity/again/"):
        assert {mine.get(address).status_code, mine.post(address).status_code} <= {404, 405}
    assert client.post("/provider/").status_code == 404
    assert "form-action 'self';" in client.get("/accounts/login/").headers["Content-Security-Policy"] + ";"


# connected by its person


def test_connected_signed_in_with_and_disconnected(client, there, me):
    mine = signed_in(me)
    sentence(mine.get("/accounts/2fa/"), "EU Login")
    sentence(mine.get("/identity/"), "Not connected")
    back = mine.get(the_way(mine.post("/identity/connect/")), follow=True)
    sentence(back, "Your account is connected with EU Login")
    sentence(back, "jdoe")

    page = client.get("/accounts/login/?next=/calls/")
    sentence(page, "Go on with EU Login")
    assert there not in page.text, "no outside address in a page"
    assert f"form-action 'self' {there}" in page.headers["Content-Security-Policy"]
    assert leads_to(comes_in(client, next="/calls/")) == "/calls/"
    assert is_in(client)
    assert Look.objects.filter(kind="SIGN_IN", person_id=str(me.pk)).count() == 1
    assert Session.objects.of(me).count() == 2

    answer = mine.post("/identity/disconnect/", {"stamp": 0}, follow=True)
    sentence(answer, "not connected any more")
    assert [is_in(mine), is_in(client)] == [True, False], "whoever came in by it is signed out"
    sentence(comes_in(client), "nobody here is connected")
    acts = AuditRecord.objects.filter(subject_type="accounts.identity").order_by("sequence")
    assert [one.act for one in acts] == ["identity.connect", "identity.disconnect"]
    assert acts[0].changes["subject"] == [None, "jdoe"]
    assert Mail.objects.filter(to=me.email).count() == 2


def test_the_provider_is_asked_for_code_pkce_nonce_and_state_and_each_way_has_its_own(client, there, me):
    connected(me, there)
    comes_in(client)
    comes_in(Client())
    (one, other) = [query for _method, path, query in asked(there) if path == "/authorize"]
    assert (one["response_type"], one["code_challenge_method"], one["scope"]) == ("code", "S256", "openid")
    assert one["redirect_uri"] == "http://testserver/provider/back/"
    for name in ("state", "nonce", "code_challenge"):
        assert len(one[name]) >= 43
        assert one[name] != other[name]
    verifiers = [form["code_verifier"] for method, _path, form in asked(there) if method == "POST"]
    assert len(set(verifiers)) == 2


def test_to_another_site_nobody_is_led(client, there, me):
    connected(me, there)
    assert leads_to(comes_in(client, next="https://evil.example/")) == "/desk/"


def test_who_connects_shows_first_who_it_is(there, me):
    mine = signed_in(me)
    away(mine, minutes=16)
    answer = mine.post("/identity/connect/", headers={"accept": "text/html"})
    assert answer.url.startswith("/accounts/reauthenticate/")


def test_a_program_and_a_stranger_connect_nothing(there, me):
    with pytest.raises(NotAllowed):
        connect_identity(Identity(person=me, issuer=there, subject="x"), by=an_admin())
    identity = connected(me, there)
    with pytest.raises(NotAllowed):
        disconnect_identity(identity, by=an_admin())


def test_an_administrator_cuts_it_off_with_a_reason_and_nobody_else_does(client, there, me):
    identity = connected(me, there)
    comes_in(client)
    cut = f"/identities/{identity.pk}/cut/"
    for other, status in [(an_officer(), 404), (an_applicant(organisation=me.organisation), 404), (me, 403)]:
        assert signed_in(other).post(cut, {"reason": "I wish to."}).status_code == status
    admin = signed_in(an_admin())
    assert "jdoe" not in signed_in(an_applicant(organisation=me.organisation)).get(f"/people/{me.pk}/").text
    sentence(admin.get(f"/people/{me.pk}/"), "jdoe")
    assert admin.post(cut, {"stamp": 0}).status_code == 400, "no reason"
    for step in ("connect", "disconnect"):
        assert admin.post(f"/identities/{identity.pk}/{step}/", {"stamp": 0}).status_code == 404
    assert leads_to(admin.post(cut, {"reason": "The account there was taken over.", "stamp": 0})) == "/identity/"
    assert (is_in(client), comes_in(client).status_code) == (False, 403)
    record = AuditRecord.objects.get(act="identity.cut")
    assert record.reason == "The account there was taken over."
    assert User.objects.get(pk=me.pk).roles == me.roles
    sentence(admin.get(f"/people/{me.pk}/"), "jdoe")  # what was done, said once
    assert "another provider" not in admin.get(f"/people/{me.pk}/").text


# who is not let in


def test_an_equal_address_opens_nothing(client, there, me):
    turn(there, sub="somebody else", claims={"email": me.email, "email_verified": True})
    answer = comes_in(client)
    assert answer.status_code == 403
    sentence(answer, "invitation")
    connected(me, there)
    sentence(comes_in(client), "nobody here is connected")
    turn(there, sub="jdoe", claims={"email": "another@example.eu", "email_verified": False})
    assert leads_to(comes_in(client)) == "/desk/", "the identity is who somebody is, whatever the address"


def test_the_unknown_make_no_account_and_are_noted_without_who_they_are(client, there):
    before = User.objects.count()
    comes_in(client)
    assert User.objects.count() == before
    (look,) = Look.objects.filter(kind="SIGN_IN_FAILED")
    assert (look.subject_type, "jdoe" in str(look.__dict__)) == ("identity", False)


def test_the_departed_are_refused_with_the_words_for_a_password(client, there, me):
    connected(me, there)
    other = with_a_password(an_applicant(organisation=me.organisation))
    close_account(me, by=an_admin(), reason="Left.", successor=other.email)
    by_password = client.post("/accounts/login/", {"login": me.email, "password": PASSWORD}, follow=True)
    by_provider = client.get(comes_in(client).url)
    heading = by_password.text.partition("<h1")[2].partition("</h1>")[0]
    assert heading
    assert heading in by_provider.text
    assert not is_in(client)
    assert Look.objects.filter(kind="SIGN_IN_FAILED", person_id=str(me.pk)).exists()


def test_whoever_has_no_role_any_more_sees_what_it_sees_by_password(client, there, me):
    connected(me, there)
    me.memberships.all().delete()
    comes_in(client)
    by_password = Client()
    by_password.post("/accounts/login/", {"login": me.email, "password": PASSWORD})
    for address in ("/applications/", "/desk/"):
        one, other = (who.get(address).status_code for who in (client, by_password))
        assert one == other


def test_an_identity_is_one_person_and_a_person_has_one(there, me):
    connected(me, there)
    other = signed_in(an_applicant())
    answer = other.get(the_way(other.post("/identity/connect/")))
    assert answer.status_code == 409
    sentence(answer, "connected with an account already")
    mine = signed_in(me)
    turn(there, sub="my second")
    answer = mine.get(the_way(mine.post("/identity/connect/")))
    sentence(answer, "Disconnect that one first")


def test_an_identity_of_a_provider_of_before_opens_nothing(client, there, me):
    connected(me, "https://before.example.eu")
    assert comes_in(client).status_code == 403


# false answers


STRANGE = {
    "another nonce": {"claims": {"nonce": "of another sign-in"}},
    "no nonce": {"drop": ["nonce"]},
    "another program's": {"claims": {"aud": "another program"}},
    "several programs', unsaid whose": {"claims": {"aud": [CLIENT, "another"]}},
    "several programs', another's": {"claims": {"aud": [CLIENT, "another"], "azp": "another"}},
    "another issuer": {"claims": {"iss": "https://evil.example"}},
    "of an hour ago": {"claims": {"iat": 1_000_000, "exp": 1_000_300}},
    "of tomorrow": {"claims": {"iat": 5_000_000_000}},
    "without an end": {"drop": ["exp"]},
    "of nobody": {"drop": ["sub"]},
    "of a number": {"claims": {"sub": 7}},
    "unsigned": {"alg": "none"},
    "signed with the public key as a secret": {"alg": "HS256"},
    "signed with a key it does not show": {"key": "strange"},
    "signed by a stranger in its name": {"key": "strange", "shown_keys": ["second"]},
    "from another issuer in the address": {"answer": {"iss": "https://evil.example"}},
    "a refusal": {"answer": {"error": "access_denied"}},
}


@pytest.mark.parametrize("strange", STRANGE)
def test_an_answer_that_cannot_be_believed_opens_nothing(client, there, me, strange):
    connected(me, there)
    turn(there, **STRANGE[strange])
    answer = comes_in(client)
    assert answer.status_code == 400
    sentence(answer, "could not be accepted")
    assert not is_in(client)
    turn(there)
    assert leads_to(comes_in(client)) == "/desk/", "the plain answer opens"


def test_an_answer_counts_once_and_in_the_browser_that_asked(client, there, me):
    connected(me, there)
    way = the_way(client.post("/provider/"))
    assert Client().get(way).status_code == 403, "another browser"
    assert leads_to(client.get(way)) == "/desk/"
    client.post("/accounts/logout/")
    again = client.get(way)
    assert (again.status_code, is_in(client)) == (403, False)
    code = parse_qs(urlsplit(way).query)["code"][0]
    new = parse_qs(urlsplit(client.post("/provider/").url).query)["state"][0]
    assert client.get("/provider/back/", {"code": code, "state": new}).status_code == 400, "a code of before"
    way = the_way(client.post("/provider/"))
    assert client.get("/provider/back/", {"code": "x", "state": "guessed"}).status_code == 403
    assert client.get(way).status_code == 403, "a wrong guess ends it"


def test_somebody_elses_answer_is_connected_with_nobody(there, me):
    """A page of a stranger that sends a browser to the way back with the stranger's own code and state."""
    theirs, mine = signed_in(an_applicant()), signed_in(me)
    way = the_way(theirs.post("/identity/connect/"))
    assert mine.get(way).status_code == 403
    assert not Identity.objects.exists()


def test_whoever_has_signed_in_meanwhile_stays_who_it_is(client, there, me):
    connected(me, there)
    other, way = with_a_password(an_applicant()), the_way(client.post("/provider/"))
    client.post("/accounts/login/", {"login": other.email, "password": PASSWORD})
    assert leads_to(client.get(way)) == "/desk/"
    assert client.session["_auth_user_id"] == str(other.pk)


def test_whoever_waited_long_begins_again(client, there, me):
    connected(me, there)
    way = the_way(client.post("/provider/"))
    session = client.session
    session["provider"] |= {"at": (clock.now() - timedelta(minutes=11)).isoformat()}
    session.save()
    assert client.get(way).status_code == 403


def test_pkce_is_held_by_the_provider(client, there, me):
    connected(me, there)
    way = the_way(client.post("/provider/"))
    session = client.session
    session["provider"] |= {"verifier": "of somebody who has caught the code alone, and no more"}
    session.save()
    assert client.get(way).status_code == 400


def test_keys_change(client, there, me):
    connected(me, there)
    assert leads_to(comes_in(client)) == "/desk/"
    turn(there, key="second", shown_keys=["first", "second"])
    assert leads_to(comes_in(Client())) == "/desk/"
    turn(there, key="first", shown_keys=["second"])
    turn(there, key="strange", shown_keys=["second"])
    assert comes_in(Client()).status_code == 400


# the provider itself


@pytest.mark.parametrize("said", [
    {"issuer": "https://evil.example"}, {"token_endpoint": "http://169.254.169.254/latest"}, {"jwks_uri": "file:///etc"},
    {"authorization_endpoint": "https://evil.example/login"}, {"jwks_uri": None},
])  # fmt: skip
def test_nothing_is_fetched_and_nobody_sent_elsewhere_than_to_the_issuer(client, there, said):
    turn(there, said=said)
    assert client.post("/provider/").status_code == 400
    assert [path for _method, path, _query in asked(there) if path != "/asked"] == ["/.well-known/openid-configuration"]


def test_a_provider_that_is_away_or_slow_is_a_plain_page(client, there, settings, monkeypatch):
    monkeypatch.setattr("accounts.provider.LONGEST", 1)
    turn(there, slow=3)
    began = clock.now()
    answer = client.post("/provider/")
    assert (answer.status_code, clock.now() - began < timedelta(seconds=2.5)) == (503, True)
    sentence(answer, "does not answer. Try again in some minutes, or sign in with your password")
    began = clock.now()
    assert client.post("/provider/").status_code == 503
    assert clock.now() - began < timedelta(seconds=1), "the next does not wait"
    cache.clear()
    settings.OIDC_ISSUER = "http://127.0.0.1:9"
    assert client.post("/provider/").status_code == 503


def test_whoever_tries_often_waits(client, there):
    for _try in range(5):
        assert comes_in(client).status_code == 403
    assert comes_in(client).status_code == 429


# another program's provider


@pytest.fixture(scope="module")
def another():
    """`oidc-provider-mock`, which knows nothing of us; it asks who somebody is by a form."""
    script = (
        "from oidc_provider_mock import app; from werkzeug.serving import make_server\n"
        "server = make_server('127.0.0.1', 0, app(require_nonce=True), threaded=True)\n"
        "print(f'http://127.0.0.1:{server.server_port}', flush=True); server.serve_forever()"
    )
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env=os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1"},
    ) as one:  # fmt: skip
        yield one.stdout.readline().strip()
        one.terminate()


def test_with_a_provider_that_others_wrote(client, there, another, settings, me):
    settings.OIDC_ISSUER = another
    connected(me, another, subject="ada@example.eu")
    for subject, status in [("ada@example.eu", 302), ("eve@example.eu", 403)]:
        asked_there = client.post("/provider/").url
        page = HTTP.request("POST", asked_there, fields={"sub": subject}, encode_multipart=False, redirect=False)
        found = client.get(page.headers["Location"].removeprefix("http://testserver"))
        assert found.status_code == status, found.text
        assert is_in(client) == (status == 302)
        client.post("/accounts/logout/")


# in a browser


@pytest.mark.browser
@pytest.mark.usefixtures("transactional_db")
def test_in_a_browser_there_and_back_by_keyboard_and_eye(new_context, live_server, there, settings):
    """The policy of the page lets its form lead there; without the provider's place in it the browser would not go."""
    settings.SITE_URL = live_server.url
    person, complaints = with_a_password(an_applicant(email="ada@example.eu")), []
    for screen in (WIDE, NARROW):
        visitor = Visitor(new_context(viewport=screen, base_url=live_server.url), complaints)
        connects(visitor, person)
        comes_and_goes(visitor)
    assert complaints == []


def connects(visitor, person):
    visitor.goes_to("/accounts/login/")
    visitor.looks()
    visitor.writes({"login": person.email, "password": PASSWORD})
    visitor.presses("Sign in")
    visitor.goes_to("/accounts/2fa/")
    visitor.sees("EU Login")
    visitor.goes_to("/identity/")
    visitor.looks()
    visitor.presses("Connect EU Login")
    visitor.sees("Your account is connected with EU Login")
    visitor.looks()


def comes_and_goes(visitor):
    visitor.page.context.clear_cookies()
    visitor.goes_to("/accounts/login/?next=/identity/")
    visitor.presses("Go on with EU Login")
    visitor.sees("jdoe")
    visitor.goes_to("/identity/again/?next=/identity/")
    visitor.looks()
    visitor.presses("Go on with EU Login")
    visitor.goes_to("/accounts/logout/")
    visitor.sees("you are still signed in there")
    visitor.goes_to("/identity/")
    visitor.presses("Disconnect")
    visitor.sees("not connected any more")


# the second factor, and what binds


@pytest.fixture
def officer(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    person = with_a_password(an_officer())
    TOTP.activate(person, generate_totp_secret())
    return person


def test_the_second_factor_is_asked_for_here_whatever_the_provider_says(client, there, officer):
    connected(officer, there)
    turn(there, claims={"acr": "high", "amr": ["pwd", "mfa"]})
    assert leads_to(comes_in(client)) == "/accounts/2fa/authenticate/"
    assert not is_in(client)


@pytest.mark.parametrize(("claims", "after"), [
    ({"amr": ["pwd", "mfa"]}, "/desk/"),
    ({"acr": "high"}, "/desk/"),
    ({"amr": ["pwd"]}, "/accounts/2fa/authenticate/"),
    ({"amr": "mfa"}, "/accounts/2fa/authenticate/"),
    ({}, "/accounts/2fa/authenticate/"),
])  # fmt: skip
def test_unless_whoever_runs_the_house_trusts_its_word_of_two(client, there, officer, settings, claims, after):
    settings.OIDC_TWO_FACTORS = ["mfa", "high"]
    connected(officer, there)
    turn(there, claims=claims)
    assert leads_to(comes_in(client)) == after
    assert is_in(client) == (after == "/desk/")


def test_who_owes_a_factor_still_owes_it(client, there, officer):
    officer.authenticator_set.all().delete()
    connected(officer, there)
    comes_in(client)
    assert client.get("/desk/").url == "/accounts/2fa/totp/activate/"


def test_a_sign_in_of_hours_ago_over_there_is_not_taken_for_one_of_now(client, there, me):
    """Whoever finds an open browser comes in by one click; what binds asks for more."""
    connected(me, there)
    turn(there, claims={"auth_time": int((clock.now() - timedelta(hours=3)).timestamp())})
    comes_in(client)
    answer = client.post("/tokens/new/", {"name": "x", "days": "30"}, headers={"accept": "text/html"})
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert not Token.objects.exists()


def test_whoever_has_no_password_is_asked_anew_by_the_provider(client, there, settings):
    person = an_applicant()
    connected(person, there)
    hours_ago = int((clock.now() - timedelta(hours=3)).timestamp())
    turn(there, claims={"auth_time": hours_ago})
    comes_in(client)
    answer = client.post("/tokens/new/", {"name": "x", "days": "30"}, headers={"accept": "text/html"})
    assert answer.url.startswith("/identity/again/")
    sentence(client.get("/identity/again/?next=/tokens/"), "asks you anew")
    answer = client.get(the_way(client.post("/identity/again/", {"next": "/tokens/"})))
    sentence(answer, "did not ask anew")
    turn(there, drop=["auth_time"])
    assert client.get(the_way(client.post("/identity/again/"))).status_code == 403
    turn(there, sub="another")
    assert client.get(the_way(client.post("/identity/again/"))).status_code == 403
    turn(there)
    answer = client.get(the_way(client.post("/identity/again/", {"next": "/tokens/"})))
    (query,) = [query for _method, path, query in asked(there) if path == "/authorize"]
    assert (leads_to(answer), query["prompt"], query["max_age"]) == ("/tokens/", "login", "0")
    client.post("/tokens/new/", {"name": "x", "days": "30"})
    assert Token.objects.filter(person=person).exists()


# invited, without a password


SECRET_LINK = "the secret of the mail"


@pytest.fixture
def invitation():
    return Invitation.objects.create(
        email="new@example.eu", role=Role.EVALUATOR, entity="HOME.D.2", invited_by=an_admin(), status="SENT",
        secret_hash=hash_of(SECRET_LINK), expires_at=clock.now() + timedelta(days=3),
    )  # fmt: skip


def test_an_invitation_followed_to_its_end_ties_the_identity(client, there, invitation):
    sentence(client.get(f"/invitations/{SECRET_LINK}/"), "Or without a password")
    assert comes_in(client, invitation="guessed") is not None if False else True
    turn(there, claims={"email": "another@example.eu"})
    assert leads_to(comes_in(client, invitation=SECRET_LINK)) == "/provider/join/"
    sentence(client.get("/provider/join/"), "jdoe")
    assert not User.objects.filter(email="new@example.eu").exists(), "coming back makes nobody"
    assert client.post("/provider/join/", {"name": ""}).status_code == 400
    assert leads_to(client.post("/provider/join/", {"name": "New Evaluator"})) == "/desk/"
    person = User.objects.get(email="new@example.eu")
    assert (person.has_usable_password(), person.role, is_in(client)) == (False, Role.EVALUATOR, True)
    assert leads_to(comes_in(Client())) == "/desk/"
    assert client.get("/provider/join/").status_code == 404


def test_the_last_way_in_stays_until_a_mail_brings_a_password(client, there, invitation, mailoutbox):
    new = User(email=invitation.email, name="New")
    accept_invitation(invitation, by=new, identity=Identity(issuer=there, subject="jdoe"))
    comes_in(client)
    sentence(client.get("/identity/"), "only way in")
    assert client.post("/identity/disconnect/").status_code == 409
    assert client.get("/accounts/password/set/").url == "/accounts/password/reset/"
    visitor = Client()
    visitor.post("/accounts/password/reset/", {"email": new.email})
    (link,) = re.findall(r"/accounts/password/reset/key/[^\s]+", mailoutbox[-1].body)
    page = visitor.get(link, follow=True)
    visitor.post(page.redirect_chain[-1][0], {"password1": "A wholly new secret", "password2": "A wholly new secret"})
    identity = Identity.objects.get()
    disconnect_identity(identity, by=User.objects.get(pk=new.pk))
    with pytest.raises(WrongState):
        disconnect_identity(identity, by=User.objects.get(pk=new.pk))


def test_an_invitation_needs_the_secret_and_an_identity_that_is_free(client, there, me, invitation):
    assert client.post("/provider/", {"invitation": "guessed"}).status_code == 404
    connected(me, there)
    assert comes_in(client, invitation=SECRET_LINK).status_code == 409
    assert client.get("/provider/join/").status_code == 404
    Invitation.objects.update(expires_at=clock.now())
    assert client.post("/provider/", {"invitation": SECRET_LINK}).status_code == 404


def test_without_a_factor_or_password_an_open_browser_adds_no_factor(client, there, me):
    me.set_unusable_password()
    me.save()
    connected(me, there)
    turn(there, claims={"auth_time": int((clock.now() - timedelta(hours=3)).timestamp())})
    comes_in(client)
    answer = client.get("/accounts/2fa/totp/activate/", headers={"accept": "text/html"})
    assert answer.url.startswith("/identity/again/")
