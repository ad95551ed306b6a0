"""A person at a browser: Debian's own chromium, never a downloaded one, and what every page must pass."""

import os
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError

from tests.long import part_of
from tools.doctor import missing_for_browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
SEEN = [(NARROW, "dark"), (WIDE, "light"), (WIDE, "dark"), (NARROW, "light")]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
WIDEST = """() => [...document.querySelectorAll("main *")]
    .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth)
    .slice(0, 4).map((one) => one.outerHTML.slice(0, 160))"""
# The browser notes each refusal of a page as an error of its own; refusals are asserted, not forbidden.
REFUSAL = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": chromium(), "args": FLAGS}


def chromium():
    """Without it the tests are skipped by name; where they must run, they fail."""
    if sentence := missing_for_browser():
        must_run = os.environ.get("CI") or os.environ.get("REQUIRE_BROWSER")
        (pytest.fail if must_run else pytest.skip)(sentence)
    return shutil.which("chromium")


class Visitor:
    """A person at a browser of their own. What is wrong with the pages is kept in `complaints`."""

    def __init__(self, context, complaints, *, has_script=True):
        self.page, self.complaints, self.has_script = context.new_page(), complaints, has_script
        self.page.on("console", self.heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: dialog.accept())

    def heard(self, message):
        is_refusal = REFUSAL.search(message.text) and message.location["url"].partition("#")[0] == self.page.url
        if message.type == "error" and not is_refusal:
            self.complaints.append(f"{self.page.url}: {message.text} ({message.location['url']})")

    # moving

    def goes_to(self, address):
        answer = self.page.goto(address)
        assert answer.status < 400, f"{address}: {answer.status}"

    def follows(self, label):
        self.click(self.page.locator("main, nav").get_by_role("link", name=label, exact=True).first, label)

    def presses(self, label):
        self.click(self.page.locator("main").get_by_role("button", name=label, exact=True).first, label)

    def click(self, found, label):
        """Until the next page stands: whoever goes on too early takes the form back."""
        try:
            with self.page.expect_navigation():
                found.click()
        except TimeoutError:
            pytest.fail(f"“{label}” cannot be clicked on {self.page.url}: {self.text[:3000]}")

    def gives_reason(self, step, reason):
        """Open the step that asks for a reason, give it, take the step."""
        door = self.page.locator("details.gp-reason").filter(has=self.page.get_by_text(f"{step}…", exact=True)).first
        door.locator("summary").click()
        door.locator("textarea").fill(reason)
        self.click(door.get_by_role("button", name=step, exact=True), step)

    # forms

    def writes(self, values):
        """Fill fields by their names: a list ticks boxes, True ticks one, text is typed or chosen."""
        for name, value in values.items():
            self.fill(self.page.locator(f"main [name='{name}']"), value)

    def fill(self, field, value):
        if isinstance(value, list):
            for one in value:
                self.page.locator(f"main [name='{field.first.get_attribute('name')}'][value='{one}']").check(force=True)
        elif value is True:
            field.check(force=True)
        elif field.first.evaluate("one => one.tagName") == "SELECT":
            field.select_option(**value if isinstance(value, dict) else {"value": value})
        else:
            field.fill(str(value))

    # seeing

    @property
    def text(self):
        """Main part of the page as read, with plain spaces."""
        return re.sub(r"\s+", " ", self.page.inner_text("main"))

    def sees(self, *words):
        missing = [one for one in words if one not in self.text]
        assert not missing, f"{missing} not on {self.page.url}: {self.text[:3000]}"

    def sees_nothing_of(self, *words):
        content = self.page.content()
        found = [one for one in words if one in content]
        assert not found, f"{found} shown on {self.page.url}"

    def asks(self, address):
        """Fetch an address as this person without leaving the page: (status, text)."""
        answer = self.page.request.get(address, max_redirects=0)
        return answer.status, answer.text()

    def finds_nothing_at(self, *addresses):
        assert {address: self.asks(address)[0] for address in addresses} == dict.fromkeys(addresses, 404)

    def takes(self, address):
        """Download an address: its bytes."""
        answer = self.page.request.get(address)
        assert answer.status == 200, f"{address}: {answer.status}"
        return answer.body()

    def address_of(self, label):
        return self.page.locator("main").get_by_role("link", name=label, exact=True).first.get_attribute("href")

    def looks(self):
        """Look at the page at both widths. What is wrong is kept and told at the end, all at once."""
        self.complaints += faults_of(self.page, has_script=self.has_script)


def faults_of(page, *, has_script=True):
    """Violations of accessibility, anything wider than the screen, a page without our frame or its one heading.

    Axe takes a second: `make test` asks it at one width, by day or in the dark, each day another; `make long` all four.
    """
    found, asked = [], part_of(SEEN, len(SEEN))
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        where = f"{page.url} at {size['width']}"
        for scheme in [scheme for asked_size, scheme in asked if asked_size == size and has_script]:
            page.emulate_media(color_scheme=scheme)
            found += violations(page, f"{where}, {scheme}")  # axe is a script itself
        page.emulate_media(color_scheme="light")
        found += flaws(page, where)
    return found


def violations(page, where):
    """Of WCAG 2.2 A and AA, and of what is good practice beyond."""
    for one in Axe().run(page, options=RULES).response["violations"]:
        yield f"{where}: {one['id']}: {[node['html'][:200] for node in one['nodes'][:3]]}"


def flaws(page, where):
    reach = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if reach > 0:
        yield f"{where}: {reach} pixels wider than the screen: {page.evaluate(WIDEST)}"
    for part in ("header.gp-header", "h1"):
        if page.locator(part).count() != 1:
            yield f"{where}: {page.locator(part).count()} {part}"
