"""What anybody may read of awards: what their applicants were told, and nothing before."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from jsonschema import Draft4Validator
from rest_framework.test import APIClient

from applications.models import Application
from awards.models import Decision, DecisionLine, Letter, Offer
from tests.awards.factories import an_issued_decision
from tests.factories import an_officer

pytestmark = pytest.mark.django_db
PAGE, API, GRANTS = "/published/", "/api/published-awards/", "/published/360giving.json"
DAY = timedelta(days=1)
# What the 360Giving Data Standard needs of a grant, in our words; its own schema was tried by hand on such a file.
TEXT = {"type": "string", "minLength": 1}
DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+0[12]:00$"}
BODIES = {"type": "array", "minItems": 1, "items": {
    "type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}}}  # fmt: skip
GRANT = {
    "type": "object",
    "required": ["id", "title", "description", "currency", "amountAwarded", "awardDate", "recipientOrganization",
                 "fundingOrganization"],
    "properties": {
        "id": TEXT, "title": {**TEXT, "maxLength": 140}, "description": TEXT, "currency": {"enum": ["EUR"]},
        "amountAwarded": {"type": "number"}, "awardDate": DATE, "recipientOrganization": BODIES,
        "fundingOrganization": BODIES, "fromOpenCall": {"enum": ["Yes", "No"]},
    },
}  # fmt: skip


@pytest.fixture
def decision():
    return an_issued_decision()


@pytest.fixture
def letter(decision):
    return decision.letters.filter(kind="AWARD").order_by("application__reference").first()


def leaves(*letters):
    Letter.objects.filter(pk__in=[one.pk for one in letters]).update(
        status="SENT", sent_at=letters[0].written_at, pdf_sha256="a" * 64
    )


def read(**asked):
    return APIClient().get(API, asked).json()["results"]


def a_later_word(letter, *, kind, status="ISSUED", written_after=DAY):
    """A later decision on the same application, whose letter is written but has not left."""
    first = letter.decision
    later = Decision.objects.create(
        call=first.call, ranked_list=first.ranked_list, ordinal=2, cause="CORRECTION", status="PREPARED",
        prepared_by=first.prepared_by, prepared_at=first.prepared_at,
    )  # fmt: skip
    award = kind == "AWARD"
    DecisionLine.objects.create(
        decision=later, application=letter.application, outcome=kind, contribution=7 if award else 0,
        stage="" if award else "BUDGET", reason="An error.",
    )  # fmt: skip
    said = {
        "decided_by": first.decided_by,
        "decided_at": first.decided_at,
        "reasons": "x",
        "issued_at": first.issued_at,
    }
    Decision.objects.filter(pk=later.pk).update(status=status, **said)
    return Letter.objects.create(
        application=letter.application, decision=later, kind=kind, status="WRITTEN", reference=f"{letter.reference}-2",
        facts={}, written_at=letter.written_at + written_after,
    )  # fmt: skip


def test_an_award_is_public_once_its_letter_has_left(decision, letter):
    assert read() == []
    leaves(letter)
    line, applicant = decision.lines.get(application=letter.application), letter.application.applicant
    told = read()[0]
    assert (told["number"], told["contribution"]) == (letter.application.reference, f"{line.contribution:.2f}")
    assert (told["beneficiary"], told["member_state"]) == (applicant.name, applicant.member_state)
    assert (told["call"], told["purpose"]) == (decision.call.reference, decision.call.title)
    assert len(read()) == 1  # the others wait for theirs


def test_what_is_no_award_is_never_public(decision):
    leaves(*decision.letters.all())
    assert {row["number"] for row in read()} == {
        line.application.reference for line in decision.lines.filter(outcome="AWARD")
    }


def test_a_withdrawn_application_is_no_award(letter):
    leaves(letter)
    Application.objects.filter(pk=letter.application_id).update(status="RETRACTED")
    assert read() == []


def test_a_later_decision_changes_nothing_before_its_letter_has_left(letter):
    leaves(letter)
    before = read()
    later = a_later_word(letter, kind="REJECTION", status="DECIDED")
    assert read() == before
    Decision.objects.filter(pk=later.decision_id).update(status="ISSUED")
    leaves(later)
    assert read() == []


def test_what_was_told_last_counts(letter):
    leaves(letter)
    leaves(a_later_word(letter, kind="AWARD"))
    assert [row["contribution"] for row in read()] == ["7.00"]


def test_an_offer_from_the_reserve_is_public_once_it_is_accepted(decision, letter):
    leaves(letter)
    line = decision.lines.get(application=letter.application)
    offer = {"application": letter.application, "line": line, "answer_by": letter.written_at.date()}
    offer = Offer.objects.create(status="OPEN", **offer)
    assert read() == []
    answered = {"answered_at": letter.written_at, "answered_by": an_officer()}
    for status, seen in (("ACCEPTED", 1), ("DECLINED", 0), ("LAPSED", 0)):
        Offer.objects.filter(pk=offer.pk).update(status=status, **answered)
        assert len(read()) == seen, status


def test_the_page_names_no_person_and_offers_files(client, decision, letter):
    leaves(letter)
    page = client.get(PAGE).content.decode()
    assert letter.application.applicant.name in page
    people = [decision.prepared_by, decision.decided_by]
    assert [one.name for one in people if one.name in page] == []
    file = b"".join(client.get(f"{PAGE}?format=csv"))
    rows = list(csv.reader(StringIO(file.decode("utf-8-sig"))))
    assert (len(rows), letter.application.reference in rows[1]) == (2, True)
    assert PAGE in client.get("/").content.decode()


def test_filters_narrow_page_and_answer_alike(decision, letter):
    leaves(*decision.letters.filter(kind="AWARD"))
    state = letter.application.applicant.member_state
    assert {row["member_state"] for row in read(member_state=state)} == {state}
    assert read(call="ISFP-NO-SUCH") == []
    assert letter.application.reference in {row["number"] for row in read(q=letter.application.title)}


def test_the_file_of_grants_has_what_its_standard_needs(client, decision, letter):
    leaves(letter)
    answer = client.get(GRANTS)
    grants = answer.json()["grants"]
    assert [error.message for grant in grants for error in Draft4Validator(GRANT).iter_errors(grant)] == []
    line = decision.lines.get(application=letter.application)
    assert [grant["amountAwarded"] for grant in grants] == [float(line.contribution)]
    assert client.get(GRANTS, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    type(letter.application.applicant).objects.filter(pk=letter.application.applicant_id).update(name="Renamed")
    assert client.get(GRANTS, headers={"If-None-Match": answer["ETag"]}).json()["grants"][0] != grants[0]


def test_everybody_may_keep_what_everybody_reads(letter):
    leaves(letter)
    answer = APIClient().get(API)
    assert answer["Cache-Control"] == "public, max-age=60"
    assert APIClient().get(API, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_whoever_has_no_token_asks_so_many_times_a_minute(letter, settings, monkeypatch):
    monkeypatch.setattr("core.api.OpenReading.THROTTLE_RATES", {"open": "2/min"})
    asked = [APIClient().get(API, REMOTE_ADDR="203.0.113.77").status_code for _time in range(3)]
    assert asked == [200, 200, 429]
