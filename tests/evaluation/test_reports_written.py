"""The consensus report: written by one, read by many, approved by all or sent back."""

import json

import pytest
from django.urls import reverse

from core.errors import NotAllowed, WrongState
from evaluation.actions import (
    approve_consensus,
    object_to_consensus,
    propose_consensus,
)
from evaluation.models import Approval
from tests.evaluation.factories import (
    DAY,
    a_consensus,
    a_proposed,
    an_eligible_application,
    an_evaluated,
)
from tests.factories import an_auditor, an_officer

pytestmark = pytest.mark.django_db
FULL = {
    f"{code}_{name}": value
    for code, points in {"REL": "30", "QUA": "32", "IMP": "15"}.items()
    for name, value in (("points", points), ("comment", f"About {code}"))
}


@pytest.fixture
def application(call):
    return an_eligible_application(call)


@pytest.fixture
def page(client, call, officer):
    client.force_login(officer)
    address = reverse("appoint_rapporteur", args=[call.pk])
    return lambda **said: client.post(address, said, follow=True) if said else client.get(address)


# writing


def test_only_the_rapporteur_writes(client, application):
    report = a_consensus(application)
    other = application.assessments.exclude(evaluator=report.rapporteur).get().evaluator
    before = sorted(report.scores.values_list("points", "comment"))

    for person in (other, an_officer(), an_auditor()):
        client.force_login(person)
        assert client.get(report.get_absolute_url()).status_code == 200
        assert client.post(report.get_absolute_url(), {**FULL, "stamp": report.stamp}).status_code == 404

    assert sorted(report.scores.values_list("points", "comment")) == before


def test_what_is_saved_is_not_proposed(client, application):
    report = a_consensus(application)
    client.force_login(report.rapporteur)

    answer = client.post(report.get_absolute_url(), {**FULL, "stamp": report.stamp}, follow=True)

    assert "is saved; it is not proposed yet" in answer.content.decode()
    report.refresh_from_db()
    assert report.status == "DRAFT"


def test_a_report_that_is_not_complete_is_neither_saved_nor_proposed(client, application):
    """Both or neither: what was typed comes back with the gaps named."""
    report = a_consensus(application)
    client.force_login(report.rapporteur)
    said = {**FULL, "QUA_points": "", "REL_comment": "A new word", "stamp": report.stamp, "propose": "1"}

    answer = client.post(report.get_absolute_url(), said)

    assert answer.status_code == 400
    assert "Give the points for QUA Quality." in answer.content.decode()
    assert "A new word" in answer.content.decode()
    assert not report.scores.filter(comment="A new word").exists()


def test_while_typing_the_report_is_kept_and_an_older_window_is_told(client, application):
    report = a_consensus(application)
    client.force_login(report.rapporteur)

    def keep(**said):
        return client.post(report.get_absolute_url(), {**FULL, **said}, headers={"X-Autosave": "1"})

    kept = keep(stamp=report.stamp, REL_comment="Typed")
    assert json.loads(kept.content)["stamp"] == str(report.stamp + 1)
    assert keep(stamp=report.stamp, REL_comment="Older").status_code == 409
    wrong = keep(stamp=report.stamp + 1, REL_points="a lot")
    assert wrong.status_code == 400
    assert json.loads(wrong.content)["detail"].startswith("Points: REL: ")
    assert report.scores.get(criterion__code="REL").comment == "Typed"


# approving and sending back


def test_the_last_approval_concludes_and_fixes_the_total(application):
    report = a_proposed(application)
    first, last = (one.evaluator for one in application.assessments.signed().order_by("signed_at", "pk"))

    report = approve_consensus(report, by=first, at=DAY)
    assert (report.status, report.total) == ("PROPOSED", None)
    report = approve_consensus(report, by=last, at=DAY)

    application.refresh_from_db()
    assert (report.status, report.total, application.status) == ("APPROVED", 77, "EVALUATED")


def test_nobody_approves_twice(application):
    report = a_proposed(application)
    approve_consensus(report, by=report.rapporteur, at=DAY)

    with pytest.raises(WrongState, match="You have approved this report already"):
        approve_consensus(report, by=report.rapporteur, at=DAY)
    assert Approval.objects.count() == 1


def test_approvals_fall_with_an_objection_and_are_given_anew(application):
    report = a_proposed(application)
    first, last = (one.evaluator for one in application.assessments.signed())
    approve_consensus(report, by=first, at=DAY)

    report = object_to_consensus(report, by=last, at=DAY, reason="Too kind.")
    assert (report.status, report.objection, report.objected_by) == ("DRAFT", "Too kind.", last)
    assert not report.approvals.exists()
    report = propose_consensus(report, by=report.rapporteur, at=DAY)
    assert (report.objection, report.objected_by) == ("", None)


def test_who_is_an_evaluator_of_it_no_more_agrees_on_nothing(application):
    """An assessment that was signed stays; here its row is taken away behind the house's back."""
    report = a_proposed(application)
    gone = application.assessments.exclude(evaluator=report.rapporteur).get()
    type(gone).objects.filter(pk=gone.pk).update(status="CONFLICT")

    for act in (approve_consensus, object_to_consensus):
        with pytest.raises(NotAllowed, match="Only evaluators who signed"):
            act(report, by=gone.evaluator, at=DAY, reason="Still here.")
    assert not Approval.objects.exists()


def test_when_the_call_has_moved_on_the_last_approval_is_refused(application, call):
    report = a_proposed(application)
    first, last = (one.evaluator for one in application.assessments.signed())
    approve_consensus(report, by=first, at=DAY)
    call.status = "RANKED"
    call.save()

    with pytest.raises(WrongState, match="applications are assessed while it is under evaluation"):
        approve_consensus(report, by=last, at=DAY)
    application.refresh_from_db()
    assert application.status == "ELIGIBLE"
    assert Approval.objects.count() == 1


def test_an_approved_report_is_read_with_its_total_and_no_button(client, application):
    report = an_evaluated(application)
    client.force_login(report.rapporteur)

    answer = client.get(report.get_absolute_url())

    assert answer.context["total"] == "77"
    assert answer.context["steps"] == []
    assert {mark for _name, mark, _tone in answer.context["approvals"]} == {"approved"}
