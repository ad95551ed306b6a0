"""Without a script, and with the keyboard alone: an authority registers, prepares, submits and holds its receipt."""

from datetime import timedelta

import pytest

from core import clock
from tests.factories import a_call
from tests.journeys import authorities, words
from tests.journeys.words import REFERENCE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SHOWN = """() => {
    const style = getComputedStyle(document.activeElement);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    const box = document.activeElement.getBoundingClientRect();
    return (ring || style.boxShadow !== "none") && box.width > 0 && box.height > 0;
}"""
SAID = """() => {
    const one = document.activeElement;
    return (one.matches("input, select, textarea") ? one.name : one.innerText).trim();
}"""
MOST_STOPS = 120


@pytest.fixture
def call(live_server):
    at = clock.now()
    times = {"opens_at": at - timedelta(hours=1), "closes_at": at + timedelta(days=30)}
    return a_call(reference=REFERENCE, title="Fraud without borders", **times)


def test_a_script_is_a_comfort_only(call, visitor, paper, keep_promises):
    eleni = visitor(java_script_enabled=False)
    authorities.register(eleni, words.GREECE, "Ελένη Παπαδοπούλου", "eleni@astynomia.example.gr")
    application = authorities.start(eleni, call)
    authorities.make_mistakes(eleni, application)
    authorities.write_proposal(eleni, words.safeport(), paper)
    number = authorities.submit(eleni)
    eleni.sees(f"{number}, version 1")
    keep_promises()
    eleni.page.reload()
    assert eleni.takes(eleni.address_of("Download the receipt (PDF)")).startswith(b"%PDF-")
    eleni.goes_to(application)
    eleni.gives_reason("Withdraw", "Our partner left.")
    eleni.sees("withdrawn")


# the keyboard


def tab_to(person, wanted):
    """Tab on until this is in focus; every stop on the way shows where one is."""
    for _stop in range(MOST_STOPS):
        person.page.keyboard.press("Tab")
        assert person.page.evaluate(SHOWN), f"focus cannot be seen on {person.page.evaluate(SAID)!r}: {person.page.url}"
        if wanted == person.page.evaluate(SAID):
            return
    pytest.fail(f"“{wanted}” is not reached by the tabulator on {person.page.url}")


def enter(person):
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")


def type_into(person, values):
    for name, text in values.items():
        tab_to(person, name)
        person.page.keyboard.type(text)


def register_by_keyboard(person):
    person.goes_to("/register/")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate(SAID) == "Skip to main content"
    type_into(person, {"name": "Policija", "latin_name": "Policija", "member_state": "Slov", "kind": "law"})
    type_into(person, {"address": "Ljubljana", "person": "Ana Novak", "email": "ana@policija.example.si"})
    type_into(person, dict.fromkeys(("password", "password_again"), "a long enough passphrase"))
    tab_to(person, "Register")
    enter(person)
    person.sees("Your organisation is registered.")


def test_the_keyboard_is_enough(call, visitor, paper):
    ana = visitor()
    register_by_keyboard(ana)
    tab_to(ana, "Fraud without borders")
    enter(ana)
    tab_to(ana, "Start an application")
    enter(ana)
    tab_to(ana, "Start a draft")
    enter(ana)
    tab_to(ana, "Identity")
    enter(ana)
    type_into(ana, {"acronym": "KEYS", "title": "By the keyboard alone"})
    tab_to(ana, "Save and go on")
    enter(ana)
    ana.sees("Saved: Identity.")
    application = ana.page.url.partition("edit/")[0]
    ana.goes_to(application)
    authorities.write_proposal(ana, words.safeport(), paper)
    ana.goes_to(f"{application}submit/")
    tab_to(ana, "Submit the application")
    enter(ana)
    ana.sees("Your application is received")
