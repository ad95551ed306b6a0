"""Before an act that binds, whoever has shown long ago who it is shows it again, and comes back to what was typed."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.utils import timezone

from accounts.actions import make_token
from accounts.models import Invitation, Membership
from audit.models import AuditRecord
from core import clock
from core.errors import NotRecognised
from core.lives import workflows
from core.recognition import BROWSER
from tests.accounts.browsers import away, signed_in
from tests.factories import PASSWORD, a_call, an_admin, an_evaluator, an_officer

pytestmark = pytest.mark.django_db

HTML = {"accept": "text/html,*/*"}
SENTENCE = "only taken from somebody who has shown within the last 15 minutes who it is"
BINDING = {
    "accounts: user": "sign_out close reopen",
    "accounts: membership": "grant end hand_over",
    "accounts: invitation": "appoint",
    "accounts: token": "make",
    "accounts: identity": "connect disconnect cut",
    "accounts: address change": "ask ask_for second",
    "accounts: access line": "end",
    "programmes: call": "publish publish_correction cancel",
    "evaluation: seat": "sign_record",
    "awards: decision": "decide issue",
    "awards: letter": "replace",
    "awards: redress": "uphold confirm",
}


@pytest.fixture(autouse=True)
def unlimited():
    """Each test begins with no tries counted against its address, and leaves none."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def officer():
    return with_a_password(an_officer(email="marta@example.eu"))


@pytest.fixture
def draft():
    """A call that may be published as it stands."""
    opens = clock.now() + timedelta(days=2)
    closes = opens + timedelta(days=60)
    inform_by = (closes + timedelta(days=140)).date()
    return a_call(status="DRAFT", published_at=None, opens_at=opens, closes_at=closes, inform_by=inform_by)


def with_a_password(person):
    person.set_password(PASSWORD)
    person.save()
    return person


def signs_in(client, person):
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    client.get("/desk/")
    return client


def publishes(client, call, **headers):
    """Presses “Publish” on the page of the call, with a word on why."""
    page = f"http://testserver/calls/{call.pk}/"
    words = {"reason": "Agreed in the unit.", "stamp": call.stamp}
    answer = client.post(f"/calls/{call.pk}/publish/", words, headers=HTML | {"referer": page} | headers)
    call.refresh_from_db()
    return answer


# which acts


def test_the_acts_that_bind():
    found = {title: " ".join(step.name for step in table.steps.values() if step.binds) for title, table in workflows()}
    assert {title: names for title, names in found.items() if names} == BINDING


@pytest.fixture
def at(request):
    """A browser whose person has shown so many minutes ago who it is; none for None."""
    ago = request.param
    browser = ago and SimpleNamespace(recognised_at=timezone.now() - timedelta(minutes=ago))
    acting = BROWSER.set(browser)
    yield
    BROWSER.reset(acting)


@pytest.mark.usefixtures("at")
@pytest.mark.parametrize("at", [16], indirect=True)
def test_each_of_them_asks_and_no_other():
    for _title, table in workflows():
        for step in table.steps.values():
            if not step.binds:
                step.require_word(None, "because")
                continue
            with pytest.raises(NotRecognised, match="who it is"):
                step.require_word(None, "because")


@pytest.mark.usefixtures("at")
@pytest.mark.parametrize("at", [None, 14], indirect=True)
def test_nobody_is_asked_who_was_asked_just_now_nor_what_is_no_browser():
    for _title, table in workflows():
        for step in table.steps.values():
            step.require_word(None, "because")


# on the page


def test_who_signed_in_just_now_is_not_asked(client, officer, draft):
    assert publishes(signs_in(client, officer), draft).url == f"/calls/{draft.pk}/"
    assert draft.status == "PUBLISHED"


def test_who_signed_in_long_ago_is_asked_and_comes_back_to_what_was_typed(client, officer, draft):
    away(signs_in(client, officer), minutes=16)
    asked = publishes(client, draft)
    assert asked.url == f"/accounts/reauthenticate/?next=/calls/{draft.pk}/"
    assert SENTENCE in client.get(asked.url).text

    answer = client.post(asked.url, {"password": PASSWORD, "next": f"/calls/{draft.pk}/"})
    assert answer.url == f"/calls/{draft.pk}/"
    page = client.get(answer.url).text
    assert "You were asked who you are before this could be done" in page
    assert "Agreed in the unit." in page
    draft.refresh_from_db()
    assert draft.status == "DRAFT", "coming back is no act"
    assert not AuditRecord.objects.filter(act="call.publish").exists()

    assert publishes(client, draft).url == f"/calls/{draft.pk}/"
    assert draft.status == "PUBLISHED"
    assert "You were asked who you are" not in client.get("/desk/").text


def test_a_wrong_password_opens_nothing(client, officer, draft):
    away(signs_in(client, officer), minutes=16)
    asked = publishes(client, draft)
    assert client.post(asked.url, {"password": "a wrong one, and long"}).status_code == 200
    assert publishes(client, draft).url == asked.url
    assert draft.status == "DRAFT"


