"""Rapporteurs for many applications at once: proposed by balance of load, looked at, appointed, taken back."""

from collections import Counter
from itertools import combinations

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed
from evaluation.actions import (
    agree_scores,
    appoint_rapporteur,
    confirm_batch,
    propose_rapporteurs,
    recuse_evaluator,
    take_back_batch,
)
from evaluation.models import Assessment, Batch, Consensus
from promises.models import Mail, Promise
from tests.evaluation.factories import a_signed, an_assigned, an_eligible_application
from tests.factories import an_auditor, an_evaluator, now_only
from tests.notices import bring_notices_forward

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return [an_evaluator(name=name) for name in ("Ana", "Ben", "Cleo")]


@pytest.fixture
def ready(call, people):
    """Three applications, each signed by two of three: one report for each is the even share."""
    found = []
    for pair in combinations(people, 2):
        application = an_eligible_application(call)
        for person in pair:
            a_signed(application, person)
        found.append(application)
    return found


def appointed(batch, officer, keep_promises):
    confirm_batch(batch, by=officer)
    keep_promises()
    batch.refresh_from_db()
    return batch


def pairs_of(batch):
    return [(line.application_id, line.evaluator.name) for line in batch.lines.select_related("evaluator")]


def refusals(batch):
    return list(batch.lines.exclude(refusal="").values_list("refusal", flat=True))


# proposing


def test_the_reports_are_spread_as_evenly_as_the_signatures_allow(call, officer, ready):
    batch = propose_rapporteurs(call, by=officer)
    assert (batch.purpose, batch.size, batch.short) == ("RAPPORTEUR", 3, 0)
    assert Counter(name for _application, name in pairs_of(batch)) == {"Ana": 1, "Ben": 1, "Cleo": 1}
    signed = set(Assessment.objects.signed().values_list("application", "evaluator__name"))
    assert set(pairs_of(batch)) <= signed
    assert not Consensus.objects.exists()


def test_the_same_number_of_the_lot_gives_the_same_proposal(call, officer, ready):
    first = pairs_of(propose_rapporteurs(call, by=officer, seed=7))
    assert pairs_of(propose_rapporteurs(call, by=officer, seed=7)) == first


def test_reports_at_hand_already_count_as_load(call, officer, people, ready):
    appoint_rapporteur(ready[0], people[0], by=officer)
    named = dict(pairs_of(propose_rapporteurs(call, by=officer)))
    assert named == {ready[1].pk: "Cleo", ready[2].pk: "Ben"}


def test_nobody_gets_more_than_the_limit_and_who_is_left_without_is_named(call, officer, people):
    for _number in range(2):
        application = an_eligible_application(call)
        a_signed(application, people[0])
        a_signed(application, people[1])
    third = an_eligible_application(call)
    a_signed(third, people[0])
    a_signed(third, people[1])
    batch = propose_rapporteurs(call, by=officer, limit=1)
    assert (batch.size, batch.short) == (2, 1)
    assert batch.lacking[0]["full"] == 2


def test_who_left_or_is_in_conflict_is_proposed_for_nothing(call, officer, people):
    application = an_eligible_application(call)
    a_signed(application, people[0])
    a_signed(application, people[1])
    conflict = a_signed(application, people[2])
    recuse_evaluator(conflict, by=people[2], reason="Worked there.")
    now_only(people[0], "AUDITOR")
    batch = propose_rapporteurs(call, by=officer)
    assert pairs_of(batch) == [(application.pk, "Ben")]


def test_where_nobody_may_write_nothing_is_kept(call, officer, people):
    application = an_eligible_application(call)
    a_signed(application, people[0])
    an_assigned(application, people[1])
    with pytest.raises(Incomplete, match="missing or wrong") as refused:
        propose_rapporteurs(call, by=officer)
    assert "nobody to appoint" in refused.value.gaps[""]
    assert not Batch.objects.exists()
    with pytest.raises(NotAllowed):
        propose_rapporteurs(call, by=an_auditor())


# appointing


