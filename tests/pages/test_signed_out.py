"""An officer types a reason, the session ends, she sends it: signing in leads back to the page with the text in it."""

import os
from pathlib import Path

import pytest

from applications.models import Application
from tests.browser import NARROW, WIDE, Visitor
from tests.factories import PASSWORD, a_call, an_officer
from tests.reports.factories import an_application

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
PICTURES = os.environ.get("PICTURES")
REASON = "The annex of page 4 proves nothing.\nThe mandate is missing."


@pytest.fixture
def application():
    return an_application(a_call(status="CHECKING"))


@pytest.fixture
def officer():
    person = an_officer(email="marta@example.eu")
    person.set_password(PASSWORD)
    person.save()
    return person


def signs_in(visitor):
    visitor.writes({"login": "marta@example.eu", "password": PASSWORD})
    visitor.presses("Sign in")


def pictures(page, name):
    for size in (WIDE, NARROW) if PICTURES else ():
        page.set_viewport_size(size)
        page.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)


@pytest.mark.parametrize("has_script", [True, False])
def test_a_reason_typed_for_an_exclusion_survives(new_context, live_server, officer, application, has_script):
    context = new_context(base_url=live_server.url, viewport=WIDE, java_script_enabled=has_script)
    complaints = []
    marta = Visitor(context, complaints, has_script=has_script)
    marta.goes_to(f"/accounts/login/?next=/applications/{application.pk}/")
    signs_in(marta)

    context.clear_cookies(name="sessionid")
    marta.gives_reason("Exclude", REASON)
    assert "/accounts/login/" in marta.page.url
    assert Application.objects.get(pk=application.pk).status == "CHECKING"

    signs_in(marta)
    assert marta.page.url == f"{live_server.url}/applications/{application.pk}/"
    marta.sees("You were signed out before this could be sent", "The mandate is missing.")
    pictures(marta.page, f"signed-out-{has_script}")
    marta.looks()
    if has_script:
        marta.page.get_by_role("button", name="Put it back into the form").click()
        door = marta.page.locator("details.gp-reason[open]")
        assert door.locator("textarea").input_value() == REASON
        marta.click(door.get_by_role("button", name="Exclude", exact=True), "Exclude")
        marta.sees("No announced condition is marked as failed")  # refused: her reason is still there
        marta.goes_to(f"/applications/{application.pk}/")
        marta.sees("The mandate is missing.")
    marta.presses("I no longer need it")
    marta.sees_nothing_of("You were signed out before")
    assert complaints == []
