"""The Commission's office at its browsers: accounts, the call, checks, assignments, the list, the decision."""

import re
import time
from datetime import timedelta

from django.test import Client

from core import clock
from programmes.models import Call
from promises.actions import promise
from promises.models import Mail
from tests.factories import PASSWORD
from tests.journeys import words
from tests.journeys.words import PEOPLE, REFERENCE


def email_of(who):
    return f"{who}@ec.example.eu"


# the house gets its people


def make_accounts(admin):
    admin.goes_to("/desk/")
    admin.looks()
    admin.follows("Accounts")
    admin.looks()
    for who, (name, role, entity, state) in PEOPLE.items():
        admin.goes_to("/people/new/")
        place = {"role": role, "entity": entity, "member_state": state}
        admin.writes({"name": name, "email": email_of(who), **place})
        admin.presses("Send the invitation")
        admin.sees(f"The invitation goes to {email_of(who)}.")
        accepts(email_of(who), name)
    admin.looks()
    admin.goes_to("/people/new/")
    admin.looks()
    admin.finds_nothing_at("/evaluation/", "/reports/")


def accepts(email, name):
    """Whoever was invited opens the address in the mail and chooses a password."""
    secret = re.search(r"/invitations/([^/\s]+)/", Mail.objects.get(to=email).body)[1]
    said = {"name": name, "password": PASSWORD, "password_again": PASSWORD}
    assert Client().post(f"/invitations/{secret}/", said).status_code == 302


# a call


def prepare_call(officer, stranger):
    officer.goes_to("/desk/")
    officer.looks()
    officer.follows("Calls")
    officer.looks()
    officer.follows("Prepare a call")
    officer.looks()
    officer.writes({"fund": "isf-2021-2027", "reference": REFERENCE, "title": "Fraud without borders"})
    officer.presses("Keep the draft")
    fill_call(officer)
    call = Call.objects.get(reference=REFERENCE)
    stranger.finds_nothing_at(call.get_absolute_url())
    stranger.goes_to("/calls/")
    stranger.sees_nothing_of(REFERENCE)
    officer.follows("Publish")
    officer.sees("Applications can be sent from", "The opening lies in the past")
    officer.looks()
    officer.writes({"meant": True})
    officer.presses("Publish")
    officer.sees("Done: Publish", "EUR 500 000.00", "Relevance", "Online fraud across borders")
    officer.looks()
    stranger.goes_to(call.get_absolute_url())
    stranger.sees("Fraud without borders", "Online fraud across borders")
    stranger.looks()
    return call


def fill_call(officer):
    """First with a mistake that is named at its field; nothing of the rest is lost by it."""
    said = words.the_call(clock.now())
    passages = {name: passage_ids(officer, name, said.pop(name)) for name in ("objectives", "actions")}
    moments = {name: words.wall(said.pop(name)) for name in ("opens_at", "closes_at")}
    officer.writes({**said, **moments, **passages, "budget": "500.000"})
    write_criteria(officer, 0, words.CRITERIA[:2])
    officer.presses("Save and stay here")
    officer.sees("500.000 can be read in two ways: write 500 000 if you mean thousands")
    officer.looks()
    officer.writes({"budget": "500 000"})
    officer.presses("Save and stay here")
    officer.sees("The draft is saved.")
    write_criteria(officer, 2, words.CRITERIA[2:])
    officer.presses("Save and look at it")
    officer.sees("The draft is saved.", "Impact")


def passage_ids(officer, name, codes):
    """The values of the boxes whose labels begin with these letters."""
    boxes = officer.page.locator(f"main [name='{name}']")
    found = {box.evaluate("one => one.labels[0].innerText.trim()"): box.get_attribute("value") for box in boxes.all()}
    return [value for label, value in found.items() if re.match(r"\W*(\w)\b", label)[1] in codes]


def write_criteria(officer, start, criteria):
    for number, one in enumerate(criteria, start):
        officer.writes({f"criteria-{number}-{name}": value for name, value in one.items()})


# closing time


