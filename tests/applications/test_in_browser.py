"""At a real browser, wide and narrow: no violation on any page, saving by itself, live totals, nothing lost.

With PICTURES set to a folder, each page is kept there as a picture to be looked at.
"""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from applications.actions import (
    accept_application,
    add_attachment,
    answer_clarification,
    ask_clarification,
    ask_for_paper,
    confirm_check,
    copy_application,
    edit_application,
    observe,
    override_check,
    replace_attachment,
    submit_application,
)
from applications.content import canonical
from applications.documents import check_path
from applications.models import Clarification
from applications.schedule import open_call
from core import clock
from core.days import day_of
from core.errors import Incomplete
from programmes.models import Call
from promises.keeping import keep_promise
from promises.models import Promise
from tests.applications.factories import PDF, a_complete_draft, a_draft, a_file, a_notice, an_owner
from tests.applications.test_races import an_open_call
from tests.browser import NARROW, WIDE, faults_of
from tests.core.test_workbooks import changed
from tests.factories import an_admin, an_auditor, an_officer, an_organisation

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
SECTIONS = ["identity", "partners", "content", "timetable", "budget", "attachments", "declarations"]
PICTURES = os.environ.get("PICTURES")


@pytest.fixture
def browse(new_context, live_server):
    """Open a page as somebody, at a browser of their own."""

    def open_as(user, size=WIDE, **options):
        client = Client()
        client.force_login(user)
        context = new_context(viewport=size, base_url=live_server.url, **options)
        context.set_default_timeout(15_000)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        return context.new_page()

    return open_as


def see(page, address, name):
    """Open a page and look at it; give its faults."""
    assert page.goto(address).status < 400, address
    faults = faults_of(page)
    for size in (WIDE, NARROW) if PICTURES else ():
        page.set_viewport_size(size)
        page.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)
    return faults


def a_rich_draft(owner, call):
    application = a_complete_draft(
        by=owner, call=call, at=clock.now(), timetable={"starts_on": "2099-01-01"},
        content={"summary": "Criminals sell online.\n\nWe look at it together." * 3},
        identity={"title": "Δίκτυο αναλύσεων κατά της απάτης στο διαδίκτυο – joint analysis of online fraud"},
    )  # fmt: skip
    return add_attachment(application, a_file(name="mandate of the partner.pdf"), kind="MANDATE", by=owner)


def test_the_pages_of_the_applicant(browse):
    owner, call = an_owner(), an_open_call(timedelta(days=3))
    empty, rich = a_draft(by=owner, call=call, at=clock.now()), a_rich_draft(owner, call)
    page = browse(owner)
    faults = see(page, f"/applications/start/{call.pk}/", "start")
    faults += see(page, f"/applications/{empty.pk}/", "own-empty")
    faults += see(page, f"/applications/{empty.pk}/missing/", "missing")
    for section in SECTIONS:
        faults += see(page, f"/applications/{rich.pk}/edit/{section}/", f"edit-{section}")
    edit_application(rich, by=owner, timetable={"months": 30})
    faults += see(page, f"/applications/{rich.pk}/submit/", "submit")
    submitted = submit_application(rich, by=owner)
    edit_application(rich, by=owner, identity={"acronym": "MORE"})
    faults += see(page, f"/applications/{rich.pk}/", "own-unsent")
    faults += see(page, f"/receipts/{submitted.receipts.first().pk}/", "receipt")
    faults += see(page, "/applications/", "own-list")
    with pytest.raises(Incomplete):
        submit_application(empty, by=owner)
    faults += see(page, f"/applications/{empty.pk}/", "own-refused")
    faults += see(page, "/receipts/check/", "receipt-check")
    faults += see(page, check_path(submitted.receipts.first()), "receipt-stands")
    copy_application(empty, source=rich, by=owner)
    faults += see(page, f"/applications/{empty.pk}/copy/", "copy")
    ask_for_paper(rich, by=owner)
    faults += see(page, f"/applications/{rich.pk}/take-away/", "take-away")
    assert faults == []


