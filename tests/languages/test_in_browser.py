"""German and French in a real browser: longer words break nothing at either width, and the chooser keeps the page."""

import re

import pytest
from django.urls import reverse

from tests.applications.factories import a_complete_draft
from tests.awards.factories import a_proposed_decision, a_ranked_call
from tests.browser import faults_of
from tests.factories import an_officer
from tools import messages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True, scope="module")
def compiled():
    messages.compile_all()


def signed_in(user, client, context, live_server):
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])


@pytest.mark.parametrize("language", ["de-DE", "fr-FR"])
def test_pages_of_each_kind_fit_and_are_accessible(language, new_context, client, live_server):
    officer, draft, decision = an_officer(), a_complete_draft(), a_proposed_decision()
    ranked = a_ranked_call()
    author = draft.applicant.memberships.first().person
    ways = {
        None: ["/", reverse("calls"), draft.call.get_absolute_url(), reverse("account_login"), reverse("register")],
        author: [reverse("desk"), draft.get_absolute_url(), reverse("application_edit", args=[draft.pk, "budget"])],
        officer: [reverse("desk"), reverse("applications"), reverse("prepare_decision", args=[ranked.pk]),
                  decision.get_absolute_url(), reverse("reports")],
    }  # fmt: skip
    found = []
    for person, addresses in ways.items():
        context = new_context(locale=language)
        if person:
            signed_in(person, client, context, live_server)
        page = context.new_page()
        for address in addresses:
            assert page.goto(live_server.url + address).status == 200, address
            assert page.locator("html").get_attribute("lang") == language[:2]
            found += faults_of(page)
    assert found == []


def test_the_chooser_keeps_the_page_and_the_choice(page, live_server):
    page.goto(f"{live_server.url}/calls/?q=AG")
    with page.expect_navigation():
        page.get_by_role("button", name="Deutsch").click()
    assert page.url.endswith("/calls/?q=AG")
    assert page.locator("html").get_attribute("lang") == "de"
    assert page.get_by_role("button", name="Deutsch").get_attribute("aria-current") == "true"
    page.goto(f"{live_server.url}/")
    assert page.locator("html").get_attribute("lang") == "de"
    assert re.search("Anmelden", page.content())