def close_in(call, seconds):
    """The walk cannot wait for a month, and no corrigendum takes time away: the row is told. Gives the opening."""
    closes_at = (clock.now() + timedelta(seconds=seconds)).replace(microsecond=0)
    Call.objects.filter(pk=call.pk).update(closes_at=closes_at)
    row = Call.objects.get(pk=call.pk)
    promise("open_call", row, due_at=row.opened_from)
    return row.opened_from


def correct(officer, second, call):
    """A corrigendum gives more time: one proposes it, another publishes it."""
    officer.goes_to(call.get_absolute_url())
    officer.follows("Propose a corrigendum")
    officer.looks()
    officer.writes({"closes_at": words.wall(call.closes_at + timedelta(days=7)), "reason": "Questions came in."})
    officer.presses("Propose the corrigendum")
    officer.sees("A corrigendum waits to be published", "Questions came in.")
    officer.looks()
    second.goes_to(call.get_absolute_url())
    second.presses("Publish the corrigendum")
    second.sees("Corrigendum 1", "Questions came in.")
    second.looks()


def wait_until(moment):
    while clock.now() < moment:
        time.sleep(0.2)


def nobody_reads_before_the_call_closes(person, applications):
    """No list, search, file or number tells the Commission of a proposal."""
    for address in ("/applications/", "/applications/?q=fraud", "/api/applications/", "/promises/"):
        status, content = person.asks(address)
        assert status in {200, 401, 404}, address
        assert not re.search(rf"{REFERENCE}-\w{{6}}", content), address
        assert "Joint analysis" not in content, address
    assert "Joint analysis" not in person.takes("/applications/?format=csv").decode()
    person.finds_nothing_at(*applications)


# checks


def check_applications(officer, second, call, *, netwatch, safeport, lonely, draft):
    officer.goes_to("/desk/")
    officer.looks()
    officer.goes_to("/applications/")
    first, *others = (words.number_of(acronym) for acronym in ("NETWATCH", "SAFEPORT", "LONELY"))
    officer.sees(first, *others)
    officer.sees_nothing_of("Never sent")
    officer.looks()
    officer.finds_nothing_at(draft)
    officer.goes_to(call.get_absolute_url())
    officer.presses("Start the evaluation")
    officer.sees("Not settled yet", f"{first} (“checks under way”)", *others)
    exclude(officer, lonely)
    confirm_one_by_one(second, netwatch)
    officer.goes_to(safeport)
    officer.presses("Confirm as eligible")
    officer.sees("Done: Confirm as eligible")
    officer.goes_to(call.get_absolute_url())
    officer.presses("Start the evaluation")
    officer.sees("Done: Start the evaluation")


def exclude(officer, address):
    officer.goes_to(address)
    officer.sees("At least 2 organisations take part.", "Organisations: 1.", "not met")
    officer.looks()
    officer.sees("Not every condition is met. Override the failed checks with your reasons, or exclude")
    officer.gives_reason("Exclude", "One organisation where the call wants two.")
    officer.sees("Done: Exclude")
    officer.looks()


def confirm_one_by_one(second, address):
    second.goes_to(address)
    second.sees("The application is submitted before the call closes.")
    second.presses("Confirm")
    second.sees("Done: Confirm", "Luc Lambert")
    second.presses("Confirm as eligible")
    second.sees("Done: Confirm as eligible")


# evaluation, as the officer organises it


def assign(officer, call, keep_promises):
    """One hand and one file: who is of an applicant's Member State is named as such, and asked by neither."""
    officer.goes_to("/evaluation/")
    officer.looks()
    officer.goes_to(f"/evaluation/calls/{call.pk}/")
    officer.looks()
    officer.follows("Assign evaluators")
    officer.sees("each application needs 3 evaluators", "0 of 3")
    officer.looks()
    officer.follows(words.number_of("NETWATCH"))
    officer.sees("Sanne de Vries", "is from NL, like")
    officer.looks()
    officer.follows("Back to all applications")
    officer.follows("Hand in a file")
    officer.looks()
    officer.page.locator("main [name=file]").set_input_files(
        {"name": "pairs.csv", "mimeType": "text/csv", "buffer": pairs_to_assign(call).encode()}
    )
    officer.presses("Check the file")
    officer.sees("6 assignments would be made. Nothing is assigned yet.", "as the file says")
    officer.looks()
    officer.presses("Assign them")
    officer.sees("You need not wait here.")
    keep_promises()
    officer.page.get_by_text("Take back what nobody has begun…").wait_for()  # the page looks after it by itself
    officer.looks()


