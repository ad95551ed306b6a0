"""The building blocks: what they say without looking, and how they behave in a browser at both widths."""

import re
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template import engines
from django.test import RequestFactory

from tests.cases import amounts
from tests.pages import gallery


def rendered(text, **context):
    request = RequestFactory().get("/gallery/")
    html = engines["django"].from_string(text).render({**gallery.sample_context(), **context}, request)
    return re.sub(r"\s+", " ", html)


@pytest.fixture
def page_html(client, settings):
    settings.ROOT_URLCONF = "tests.pages.urls"
    answer = client.get("/gallery/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_no_component_carries_style_or_script_that_the_content_policy_refuses(page_html):
    assert " style=" not in page_html
    assert not re.search(r"\son\w+=", page_html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", page_html)


def test_every_id_stands_once(page_html):
    ids = re.findall(r'\sid="([^"]+)"', page_html)
    assert sorted(ids) == sorted(set(ids))


def test_a_form_begins_with_what_is_wrong_and_leads_to_each_field(page_html):
    for name in ("wrong_title", "wrong_amount", "wrong_kind_0", "wrong_true"):
        assert f'href="#{name}"' in page_html
        assert f'id="{name}"' in page_html


def test_what_is_wrong_is_tied_to_its_field(page_html):
    field = re.search(r'<input [^>]*id="wrong_amount"[^>]*>', page_html).group()
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="wrong_amount_helptext wrong_amount_error"' in field
    assert 'value="1.234"' in field


def test_a_number_that_is_none_comes_back_as_typed(page_html):
    assert 'value="x"' in re.search(r'<input [^>]*id="wrong_months"[^>]*>', page_html).group()


@pytest.mark.urls("tests.pages.urls")
def test_steps_are_forms_with_a_token_and_a_reason_where_needed():
    html = rendered('{% include "components/step_buttons.html" with steps=steps row=row url="/calls/7/" only %}')
    assert html.count('name="csrfmiddlewaretoken"') == 2
    assert 'action="/calls/7/withdraw/"' in html
    assert re.search(r'<textarea[^>]* name="reason"[^>]* required', html)


@pytest.mark.urls("tests.pages.urls")
def test_a_step_with_a_page_is_a_link_to_it():
    html = rendered('{% include "components/step_buttons.html" with steps=steps row=row url="/calls/7/" only %}')
    assert 'href="/gallery/"' in html


def test_text_of_people_is_never_markup():
    html = rendered('{% include "components/prose.html" with text=prose only %}')
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_a_list_says_how_it_is_sorted_and_where_its_files_are():
    html = rendered('{% include "components/list.html" with list=list only %}')
    assert html.count('aria-sort="ascending"') == 1
    assert 'href="?sort=title"' in html
    assert 'href="?format=csv"' in html
    assert 'href="?format=csv-semicolon"' in html
    assert 'href="?format=xlsx"' in html
    assert "1000+ found" in html


def test_an_empty_list_says_so_and_offers_no_file():
    html = rendered('{% include "components/list.html" with list=empty_list only %}')
    assert "No application yet" in html
    assert "format=csv" not in html


def test_a_list_emptied_by_its_filters_says_how_to_see_more():
    filtered = gallery.sample_list(empty=True)
    filtered.active_filters = [("Member State: Malta", "?")]
    html = rendered('{% include "components/list.html" with list=list only %}', list=filtered)
    assert "Nothing matches these filters" in html
    assert "No application yet" not in html


def test_a_form_without_mistakes_shows_no_summary():
    assert "error-summary" not in rendered("{{ form }}")


def test_only_optional_fields_are_marked():
    html = rendered("{{ form }}")
    optional = [field for field in gallery.SampleForm().visible_fields() if not field.field.required]
    assert html.count("(optional)") == len(optional)
    assert "(optional)" not in rendered("{{ list.filter_form }}")


@pytest.fixture
def browser_page(new_context, live_server, settings, request):
    settings.ROOT_URLCONF = "tests.pages.urls"
    page = new_context(viewport={"width": getattr(request, "param", 1280), "height": 900}).new_page()
    page.faults = []
    page.on("console", lambda line: page.faults.append(line.text) if line.type == "error" else None)
    page.goto(f"{live_server.url}/gallery/")
    return page


@pytest.mark.browser
@pytest.mark.parametrize("browser_page", [1280, 390], indirect=True)
def test_the_gallery_is_accessible_and_fits_at_both_widths(browser_page):
    found = Axe().run(browser_page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert browser_page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert browser_page.faults == []


@pytest.mark.browser
def test_the_gallery_can_be_read_in_the_dark(browser_page):
    browser_page.emulate_media(color_scheme="dark")
    found = Axe().run(browser_page).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert browser_page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 23, 43)"


@pytest.mark.browser
def test_what_is_typed_is_saved_by_itself_and_said(browser_page):
    browser_page.fill("#fresh_title", "Joint patrols")
    browser_page.wait_for_selector(".gp-saved--saved", timeout=10_000)
    assert re.fullmatch(r"Saved \d\d:\d\d:\d\d \(Brussels time\)", browser_page.inner_text(".gp-saved"))
    assert browser_page.input_value("form[data-autosave-url] input[name=stamp]") == "2"


@pytest.mark.browser
def test_a_save_by_somebody_else_stops_the_saving_with_a_sentence(browser_page):
    browser_page.fill("#fresh_title", "stale")
    browser_page.wait_for_selector(".gp-saved--failed", timeout=10_000)
    assert "Somebody else saved this" in browser_page.inner_text(".gp-saved")


@pytest.mark.browser
def test_what_never_reached_the_server_is_offered_back(browser_page):
    browser_page.route("**/gallery/autosave/", lambda route: route.abort())
    browser_page.fill("#fresh_title", "Nearly lost")
    browser_page.wait_for_selector(".gp-saved--failed", timeout=10_000)
    browser_page.on("dialog", lambda dialog: dialog.accept())
    browser_page.reload()
    browser_page.click("text=Put it back")
    assert browser_page.input_value("#fresh_title") == "Nearly lost"


@pytest.mark.browser
def test_progress_moves_while_the_batch_runs(browser_page):
    browser_page.locator("[data-poll-url] [data-done]").filter(has_text="43").wait_for()
    assert browser_page.locator("[data-poll-url] progress").get_attribute("value") == "43"


@pytest.mark.browser
def test_a_batch_that_finishes_does_not_call_back_whoever_has_gone_on(browser_page):
    """On a slow line the old page still asks while the new one is on its way; its own loading again stopped that."""
    asked, held = [], []

    def finish(route):
        asked.append(route)
        route.fulfill(content_type="application/json", body='{"done": 45, "total": 45, "finished": true}')

    browser_page.route("**/gallery/halfway/", finish)
    browser_page.route("**/accounts/login/", lambda route: held.append(route))
    browser_page.evaluate("location.assign('/accounts/login/')")
    while not asked:
        browser_page.wait_for_timeout(50)
    browser_page.wait_for_timeout(200)
    held[0].continue_()
    browser_page.wait_for_url("**/accounts/login/", timeout=5_000)


@pytest.mark.browser
def test_the_page_reads_every_amount_of_the_table_as_the_server_does(browser_page):
    cases = amounts()
    read = browser_page.evaluate(
        "texts => texts.map((text) => { const found = amounts.cents(text); return found === null ? '' : `${found}`; })",
        [typed for typed, _value in cases],
    )
    assert dict(zip([typed for typed, _value in cases], read, strict=True)) == {
        typed: str(int(Decimal(value) * 100)) if value else "" for typed, value in cases
    }


@pytest.mark.browser
def test_what_is_pasted_too_long_is_not_cut_but_counted(browser_page):
    browser_page.fill("#fresh_title", "x" * 400)
    assert browser_page.input_value("#fresh_title") == "x" * 400
    assert "characters too many" in browser_page.inner_text("#fresh_title + .gp-counter")


@pytest.mark.browser
def test_characters_are_counted_as_the_field_counts_them(browser_page):
    browser_page.fill("#fresh_summary", " 👮👮\nab ")
    assert browser_page.inner_text("#fresh_summary + .gp-counter") == "495 of 500 characters left"