def test_files_go_one_by_one_and_each_is_judged_by_itself(browse, tmp_path):
    """Dropped onto the place: what is good is attached at once, what is not stands with its sentence."""
    owner = an_owner()
    draft = a_rich_draft(owner, an_open_call(timedelta(days=3)))
    replace_attachment(draft, draft.attachments.get(kind="MANDATE").pk, a_file(PDF + b"%2", "new.pdf"), by=owner)
    page, address = browse(owner), f"/applications/{draft.pk}/edit/attachments/"
    faults = see(page, address, "edit-attachments-replaced")
    for name, content in (("annex one.pdf", PDF + b"%3"), ("setup.pdf", b"MZ" * 40), ("annex two.pdf", PDF + b"%4")):
        (tmp_path / name).write_bytes(content)
    page.select_option("[name=kind]", "OTHER")
    page.set_input_files("#id_file", sorted(tmp_path.glob("*.pdf")))
    page.get_by_role("button", name="Attach", exact=True).click()
    page.locator("[data-attached]").get_by_text("annex two.pdf").first.wait_for()
    assert [line.inner_text().split()[-1] for line in page.locator("[data-sent] li").all()] == [
        "attached", "attached", "JPEG.",
    ]  # fmt: skip
    assert "This kind of file is not accepted." in page.locator("[data-sent] li").last.inner_text()
    dropped = page.evaluate_handle(
        """text => { const held = new DataTransfer();
            held.items.add(new File([text], "dropped.pdf")); return held; }""",
        PDF.decode() + "%5",
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": dropped})
    page.locator("[data-attached]").get_by_text("dropped.pdf").first.wait_for()
    assert {file.name for file in draft.attachments.present()} == {
        "description.pdf", "new.pdf", "annex one.pdf", "annex two.pdf", "dropped.pdf",
    }  # fmt: skip
    assert faults == []


def test_a_budget_goes_out_as_a_workbook_and_comes_back(browse, tmp_path):
    owner = an_owner()
    draft = a_rich_draft(owner, an_open_call(timedelta(days=3)))
    page, address, book = browse(owner), f"/applications/{draft.pk}/edit/budget/workbook/", tmp_path / "budget.xlsx"
    faults = see(page, address, "budget-file")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take the workbook").click()
    content = taken.value.path().read_bytes()
    book.write_bytes(changed(content, was=b"<v>200000</v>", now=b"<v>210000</v>"))
    page.set_input_files("#id_file", book)
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_text("One amount changes").wait_for()
    faults += faults_of(page)
    for size in (WIDE, NARROW) if PICTURES else ():
        page.set_viewport_size(size)
        page.screenshot(path=Path(PICTURES) / f"budget-preview-{size['width']}.png", full_page=True)
    page.get_by_role("button", name="Save these amounts").click()
    page.get_by_text("Saved: Budget.").wait_for()
    assert draft.lines.get(category="A").amount == 210_000
    assert faults == []


def test_the_receipt_s_page_turns_by_itself_when_its_paper_is_drawn(browse):
    owner = an_owner()
    submitted = submit_application(a_rich_draft(owner, an_open_call(timedelta(days=3))), by=owner)
    page = browse(owner)
    page.goto(f"/receipts/{submitted.receipts.get().pk}/")
    page.get_by_text("The PDF is being drawn").wait_for()
    keep_promise(Promise.objects.get(kind="receipt").pk)
    page.get_by_role("link", name="Download the receipt (PDF)").wait_for()


def test_a_holder_checks_a_file_that_does_not_leave_the_browser(browse, tmp_path):
    owner = an_owner()
    submitted = submit_application(a_rich_draft(owner, an_open_call(timedelta(days=3))), by=owner)
    receipt = submitted.receipts.get()
    content, other = tmp_path / "content.json", tmp_path / "other.json"
    content.write_bytes(canonical(receipt.content))
    other.write_bytes(canonical(receipt.content) + b" ")
    page, sent = browse(an_auditor()), []
    page.on("request", lambda request: sent.append(request.method))
    for file, sentence in ((content, "It stands"), (other, "It does not stand")):
        page.goto("/receipts/check/")
        page.fill("[name=number]", submitted.reference)
        page.set_input_files("#hash-file", file)
        page.get_by_text("stands in the form now").wait_for()
        page.get_by_role("button", name="Check", exact=True).click()
        page.get_by_text(sentence).first.wait_for()
    assert set(sent) == {"GET"}


def test_the_pages_of_the_office(browse):
    owner, officer = an_owner(), an_officer()
    call = an_open_call(timedelta(days=3))
    long = edit_application(a_rich_draft(owner, call), by=owner, timetable={"months": 30})
    application = submit_application(long, by=owner)
    keep_promise(Promise.objects.get(kind="receipt").pk)
    Call.objects.filter(pk=call.pk).update(closes_at=application.receipts.get().issued_at + timedelta(milliseconds=1))
    time.sleep(clock.all_in_after().total_seconds() + 0.01)
    open_call(call.pk)
    page, own = browse(officer), f"/applications/{application.pk}/"
    faults = see(page, own, "file-checking")
    confirm_check(application.checks.get(code="RATE"), by=officer)
    override_check(application.checks.get(code="DURATION"), by=officer, reason="Prolonged by corrigendum 1.")
    accept_application(application, by=officer)
    faults += see(page, own, "file-eligible")
    faults += see(page, f"/receipts/{application.receipts.first().pk}/", "file-receipt")
    faults += see(page, "/applications/", "opened-list")
    faults += see(browse(an_auditor()), own, "file-auditor")
    faults += see(browse(owner), own, "own-in-procedure")
    faults += faults_of_a_clarification(application, page, browse(owner), officer=officer, owner=owner)
    faults += faults_of_a_notice(application, page, browse(owner), officer=officer, owner=owner)
    assert faults == []


def faults_of_a_notice(application, office, applicant, *, officer, owner):
    type(application).objects.filter(pk=application.pk).update(status="CHECKING")  # while it can be excluded
    application.refresh_from_db()
    row = a_notice(application, by=officer, text="One partner is a company. " * 20)
    url = row.get_absolute_url()
    faults = see(office, f"/applications/{application.pk}/notice/", "notice-send")
    faults += see(office, f"{url}extend/", "notice-extend") + see(applicant, url, "notice-reply")
    observe(row, [a_file(name="statutes.pdf")], text="It is public.", by=owner)
    faults += see(office, url, "notice-observed")
    faults += see(applicant, f"/applications/{application.pk}/", "own-noticed")
    return faults + see(office, f"/applications/{application.pk}/", "file-noticed")


def faults_of_a_clarification(application, office, applicant, *, officer, owner):
    said = {"text": "Which unit does the work? " * 20, "due_on": day_of(clock.now()) + timedelta(days=10)}
    row = ask_clarification(Clarification(application=application), by=officer, **said)
    url = row.get_absolute_url()
    faults = see(office, f"/applications/{application.pk}/ask/", "clarification-ask")
    faults += see(office, f"{url}extend/", "clarification-extend") + see(applicant, url, "clarification-reply")
    answer_clarification(row, [a_file(name="organigram of the second unit.pdf")], text="The second one.", by=owner)
    faults += see(office, url, "clarification-answered")
    return faults + see(office, f"/applications/{application.pk}/", "file-clarified")


def test_what_is_typed_is_saved_by_itself(browse):
    owner = an_owner()
    draft = a_draft(by=owner, call=an_open_call(), at=clock.now())
    page = browse(owner)
    page.goto(f"/applications/{draft.pk}/edit/identity/")
    page.fill("[name=title]", "Typed, never sent")
    page.wait_for_selector(".gp-saved--saved")
    draft.refresh_from_db()
    assert draft.title == "Typed, never sent"
    with page.expect_response(f"**/applications/{draft.pk}/edit/identity/") as answer:
        page.fill("[name=title]", "And again")
    assert answer.value.json()["stamp"] == "2"
    draft.refresh_from_db()
    assert (draft.title, draft.stamp) == ("And again", 2)


def test_a_new_partner_saved_by_itself_is_one_partner(browse):
    owner = an_owner()
    draft = a_draft(by=owner, call=an_open_call(), at=clock.now())
    page = browse(owner)
    page.goto(f"/applications/{draft.pk}/edit/partners/")
    page.fill("[name$='-name']", "Policía Nacional")
    page.select_option("[name$='-country']", "ES")
    page.select_option("[name$='-kind']", "LAW")
    page.wait_for_selector(".gp-saved--saved")
    page.click("button[name=save]")
    page.wait_for_url(f"**/applications/{draft.pk}/")
    assert [one.name for one in draft.partners.filter(is_coordinator=False)] == ["Policía Nacional"]


def test_totals_follow_the_typing(browse):
    owner = an_owner()
    draft = a_draft(by=owner, call=an_open_call(), at=clock.now())
    lead = draft.partners.get()
    page = browse(owner)
    page.goto(f"/applications/{draft.pk}/edit/budget/")
    page.fill(f"[name='{lead.pk}-A']", "200.000,50")
    page.fill(f"[name='{lead.pk}-C']", "50 000")
    totals = {
        name: page.inner_text(f"[data-sum-total='{name}']").replace("\xa0", " ")
        for name in ("direct", "category-A", f"partner-{lead.pk}")
    }
    assert list(totals.values()) == ["EUR 250 000.50", "EUR 200 000.50", "EUR 250 000.50"]


def test_it_all_works_without_a_script(browse):
    owner = an_owner()
    draft = a_rich_draft(owner, an_open_call())
    page = browse(owner, size=NARROW, java_script_enabled=False)
    page.goto(f"/applications/{draft.pk}/edit/identity/")
    page.fill("[name=acronym]", "PLAIN")
    page.click("button[name=save]")
    page.get_by_role("link", name="Review and submit").click()
    page.get_by_role("button", name="Submit the application").click()
    assert "Your application is received" in page.inner_text("main")
    draft.refresh_from_db()
    assert (draft.status, draft.acronym) == ("SUBMITTED", "PLAIN")


def test_a_partner_is_chosen_among_the_registered_and_what_was_typed_beside_it_stays(browse):
    owner = an_owner()
    police = an_organisation("MT", name="Pulizija ta' Malta", registration_number="C 12345", vat_number="MT 999")
    draft = a_draft(by=owner, call=an_open_call(), at=clock.now())
    page = browse(owner)
    faults = see(page, f"/applications/{draft.pk}/edit/partners/", "partners")
    page.get_by_label("Contact person").nth(1).fill("Anna Borg")
    page.get_by_role("link", name="Choose a registered organisation").first.click()  # leaving saves
    page.get_by_label("Name, registration number or VAT number").fill("c-12345")
    page.get_by_role("button", name="Search").click()
    faults += see(page, page.url, "choose_partner")
    page.get_by_role("button", name="Choose Pulizija ta' Malta").click()
    page.get_by_text("Chosen among the registered organisations.").wait_for()
    faults += see(page, page.url, "partners_chosen")
    partner = draft.partners.get(is_coordinator=False)
    assert (partner.organisation, partner.vat_number, partner.contact_name) == (police, "MT 999", "Anna Borg")
    faults += see(browse(an_admin()), f"/organisations/{owner.organisation.pk}/member-state/", "organisation_move")
    assert faults == []
