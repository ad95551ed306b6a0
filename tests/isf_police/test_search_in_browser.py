"""The search of the header at a real browser, by the keyboard, wide and narrow."""

import pytest

from tests.applications.factories import a_submitted, an_owner
from tests.evaluation.test_in_browser import browse, see  # noqa: F401 - a fixture
from tests.factories import an_officer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


def test_what_is_typed_into_the_header_is_found(browse):  # noqa: F811
    owner = an_owner()
    submitted = a_submitted(by=owner)
    page = browse(owner)
    page.goto("/desk/")
    page.get_by_label("Find a number, a name or a title").fill("online fraud")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=online+fraud")
    assert page.input_value("#site-search") == "online fraud"
    assert see(page, page.url, "search") == []
    page.get_by_role("link", name=submitted.reference).click()
    page.wait_for_url(f"**{submitted.get_absolute_url()}")
    office = browse(an_officer())
    assert see(office, "/search/?q=nothing+of+this", "search-nothing") == []
