"""Questions of a call in a browser: hidden while they are not asked, saved as typed, seen before by the officer."""

import pytest

from applications.models import Application
from core import clock
from programmes.models import Call
from tests.applications.factories import a_complete_draft, an_owner
from tests.applications.test_in_browser import browse  # noqa: F401 - the fixture
from tests.applications.test_questions import BOUGHT, FORM, OFFICERS, WHY
from tests.applications.test_races import an_open_call
from tests.browser import faults_of
from tests.factories import a_call, an_officer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


def test_a_question_comes_with_the_answer_it_depends_on_and_is_saved_as_it_is_typed(browse):  # noqa: F811
    owner, call = an_owner(), an_open_call(parts=FORM)
    draft = a_complete_draft(by=owner, call=call, at=clock.now(), timetable={"starts_on": "2099-01-01"})
    page = browse(owner)
    page.goto(f"/applications/{draft.pk}/edit/questions/")
    assert not page.is_visible(f"[name={WHY}]")
    page.select_option(f"[name={BOUGHT}]", "YES")
    page.fill(f"[name={WHY}]", "It is worn out")
    page.fill(f"[name={OFFICERS}]", "lots")
    page.wait_for_selector(".gp-saved--saved")
    row = Application.objects.get(pk=draft.pk)
    assert row.answers["questions"] == {BOUGHT: "YES", WHY: "It is worn out"}
    assert row.as_typed == {"questions": {OFFICERS: "lots"}}
    assert faults_of(page) == []
    page.select_option(f"[name={BOUGHT}]", "NO")
    assert not page.is_visible(f"[name={WHY}]")


def test_an_officer_writes_a_question_and_sees_it_as_applicants_will(browse):  # noqa: F811
    call = a_call(status="DRAFT", published_at=None, parts=FORM)
    page = browse(an_officer())
    page.goto(f"/calls/{call.pk}/form/")
    assert faults_of(page) == []
    assert not page.is_visible("[name=questions-0-question]")
    page.click("text=1. Has the equipment been bought before?")
    assert page.is_visible("[name=questions-0-question]")
    page.select_option("[name=questions-5-kind]", "NUMBER")
    assert page.is_visible("[name=questions-5-unit]")
    assert not page.is_visible("[name=questions-5-longest]")
    page.select_option("[name=questions-5-kind]", "DATE")
    assert not page.is_visible("[name=questions-5-unit]")
    page.fill("[name=questions-5-question]", "When will it be sold?")
    page.select_option("[name=questions-5-only_if]", label="1. Has the equipment been bought before? – No")
    page.click("button[name=preview]")
    page.wait_for_url("**/applications/calls/**")
    assert not page.is_visible("text=6. When will it be sold?")
    page.select_option(f"[name={BOUGHT}]", "NO")
    assert page.is_visible("text=6. When will it be sold?")
    assert faults_of(page) == []
    assert Call.objects.get(pk=call.pk).parts[5]["questions"][-1]["only_if"] == {"question": 1, "is": "NO"}
