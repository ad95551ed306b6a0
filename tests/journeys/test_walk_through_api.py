"""The same walk without a page: everybody is a program with a token, from the empty database to the auditor's file.

The programs are a stranger's: generated from the document, as a ministry's developer would do it.
"""

import hashlib
import re
from datetime import timedelta

import pytest
from django.core import mail

from core import clock
from programmes.models import Call
from promises.actions import promise
from promises.models import Mail
from tests.factories import PASSWORD
from tests.journeys import auditors, words
from tests.journeys.generated import Generated, generate
from tests.journeys.program import escaped, said_on_the_page
from tests.journeys.sending import check_paper, nobody_reads, submit
from tests.journeys.words import EVALUATORS, PEOPLE, REFERENCE

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


# people


@pytest.fixture(scope="session")
def generated(tmp_path_factory):
    """The code that a stranger has made of the document."""
    generate(tmp_path_factory.mktemp("stranger"))
    return Generated


@pytest.fixture
def cast(empty_house, generated):
    """The administrator's program invites; each person exchanges its password for a token."""
    admin = generated()
    admin.take(admin.sends("token/", {"email": empty_house.email, "password": PASSWORD})["token"])
    return {who: appointed(admin, who) for who in PEOPLE}


def appointed(admin, who):
    name, role, entity, state = PEOPLE[who]
    email = f"{who}@ec.example.eu"
    said = {"name": name, "email": email, "role": role, "entity": entity, "member_state": state}
    admin.sends("invitations/appoint/", said)
    person = Generated()
    secret = re.search(r"/invitations/([^/\s]+)/", Mail.objects.get(to=email).body)[1]
    person.sends("join/", {"secret": secret, "name": name, "password": PASSWORD})
    assert person.is_refused("token/", {"email": email, "password": "not this one"}, status=400)
    person.take(person.sends("token/", {"email": email, "password": PASSWORD})["token"])
    assert person.gets("people/me/")["name"] == name
    return person


def register(organisation, name, email):
    person = Generated()
    said = {"organisation": organisation, "name": name, "email": email, "password": PASSWORD}
    person.take(person.sends("register/", said)["token"])
    return person


def joined(anna, keep_promises):
    """The colleague's program uses the secret of the mail, once."""
    anna.sends("invitations/", {"email": "bram@politie.example.nl"})
    keep_promises()
    body = next(one.body for one in mail.outbox if one.to == ["bram@politie.example.nl"])
    said = {"secret": re.search(r"/invitations/([^/\s]+)/", body)[1], "name": "Bram Bakker", "password": PASSWORD}
    bram = Generated()
    bram.take(bram.sends("join/", said)["token"])
    Generated().is_refused("join/", said, status=404)
    assert bram.gets("people/me/")["organisation"] == "Korps Nationale Politie"
    return bram


# the call


def publish_call(officer, stranger):
    said = {**words.the_call(clock.now()), "criteria": [{**one, "threshold": one["threshold"] or None}
            for one in words.CRITERIA], "tie_break": ["REL", "QUA", "TIME", "COMMITTEE"],
        "title": "Fraud without borders"}  # fmt: skip
    call = officer.sends("calls/", {"fund": "isf-2021-2027", "reference": REFERENCE, "title": "Fraud without borders"})
    address = f"calls/{call['id']}/"
    stranger.is_refused(address, method="get", status=404)
    assert officer.is_refused(f"{address}steps/publish/", status=400)["detail"] == "The call cannot be published yet."
    officer.saves(address, said, method="patch")
    assert officer.sends(f"{address}steps/publish/", {"meant": True})["status"] == "PUBLISHED"
    assert stranger.gets(address)["title"] == "Fraud without borders"
    return call["id"]


def close_in(call, seconds):
    """The walk cannot wait for a month, and no corrigendum takes time away: the row is told, nobody else."""
    closes_at = clock.now() + timedelta(seconds=seconds)
    Call.objects.filter(pk=call).update(closes_at=closes_at)
    row = Call.objects.get(pk=call)
    promise("open_call", row, due_at=row.opened_from)
    while clock.now() < row.opened_from:
        pass


# evaluation


def number_of(rows, column, value):
    return next(one["id"] for one in rows["results"] if one[column] == value)


def decide_on_checks(officer, call, applications):
    start = f"calls/{call}/steps/start_evaluation/"
    sentence = officer.is_refused(start, status=409)["detail"]
    assert sentence.startswith("Not settled yet: ")
    assert sentence.count("(“checks under way”)") == 3
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
        for name in ("NETWATCH", "SAFEPORT"):
            assess(cast[who], who, name, words.number_of(name))


def assess(evaluator, who, name, number):
    found = evaluator.gets("assessments/")["results"]
    mine = [one["id"] for one in found if number in one.values()]
    own = next(pk for pk in mine if evaluator.gets(f"assessments/{pk}/")["evaluator"] == PEOPLE[who][0])
    address = f"assessments/{own}/"
    evaluator.sends(f"{address}steps/declare/")
    assert evaluator.is_refused(f"{address}steps/sign/", status=400)
    evaluator.saves(address, {"scores": scores(words.SCORES[name][who])}, below="score/")
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
        aino.saves(report, agreed, below="agree/")
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
        (1, words.number_of("NETWATCH"), "MAIN", 86), (2, words.number_of("SAFEPORT"), "RESERVE", 74.5),
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
    taken = {}
    for slug in auditors.SHELF:
        asks = {form: {"report": slug, "call": call, "form": form} for form in auditors.TELLS}
        asked = {form: auditor.sends("report-files/", words)["id"] for form, words in asks.items()}
        keep_promises()
        taken |= {(slug, form): auditor.takes(f"report-files/{pk}/bytes/") for form, pk in asked.items()}
    return taken


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

    close_in(call, seconds=1)
    stamp = anna.gets(applications[0])["stamp"]
    late = {"identity": {"acronym": "NETWATCH", "title": "One second too late"}, "stamp": stamp}
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
    assert progress == {"done": 3, "total": 3, "failed": 0, "finished": True, "failures": [], "refused": []}


def audit(auditor, call, keep_promises, folder):
    files = take_reports(auditor, call, keep_promises)
    auditors.read(files)
    told = auditors.prove(files["audit-trail", "csv"], folder)
    assert {row["door"] for row in told if row["act"] == "application.submit"} == {"API"}