def pairs_to_assign(call):
    numbers = call.applications.filter(status="ELIGIBLE").order_by("reference").values_list("reference", flat=True)
    pairs = [f"{number};{email_of(who)}" for number in numbers for who in words.EVALUATORS]
    return "\n".join(["application;evaluator", *pairs])


def appoint_rapporteurs(officer, call, who):
    officer.goes_to(f"/evaluation/calls/{call.pk}/")
    officer.sees("2 applications wait for their rapporteurs.")
    officer.looks()
    officer.follows("2 applications wait for their rapporteurs.")
    officer.looks()
    for choice in officer.page.get_by_label(PEOPLE[who][0], exact=True).all():
        choice.check(force=True)
    officer.presses("Appoint those chosen")
    officer.sees(f"{PEOPLE[who][0]} is the rapporteur of {words.number_of('NETWATCH')}.")


def appoint_committee(officer, call):
    """Three persons of three entities; what is missing is said until it is there."""
    officer.goes_to(f"/evaluation/calls/{call.pk}/committee/")
    officer.sees("The committee is not complete yet", "0 of at least 3 members")
    for who in words.EVALUATORS:
        name, _role, entity, _state = PEOPLE[who]
        officer.writes({"member": {"label": f"{name} – {entity}"}})
        under = "yes" if entity.startswith("HOME") else "no"
        officer.page.locator(f"main [name=under_authorising_officer][value={under}]").check(force=True)
        officer.presses("Appoint")
        officer.sees(entity)
    officer.sees_nothing_of("The committee is not complete yet")
    officer.looks()


def draw_up(officer, call):
    officer.goes_to(f"/evaluation/calls/{call.pk}/")
    officer.follows("Draw up the ranked list")
    officer.looks()
    officer.presses("Draw up the ranked list")
    officer.sees("86 main list", "74.5 reserve list", "EUR 481 500.00")
    officer.looks()
    return officer.page.url


# the decision


def prepare_decision(second, call):
    second.goes_to("/desk/")
    second.looks()
    second.goes_to("/awards/")
    second.looks()
    second.follows("Fraud without borders")
    second.looks()
    second.presses("Prepare the award decision")
    second.sees("NETWATCH", "SAFEPORT", "LONELY", "EUR 481 500.00", "Ingrid Lindqvist")
    second.looks()
    address = second.page.url
    second.goes_to(second.address_of("Preview"))
    assert "not issued, nothing is stored" in second.page.content()
    second.goes_to(address)
    second.presses("Send to the authorising officer")
    second.sees("Done: Send to the authorising officer")
    assert second.page.get_by_text("Take the award decision").count() == 0
    return address


def decide(decider, address):
    decider.goes_to("/desk/")
    decider.looks()
    decider.goes_to(address)
    decider.looks()
    decider.gives_reason("Take the award decision", "The committee's list is followed.")
    decider.sees("Done: Take the award decision", f"{REFERENCE}/DEC-")
    decider.looks()


def issue_letters(second, address, keep_promises):
    """The bar stands at nothing until a worker has drawn; then the page says that all is done."""
    second.goes_to(address)
    second.follows("Issue the letters")
    second.looks()
    second.presses("Issue the letters")
    second.goes_to(f"{address}letters/")
    second.sees("The letters are being written, drawn and sent", "0 / 3")
    second.looks()
    keep_promises()
    second.page.get_by_text("Every letter has been dealt with.").wait_for()  # the page looks after it by itself
    second.sees("3 / 3")
    second.looks()
    second.follows("All letters of this call")
    second.looks()
    second.goes_to("/promises/")
    second.looks()
