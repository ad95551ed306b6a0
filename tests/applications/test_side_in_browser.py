"""The list of parts at a real browser: it follows what is typed and saved, takes along what was typed, and folds."""

import pytest

from applications.actions import say_remark
from applications.models import Application, Remark
from core import clock
from tests.applications.factories import a_complete_draft, an_owner
from tests.applications.test_in_browser import browse, see  # noqa: F401 - the fixture
from tests.applications.test_races import an_open_call
from tests.browser import NARROW, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
SAVED = ".gp-saved--saved"


@pytest.fixture
def draft(transactional_db):
    return a_complete_draft(by=an_owner(), call=an_open_call(), at=clock.now(), timetable={"starts_on": "2099-01-01"})


def texts(page, selector):
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]


def totals(page):
    return texts(page, ".gp-side__totals output")


def test_it_follows_the_typing_and_the_saving_without_a_reload(browse, draft):  # noqa: F811
    page = browse(draft.applicant.users.get())
    page.goto(f"/applications/{draft.pk}/edit/budget/")
    assert totals(page) == ["EUR 300 000.00", "EUR 321 000.00", "EUR 288 900.00", "EUR 0.00"]
    page.evaluate("window.isTheSame = true")
    cell = page.locator("table input").first
    cell.fill("200 000,07")
    page.fill("[name=requested]", "")
    typed = totals(page)
    assert typed[1:] == ["EUR 321 000.07", "EUR 0.00", "EUR 288 900.07"]
    page.wait_for_selector(SAVED)
    page.wait_for_selector("#gaps-here :text('Say how much EU contribution you request.')")
    assert totals(page) == typed
    assert "6 of 7 complete" in texts(page, ".gp-side__head")[0]
    cell.fill("1")  # and still follows, drawn anew
    assert totals(page)[0] == "EUR 100 001.00"
    assert page.evaluate("window.isTheSame")
    assert faults_of(page) == []


def test_its_links_take_along_what_was_typed(browse, draft):  # noqa: F811
    page = browse(draft.applicant.users.get())
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"/applications/{draft.pk}/edit/identity/")
    page.fill("[name=title]", "Typed just before leaving")
    page.click(".gp-side a:text('Timetable')")
    page.wait_for_url("**/edit/timetable/")
    assert Application.objects.get(pk=draft.pk).title == "Typed just before leaving"
    page.click("text=Before: Objectives and description")
    page.wait_for_url("**/edit/content/")
    assert asked == []


def test_narrow_it_is_one_line_that_the_keyboard_opens(browse, draft):  # noqa: F811
    for options in ({}, {"java_script_enabled": False}):
        page = browse(draft.applicant.users.get(), size=NARROW, **options)
        page.goto(f"/applications/{draft.pk}/edit/timetable/")
        line, link = page.locator(".gp-side__line"), page.locator(".gp-side a:text('Budget')")
        assert page.locator(".gp-side").bounding_box()["height"] < 70
        assert not link.is_visible()
        line.focus()
        page.keyboard.press("Enter")
        assert link.is_visible()
        link.click()
        page.wait_for_url("**/edit/budget/")


def test_a_thread_is_read_answered_and_resolved_beside_its_part(browse, draft):  # noqa: F811
    owner = draft.applicant.users.get()
    say_remark(Remark(application=draft, part="content", name="summary", text="Too long?"), by=owner)
    page = browse(owner)
    assert see(page, f"/applications/{draft.pk}/edit/content/", "remarks") == []
    page.click("summary:has-text('Answer…')")
    page.fill(".gp-remarks article textarea", "I shorten it.")
    page.click(".gp-remarks article button:text-is('Answer')")
    page.wait_for_selector("text=I shorten it.")
    page.click("button:has-text('Resolve')")
    page.wait_for_selector("text=Resolved by")
