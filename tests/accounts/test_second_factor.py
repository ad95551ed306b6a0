"""Whoever judges, decides, audits or keeps the accounts has a second factor, or gets no further than setting it up."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import make_token
from accounts.roles import Role
from core.errors import NotAllowed
from tests.factories import (
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
