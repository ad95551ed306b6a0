"""Two colleagues, two browsers, one draft, a bad line: each way in which words were lost once, walked again."""

import pytest

from applications.actions import edit_application
from applications.models import Application
from core import clock
from tests.applications.factories import a_complete_draft, an_owner
from tests.applications.test_in_browser import browse  # noqa: F401 - the fixture
from tests.applications.test_races import an_open_call
from tests.browser import NARROW, faults_of
from tests.factories import an_applicant

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
SLOW_LINE = """const real = window.fetch;
    window.fetch = async (...sent) => { await new Promise((on) => setTimeout(on, 1500)); return real(...sent); };"""
SAVED, FAILED = ".gp-saved--saved", ".gp-saved--failed"


@pytest.fixture
def draft(transactional_db):
    return a_complete_draft(by=an_owner(), call=an_open_call(), at=clock.now(), timetable={"starts_on": "2099-01-01"})


@pytest.fixture
def two(browse, draft):  # noqa: F811
    """Anna's and Bram's pages; a question before leaving is answered with yes."""
    anna = draft.applicant.users.get()
    pages = browse(anna), browse(an_applicant(draft.applicant, name="Bram Bakker"))
    for page in pages:
        page.on("dialog", lambda dialog: dialog.accept())
    return pages


def opens(page, draft, part):
    page.goto(f"/applications/{draft.pk}/edit/{part}/")


def saves(page, **typed):
    for name, value in typed.items():
        page.fill(f"[name={name}]", value)
    page.click("button[name=save]")
    page.wait_for_load_state()


def now(draft):
    return Application.objects.get(pk=draft.pk)


def test_a_what_was_typed_offline_is_put_back_beside_a_colleague_s_words(two, draft):
    anna, bram = two
    opens(anna, draft, "identity")
    anna.context.set_offline(True)
    anna.fill("[name=title]", "Typed on the train")
    anna.wait_for_selector(FAILED)
    opens(bram, draft, "identity")
    saves(bram, acronym="BRAMS")
    anna.context.set_offline(False)
    anna.reload()
    anna.click("text=Put it back")
    anna.wait_for_selector(SAVED)
    assert (now(draft).title, now(draft).acronym) == ("Typed on the train", "BRAMS")


def test_a_the_same_words_changed_by_both_are_shown_side_by_side(two, draft):
    anna, bram = two
    for page in two:
        opens(page, draft, "identity")
    saves(anna, title="Anna's title")
    saves(bram, title="Bram's title")
    assert bram.url.endswith("/edit/identity/")
    text = bram.inner_text("main")
    for words in ("Two answers to the same question", "Anna's title", "Bram's title", "from Bram Bakker at"):
        assert words in text
    assert faults_of(bram) == []
    opens(anna, draft, "identity")
    anna.click("text=Take this one")
    anna.wait_for_url(f"**/applications/{draft.pk}/")
    assert (now(draft).title, now(draft).kept_changes.count()) == ("Bram's title", 0)


def test_b_a_colleague_s_new_partner_and_its_money_survive_an_old_page(two, draft):
    anna, bram = two
    opens(anna, draft, "partners")
    opens(bram, draft, "partners")
    row = bram.locator("main [name=row]").last.get_attribute("value")
    saves(bram, **{f"'{row}-name'": "Politie"})
    opens(bram, draft, "budget")
    saves(bram, **{f"'{row}-A'": "123 456.78"})
    lead = draft.partners.get(is_coordinator=True).pk
    saves(anna, **{f"'{lead}-contact_name'": "Anna herself"})
    partner = draft.partners.get(pk=row)
    assert (partner.name, str(partner.lines.get().amount)) == ("Politie", "123456.78")
    assert draft.partners.get(pk=lead).contact_name == "Anna herself"


def test_c_an_amount_for_a_partner_that_went_is_kept_and_brings_it_back(two, draft):
    anna, bram = two
    partner = draft.partners.get(is_coordinator=False)
    opens(anna, draft, "budget")
    opens(bram, draft, "partners")
    bram.check(f"[name='{partner.pk}-remove']", force=True)
    saves(bram)
    assert draft.partners.count() == 1
    anna.fill(f"[name='{partner.pk}-B']", "777")
    anna.wait_for_selector(FAILED)
    assert "Both are kept" in anna.inner_text(".gp-saved")
    anna.reload()
    anna.set_viewport_size(NARROW)
    assert "This row was removed meanwhile." in anna.inner_text("main")
    anna.click("text=Put the row back with this")
    anna.wait_for_load_state()
    lines = {line.category: str(line.amount) for line in draft.lines.filter(partner=partner.pk)}
    assert lines == {"B": "777.00", "C": "100000.00"}


