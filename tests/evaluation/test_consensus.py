"""The consensus: who may write it, what it must say, and how it is concluded."""

from decimal import Decimal

import pytest

from applications.models import Application
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, WrongState
from evaluation.actions import (
    agree_scores,
    appoint_rapporteur,
    approve_consensus,
    object_to_consensus,
    propose_consensus,
)
from evaluation.models import Approval, Consensus
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_consensus,
    a_proposed,
    a_signed,
    an_eligible_application,
    an_evaluated,
    an_open,
    scores_of,
)
from tests.factories import an_evaluator, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return an_eligible_application(a_call_under_evaluation())


def other_than_the_rapporteur(consensus):
    return consensus.application.assessments.exclude(evaluator=consensus.rapporteur).first().evaluator


# appointing


def test_the_rapporteur_is_one_of_those_who_signed(application):
    first, second = a_signed(application), a_signed(application)

    with pytest.raises(Incomplete, match=r".*") as refusal:
        appoint_rapporteur(application, an_evaluator(), by=an_officer(), at=DAY)
    assert "among the evaluators who signed" in refusal.value.gaps["rapporteur"]
    consensus = appoint_rapporteur(application, second.evaluator, by=an_officer(), at=DAY)
    assert (consensus.status, consensus.rapporteur) == ("DRAFT", second.evaluator)
    assert set(consensus.evaluator_ids) == {first.evaluator_id, second.evaluator_id}


def test_everybody_must_have_signed_and_there_must_be_enough(application):
    signed = a_signed(application)
    with pytest.raises(WrongState, match="1 of 2 assessments are signed"):
        appoint_rapporteur(application, signed.evaluator, by=an_officer(), at=DAY)

    an_open(application)
    with pytest.raises(WrongState, match="one assessment is not signed yet"):
        appoint_rapporteur(application, signed.evaluator, by=an_officer(), at=DAY)
    assert not Consensus.objects.exists()


def test_an_application_has_one_rapporteur(application):
    consensus = a_consensus(application)

    with pytest.raises(WrongState, match="rapporteur already"):
        appoint_rapporteur(application, other_than_the_rapporteur(consensus), by=an_officer(), at=DAY)


def test_an_officer_who_evaluates_does_not_appoint(application):
    officer = an_officer()
    a_signed(application)
    an_open(application, officer)

    with pytest.raises(NotAllowed):
        appoint_rapporteur(application, officer, by=officer, at=DAY)


# agreeing


def test_only_the_rapporteur_writes_and_an_older_window_does_not_overwrite(application):
    consensus = a_consensus(application)

    with pytest.raises(NotAllowed):
        agree_scores(consensus, by=other_than_the_rapporteur(consensus), at=DAY, scores=scores_of())
    with pytest.raises(WrongState, match="after you opened it"):
        agree_scores(consensus, by=consensus.rapporteur, at=DAY, scores=scores_of(), base=0)


def test_a_proposal_is_complete(application):
    a_signed(application), a_signed(application)
    rapporteur = application.assessments.first().evaluator
    consensus = appoint_rapporteur(application, rapporteur, by=an_officer(), at=DAY)
    agree_scores(consensus, by=rapporteur, at=DAY, scores={"REL": {"points": Decimal(30)}})

    with pytest.raises(Incomplete) as refusal:
        propose_consensus(consensus, by=rapporteur, at=DAY)

    assert set(refusal.value.gaps) == {"REL_comment", "QUA_points", "QUA_comment", "IMP_points", "IMP_comment"}


@pytest.mark.parametrize(
    ("points", "needs_reason"), [("27", True), ("28", False), ("30", False), ("32", False), ("33", True)]
)
def test_points_outside_the_evaluators_own_need_a_reason(application, points, needs_reason):
    a_signed(application, points={"REL": "28", "QUA": "32", "IMP": "15"})
    a_signed(application, points={"REL": "32", "QUA": "32", "IMP": "15"})
    rapporteur = application.assessments.first().evaluator
    consensus = appoint_rapporteur(application, rapporteur, by=an_officer(), at=DAY)
    agreed = scores_of({"REL": points, "QUA": "32", "IMP": "15"})
    agree_scores(consensus, by=rapporteur, at=DAY, scores=agreed)

    if needs_reason:
        with pytest.raises(Incomplete) as refusal:
            propose_consensus(consensus, by=rapporteur, at=DAY)
        assert list(refusal.value.gaps) == ["REL_deviation"]
        assert "28 to 32" in refusal.value.gaps["REL_deviation"]
        agree_scores(consensus, by=rapporteur, at=DAY, scores={"REL": {"deviation": "A shared oversight."}})
    assert propose_consensus(consensus, by=rapporteur, at=DAY).status == "PROPOSED"


