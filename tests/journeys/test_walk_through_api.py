"""The same walk without a page: everybody is a program with a token, from the empty database to the auditor's file."""

import hashlib
import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from rest_framework.test import APIClient

from accounts.models import User
from applications.declarations import Declaration
from core import clock
from tests.factories import PASSWORD
from tests.journeys import auditors, words
from tests.journeys.words import EVALUATORS, PEOPLE, REFERENCE

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
FIRST, SECOND, THIRD = (f"{REFERENCE}-{number:04d}" for number in (1, 2, 3))


class Program:
    """A program of one person, on a machine of its own; its refusals are asserted, never overlooked."""

    machines = iter(range(1, 250))

    def __init__(self, token=""):
        self.client = APIClient(REMOTE_ADDR=f"10.1.0.{next(self.machines)}")
        self.take(token)

    def take(self, token):
        if token:
            self.client.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    def gets(self, path):
        answer = self.client.get(f"/api/{path}")
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.content.decode()[:500]}"
        return answer.json()

    def sends(self, path, data=None, *, method="post", form="json"):
        answer = getattr(self.client, method)(f"/api/{path}", data or {}, format=form)
        assert answer.status_code in {200, 201, 204}, f"{path}: {answer.status_code} {answer.content.decode()[:900]}"
        return answer.json() if answer.content else None

    def is_refused(self, path, data=None, *, status, method="post"):
        answer = getattr(self.client, method)(f"/api/{path}", data or {}, format="json")
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.content.decode()[:500]}"
        return answer.json()

    def takes(self, path):
        answer = self.client.get(f"/api/{path}")
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return b"".join(answer) if answer.streaming else answer.content


def said_on_the_page(email, path, data=None):
    """The status and the page that the same person gets for the same act in a browser."""
    client = APIClient()
    client.force_login(User.objects.get(email=email))
    answer = client.post(path, data or {})
    return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())


def escaped(sentence):
    return sentence.replace("&", "&amp;").replace("'", "&#x27;")


# people


@pytest.fixture
def cast(empty_house):
    """The administrator's program makes the accounts; each person exchanges its password for a token."""
    admin = Program()
    admin.take(admin.sends("token/", {"email": empty_house.email, "password": PASSWORD})["token"])
    return {who: appointed(admin, who) for who in PEOPLE}


def appointed(admin, who):
    name, role, entity, state = PEOPLE[who]
    email = f"{who}@ec.example.eu"
    said = {"name": name, "email": email, "role": role, "entity": entity, "member_state": state, "password": PASSWORD}
    admin.sends("people/", said)
    person = Program()
    assert person.is_refused("token/", {"email": email, "password": "not this one"}, status=400)
    person.take(person.sends("token/", {"email": email, "password": PASSWORD})["token"])
    assert person.gets("people/me/")["name"] == name
    return person


def register(organisation, name, email):
    person = Program()
    said = {"organisation": organisation, "name": name, "email": email, "password": PASSWORD}
    person.take(person.sends("register/", said)["token"])
    return person


def joined(anna, keep_promises):
    """The colleague's program uses the secret of the mail, once."""
    anna.sends("invitations/", {"email": "bram@politie.example.nl"})
    keep_promises()
    body = next(one.body for one in mail.outbox if one.to == ["bram@politie.example.nl"])
    said = {"secret": re.search(r"/invitations/([^/\s]+)/", body)[1], "name": "Bram Bakker", "password": PASSWORD}
    bram = Program()
    bram.take(bram.sends("join/", said)["token"])
    Program().is_refused("join/", said, status=404)
    assert bram.gets("people/me/")["organisation"] == "Korps Nationale Politie"
    return bram


# the call


def publish_call(officer, stranger):
    said = {**words.the_call(clock.now()), "criteria": [{**one, "threshold": one["threshold"] or None}
            for one in words.CRITERIA], "tie_break": ["REL", "QUA"], "title": "Fraud without borders"}  # fmt: skip
    call = officer.sends("calls/", {"fund": "isf-2021-2027", "reference": REFERENCE, "title": "Fraud without borders"})
    address = f"calls/{call['id']}/"
    stranger.is_refused(address, method="get", status=404)
    assert officer.is_refused(f"{address}steps/publish/", status=400)["detail"] == "The call cannot be published yet."
    officer.sends(address, said, method="patch")
    assert officer.sends(f"{address}steps/publish/")["status"] == "PUBLISHED"
    assert stranger.gets(address)["title"] == "Fraud without borders"
    return call["id"]


def close_in(officer, call, seconds):
    closes_at = clock.now() + timedelta(seconds=seconds)
    officer.sends(f"calls/{call}/correct/", {"reason": "The walk cannot wait.", "values": {"closes_at": closes_at}})
    while clock.now() < closes_at:
        pass
    return closes_at


