"""An application through the API: saved, refused while incomplete, submitted, proved by its receipt."""

import hashlib
import json
import re
from uuid import uuid4

from applications.declarations import Declaration
from tests.journeys.program import escaped, said_on_the_page


def submit(person, call, said, paper):
    """Start, save, attach, submit; gives the address."""
    made = person.sends("applications/", {"call": call})
    address = f"applications/{made['id']}/"
    lead = next(one for one in made["content"]["partners"] if one["is_coordinator"])
    person.saves(address, sections(said, lead["id"]), method="patch")
    refused_while_incomplete(person, address)
    with paper.open("rb") as file:
        person.sends(f"{address}attachments/", {"kind": "DESCRIPTION", "file": file}, form="multipart")
    sent = person.sends(f"{address}submit/")
    assert sent["status"] == "SUBMITTED"
    check_receipt(person, address, sent, paper)
    return address


def refused_while_incomplete(person, address):
    """The page refuses the same act with the same sentence."""
    sentence = person.is_refused(f"{address}submit/", status=400)["detail"]
    email = person.gets("people/me/")["email"]
    status, page = said_on_the_page(email, f"/{address}submit/", {"stamp": person.gets(address)["stamp"]})
    assert status == 400
    assert escaped(sentence) in page


def check_receipt(person, address, sent, paper):
    """What is received is what was sent, to the byte."""
    receipt = person.gets(f"{address}receipts/")[0]
    content = json.dumps(receipt["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(content.encode()).hexdigest() == receipt["sha256"] == sent["sent_hash"]
    (file,) = receipt["files"]
    assert file["sha256"] == hashlib.sha256(paper.read_bytes()).hexdigest()
    assert person.takes(f"{address}attachments/{file['id']}/") == paper.read_bytes()


def nobody_reads(cast, applications):
    """Before the closing time the Commission counts nothing and finds nothing."""
    for who in ("officer", "decider", "auditor", "aino"):
        assert cast[who].gets("applications/")["count"] == "0"
        for address in applications:
            cast[who].is_refused(address, method="get", status=404)


def check_paper(person, address):
    """Drawn once, the same bytes for whoever of the authority asks."""
    receipt = person.gets(f"{address}receipts/")[0]
    pdf = person.takes(f"{address}receipts/{receipt['id']}/pdf/")
    assert hashlib.sha256(pdf).hexdigest() == receipt["pdf_sha256"]


def sections(said, lead):
    second = str(uuid4())
    partners = [{"id": lead, "contact_name": "Contact person", "contact_email": "contact@example.eu"}]
    if said["partner"]:
        partners.append({"id": second, "name": said["partner"], "country": said["country"], "kind": "LAW"})
    amounts = [re.sub(r"[ .](?=\d{3})", "", cost).replace(",", ".") for cost in said["costs"]]
    lines = [
        {"partner": partner, "category": category, "amount": amount}
        for partner, category, amount in zip((lead, second), "AC", amounts, strict=False)
    ]
    milestones = [{"title": "Kick-off", "first_month": 1, "last_month": 24}]
    return {
        "identity": {name: said[name] for name in ("acronym", "title")},
        "partners": partners,
        "content": {
            "summary": said["summary"], "description": said["description"], "objectives": ["A"], "actions": ["a"],
        },
        "timetable": {"starts_on": said["starts_on"], "months": 24, "milestones": milestones},
        "budget": {**{name: plain(said[name]) for name in ("requested", "own_resources")}, "lines": lines},
        "declarations": Declaration.values,
    }  # fmt: skip


def plain(amount):
    return amount.replace(" ", "").replace(",", ".")
