"""Two national authorities at their browsers: they register, invite, prepare, submit; in the end they read a letter."""

import hashlib
import io
import re

from django.core import mail
from pypdf import PdfReader

from tests.factories import PASSWORD
from tests.journeys import words
from tests.journeys.words import REFERENCE

# authorities and their colleagues


def register(person, organisation, name, email):
    person.goes_to("/register/")
    person.looks()
    person.writes({**organisation, "person": name, "email": email, "password": PASSWORD, "password_again": PASSWORD})
    person.presses("Register")
    person.sees("Your organisation is registered.", "Fraud without borders")
    person.looks()
    person.finds_nothing_at("/evaluation/", "/reports/", "/promises/")


def invite_and_join(anna, bram, keep_promises):
    """The colleague comes by the secret address in the mail, once."""
    anna.follows("Accounts")
    anna.looks()
    anna.follows("Invite a colleague")
    anna.looks()
    anna.writes({"email": "bram@politie.example.nl"})
    anna.presses("Send the invitation")
    anna.sees("The invitation goes to bram@politie.example.nl.", "Invitations not yet accepted")
    anna.looks()
    keep_promises()
    letter = next(one for one in mail.outbox if one.to == ["bram@politie.example.nl"])
    address = re.search(r"/invitations/[^/\s]+/", letter.body)[0]
    bram.goes_to(address)
    bram.sees("Korps Nationale Politie")
    bram.looks()
    bram.writes({"name": "Bram Bakker", "password": PASSWORD, "password_again": PASSWORD})
    bram.presses("Join")
    bram.page.wait_for_url("**/desk/")
    bram.finds_nothing_at(address)


# applications, part by part


def start(person, call):
    """From the call's page to a draft; gives its address."""
    person.goes_to(call.get_absolute_url())
    person.follows("Start an application")
    person.sees("the Commission sees nothing of it before")
    person.presses("Start a draft")
    return person.page.url


def write_proposal(person, said, paper, look=lambda person: None):
    """Every part through its form, one after the other by “Save and go on”."""
    person.follows("Identity")
    for part in (write_identity, write_partners, write_content, write_timetable, write_budget):
        look(person)
        part(person, said)
    look(person)
    attach(person, paper)
    look(person)
    person.follows("Go on")
    look(person)
    declare_all(person)


def write_identity(person, said):
    person.writes({"acronym": said["acronym"], "title": said["title"]})
    person.presses("Save and go on")


def write_partners(person, said):
    contact = person.page.locator("main [name$='-contact_name']").first
    contact.fill("Contact person")
    person.page.locator("main [name$='-contact_email']").first.fill("contact@example.eu")
    if said["partner"]:
        row = person.page.locator("main [name=row]").last.get_attribute("value")
        person.writes({
            f"{row}-name": said["partner"], f"{row}-country": said["country"], f"{row}-kind": "LAW",
            f"{row}-contact_email": "partner@example.eu",
        })  # fmt: skip
    person.presses("Save and go on")


def write_content(person, said):
    person.writes({
        "objectives": ["A"], "actions": ["a", "c"], "summary": said["summary"], "description": said["description"],
    })  # fmt: skip
    person.presses("Save and go on")


def write_timetable(person, said):
    first, second = (row.get_attribute("value") for row in person.page.locator("main [name=row]").all()[:2])
    person.writes({
        "starts_on": said["starts_on"], "months": 24,
        f"{first}-title": "Kick-off", f"{first}-first_month": 1, f"{first}-last_month": 2,
        f"{second}-title": "Analysis", f"{second}-first_month": 3, f"{second}-last_month": 24,
    })  # fmt: skip
    person.presses("Save and go on")


def write_budget(person, said):
    """The coordinator's staff, the partner's equipment."""
    for row, (category, amount) in enumerate(zip("AC", said["costs"], strict=False)):
        person.page.locator(f"main tbody tr:nth-child({row + 1}) [name$='-{category}']").fill(amount)
    person.writes({name: said[name] for name in ("requested", "own_resources")})
    person.presses("Save and go on")


def attach(person, paper):
    person.writes({"kind": "DESCRIPTION"})
    person.page.set_input_files("#id_file", paper)
    person.presses("Attach")
    person.sees("The file is attached.", paper.name)


def declare_all(person):
    for box in person.page.locator("main [name=declarations]").all():
        box.check(force=True)
    person.presses("Save")