# applications


def submit(person, call, said, paper):
    """Start, save, attach, submit; gives the address."""
    made = person.sends("applications/", {"call": call})
    address = f"applications/{made['id']}/"
    lead = next(one for one in made["content"]["partners"] if one["is_coordinator"])
    person.sends(address, sections(said, lead["id"]), method="patch")
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


# evaluation


def number_of(rows, column, value):
    return next(one["id"] for one in rows["results"] if one[column] == value)


def decide_on_checks(officer, call, applications):
    start = f"calls/{call}/steps/start_evaluation/"
    sentence = officer.is_refused(start, status=409)["detail"]
    assert sentence == "3 applications still wait for their checks to be decided."
    status, page = said_on_the_page("officer@ec.example.eu", f"/calls/{call}/start_evaluation/")
    assert (status, escaped(sentence) in page) == (409, True)
    netwatch, safeport, lonely = applications
    assert officer.is_refused(f"{lonely}steps/accept/", status=400)["detail"].startswith("Not every condition")
    assert officer.is_refused(f"{lonely}steps/exclude/", status=400)["gaps"] == {
        "reason": "Give the reason for “Exclude”."
    }  # fmt: skip
    check = next(one for one in officer.gets(lonely)["checks"] if one["code"] == "PARTNERS")
    officer.sends(f"checks/{check['id']}/steps/confirm/")
    officer.sends(f"{lonely}steps/exclude/", {"reason": "One organisation where the call wants two."})
    for address in (netwatch, safeport):
        assert officer.sends(f"{address}steps/accept/")["status"] == "ELIGIBLE"
    officer.sends(start)


def judge(cast, officer, applications):
    """Everybody declares, scores and signs, seeing nothing of the others."""
    people = {row["name"]: row["id"] for row in officer.gets("people/?role=EVALUATOR")["results"]}
    refused = {"application": applications[0].split("/")[1], "evaluator": people[PEOPLE["sanne"][0]]}
    assert "from NL, like Korps" in officer.is_refused("assessments/", refused, status=400)["detail"]
    pairs = [
        {"application": address.split("/")[1], "evaluator": people[PEOPLE[who][0]]}
        for address in applications[:2] for who in EVALUATORS
    ]  # fmt: skip
    officer.sends("assessments/assign_all/", pairs)
    for who in EVALUATORS:
        cast[who].is_refused(applications[0], method="get", status=404)
        for name, number in (("NETWATCH", FIRST), ("SAFEPORT", SECOND)):
            assess(cast[who], who, name, number)


def assess(evaluator, who, name, number):
    found = evaluator.gets("assessments/")["results"]
    mine = [one["id"] for one in found if number in one.values()]
    own = next(pk for pk in mine if evaluator.gets(f"assessments/{pk}/")["evaluator"] == PEOPLE[who][0])
    address = f"assessments/{own}/"
    evaluator.sends(f"{address}steps/declare/")
    assert evaluator.is_refused(f"{address}steps/sign/", status=400)
    evaluator.sends(f"{address}score/", {"scores": scores(words.SCORES[name][who])})
    assert evaluator.sends(f"{address}steps/sign/")["status"] == "SIGNED"


def scores(points):
    return [
        {"criterion": code, "points": str(number), "comment": f"About {code}."}
        for code, number in zip(("REL", "QUA", "IMP"), points, strict=True)
    ]


def agree(cast, officer, applications):
    people = {row["name"]: row["id"] for row in officer.gets("people/?role=EVALUATOR")["results"]}
    aino = cast["aino"]
    for address, name in zip(applications[:2], ("NETWATCH", "SAFEPORT"), strict=True):
        said = {"application": address.split("/")[1], "rapporteur": people[PEOPLE["aino"][0]]}
        report = f"consensus-reports/{officer.sends('consensus-reports/', said)['id']}/"
        agreed = {"scores": scores(words.SCORES[name]["agreed"]), "remark": "We agree."}
        aino.sends(f"{report}agree/", agreed)
        aino.sends(f"{report}steps/propose/")
        for who in EVALUATORS:
            cast[who].sends(f"{report}steps/approve/")
        assert officer.gets(report)["status"] == "APPROVED"