def test_d_a_refused_save_goes_on_being_remembered(two, draft):
    anna, _bram = two
    opens(anna, draft, "identity")
    anna.evaluate("document.querySelector('[data-autosave-url] [name=csrfmiddlewaretoken]').value = 'x'")
    anna.fill("[name=title]", "First words")
    anna.wait_for_selector(FAILED)
    assert "kept in this browser" in anna.inner_text(".gp-saved")
    anna.fill("[name=title]", "First words, and more")
    anna.reload()
    anna.click("text=Put it back")
    assert anna.input_value("[name=title]") == "First words, and more"
    anna.wait_for_selector(SAVED)
    assert now(draft).title == "First words, and more"


def test_e_on_a_slow_line_nobody_meets_oneself(two, draft):
    anna, _bram = two
    anna.add_init_script(SLOW_LINE)
    opens(anna, draft, "identity")
    anna.fill("[name=title]", "Slow")
    anna.wait_for_selector(".gp-saved--saving")
    saves(anna, title="Slow, then more")
    anna.wait_for_url(f"**/applications/{draft.pk}/")
    assert (now(draft).title, now(draft).kept_changes.count()) == ("Slow, then more", 0)


def test_f_back_without_saving_leaves_nothing_behind(two, draft):
    anna, _bram = two
    opens(anna, draft, "identity")
    anna.fill("[name=title]", "Only tried")
    anna.wait_for_selector(SAVED)
    assert now(draft).title == "Only tried"
    anna.fill("[name=acronym]", "TRIED")
    anna.click("text=Back without saving")
    anna.wait_for_url(f"**/applications/{draft.pk}/")
    opens(anna, draft, "identity")
    assert "did not reach the server" not in anna.inner_text("main")
    assert (now(draft).title, now(draft).acronym) == (draft.title, draft.acronym)


def test_g_one_wrong_cell_stays_as_typed_for_both_and_the_rest_is_saved(two, draft):
    anna, bram = two
    lead = draft.partners.get(is_coordinator=True).pk
    opens(anna, draft, "budget")
    anna.fill(f"[name='{lead}-A']", "1000 $")
    anna.fill("[name=own_resources]", "1000 €")
    anna.wait_for_selector(SAVED)
    assert "Amounts are in euro" in anna.inner_text("main")
    assert now(draft).own_resources == 1000
    opens(bram, draft, "budget")
    assert bram.input_value(f"[name='{lead}-A']") == "1000 $"
    assert "Amounts are in euro" in bram.inner_text("main")
    assert faults_of(bram) == []


def test_h_a_pasted_title_is_not_cut_and_counted(two, draft):
    anna, bram = two
    opens(anna, draft, "identity")
    anna.fill("[name=title]", "τ" * 300)
    assert "50 characters too many" in anna.inner_text("main")
    anna.wait_for_selector(SAVED)
    opens(bram, draft, "identity")
    assert bram.input_value("[name=title]") == "τ" * 300
    assert faults_of(bram) == []


def test_i_fifty_thousand_greek_letters_left_at_once_are_there_next_time(two, draft):
    anna, _bram = two
    opens(anna, draft, "content")
    anna.fill("[name=description]", "π" * 50_000)
    anna.goto(f"/applications/{draft.pk}/")
    opens(anna, draft, "content")
    if now(draft).description != "π" * 50_000:
        anna.click("text=Put it back")
        anna.wait_for_selector(SAVED)
    assert now(draft).description == "π" * 50_000


def test_an_own_save_is_undone_on_the_page(two, draft):
    anna, _bram = two
    opens(anna, draft, "identity")
    anna.fill("[name=title]", "A mistake")
    anna.wait_for_selector(SAVED)
    with anna.expect_navigation():
        anna.get_by_role("button", name="Undo", exact=True).click()
    assert anna.input_value("[name=title]") == now(draft).title == draft.title


def test_at_sign_out_the_browser_forgets_everything(two, draft):
    anna, _bram = two
    opens(anna, draft, "identity")
    anna.context.set_offline(True)
    anna.fill("[name=title]", "Secret words")
    assert "Secret words" in anna.evaluate("JSON.stringify(localStorage)")
    anna.context.set_offline(False)
    anna.click("header >> text=Sign out")
    anna.wait_for_load_state()
    assert "Secret words" not in anna.evaluate("JSON.stringify(localStorage)")


def test_what_a_program_changed_meanwhile_is_beside_not_under(two, draft):
    anna, _bram = two
    opens(anna, draft, "identity")
    edit_application(draft, by=draft.applicant.users.first(), identity={"title": "By the program"})
    saves(anna, title="By hand", acronym="HAND")
    assert (now(draft).title, now(draft).acronym) == ("By the program", "HAND")
    assert now(draft).kept_changes.get().value == "By hand"
