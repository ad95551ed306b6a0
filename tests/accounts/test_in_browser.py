"""The pages of people and organisations at a real browser, wide and narrow; PICTURES keeps them to be looked at."""

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest

from accounts.actions import ask_for_address, ask_for_address_of, keep_access, make_token, open_access_review
from accounts.models import AccessReview, AddressChange, Organisation, Session
from core import clock
from core.days import day_of
from promises.models import Mail
from tests.accounts.browsers import away, signed_in
from tests.browser import NARROW, WIDE, Visitor, faults_of
from tests.factories import PASSWORD, an_admin, an_applicant, an_officer, an_organisation, with_a_role

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
PICTURES = os.environ.get("PICTURES")


@pytest.fixture
def look(new_context, live_server, client):
    """Open each address as this person; give what is wrong with the pages."""

    def look_as(user, addresses):
        client.force_login(user)
        context = new_context(viewport=WIDE, base_url=live_server.url)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        return [fault for name, address in addresses.items() for fault in faults_at(page, name, address)]

    return look_as


@pytest.fixture
def visit(new_context, live_server, client):
    """A browser in which this person has signed in a while ago."""

    def visit_as(user, complaints):
        client.force_login(user)
        away(client, minutes=16)
        context = new_context(viewport=WIDE, base_url=live_server.url)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        return Visitor(context, complaints)

    return visit_as


def test_whoever_is_asked_who_it_is_finds_what_was_typed(visit):
    officer, admin = an_officer(), an_admin(name="Ingrid Lindqvist")
    admin.set_password(PASSWORD)
    admin.save()
    signed_in(officer)
    ingrid = visit(admin, complaints := [])
    ingrid.goes_to(officer.get_absolute_url())
    ingrid.gives_reason("Sign out everywhere", "The laptop was stolen.")
    ingrid.sees("Is it you?", "within the last 15 minutes")
    ingrid.sees_nothing_of("The laptop was stolen.")
    keep_picture(ingrid.page, "asked")
    ingrid.looks()
    ingrid.writes({"password": PASSWORD})
    ingrid.presses("Go on")
    ingrid.sees("You were asked who you are before this could be done", "The laptop was stolen.")
    assert Session.objects.of(officer).count() == 1
    keep_picture(ingrid.page, "come-back")
    ingrid.looks()
    ingrid.page.get_by_role("button", name="Put it back into the form").click()
    assert ingrid.page.locator("details.gp-reason[open] textarea").first.input_value() == "The laptop was stolen."
    ingrid.presses("Sign out everywhere")
    ingrid.sees("Done: Sign out everywhere")
    assert not Session.objects.of(officer).exists()
    assert complaints == []


def faults_at(page, name, address):
    assert page.goto(address).status < 400, address
    faults = faults_of(page)
    keep_picture(page, name)
    return faults


def keep_picture(page, name):
    for size in (NARROW, WIDE) if PICTURES else ():
        page.set_viewport_size(size)
        page.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)


def test_the_pages_of_an_administrator(look):
    house = an_organisation("EL", name="Ελληνική Αστυνομία", vat_number="094259216")
    double = an_organisation("EL", name="Αρχηγείο Αστυνομίας", vat_number="EL 094.259.216", shares_identity=True)
    me = an_applicant(house, name="Ελένη Παπαγεωργίου")
    chief = an_officer(name="Anna Kowalczyk")
    officer = with_a_role(an_officer(name="Luís Ferreira"), "EVALUATOR", entity="HOME.D.2", on_behalf_of=chief)
    place = officer.memberships.get(role="OFFICER")
    gone = AddressChange(person=me, address="eleni.papageorgiou@astynomia.example.eu")
    change = ask_for_address_of(gone, by=an_admin(name="Jan Dvořák"), reason="The ministry was renamed.")
    assert look(an_admin(name="Ingrid Lindqvist"), {
        "address_of": f"/people/{officer.pk}/address/", "address_change": change.get_absolute_url(),
        "person_with_change": me.get_absolute_url(),
        "desk": "/desk/", "people": "/people/", "person": officer.get_absolute_url(),
        "grant": f"/people/{officer.pk}/roles/new/", "close": f"/people/{me.pk}/close/",
        "hand_over": f"/roles/{place.pk}/hand-over/", "organisations": "/organisations/",
        "sessions": "/sessions/", "security": "/accounts/2fa/",
        "organisation": double.get_absolute_url(), "merge": f"/organisations/{double.pk}/merge/",
    }) == []  # fmt: skip


def test_the_pages_of_a_review_of_access(look):
    officer = an_officer(name="Anna Kowalczyk")
    make_token(by=officer, name="nightly report to the unit")
    an_applicant(an_organisation("EL", name="Ελληνική Αστυνομία"), name="Ελένη Παπαγεωργίου")
    admin, other = an_admin(name="Ingrid Lindqvist"), an_admin(name="Jan Dvořák")
    assert look(admin, {"new_review": "/access-reviews/new/", "due_review": "/desk/"}) == []
    review = open_access_review(AccessReview(decide_by=day_of(clock.now()) + timedelta(days=14)), by=admin)
    lines = {one.person_id: one for one in review.lines.select_related("person", "review")}
    keep_access(lines[other.pk], by=admin)
    line, own = (lines[one.pk].get_absolute_url() for one in (officer, admin))
    assert look(admin, {
        "reviews": "/access-reviews/", "review": review.get_absolute_url(), "keep": f"{review.get_absolute_url()}keep/",
        "line": line, "own_line": own, "kept_line": lines[other.pk].get_absolute_url(), "end": f"{line}ended/",
    }) == []  # fmt: skip


def test_the_pages_of_an_applicant(look):
    me = an_applicant(an_organisation("MT", name="Pulizija ta' Malta", registration_number="C 12345"))
    Organisation.objects.update(
        former_names=[{"name": "Malta Police", "latin_name": "", "until": "2020-05-01T10:00:00+00:00"}]
    )
    address = me.organisation.get_absolute_url()
    assert look(me, {"no_change": "/address/"}) == []
    ask_for_address(AddressChange(person=me, address="pulizija@gov.example.mt"), by=me)
    mail = Mail.objects.filter(to=me.email).latest("written_at").body
    assert look(me, {
        "own_address": "/address/", "old_mailbox": re.search(r"/address/[^\s]+/", mail)[0],
        "own_people": "/people/", "own_page": me.get_absolute_url(), "own_name": f"/people/{me.pk}/name/",
        "own_organisation": address, "correct": f"{address}correct/", "rename": f"{address}rename/",
        "tokens": "/tokens/",
    }) == []  # fmt: skip