def test_the_worker_appoints_each_with_its_record_and_tells_each_once(call, officer, ready, keep_promises):
    batch = propose_rapporteurs(call, by=officer)
    assert not Promise.objects.filter(kind="assignments").exists()
    batch = appointed(batch, officer, keep_promises)
    assert (batch.status, batch.made, batch.refused, batch.due_at) == ("DONE", 3, 0, None)
    reports = Consensus.objects.all()
    assert {(one.application_id, one.rapporteur.name) for one in reports} == set(pairs_of(batch))
    assert {(one.status, one.batch, len(one.evaluator_ids)) for one in reports} == {("DRAFT", batch, 2)}
    records = AuditRecord.objects.filter(act="consensus.appoint")
    assert {record.subject_id for record in records} == {str(one.pk) for one in reports}
    assert {record.actor_name for record in records} == {officer.name}
    bring_notices_forward()
    keep_promises()
    assert Mail.objects.filter(subject__startswith="Consensus reports to write").count() == 3


def test_what_changed_meanwhile_is_named_and_the_others_are_appointed(call, officer, people, ready, keep_promises):
    batch = propose_rapporteurs(call, by=officer)
    appoint_rapporteur(ready[0], people[0], by=officer)
    an_assigned(ready[1], an_evaluator())
    batch = appointed(batch, officer, keep_promises)
    assert (batch.made, batch.refused) == (1, 2)
    said = refusals(batch)
    assert any("has its rapporteur already" in sentence for sentence in said)
    assert any("is not signed yet" in sentence for sentence in said)


# and back


def test_who_has_written_nothing_is_taken_back_and_the_rest_named(call, officer, ready, keep_promises):
    batch = appointed(propose_rapporteurs(call, by=officer), officer, keep_promises)
    begun = Consensus.objects.first()
    agree_scores(begun, by=begun.rapporteur, scores={}, remark="Begun.")
    take_back_batch(batch, by=officer, reason="One more evaluator is wanted.")
    keep_promises()
    batch.refresh_from_db()
    assert (batch.status, batch.returned) == ("RETURNED", 2)
    assert Counter(Consensus.objects.values_list("status", flat=True)) == {"SET_ASIDE": 2, "DRAFT": 1}
    assert [f"has begun the report on {begun.application}" in sentence for sentence in refusals(batch)] == [True]
    assert {one.ended_reason for one in Consensus.objects.filter(status="SET_ASIDE")} == {
        "One more evaluator is wanted."
    }
    again = propose_rapporteurs(call, by=officer)
    assert again.size == 2


# the pages, the interface for programs


def test_proposed_looked_at_and_confirmed_on_its_pages(call, officer, ready, client):
    client.force_login(officer)
    page = reverse("appoint_rapporteur", args=[call.pk])
    address = reverse("propose_rapporteurs", args=[call.pk])
    assert address in client.get(page).content.decode()
    assert "Number of the lot" in client.get(address).content.decode()
    answer = client.post(address, {"limit": "", "seed": "3"})
    batch = Batch.objects.get()
    assert answer["Location"] == batch.get_absolute_url()
    shown = client.get(batch.get_absolute_url()).content.decode()
    assert "3 rapporteurs would be appointed. Nobody is appointed yet." in shown
    assert "would be appointed" in shown
    assert "Of 2 who signed and may write it" in shown
    answer = client.post(batch.get_absolute_url(), {"stamp": batch.stamp})
    assert answer.status_code == 302
    assert Batch.objects.get().status == "CONFIRMED"
    assert client.post(batch.get_absolute_url(), {"stamp": batch.stamp}).status_code == 409
    assert "3 rapporteurs: confirmed, under way" in client.get(page).content.decode()


def test_a_limit_that_is_none_and_a_stranger_are_refused(call, officer, ready, client):
    client.force_login(officer)
    address = reverse("propose_rapporteurs", args=[call.pk])
    assert client.post(address, {"limit": "0", "seed": "3"}).status_code == 400
    client.force_login(an_auditor())
    assert client.get(address).status_code in (403, 404)
    assert not Batch.objects.exists()


def test_a_program_does_the_same(call, officer, ready, keep_promises):
    client = APIClient()
    client.force_authenticate(officer)
    made = client.post("/api/assignment-batches/rapporteurs/", {"call": str(call.pk), "limit": 2, "seed": 5})
    assert (made.status_code, made.data["purpose"], made.data["size"]) == (201, "RAPPORTEUR", 3)
    address = f"/api/assignment-batches/{made.data['id']}/"
    assert client.post(f"{address}confirm/", {"stamp": made.data["stamp"]}).status_code == 200
    keep_promises()
    assert client.get(address).data["made"] == 3
    assert {line["outcome"] for line in client.get(f"{address}lines/").data["results"]} == {"appointed"}