def test_who_has_a_second_factor_is_asked_for_its_code(officer, draft):
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    client = signed_in(officer)
    client.get("/desk/")
    away(client, minutes=16)
    asked = publishes(client, draft)
    assert asked.url == f"/accounts/2fa/reauthenticate/?next=/calls/{draft.pk}/"
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post(asked.url, {"code": code, "next": f"/calls/{draft.pk}/"}).url == f"/calls/{draft.pk}/"
    assert publishes(client, draft).url == f"/calls/{draft.pk}/"
    assert draft.status == "PUBLISHED"


def test_what_stood_in_a_form_comes_back_too(client):
    admin, person = with_a_password(an_admin(email="ingrid@example.eu")), an_evaluator()
    away(signs_in(client, admin), minutes=16)
    address = f"/people/{person.pk}/roles/new/"
    answer = client.post(
        address, {"role": "AUDITOR", "entity": "HOME.D.7"}, headers=HTML | {"referer": f"http://testserver{address}"}
    )  # fmt: skip
    assert answer.url == f"/accounts/reauthenticate/?next={address}"
    assert Membership.objects.filter(person=person).count() == 1
    client.post(answer.url, {"password": PASSWORD, "next": address})
    assert "HOME.D.7" in client.get(address).text
    assert client.post(address, {"role": "AUDITOR", "entity": "HOME.D.7"}, headers=HTML).url == f"/people/{person.pk}/"


def test_the_limit_is_a_setting(client, officer, draft, settings):
    settings.RECOGNISED_MINUTES = 30
    away(signs_in(client, officer), minutes=29)
    assert publishes(client, draft).url == f"/calls/{draft.pk}/"


def test_what_binds_nobody_asks_nothing(client, officer):
    away(signs_in(client, officer), minutes=50)
    assert client.post(f"/people/{officer.pk}/name/", {"name": "Marta Nová", "stamp": officer.stamp}).status_code == 302
    officer.refresh_from_db()
    assert officer.name == "Marta Nová"


def test_whoever_may_not_is_told_that_and_not_asked(client, draft):
    evaluator = with_a_password(an_evaluator())
    away(signs_in(client, evaluator), minutes=16)
    with pytest.raises(NotRecognised):
        make_with_browser(client, evaluator)
    assert publishes(client, draft).status_code in {403, 404}


def make_with_browser(client, person):
    acting = BROWSER.set(client.session)
    try:
        make_token(by=person)
    finally:
        BROWSER.reset(acting)


def test_a_script_is_told_in_the_same_sentence(client, officer, draft):
    away(signs_in(client, officer), minutes=16)
    answer = publishes(client, draft, accept="*/*")
    assert (answer.status_code, SENTENCE in answer.text, draft.status) == (403, True, "DRAFT")


def test_who_has_nothing_to_show_is_told_so(officer, draft):
    officer.set_unusable_password()
    officer.save()
    client = signed_in(officer)
    away(client, minutes=16)
    answer = publishes(client, draft)
    assert (answer.status_code, SENTENCE in answer.text, draft.status) == (403, True, "DRAFT")


# programs


def test_the_api_says_the_same_sentence_to_an_old_session(client, officer, draft):
    away(signs_in(client, officer), minutes=16)
    answer = client.post(f"/api/calls/{draft.pk}/steps/publish/")
    draft.refresh_from_db()
    assert (answer.status_code, draft.status) == (403, "DRAFT")
    assert SENTENCE in answer.json()["detail"]


def test_a_program_with_a_token_is_not_asked_even_with_an_old_cookie_beside_it(client, officer, draft):
    token = make_token(by=officer)
    away(signs_in(client, officer), minutes=16)
    answer = client.post(f"/api/calls/{draft.pk}/steps/publish/", headers={"Authorization": f"Token {token}"})
    draft.refresh_from_db()
    assert (answer.status_code, draft.status) == (200, "PUBLISHED")


def test_so_nobody_makes_a_token_at_a_browser_that_stands_open(client, officer):
    away(signs_in(client, officer), minutes=16)
    answer = client.post(
        "/tokens/new/", {"name": "Export", "days": "30"}, headers=HTML | {"referer": "http://testserver/tokens/"}
    )  # fmt: skip
    assert (answer.url, officer.tokens.count()) == ("/accounts/reauthenticate/?next=/tokens/", 0)


def test_an_administrator_at_an_open_browser_invites_nobody(client):
    away(signs_in(client, with_a_password(an_admin())), minutes=16)
    words = {"name": "X", "email": "x@example.eu", "role": "OFFICER", "entity": "HOME.E.1"}
    answer = client.post("/people/new/", words, headers=HTML | {"referer": "http://testserver/people/new/"})
    assert answer.url == "/accounts/reauthenticate/?next=/people/new/"
    assert not Invitation.objects.exists()


def test_a_plain_refusal_leads_to_where_one_shows_it_too(client, officer, draft):
    """A browser or a helper of one that does not ask for HTML by name has no page to go to by itself."""
    away(signs_in(client, officer), minutes=16)

    answer = publishes(client, draft, accept="*/*")

    assert answer.status_code == 403
    assert f'href="/accounts/reauthenticate/?next=/calls/{draft.pk}/"' in answer.content.decode()
