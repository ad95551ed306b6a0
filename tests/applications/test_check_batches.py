"""Many checks at once: looked at, confirmed by the worker, taken back; what a colleague has decided stays."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from applications.actions import accept_application, confirm_check, override_check, propose_checks
from applications.models import Check, CheckBatch
from applications.states import CHECK, CHECK_BATCH, CheckBatchStatus
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, WrongState
from promises.models import Promise
from reports.proofs import batches
from tests.awards.factories import a_submitted_application
from tests.factories import (
    a_call,
    an_applicant,
    an_auditor,
    an_officer,
    an_organisation,
    everybody,
    golden_table,
    now_only,
)

pytestmark = pytest.mark.django_db
WHY = "The annex was there, under another name."

BATCHES = """\
           owner  stranger  officer          evaluator  authorising  auditor  national  admin  system
PROPOSED   -      -         confirm discard  -          -            -        -         -      -
CONFIRMED  -      -         discard          -          -            -        -         -      carry_out
DONE       -      -         take_back        -          -            -        -         -      -
RETURNING  -      -         -                -          -            -        -         -      give_back
RETURNED   -      -         -                -          -            -        -         -      -
DISCARDED  -      -         -                -          -            -        -         -      -"""


@pytest.fixture
def officer():
    return an_officer(name="Officer")


@pytest.fixture
def call():
    """Two applications: each in time, the second without its annex."""
    call = a_call(status="CHECKING")
    for annex in (True, False):
        application = a_submitted_application(call, status="CHECKING")
        for order, (code, passed) in enumerate([("IN_TIME", True), ("DOCUMENTS", annex)]):
            Check.objects.create(
                application=application, status="PROPOSED", kind="ADMISSIBILITY", code=code, order=order,
                criterion=f"Condition {code}", found="As found", passed_by_system=passed, passed=passed,
            )  # fmt: skip
    return call


def the_check(call, place, code="IN_TIME"):
    return Check.objects.get(application=call.applications.order_by("reference")[place], code=code)


def confirmed(batch, officer, keep_promises):
    CHECK_BATCH.run("confirm", batch, by=officer)
    keep_promises()
    batch.refresh_from_db()
    return batch


def standing(call):
    checks = Check.objects.filter(application__call=call).order_by("application__reference", "order")
    return list(checks.values_list("status", flat=True))


def refusals(batch):
    return list(batch.lines.exclude(refusal="").values_list("refusal", flat=True))


# who may


def test_who_may_do_what_with_many(call):
    def batch(status):
        row = CheckBatch(call=call, status=status)
        row._state.adding = False
        return row

    assert golden_table(CHECK_BATCH, CheckBatchStatus.values, everybody(an_organisation()), batch) == BATCHES


# all that pass


def test_a_proposal_confirms_nothing_and_says_what_it_leaves(call, officer):
    override_check(the_check(call, 0), by=officer, reason=WHY)
    batch = propose_checks(call, by=officer)
    assert (batch.status, batch.size, batch.lines.count()) == ("PROPOSED", 2, 4)
    assert refusals(batch) == [
        f"Officer found the opposite, and this stays: “{WHY}”",
        "The system found it not met: decide on it by itself, or on this condition for all.",
    ]
    assert standing(call) == ["OVERRIDDEN", "PROPOSED", "PROPOSED", "PROPOSED"]
    assert not Promise.objects.filter(kind="checks").exists()


def test_what_is_confirmed_is_done_by_the_worker_each_with_its_record(call, officer, keep_promises):
    batch = confirmed(propose_checks(call, by=officer), officer, keep_promises)
    assert (batch.status, batch.made, batch.refused) == ("DONE", 3, 0)
    assert standing(call) == ["CONFIRMED", "CONFIRMED", "CONFIRMED", "PROPOSED"]
    check = the_check(call, 1)
    assert (check.officer, check.batch, check.passed) == (officer, batch, True)
    records = AuditRecord.objects.filter(act="check.agree")
    assert {(record.actor_name, record.chain) for record in records} == {
        ("Officer", application.chain) for application in call.applications.all()
    }
    assert records.count() == 3
    acts = AuditRecord.objects.filter(subject_id=str(batch.pk)).order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["checkbatch.propose", "checkbatch.confirm", "checkbatch.carry_out"]


def test_one_condition_is_confirmed_as_it_was_found_met_or_not(call, officer, keep_promises):
    batch = confirmed(propose_checks(call, by=officer, code="DOCUMENTS"), officer, keep_promises)
    assert (batch.criterion, batch.made) == ("Condition DOCUMENTS", 2)
    assert standing(call) == ["PROPOSED", "CONFIRMED", "PROPOSED", "CONFIRMED"]
    assert the_check(call, 1, "DOCUMENTS").passed is False


def test_what_a_colleague_overrode_after_the_page_was_shown_stays_overridden(call, officer, keep_promises):
    batch = propose_checks(call, by=officer)
    override_check(the_check(call, 0), by=an_officer(name="Colleague"), reason=WHY)
    batch = confirmed(batch, officer, keep_promises)
    assert (batch.made, batch.refused) == (2, 1)
    assert standing(call)[0] == "OVERRIDDEN"
    assert f"Colleague found the opposite, and this stays: “{WHY}”" in refusals(batch)


def test_an_application_that_was_settled_meanwhile_keeps_its_checks(call, officer, keep_promises):
    batch = propose_checks(call, by=officer)
    accept_application(call.applications.order_by("reference")[0], by=officer)
    batch = confirmed(batch, officer, keep_promises)
    assert (batch.made, batch.refused) == (1, 2)
    assert sum("is now “confirmed”" in sentence for sentence in refusals(batch)) == 2


def test_who_is_no_officer_any_more_confirms_nothing(call, officer, keep_promises):
    batch = propose_checks(call, by=officer)
    CHECK_BATCH.run("confirm", batch, by=officer)
    now_only(officer, "AUDITOR")
    keep_promises()
    batch.refresh_from_db()
    assert (batch.made, batch.refused) == (0, 3)
    assert set(standing(call)) == {"PROPOSED"}


def test_what_is_discarded_is_not_done(call, officer, keep_promises):
    batch = propose_checks(call, by=officer)
    CHECK_BATCH.run("confirm", batch, by=officer)
    CHECK_BATCH.run("discard", batch, by=officer)
    keep_promises()
    assert set(standing(call)) == {"PROPOSED"}


def test_nothing_to_confirm_is_said(call, officer):
    for code in ["NONSENSE", "x" * 30]:
        with pytest.raises(Incomplete) as refused:
            propose_checks(call, by=officer, code=code)
        assert refused.value.gaps["code"].startswith("Nothing of this waits")
    with pytest.raises(NotAllowed):
        propose_checks(call, by=an_auditor())


def test_the_same_request_twice_makes_one_batch(call, officer):
    assert propose_checks(call, by=officer, key="k") == propose_checks(call, by=officer, key="k")


def test_it_is_proved_that_each_has_its_record(call, officer, keep_promises):
    batch = confirmed(propose_checks(call, by=officer), officer, keep_promises)
    assert list(batches()) == []
    CheckBatch.objects.update(made=2)
    assert list(batches()) == [
        f"{batch} ({batch.pk}): 2 made and 0 refused are not 3 lines.",
        f"{batch} ({batch.pk}): 2 made, but 3 records tell of it.",
    ]


# and back


def test_what_nothing_rests_on_is_taken_back_and_the_rest_named(call, officer, keep_promises):
    batch = confirmed(propose_checks(call, by=officer), officer, keep_promises)
    accept_application(call.applications.order_by("reference")[0], by=officer)
    CHECK_BATCH.run("take_back", batch, by=officer, reason="The wrong call.")
    keep_promises()
    batch.refresh_from_db()
    assert (batch.status, batch.returned) == ("RETURNED", 1)
    assert standing(call) == ["CONFIRMED", "CONFIRMED", "PROPOSED", "PROPOSED"]
    check = the_check(call, 1)
    assert (check.officer, check.decided_at, check.batch) == (None, None, None)
    assert AuditRecord.objects.get(act="check.take_back").reason == "The wrong call."
    assert len(refusals(batch)) == 3


def test_what_somebody_overrode_since_is_not_taken_back(call, officer, keep_promises):
    batch = confirmed(propose_checks(call, by=officer), officer, keep_promises)
    override_check(the_check(call, 0), by=officer, reason=WHY)
    CHECK_BATCH.run("take_back", batch, by=officer, reason="The wrong call.")
    keep_promises()
    assert standing(call) == ["OVERRIDDEN", "PROPOSED", "PROPOSED", "PROPOSED"]


def test_a_check_that_was_confirmed_by_itself_is_not_taken_back(call, officer):
    check = confirm_check(the_check(call, 0), by=officer)
    with pytest.raises(WrongState, match="override it, with your reason"):
        CHECK.run("take_back", check, by=officer, reason="So.")


# the pages, the interface for programs


def test_the_page_of_a_call_counts_by_condition_and_leads_to_the_proposal(call, officer, client):
    client.force_login(officer)
    address = reverse("call_checks", args=[call.pk])
    page = client.get(address).content.decode()
    assert "1 found met, 1 not met wait; 0 confirmed, 0 overridden" in page
    answer = client.post(address, {"code": "IN_TIME"})
    batch = CheckBatch.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, batch.get_absolute_url())
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "2 checks would be confirmed. Nothing is confirmed yet." in page
    assert "would be confirmed as met" in page
    answer = client.post(reverse("check_batch_step", args=[batch.pk, "confirm"]), {"stamp": batch.stamp}, follow=True)
    assert "data-poll-url" in answer.content.decode()
    progress = client.get(reverse("check_batch_progress", args=[batch.pk])).json()
    assert progress == {"done": 0, "total": 2, "finished": False}
    assert batch.get_absolute_url() in client.get(address).content.decode()


def test_a_page_that_a_colleague_overtook_confirms_nothing(call, officer, client):
    batch = propose_checks(call, by=officer)
    CHECK_BATCH.run("confirm", batch, by=officer)
    client.force_login(officer)
    answer = client.post(reverse("check_batch_step", args=[batch.pk, "discard"]), {"stamp": batch.stamp})
    assert answer.status_code == 409
    assert CheckBatch.objects.get().status == "CONFIRMED"


def test_what_was_done_and_what_was_left_can_be_read(call, officer, client, keep_promises):
    batch = propose_checks(call, by=officer)
    override_check(the_check(call, 0), by=officer, reason=WHY)
    confirmed(batch, officer, keep_promises)
    client.force_login(an_auditor())
    page = client.get(batch.get_absolute_url(), {"refused": "yes"})
    assert "One check was left as it is: the list says why." in page.content.decode()
    assert len(page.context["list"].objects) == 2
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "confirmed as met" in page
    client.force_login(an_applicant())
    assert client.get(batch.get_absolute_url()).status_code == 404
    client.force_login(an_auditor())
    assert client.get(reverse("call_checks", args=[call.pk])).status_code == 403


def test_a_call_without_checks_says_so(officer, client):
    client.force_login(officer)
    page = client.get(reverse("call_checks", args=[a_call(status="CHECKING").pk])).content.decode()
    assert "No application of this call is in its checks." in page


def test_a_program_does_the_same(call, officer, keep_promises):
    client = APIClient()
    client.force_authenticate(officer)
    made = client.post("/api/check-batches/", {"call": str(call.pk)}, headers={"Idempotency-Key": "k"})
    assert (made.status_code, made.data["size"], made.data["steps"]) == (201, 3, ["confirm", "discard"])
    address = f"/api/check-batches/{made.data['id']}/"
    lines = client.get(f"{address}lines/").data["results"]
    assert [line["outcome"] for line in lines][:2] == ["would be confirmed as met"] * 2
    answer = client.post(f"{address}steps/confirm/", {"stamp": made.data["stamp"]})
    assert answer.status_code == 202
    keep_promises()
    told = client.get(answer["Location"]).data
    assert (told["status"], told["made"], told["steps"]) == ("DONE", 3, ["take_back"])
    assert client.get("/api/check-batches/").data["results"][0]["size"] == 3


@pytest.mark.parametrize("number", [1, 12])
def test_many_checks_cost_no_more_questions_than_one(number, officer, keep_promises, django_assert_max_num_queries):
    call = a_call(status="CHECKING")
    application = a_submitted_application(call, status="CHECKING")
    Check.objects.bulk_create(
        Check(
            application=application, status="PROPOSED", kind="ELIGIBILITY", code=f"C{one}", order=one, criterion="C",
            found="F", passed_by_system=True, passed=True,
        )
        for one in range(number)
    )  # fmt: skip
    batch = propose_checks(call, by=officer)
    CHECK_BATCH.run("confirm", batch, by=officer)
    with django_assert_max_num_queries(40):
        keep_promises()
    assert set(standing(call)) == {"CONFIRMED"}
