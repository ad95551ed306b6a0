"""The doors in a browser: every sign-in page is ours, is accessible, and leads on."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPEN_DOORS = [
    "/",
    "/accessibility/",
    "/api/docs/",
    "/api/docs/applications/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-wrong/",
    "/accounts/password/reset/key/done/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/logout/",
    "/register/",
    "/there-is-no-such-page/",
]


@pytest.fixture(params=[1280, 390])
def page(new_context, request):
    return new_context(viewport={"width": request.param, "height": 900}).new_page()


@pytest.fixture
def officer():
    officer = factories.an_officer(email="officer@example.eu", name="Marta Novák")
    officer.set_password(factories.PASSWORD)
    officer.save()
    return officer


def require_good(page):
    """No violation, nothing wider than the screen, our own frame."""
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.locator("header.gp-header").count() == 1
    assert page.locator("h1").count() == 1


def test_every_open_door_is_accessible(page, live_server):
    for door in OPEN_DOORS:
        page.goto(live_server.url + door)
        require_good(page)


def sign_in(page, live_server, password=factories.PASSWORD):
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill("input[name=login]", "officer@example.eu")
    page.fill("input[name=password]", password)
    page.click("main button[type=submit]")


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_wrong_password_is_said_and_the_address_stays(page, live_server, officer):
    sign_in(page, live_server, password="not this one")
    page.wait_for_selector("[data-error-summary]")
    assert page.input_value("input[name=login]") == "officer@example.eu"
    require_good(page)


def prove_who_one_is(page):
    """Before a change of how one signs in, the password is asked for once more."""
    require_good(page)
    if "reauthenticate" in page.url:
        page.fill("input[name=password]", factories.PASSWORD)
        page.click("main button[type=submit]")
        require_good(page)


def switch_on(page):
    """With the code of the app; gives one of the recovery codes shown afterwards."""
    page.fill("input[name=code]", "000000")
    page.click("main .gp-form button[type=submit]")
    page.wait_for_selector("[data-error-summary]")
    page.fill("input[name=code]", code_of(page.inner_text(".gp-qr code")))
    page.click("main .gp-form button[type=submit]")
    page.wait_for_url(re.compile("recovery-codes"))
    require_good(page)
    return page.locator(".gp-codes code").first.inner_text()


def test_from_the_password_to_the_code_of_an_app_and_back(page, live_server, officer):
    sign_in(page, live_server)
    page.wait_for_url(re.compile("/desk/"))
    require_good(page)
    page.click("text=Security")
    require_good(page)
    page.click("text=Switch it on")
    prove_who_one_is(page)
    recovery_code = switch_on(page)
    page.goto(f"{live_server.url}/accounts/2fa/")
    require_good(page)

    page.click("header button:has-text('Sign out')")
    sign_in(page, live_server)
    page.wait_for_url(re.compile("2fa/authenticate"))
    require_good(page)
    page.fill("input[name=code]", recovery_code)
    page.click("main button:has-text('Sign in')")
    page.wait_for_url(re.compile("/desk/"))
    page.goto(f"{live_server.url}/accounts/2fa/totp/deactivate/")
    prove_who_one_is(page)
    page.click("main button:has-text('Switch it off')")
    page.wait_for_url(re.compile("/accounts/2fa/$"))
    assert "Off" in page.inner_text("main")