def rank(cast, officer, call):
    """A committee of three entities signs the hash of what it read."""
    people = {row["name"]: row["id"] for row in officer.gets("people/?role=EVALUATOR")["results"]}
    assert officer.is_refused("ranked-lists/", {"call": call}, status=400)
    for who in EVALUATORS:
        name, _role, entity, _state = PEOPLE[who]
        under = entity.startswith("HOME")
        officer.sends("seats/", {"call": call, "member": people[name], "under_authorising_officer": under})
    seats = {row["member"]: f"seats/{row['id']}/" for row in officer.gets("seats/")["results"]}
    for who in EVALUATORS:
        cast[who].sends(f"{seats[PEOPLE[who][0]]}steps/declare/")
    drawn = officer.sends("ranked-lists/", {"call": call})
    assert [(one["rank"], one["number"], one["place"], float(one["total"])) for one in drawn["entries"]] == [
        (1, FIRST, "MAIN", 86), (2, SECOND, "RESERVE", 74.5)
    ]  # fmt: skip
    for who in EVALUATORS:
        seat = seats[PEOPLE[who][0]]
        assert cast[who].is_refused(f"{seat}sign/", {"sha256": "0" * 64}, status=409)
        assert cast[who].sends(f"{seat}sign/", {"sha256": drawn["sha256"]})["status"] == "SIGNED"
    assert officer.gets(f"ranked-lists/{drawn['id']}/")["status"] == "SIGNED"


# decision, letters, files


def decide(cast, call):
    second, decider = cast["second"], cast["decider"]
    decision = f"decisions/{second.sends('decisions/', {'call': call})['id']}/"
    second.sends(f"{decision}steps/propose/")
    said = {"reason": "The committee's list is followed."}
    sentence = second.is_refused(f"{decision}steps/decide/", said, status=403)["detail"]
    page = said_on_the_page("second@ec.example.eu", f"/awards/{decision.split('/')[1]}/decide/", said)
    assert (page[0], escaped(sentence) in page[1]) == (403, True)
    assert decider.sends(f"{decision}steps/decide/", said)["status"] == "DECIDED"
    second.sends(f"{decision}steps/issue/")
    return decision


def read_letters(person, *expected):
    """{kind: words of the paper}; each is confirmed."""
    rows = person.gets("letters/")["results"]
    assert {row["kind"] for row in rows} == set(expected)
    for row in rows:
        pdf = person.takes(f"letters/{row['id']}/pdf/")
        assert hashlib.sha256(pdf).hexdigest() == person.gets(f"letters/{row['id']}/")["pdf_sha256"]
        assert person.sends(f"letters/{row['id']}/steps/confirm_read/")["status"] == "READ"


def take_reports(auditor, call, keep_promises):
    asked = {
        (slug, form): auditor.sends("report-files/", {"report": slug, "call": call, "form": form})["id"]
        for slug in auditors.SHELF
        for form in auditors.TELLS
    }
    keep_promises()
    return {key: auditor.takes(f"report-files/{pk}/bytes/") for key, pk in asked.items()}


def test_the_whole_walk_through_the_api(cast, paper, tmp_path, keep_promises):
    officer = cast["officer"]
    anna = register(words.NETHERLANDS, "Anna Visser", "anna@politie.example.nl")
    eleni = register(words.GREECE, "Ελένη Παπαδοπούλου", "eleni@astynomia.example.gr")
    bram = joined(anna, keep_promises)
    call = publish_call(officer, stranger=eleni)
    applications = [
        submit(anna, call, words.netwatch(), paper),
        submit(eleni, call, words.safeport(), paper),
        submit(bram, call, words.lonely(), paper),
    ]
    eleni.is_refused(applications[0], method="get", status=404)
    nobody_reads(cast, applications)

    close_in(officer, call, seconds=1)
    late = {"identity": {"acronym": "NETWATCH", "title": "One second too late"}}
    assert "too late" in anna.is_refused(applications[0], late, method="patch", status=409)["detail"]
    keep_promises()
    check_paper(bram, applications[0])
    decide_on_checks(officer, call, applications)
    assert anna.gets(applications[0])["status"] == anna.gets(applications[2])["status"] == "RECEIVED"

    judge(cast, officer, applications)
    agree(cast, officer, applications)
    rank(cast, officer, call)
    issue(cast, decide(cast, call), keep_promises)
    read_letters(anna, "AWARD", "REJECTION")
    read_letters(eleni, "RESERVE")
    audit(cast["auditor"], call, keep_promises, tmp_path)


def issue(cast, decision, keep_promises):
    keep_promises()
    progress = cast["second"].gets(f"{decision}letters/")
    assert progress == {"done": 3, "total": 3, "failed": 0, "finished": True, "failures": []}


def audit(auditor, call, keep_promises, folder):
    files = take_reports(auditor, call, keep_promises)
    auditors.read(files)
    told = auditors.prove(files["audit-trail", "csv"], folder)
    assert {row["door"] for row in told if row["act"] == "application.submit"} == {"API"}
