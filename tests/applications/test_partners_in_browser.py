"""A coordinator and a partner, two browsers, one draft: typing at the same time, and removed while typing."""

import pytest

from applications.actions import accept_participation, edit_application, invite_partner
from applications.models import Participation
from core import clock
from tests.applications.factories import a_complete_draft, an_owner
from tests.applications.test_in_browser import browse, see  # noqa: F401 - the fixture
from tests.applications.test_races import an_open_call
from tests.browser import NARROW, WIDE, faults_of
from tests.factories import an_applicant, an_organisation

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
SAVED, FAILED = ".gp-saved--saved", ".gp-saved--failed"


@pytest.fixture
def row(transactional_db):
    owner, partner = an_owner(), an_applicant(an_organisation("MT", name="Pulizija ta' Malta"))
    draft = a_complete_draft(by=owner, call=an_open_call(), at=clock.now(), timetable={"starts_on": "2099-01-01"})
    said = [{"id": str(one.pk), "contact_name": "A", "contact_email": "a@example.eu"} for one in draft.partners.all()]
    said[1]["registered_as"] = str(partner.organisation.pk)
    draft = edit_application(draft, by=owner, partners=said)
    row = invite_partner(Participation(application=draft, row=said[1]["id"]), by=owner)
    return accept_participation(row, by=partner, mandate=True)


@pytest.fixture
def two(browse, row):  # noqa: F811
    """The coordinator's page and the partner's."""
    pages = browse(row.invited_by), browse(row.answered_by)
    for page in pages:
        page.on("dialog", lambda dialog: dialog.accept())
    return pages


def cell(row, category):
    return f"[name='{row.row}-{category}']"


def amounts(row):
    lines = row.application.lines.filter(partner=row.row)
    return {line.category: str(line.amount) for line in lines}


def types(page, row, category, text):
    page.fill(cell(row, category), text)
    page.wait_for_selector(SAVED)


def test_both_type_in_the_same_part_different_answers_merge_the_same_one_asks(two, row):
    coordinator, partner = two
    coordinator.goto(f"/applications/{row.application_id}/edit/budget/")
    partner.goto(f"/participations/{row.pk}/edit/budget/")
    types(coordinator, row, "A", "100")
    types(partner, row, "B", "200")
    assert amounts(row) == {"A": "100.00", "B": "200.00", "C": "100000.00"}
    coordinator.fill(cell(row, "D"), "1")
    coordinator.click("button[name=save]")
    coordinator.wait_for_url(f"**/applications/{row.application_id}/")
    partner.fill(cell(row, "D"), "2")
    partner.click("button[name=save]")
    partner.wait_for_selector("text=Two answers to the same question")
    assert faults_of(partner) == []
    partner.click("text=Take this one")
    partner.wait_for_url(f"**/participations/{row.pk}/")
    assert amounts(row)["D"] == "2.00"


def test_whoever_is_removed_while_typing_is_told_and_finds_the_words_again(two, row):
    coordinator, partner = two
    partner.goto(f"/participations/{row.pk}/edit/partners/")
    coordinator.goto(f"/applications/{row.application_id}/edit/partners/")
    coordinator.check(f"[name='{row.row}-remove']", force=True)
    coordinator.click("button[name=save]")
    coordinator.wait_for_load_state()
    partner.fill(f"[name='{row.row}-contact_name']", "Words typed for long")
    partner.wait_for_selector(FAILED)
    partner.reload()
    assert "You cannot write in this proposal any more." in partner.inner_text("main")
    partner.click("text=Put it back")
    assert partner.input_value(f"[name='{row.row}-contact_name']") == "Words typed for long"
    assert faults_of(partner) == []


def test_whose_session_ended_meanwhile_types_on_and_saves_after_signing_in(two, row, browse):  # noqa: F811
    _coordinator, partner = two
    partner.goto(f"/participations/{row.pk}/edit/budget/")
    cookies = partner.context.cookies()
    partner.context.clear_cookies()
    partner.fill(cell(row, "B"), "321")
    partner.wait_for_selector(FAILED)
    partner.context.add_cookies(cookies)
    partner.reload()
    partner.click("text=Put it back")
    partner.wait_for_selector(SAVED)
    assert amounts(row)["B"] == "321.00"


def test_every_page_of_partners_is_for_everybody_and_fits_a_phone(two, row):
    coordinator, partner = two
    pages = [(coordinator, f"/applications/{row.application_id}/partners/", "partners-desk")]
    pages += [(partner, "/participations/", "participations"), (partner, f"/participations/{row.pk}/", "participation"),
              (partner, f"/participations/{row.pk}/edit/budget/", "own-part")]  # fmt: skip
    for page, address, name in pages:
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            assert see(page, address, name) == [], name
