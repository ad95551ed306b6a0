"""Passkeys beside the code from an app: added by name, asked for at the sign-in and before what binds, removed."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from tests.accounts.browsers import signed_in
from tests.accounts.test_recognition import with_a_password
from tests.accounts.test_second_factor import required, with_an_app  # noqa: F401 - a fixture
from tests.browser import WIDE, Visitor
from tests.factories import PASSWORD, an_applicant, an_officer

pytestmark = pytest.mark.django_db
KEYS = "/accounts/2fa/webauthn/"


def with_a_passkey(person, name="Yellow key"):
    data = {"name": name, "credential": {"clientExtensionResults": {}}}
    Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)
    return person


def removes(client, person, which=0):
    passkeys = person.authenticator_set.filter(type="webauthn").order_by("pk")
    return client.post(f"/accounts/2fa/webauthn/keys/{passkeys[which].pk}/remove/")


@pytest.fixture
def officer():
    return with_a_password(an_officer())


@pytest.fixture
def known(officer):
    client = signed_in(officer)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.usefixtures("required")
def test_the_last_second_factor_of_whoever_must_have_one_stays(officer, known):
    with_a_passkey(officer)
    refused = removes(known, officer)
    assert (refused.status_code, "your last second factor" in refused.text) == (403, True)
    with_a_passkey(officer, "Blue key")
    assert removes(known, officer).status_code == 302
    assert removes(known, officer).status_code == 403
    assert officer.authenticator_set.filter(type="webauthn").count() == 1


@pytest.mark.usefixtures("required")
def test_with_a_passkey_the_code_from_an_app_may_go_and_recovery_codes_are_no_other_factor(officer, known):
    with_an_app(officer)
    Authenticator.objects.create(user=officer, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"})
    known.post("/accounts/2fa/totp/deactivate/")
    assert officer.authenticator_set.filter(type="totp").exists()
    with_a_passkey(officer)
    known.post("/accounts/2fa/totp/deactivate/")
    assert not officer.authenticator_set.filter(type="totp").exists()


def test_whoever_needs_none_removes_the_last_one():
    person = with_a_passkey(with_a_password(an_applicant()))
    client = signed_in(person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert removes(client, person).status_code == 302


def test_nobody_removes_or_renames_somebody_elses(officer, known):
    other = with_a_passkey(an_officer())
    assert removes(known, other).status_code == 404
    key = other.authenticator_set.get().pk
    assert known.post(f"/accounts/2fa/webauthn/keys/{key}/edit/", {"name": "Mine"}).status_code == 404


@pytest.mark.usefixtures("required")
def test_whoever_owes_one_may_add_a_passkey_instead_of_an_app(known):
    assert known.get("/desk/").url == "/accounts/2fa/totp/activate/"
    assert known.get("/accounts/2fa/webauthn/add/").status_code == 200


@pytest.mark.browser
@pytest.mark.usefixtures("transactional_db")
def test_added_used_at_the_sign_in_and_when_asked_again_renamed_and_removed(new_context, live_server):
    """A real browser with a key that exists in its memory alone."""
    cache.clear()
    person = with_a_password(an_applicant())
    context = new_context(viewport=WIDE, base_url=live_server.url.replace("127.0.0.1", "localhost"))
    visitor = Visitor(context, complaints := [])
    plug_in_a_key(context, visitor.page)
    adds(visitor, person)
    context.clear_cookies()
    comes_in_with_it(visitor, person)
    shows_it_again(visitor)
    renames_and_removes(visitor)
    assert complaints == []


def adds(visitor, person):
    sign_in(visitor, person)
    visitor.goes_to(KEYS)
    visitor.sees("None yet.")
    visitor.looks()
    visitor.follows("Add a passkey")
    if "Is it you?" in visitor.text:
        visitor.writes({"password": PASSWORD})
        visitor.presses("Go on")
    visitor.writes({"name": "Yellow key"})
    visitor.looks()
    visitor.presses("Add it")
    visitor.goes_to(KEYS)
    visitor.sees("Yellow key", "never used")
    visitor.looks()


def comes_in_with_it(visitor, person):
    sign_in(visitor, person)
    visitor.sees("The second step")
    visitor.looks()
    visitor.presses("Use the passkey")
    visitor.goes_to(KEYS)
    visitor.sees("Yellow key", "last used")


def shows_it_again(visitor):
    visitor.goes_to(f"{KEYS}reauthenticate/?next={KEYS}")
    visitor.looks()
    visitor.presses("Use the passkey")
    visitor.sees("Yellow key")


def renames_and_removes(visitor):
    visitor.follows("Rename")
    visitor.writes({"name": "Blue key"})
    visitor.presses("Keep the name")
    visitor.sees("Blue key")
    visitor.follows("Remove")
    visitor.looks()
    visitor.presses("Remove it")
    visitor.sees("None yet.")


def plug_in_a_key(context, page):
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip


def sign_in(visitor, person):
    visitor.goes_to("/accounts/login/")
    visitor.writes({"login": person.email, "password": PASSWORD})
    visitor.presses("Sign in")


NO_BROWSERS = ["{}", "[]", "1", "null", "{", '{"id": 1, "response": {}}', '{"rawId": "AA", "response": []}',
               '{"id": "AA", "rawId": "AA", "response": {"clientDataJSON": "AA", "attestationObject": "AA"}}',
               '{"id": "AA", "rawId": "AA", "response": {"clientDataJSON": "AA", "authenticatorData": "AA",'
               ' "signature": "AA"}}']  # fmt: skip


def test_what_no_browser_would_send_is_refused_and_breaks_nothing(client, known, officer):
    for said in NO_BROWSERS:
        known.get(f"{KEYS}add/")
        assert known.post(f"{KEYS}add/", {"name": "x", "credential": said}).status_code < 500, said
    assert not officer.authenticator_set.exists()
    with_an_app(officer)
    client.post("/accounts/login/", {"login": officer.email, "password": PASSWORD})
    for said in NO_BROWSERS:
        client.get("/accounts/2fa/authenticate/")
        assert client.post("/accounts/2fa/authenticate/", {"credential": said}).status_code < 500, said
    assert client.get("/desk/").status_code == 302