# approving


def test_the_last_approval_fixes_the_total_and_concludes_the_application(application):
    consensus = a_proposed(application)
    other = other_than_the_rapporteur(consensus)

    first = approve_consensus(consensus, by=other, at=DAY)
    application.refresh_from_db()
    assert (first.status, first.total, application.status) == ("PROPOSED", None, "ELIGIBLE")

    last = approve_consensus(consensus, by=consensus.rapporteur, at=DAY)
    application.refresh_from_db()
    assert (last.status, last.total, last.approved_at) == ("APPROVED", 77, DAY)
    assert application.status == "EVALUATED"
    acts = list(AuditRecord.objects.of_chain(application.chain).values_list("act", "actor_role"))
    assert acts.count(("application.conclude", "SYSTEM")) == 1


def test_nobody_approves_twice_and_no_stranger_approves(application):
    consensus = a_proposed(application)
    approve_consensus(consensus, by=consensus.rapporteur, at=DAY)
    before = AuditRecord.objects.count()

    with pytest.raises(WrongState, match="approved this report already"):
        approve_consensus(consensus, by=consensus.rapporteur, at=DAY)
    for stranger in (an_evaluator(), an_officer()):
        with pytest.raises(NotAllowed):
            approve_consensus(consensus, by=stranger, at=DAY)
        with pytest.raises(NotAllowed):
            object_to_consensus(consensus, by=stranger, at=DAY, reason="No")
    assert Approval.objects.count() == 1
    assert AuditRecord.objects.count() == before


def test_an_objection_needs_a_reason_and_voids_the_approvals(application):
    consensus = a_proposed(application)
    other = other_than_the_rapporteur(consensus)
    approve_consensus(consensus, by=consensus.rapporteur, at=DAY)

    with pytest.raises(Incomplete):
        object_to_consensus(consensus, by=other, at=DAY)
    back = object_to_consensus(consensus, by=other, at=DAY, reason="The impact is overstated.")

    assert (back.status, back.objection, back.objected_by) == ("DRAFT", "The impact is overstated.", other)
    assert not Approval.objects.exists()
    again = propose_consensus(back, by=consensus.rapporteur, at=DAY)
    assert (again.status, again.objection) == ("PROPOSED", "")


def test_an_approved_report_stays(application):
    consensus = an_evaluated(application)

    for act, details in ((agree_scores, {"scores": {}}), (propose_consensus, {}), (approve_consensus, {})):
        with pytest.raises(WrongState):
            act(consensus, by=consensus.rapporteur, at=DAY, **details)
    with pytest.raises(WrongState):
        object_to_consensus(consensus, by=consensus.rapporteur, at=DAY, reason="Too late")


def test_the_total_is_weighted_and_exact():
    call = a_call_under_evaluation()
    call.criteria.filter(code="REL").update(weight=Decimal("1.25"))
    call.criteria.filter(code="IMP").update(step=Decimal("0.01"), weight=Decimal("0.33"))
    application = an_eligible_application(call)

    consensus = an_evaluated(application, points={"REL": "33", "QUA": "30", "IMP": "10.01"})

    consensus.refresh_from_db()
    assert consensus.total == Decimal("74.5533")


def test_an_application_that_was_withdrawn_from_the_evaluation_is_not_concluded(application):
    consensus = a_proposed(application)
    approve_consensus(consensus, by=consensus.rapporteur, at=DAY)
    Application.objects.filter(pk=application.pk).update(status="INELIGIBLE")

    with pytest.raises(WrongState):
        approve_consensus(consensus, by=other_than_the_rapporteur(consensus), at=DAY)
    assert Approval.objects.count() == 1