def make_mistakes(anna, application):
    """Each is named where it was made, and on the page of what is missing; nothing typed is lost."""
    anna.goes_to(f"{application}edit/budget/")
    anna.writes({"requested": "481.500", "own_resources": "53 500,00"})
    anna.presses("Save")
    anna.sees("481.500 can be read in two ways")
    assert anna.page.input_value("[name=requested]") == "481.500"
    assert anna.page.input_value("[name=own_resources]") == "53 500.00"
    anna.looks()
    anna.goes_to(f"{application}missing/")
    anna.sees("stop you from submitting", "Identity: Give the action an acronym.")
    anna.looks()
    assert anna.asks(f"{application}submit/")[0] == 200
    anna.goes_to(f"{application}submit/")
    anna.sees("The application is not complete yet")
    assert anna.page.get_by_role("button", name="Submit the application").count() == 0
    anna.goes_to(application)


def submit(person):
    """From the application's page to its receipt; gives its number."""
    person.follows("Review and submit")
    person.presses("Submit the application")
    person.sees("Your application is received", "SHA-256 of the content", "description of the action.pdf")
    return re.search(rf"{REFERENCE}-\w{{6}}", person.text)[0]


def first_application(anna, call, paper, keep_promises):
    """The careful one: mistakes, every page looked at, a receipt, an edit, a second version.

    Gives its address and that of its attachment.
    """
    application = start(anna, call)
    anna.sees("parts complete")
    anna.looks()
    make_mistakes(anna, application)
    write_proposal(anna, words.netwatch(), paper, look=lambda person: person.looks())
    anna.goes_to(application)
    anna.sees("NETWATCH")
    anna.looks()
    anna.follows("Review and submit")
    anna.sees("EUR 481 500.00", "Contribution of the beneficiaries EUR 53 500.00", "balanced")
    anna.looks()
    anna.page.go_back()
    number = submit(anna)
    anna.sees(f"{number}, version 1")
    anna.looks()
    edit_and_submit_again(anna, application, number)
    check_receipt(anna, application, keep_promises)
    return application, anna.address_of(paper.name)


def another_application(person, call, said, paper):
    application = start(person, call)
    write_proposal(person, said, paper)
    submit(person)
    return application


def lonely_application(bram, call, paper):
    """Nobody is stopped by a condition that is not met, but everybody is told."""
    application = start(bram, call)
    write_proposal(bram, words.lonely(), paper)
    bram.sees("Conditions of the call that are not met", "At least 2 organisations take part.")
    bram.looks()
    submit(bram)
    return application


def draft(person, call):
    application = start(person, call)
    person.follows("Identity")
    write_identity(person, {"acronym": "DRAFT", "title": "Never sent"})
    return application


def edit_and_submit_again(anna, application, number):
    anna.goes_to(f"{application}edit/identity/")
    anna.writes({"title": "Joint analysis of online fraud, second edition"})
    anna.presses("Save")
    anna.sees("you have edits that are not submitted")
    anna.looks()
    assert submit(anna) == number
    anna.sees(f"{number}, version 2")


def check_receipt(anna, application, keep_promises):
    """The paper, the mail and the exact content agree on one hash."""
    keep_promises()
    anna.goes_to(application)
    anna.follows("Version 2")
    anna.looks()
    paper = anna.takes(anna.address_of("Download the receipt (PDF)"))
    content = anna.takes(anna.address_of("Download the exact content (JSON)"))
    sha256 = hashlib.sha256(content).hexdigest()
    assert paper.startswith(b"%PDF-")
    anna.sees(sha256)
    assert sha256 in mail_to("anna@politie.example.nl").body


def mail_to(address):
    """The last one."""
    return [one for one in mail.outbox if one.to == [address]][-1]


# after the call has closed


def too_late(person):
    """The page was open when the call closed; what was typed is refused with a sentence and stays on the page."""
    person.writes({"title": "One second too late"})
    person.presses("Save")
    person.sees("too late. Nothing was changed; what you submitted before the closing time counts.")
    assert person.page.input_value("[name=title]") == "One second too late"
    person.looks()


def waits(person, application, stands="received, in the procedure"):
    """Until the letter comes, each step of the procedure looks the same from outside; then, that it is decided."""
    person.goes_to(application)
    person.sees(stands)
    person.sees_nothing_of("Exclude", "eligible", "ranked", "Checks against")
    person.finds_nothing_at("/evaluation/", "/reports/", "/awards/nothing/")
    person.goes_to("/letters/")
    person.sees("No letter yet.")


def read_letter(person, number, *words_in_it):
    """Open the paper, then confirm having read it; gives its address."""
    person.goes_to("/letters/")
    person.looks()
    person.click(person.page.locator("main tr").filter(has_text=number).get_by_role("link").first, number)
    person.looks()
    text = text_of(person.takes(person.page.locator("main a[href$='/pdf/']").get_attribute("href")))
    missing = [one for one in words_in_it if one not in text]
    assert not missing, f"{missing} not in the letter: {text}"
    person.presses("Confirm that I have read this letter")
    person.sees("Done: Confirm that I have read this letter", "confirmed by")
    person.looks()
    return person.page.url


def text_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
