"""The officer's act owes the letters and answers at once; the worker writes them one by one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from audit.models import AuditRecord
from awards.actions import issue_letters, replace_letter, write_owed_letter
from awards.desk import letters_late
from awards.models import Letter, Offer
from awards.schedule import write_what_is_owed
from awards.views.batch import Batch
from core.errors import WrongState
from promises.keeping import keep_promise
from promises.models import Promise
from reports.proofs import outcomes
from tests.awards.factories import ISSUED, LIST, a_ranked_call, a_taken_decision, an_issued_decision
from tests.awards.test_letters import sent
from tests.awards.test_rounds import LATER, a_decided_call, prepared, taken
from tests.factories import an_applicant, an_auditor, an_authorising_officer, an_officer, now_only

pytestmark = pytest.mark.django_db
WAITS = timedelta(days=3)


@pytest.fixture
def officer():
    return an_officer(name="Officer in charge")


@pytest.fixture
def issued(officer):
    """The officer has issued, no worker has come yet."""
    return issue_letters(a_taken_decision(), by=officer, at=ISSUED)


def owed():
    return Promise.objects.filter(kind="write_letter").order_by("lane", "due_at")


def kept():
    for promise in owed():
        keep_promise(promise.pk)


def retracted(application):
    application.status = "RETRACTED"
    application.save()
    return application


def of_rank(decision, rank):
    return decision.lines.get(rank=rank)


# the act


def test_the_act_owes_each_letter_and_writes_none(issued):
    assert (issued.status, issued.issued_at, Letter.objects.count()) == ("ISSUED", ISSUED, 0)
    assert AuditRecord.objects.get(act="decision.issue").changes["letters"] == [0, 5]
    kinds = [issued.lines.get(pk=one.subject_id).outcome for one in owed()]
    assert kinds == ["AWARD", "AWARD", "RESERVE", "REJECTION", "REJECTION"]


@pytest.mark.parametrize("places", [LIST[:1], LIST])
def test_the_act_asks_no_more_for_many_letters_than_for_one(places, officer, django_assert_max_num_queries):
    decision = a_taken_decision(a_ranked_call(places))
    with django_assert_max_num_queries(32):
        issue_letters(decision, by=officer, at=ISSUED)


def test_the_act_taken_twice_owes_nothing_twice(issued, officer):
    with pytest.raises(WrongState, match="not possible now"):
        issue_letters(issued, by=officer, at=ISSUED)
    assert owed().count() == 5


# the worker


def test_each_letter_says_what_stood_when_the_officer_issued_it(issued, officer):
    kept()
    assert set(owed().values_list("status", flat=True)) == {"KEPT"}
    letters = list(Letter.objects.all())
    assert len(letters) == 5
    for letter in letters:
        assert letter.written_at == ISSUED
        assert letter.facts["date"] == ISSUED.date().isoformat()
        assert letter.facts["officer"]["name"] == officer.name
        record = AuditRecord.objects.get(act="letter.write", subject_id=str(letter.pk))
        assert (record.actor_id, record.chain) == (str(officer.pk), letter.application.chain)
    assert Promise.objects.filter(kind="letter", status="WAITING").count() == 5


def test_a_worker_that_comes_twice_writes_each_once(issued):
    for line in [*issued.lines.all(), *issued.lines.all()]:
        write_what_is_owed(line.pk)
    assert Letter.objects.count() == issued.lines.count()
    with pytest.raises(WrongState, match="written already"):
        write_owed_letter(of_rank(issued, 1))


def test_who_withdrew_meanwhile_is_not_written_to_and_the_others_are(issued, officer):
    leaves = retracted(of_rank(issued, 2).application)
    kept()
    assert Letter.objects.count() == 4
    assert not Letter.objects.filter(application=leaves).exists()
    batch = Batch(issued, officer)
    assert batch.refused == [f"{leaves} was withdrawn: nobody is written to."]
    assert (batch.total, batch.failed, batch.retried) == (4, [], [])
    assert list(outcomes()) == []


def test_of_what_a_later_decision_says_otherwise_no_letter_tells():
    decision = a_taken_decision()
    later = taken(prepared(decision.call, "REDRESS", 1))
    issue_letters(decision, by=an_officer(), at=LATER)
    kept()
    line = of_rank(decision, 1)
    assert not Letter.objects.filter(application=line.application).exists()
    with pytest.raises(WrongState, match="A later decision is in force"):
        write_owed_letter(line)
    issue_letters(later, by=an_officer(), at=LATER)
    kept()
    assert Letter.objects.get(application=line.application).decision == later


def test_one_that_cannot_be_written_holds_up_nobody_and_is_named(issued, officer, client):
    """Another letter has its number: nothing that a rule foresees."""
    bad = of_rank(issued, 3)
    other = an_issued_decision().lines.first().application
    Letter.objects.create(
        application=other, decision=issued, kind="AWARD", status="WAITING", facts={}, written_at=ISSUED,
        reference=f"{bad.application}/L1",
    )  # fmt: skip
    kept()
    assert issued.letters.exclude(application=other).count() == 4
    client.force_login(officer)
    address = reverse("batch_progress", args=[issued.pk])
    page = client.get(address).content.decode()
    assert f"{bad}: tried again at" in page
    owed().filter(subject_id=bad.pk).update(status="FAILED")
    failure = client.get(address, headers={"accept": "application/json"}).json()["failures"][0]
    assert failure["letter"] == str(bad)
    assert (
        reverse("promise_step", args=[owed().get(subject_id=bad.pk).pk, "try_again"])
        in client.get(address).content.decode()
    )
    assert [str(bad.application) in fault for fault in outcomes()] == [True]


def test_an_officer_who_left_had_the_right_to_order_them(issued, officer):
    now_only(officer, "AUDITOR")
    kept()
    letter = Letter.objects.first()
    assert letter.facts["officer"]["name"] == officer.name
    assert AuditRecord.objects.get(act="letter.write", subject_id=str(letter.pk)).actor_role == "SYSTEM"


def test_an_offer_is_answered_by_the_day_that_its_letter_says():
    call = a_decided_call()
    decision = taken(prepared(call, "RESERVE", 3))
    decision = issue_letters(decision, by=an_officer(), at=LATER)
    write_owed_letter(decision.lines.get(), at=LATER + WAITS)
    letter, offer = decision.letters.get(), Offer.objects.get()
    assert letter.facts["answer_by"] == offer.answer_by.isoformat()
    assert letter.written_at == LATER


def test_a_letter_that_was_replaced_is_no_second_one_of_its_line(issued, officer):
    kept()
    letter = sent(Letter.objects.filter(kind="AWARD").first())
    replace_letter(letter, by=officer, at=ISSUED, reason="A name was wrong.")
    batch = Batch(issued, officer)
    assert (batch.done, batch.total) == (1, 5)


# the pages


def test_the_page_before_shows_each_letter_and_stores_nothing(officer, client):
    decision = a_taken_decision()
    leaves = retracted(of_rank(decision, 2).application)
    client.force_login(officer)
    address = reverse("decision_step_preview", args=[decision.pk, "issue"])
    assert address in client.get(decision.get_absolute_url()).content.decode()
    before = AuditRecord.objects.count()
    page = client.get(address)
    assert f"{leaves} was withdrawn: nobody is written to." in page.content.decode()
    assert "4 letters would be issued. Nothing is written yet." in page.content.decode()
    assert len(page.context["list"].objects) == 5
    kinds = [str(label) for _number, label in page.context["figures"]]
    assert [number for number, _label in page.context["figures"]] == [1, 1, 2], kinds
    assert (AuditRecord.objects.count(), Promise.objects.filter(kind="write_letter").count()) == (before, 0)
    only = client.get(address, {"kind": "REJECTION"})
    assert len(only.context["list"].objects) == 2
    answer = client.post(reverse("decision_step", args=[decision.pk, "issue"]), {"stamp": decision.stamp}, follow=True)
    assert "0 / 4" in " ".join(answer.content.decode().split()).replace(
        "<span data-done>0</span> / <span data-total>4</span>", "0 / 4"
    )


def test_the_page_before_is_for_who_may_issue_and_only_before(issued, client):
    address = reverse("decision_step_preview", args=[issued.pk, "issue"])
    for person, status in [(an_officer(), 409), (an_auditor(), 403), (an_authorising_officer(), 403)]:
        client.force_login(person)
        assert client.get(address).status_code == status
    client.force_login(an_applicant())
    assert client.get(address).status_code == 404
    client.force_login(an_officer())
    for step in ["propose", "nonsense"]:
        assert client.get(reverse("decision_step_preview", args=[issued.pk, step])).status_code == 404


def test_a_page_that_a_colleague_overtook_issues_nothing(officer, client):
    decision = a_taken_decision()
    client.force_login(officer)
    answer = client.post(reverse("decision_step", args=[decision.pk, "issue"]), {"stamp": decision.stamp - 1})
    assert answer.status_code == 409
    assert owed().count() == 0


def test_a_letter_that_is_not_written_yet_stands_on_the_desk(issued, officer):
    (waiting,) = letters_late(officer)
    assert waiting.count == 5
    kept()
    assert letters_late(officer)[0].count == 5
    for letter in Letter.objects.all():
        sent(letter)
    assert letters_late(officer) == []


def test_a_program_is_told_where_to_look(officer):
    decision = a_taken_decision()
    leaves = retracted(of_rank(decision, 1).application)
    client = APIClient()
    client.force_authenticate(officer)
    address = f"/api/decisions/{decision.pk}/"
    rows = client.get(f"{address}letters-to-issue/").data["results"]
    assert [row["effect"] for row in rows if row["number"] == str(leaves)] == [
        f"{leaves} was withdrawn: nobody is written to."
    ]
    answer = client.post(f"{address}steps/issue/", {"stamp": decision.stamp})
    assert (answer.status_code, answer.data["status"]) == (202, "ISSUED")
    kept()
    told = client.get(answer["Location"]).data
    assert (told["done"], told["total"], told["finished"]) == (0, 4, False)
    assert told["refused"] == [f"{leaves} was withdrawn: nobody is written to."]
