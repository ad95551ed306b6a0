"""Batches of assignments through the API: the same acts, refusals and lists as on the pages."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from evaluation.models import Assessment, Batch
from tests.evaluation.factories import an_assigned, an_eligible_application
from tests.factories import an_auditor, an_evaluator, an_officer

pytestmark = pytest.mark.django_db
ADDRESS = "/api/assignment-batches/"


@pytest.fixture
def ask(client):
    def post(user, address, data, **headers):
        client.force_login(user)
        return client.post(ADDRESS + address, json.dumps(data), content_type="application/json", headers=headers)

    return post


def test_a_batch_from_the_proposal_to_the_way_back(ask, client, call, officer, keep_promises):
    an_eligible_application(call)
    an_evaluator(name="Ana")

    proposed = ask(officer, "", {"call": str(call.pk), "wanted": 1}).json()
    assert (proposed["status"], proposed["size"], proposed["steps"]) == ("PROPOSED", 1, ["discard", "confirm"])
    address = f"{proposed['id']}/"
    line = client.get(f"{ADDRESS}{address}lines/").json()["results"][0]
    assert (line["evaluator"], line["outcome"]) == ("Ana", "would be assigned")

    said = {"due_at": "2099-01-01T12:00:00Z", "stamp": proposed["stamp"]}
    assert ask(officer, f"{address}confirm/", said).json()["status"] == "CONFIRMED"
    keep_promises()
    done = client.get(ADDRESS + address).json()
    assert (done["status"], done["made"], done["steps"]) == ("DONE", 1, ["take_back"])

    assert ask(officer, f"{address}steps/take_back/", {"reason": "Wrong panel."}).status_code == 200
    keep_promises()
    assert client.get(ADDRESS + address).json()["status"] == "RETURNED"
    assert client.get(ADDRESS).json()["results"][0]["id"] == proposed["id"]


def test_the_same_key_proposes_once(ask, call, officer):
    an_eligible_application(call)
    an_evaluator()

    said = {"call": str(call.pk), "wanted": 1}
    first, second = (ask(officer, "", said, **{"Idempotency-Key": "K"}).json() for _ in range(2))

    assert first["id"] == second["id"]


def test_a_file_is_taken_whole_or_its_lines_are_named(client, call, officer):
    application, good = an_eligible_application(call), an_evaluator()
    client.force_login(officer)

    def send(text):
        return client.post(
            f"{ADDRESS}file/", {"call": str(call.pk), "file": SimpleUploadedFile("p.csv", text.encode())}
        )

    refused = send(f"application,evaluator\n{application.reference},{good.email}\nX,{good.email}\n")
    assert refused.status_code == 400
    assert list(refused.json()["gaps"]) == ["Line 3"]
    assert not Batch.objects.exists()
    taken = send(f"application,evaluator\n{application.reference},{good.email}\n")
    assert (taken.status_code, taken.json()["source"], taken.json()["file_name"]) == (201, "FILE", "p.csv")


@pytest.mark.parametrize("said", [
    {}, {"wanted": 0}, {"wanted": 21}, {"wanted": 1, "limit": 0}, {"wanted": 1, "seed": -1}, {"wanted": "many"},
    {"wanted": 1, "languages": ["xx"]},
])  # fmt: skip
def test_terms_of_nonsense_are_refused(ask, call, officer, said):
    assert ask(officer, "", {"call": str(call.pk), **said}).status_code == 400


def test_an_auditor_reads_and_changes_nothing(ask, client, call, officer):
    an_eligible_application(call)
    an_evaluator()
    batch = ask(officer, "", {"call": str(call.pk), "wanted": 1}).json()

    auditor = an_auditor()
    assert ask(auditor, "", {"call": str(call.pk), "wanted": 1}).status_code == 403
    assert ask(auditor, f"{batch['id']}/confirm/", {}).status_code == 403
    assert client.get(f"{ADDRESS}{batch['id']}/").json()["steps"] == []
    assert not Assessment.objects.exists()


def test_an_evaluator_finds_no_batch(ask, client, call, officer):
    an_eligible_application(call)
    evaluator = an_evaluator()
    batch = ask(officer, "", {"call": str(call.pk), "wanted": 1}).json()
    client.force_login(evaluator)

    assert client.get(f"{ADDRESS}{batch['id']}/").status_code == 404
    assert client.get(ADDRESS).json()["results"] == []


def test_an_officer_sees_no_line_of_what_that_officer_judges(ask, client, call):
    mine, other = an_eligible_application(call), an_eligible_application(call)
    an_evaluator()
    judge = an_officer()
    batch = ask(an_officer(), "", {"call": str(call.pk), "wanted": 1}).json()
    an_assigned(mine, judge)
    client.force_login(judge)

    lines = client.get(f"{ADDRESS}{batch['id']}/lines/").json()["results"]

    assert [line["number"] for line in lines] == [other.reference]
