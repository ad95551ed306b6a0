"""Whoever judges, decides, audits or keeps the accounts has a second factor, or gets no further than setting it up."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import make_token
from accounts.roles import Role
from audit.models import AuditRecord
from core.errors import NotAllowed
from tests.accounts.browsers import signed_in
from tests.accounts.test_recognition import with_a_password
from tests.factories import (
    PASSWORD,
    a_national_auditor,
    an_admin,
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
    now_only,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def with_an_app(person):
    TOTP.activate(person, generate_totp_secret())
    return person


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("maker", [an_officer, an_authorising_officer, an_auditor, a_national_auditor, an_admin])
def test_without_a_second_factor_a_role_leads_to_setting_it_up(client, maker):
    client.force_login(maker())
    for address in ("/desk/", "/calls/", "/accounts/password/change/"):
        assert client.get(address).url == "/accounts/2fa/totp/activate/"
    assert client.post("/unsent/forget/").url == "/accounts/2fa/totp/activate/"


@pytest.mark.usefixtures("required")
@pytest.mark.parametrize("maker", [an_applicant, an_evaluator])
def test_who_needs_none_goes_on(client, maker):
    client.force_login(maker())
    assert client.get("/desk/").status_code == 200


@pytest.mark.usefixtures("required")
def test_with_one_the_role_goes_on_and_cannot_switch_it_off(client):
    officer = with_an_app(an_officer())
    client.force_login(officer)
    assert client.get("/desk/").status_code == 200
    assert not get_adapter().can_delete_authenticator(officer.authenticator_set.get())
    with CaptureQueriesContext(connection) as asked:
        client.get("/calls/")
    assert not [one for one in asked if "mfa_authenticator" in one["sql"]]


@pytest.mark.usefixtures("required")
def test_a_role_that_comes_later_asks_for_it_in_the_same_session(client):
    person = an_evaluator()
    client.force_login(person)
    assert client.get("/desk/").status_code == 200
    now_only(person, Role.OFFICER)
    assert client.get("/desk/").url == "/accounts/2fa/totp/activate/"


@pytest.mark.usefixtures("required")
def test_no_token_without_it():
    with pytest.raises(NotAllowed, match="second factor"):
        make_token(by=an_officer())
    assert make_token(by=with_an_app(an_officer()))


def test_where_passwords_are_printed_none_is_asked_for(client):
    client.force_login(an_officer())
    assert client.get("/desk/").status_code == 200


# what the trail tells


def told_of(person):
    return [one.changes["second factors"] for one in records_of(person)]


def records_of(person):
    return AuditRecord.objects.of_chain(person.chain).filter(act="user.change_factors")


@pytest.mark.usefixtures("required")
def test_what_is_set_up_drawn_anew_and_removed_is_on_record_without_any_secret():
    officer = with_a_password(an_officer())
    client = known(officer)
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    assert client.post("/accounts/2fa/totp/activate/", {"code": "000000"}).status_code == 200
    assert told_of(officer) == [], "a wrong code sets nothing up"
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    client.post("/accounts/2fa/recovery-codes/generate/")
    first, anew = told_of(officer)
    assert first[0] == []
    assert [one.partition(" of ")[0] for one in first[1]] == ["code from an app", "recovery codes"]
    assert anew[0] == first[1]
    assert {one.actor_id for one in records_of(officer)} == {str(officer.pk)}
    assert not [one for one in records_of(officer) if secret in str(one.changes)]


def test_a_passkey_renamed_and_removed_is_on_record():
    person = with_a_password(an_applicant())
    data = {"name": "Yellow key", "credential": {"clientExtensionResults": {}}}
    key = Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)
    client = known(person)
    client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/edit/", {"name": "Blue key"})
    client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")
    assert told_of(person) == [[["passkey “Yellow key”"], ["passkey “Blue key”"]], [["passkey “Blue key”"], []]]


def known(person):
    client = signed_in(person)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


@pytest.mark.usefixtures("required")
def test_the_code_that_set_the_app_up_signs_nobody_in():
    """Whoever looked over the shoulder has it too, for the rest of its seconds."""
    officer = with_a_password(an_officer())
    client = known(officer)
    code = code_of(client.get("/accounts/2fa/totp/activate/").context["form"].secret)
    client.post("/accounts/2fa/totp/activate/", {"code": code})

    assert not TOTP(officer.authenticator_set.get(type="totp")).validate_code(code)
