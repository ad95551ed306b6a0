"""Decisions and letters in a real browser: the bar moves, nothing breaks the content policy, everybody can use it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from awards.models import DecisionLine, Letter
from tests.awards.factories import (
    a_letter,
    a_prepared_decision,
    a_proposed_decision,
    a_ranked_call,
    an_issued_decision,
    with_readers,
)
from tests.awards.test_letters import sent
from tests.factories import an_authorising_officer, an_officer

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_as(client, context, live_server):
    """Open an address as a person, in a tab that collects what the browser complains about."""

    def opened(user, address, *, width=1280):
        client.force_login(user)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live_server.url + address)
        return page

    return opened


def addresses():
    officer, judge = an_officer(), an_authorising_officer()
    ranked, prepared, proposed = a_ranked_call(), a_prepared_decision(), a_proposed_decision()
    issued, letter = an_issued_decision(), sent(a_letter("RESERVE"))
    return [
        (officer, reverse("awards")),
        (officer, reverse("prepare_decision", args=[ranked.pk])),
        (officer, prepared.get_absolute_url()),
        (officer, reverse("deviate", args=[prepared.lines.first().pk])),
        (judge, proposed.get_absolute_url()),
        (judge, reverse("letter_preview", args=[proposed.lines.first().pk])),
        (officer, issued.get_absolute_url()),
        (officer, reverse("batch_progress", args=[issued.pk])),
        (officer, reverse("letters")),
        (with_readers(letter, 1)[0], letter.get_absolute_url()),
    ]


def test_every_page_is_accessible_and_fits_a_telephone(open_as):
    found = {}
    for user, address in addresses():
        page = open_as(user, address)
        if violations := Axe().run(page).response["violations"]:
            found[address] = [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations]
        page.set_viewport_size({"width": 390, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        assert [said for said in page.complaints if "favicon" not in said and "404" not in said] == []
        page.close()
    assert found == {}


def test_the_bar_moves_by_itself_to_the_end(open_as):
    decision = an_issued_decision()
    letters = list(decision.letters.all())
    page = open_as(an_officer(), reverse("batch_progress", args=[decision.pk]))
    assert page.locator("progress").get_attribute("value") == "0"
    for letter in letters[:3]:
        sent(letter)
    page.locator("[data-done]", has_text="3").wait_for()
    for letter in letters[3:]:
        sent(letter)
    page.get_by_text("Every letter has been dealt with.").wait_for()
    assert not Letter.objects.waiting().exists()


def test_the_decision_is_taken_with_the_keyboard_alone(open_as):
    decision = a_proposed_decision()
    page = open_as(an_authorising_officer(), decision.get_absolute_url())
    page.get_by_text("Take the award decision…").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("As the committee proposes.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Done: Take the award decision").wait_for()
    decision.refresh_from_db()
    assert (decision.status, decision.reasons) == ("DECIDED", "As the committee proposes.")


def test_a_deviation_needs_no_script(open_as, browser, client, live_server):
    line = a_prepared_decision().lines.filter(outcome="AWARD").first()
    client.force_login(an_officer())
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("deviate", args=[line.pk]))
    page.get_by_label("Maximum grant").fill("350 000,00")
    page.get_by_label("Reason").fill("Costs not eligible.")
    page.get_by_role("button", name="Decide so").click()
    page.get_by_text("deviates from the list").first.wait_for()
    context.close()
    assert DecisionLine.objects.get(deviates=True) == line
