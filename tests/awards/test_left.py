"""Withdrawn after closing, put back into the checks, excluded late: what becomes of list, decision and letters."""

import pytest

from applications.actions import (
    accept_application,
    add_condition,
    exclude_application,
    put_back_application,
    retract_application,
    withdraw_application,
)
from applications.models import Check
from audit.models import AuditRecord
from awards.actions import decide, discard_decision, prepare_decision, propose_decision
from awards.models import Decision, DecisionLine, Letter
from core.errors import Incomplete, NotAllowed, WrongState
from evaluation.actions import draw_up_list, sign_record
from evaluation.actions.ranked_lists import candidates_of
from evaluation.models import Assessment
from promises.models import Mail
from reports.proofs import outcomes as forgotten
from tests.applications.factories import heard
from tests.awards.factories import (
    DECIDED,
    RANKED,
    a_prepared_decision,
    a_proposed_decision,
    a_ranked_call,
    a_submitted_application,
    a_taken_decision,
    an_excluded_application,
    issue_letters,
)
from tests.evaluation.factories import a_call_under_evaluation, a_drawn_list, an_eligible_application, an_evaluated
from tests.factories import AFTER, a_call, an_applicant, an_authorising_officer, an_evaluator, an_officer

pytestmark = pytest.mark.django_db

TWO = ({"REL": "36", "QUA": "36", "IMP": "16"}, {"REL": "30", "QUA": "32", "IMP": "15"})
WHY = "Our partner has gone bankrupt."


def retracted(application, by=None):
    by = by or an_applicant(application.applicant)
    application.refresh_from_db()
    return retract_application(application, by=by, at=RANKED, reason=WHY)


def put_back(application, by=None):
    application.refresh_from_db()
    return put_back_application(application, by=by or an_officer(), at=RANKED, reason="A partner is not eligible.")


def of_rank(call, rank):
    return call.ranked_lists.get().entries.get(rank=rank).application


# withdrawn after closing


@pytest.mark.parametrize("status", ["CHECKING", "ELIGIBLE", "INELIGIBLE", "EVALUATED"])
def test_its_owner_withdraws_it_whatever_became_of_it(client, status):
    application = a_submitted_application(a_call(status="EVALUATION"), status=status)
    owner = an_applicant(application.applicant)
    client.force_login(owner)
    page = client.get(application.get_absolute_url()).content.decode()
    assert "Withdraw from the procedure" in page
    assert client.post(f"{application.get_absolute_url()}retract/", {"reason": WHY}).status_code == 302
    application.refresh_from_db()
    assert (application.status, application.submitted_at is None) == ("RETRACTED", False)
    assert AuditRecord.objects.get(act="application.retract").reason == WHY
    mail = Mail.objects.get(to=owner.email)
    assert mail.subject == f"Withdrawn from the procedure: application {application}"
    assert "no letter of rejection follows" in mail.body
    page = client.get(application.get_absolute_url()).content.decode()
    assert "withdrawn after closing" in page
    client.force_login(an_officer())
    assert client.get(application.get_absolute_url()).status_code == 200


def test_nobody_else_withdraws_it_and_nobody_without_a_reason():
    application = a_submitted_application(a_call(status="EVALUATION"))
    for person in (an_applicant(), an_officer(), an_evaluator()):
        with pytest.raises(NotAllowed):
            retracted(application, by=person)
    with pytest.raises(Incomplete):
        retract_application(application, by=an_applicant(application.applicant), at=RANKED, reason=" ")
    with pytest.raises(WrongState):
        withdraw_application(application, by=an_applicant(application.applicant), at=RANKED, reason=WHY)


def test_it_is_not_assessed_any_more_and_not_ranked():
    call = a_call_under_evaluation()
    stays, leaves = (an_evaluated(an_eligible_application(call)).application for _ in range(2))
    retracted(leaves)
    assert [one.key for one in candidates_of(call)] == [str(stays.pk)]


def test_a_list_that_waits_must_be_drawn_up_without_it():
    ranked_list = a_drawn_list(
        totals=({"REL": "36", "QUA": "36", "IMP": "16"}, {"REL": "30", "QUA": "32", "IMP": "15"})
    )
    retracted(ranked_list.entries.last().application)
    seat = ranked_list.call.seats.first()
    with pytest.raises(WrongState, match="draw it up anew"):
        sign_record(seat, by=seat.member, at=RANKED)


def test_after_the_list_it_has_no_line_and_no_letter():
    call = a_ranked_call()
    leaves = of_rank(call, 2)
    retracted(leaves)
    decision = a_taken_decision(call)
    assert not decision.lines.filter(application=leaves).exists()
    issue_letters(decision, by=an_officer(), at=DECIDED)
    assert not Letter.objects.filter(application=leaves).exists()
    assert list(forgotten()) == []


@pytest.mark.parametrize(("make", "act"), [(a_prepared_decision, propose_decision), (a_proposed_decision, decide)])
def test_a_decision_with_its_line_is_not_sent_on_but_prepared_again(make, act):
    decision = make()
    leaves = decision.lines.get(rank=1).application
    retracted(leaves)
    by, words = (an_authorising_officer(), {"reason": "Yes."}) if act is decide else (an_officer(), {})
    with pytest.raises(WrongState, match=str(leaves)):
        act(decision, by=by, at=RANKED, **words)
    discard_decision(decision, by=an_officer(), at=RANKED, reason="One withdrew.")
    again = prepare_decision(Decision(call=decision.call), by=an_officer(), at=RANKED)
    assert again.lines.count() == decision.lines.count() - 1
    assert propose_decision(again, by=an_officer(), at=RANKED).status == "PROPOSED"


def test_between_decision_and_letters_it_gets_none():
    decision = a_taken_decision()
    leaves = decision.lines.get(rank=1).application
    retracted(leaves)
    issue_letters(decision, by=an_officer(), at=DECIDED)
    assert not Letter.objects.filter(application=leaves).exists()
    assert decision.letters.count() == decision.lines.count() - 1
    assert list(forgotten()) == []


def test_its_money_is_free_and_the_decision_keeps_its_line(client):
    decision = a_taken_decision()
    line = decision.lines.get(rank=1)
    before = DecisionLine.objects.of_call(decision.call).in_force().awarded()
    retracted(line.application)
    assert DecisionLine.objects.of_call(decision.call).in_force().awarded() == before - line.contribution
    client.force_login(an_officer())
    assert "withdrawn since" in client.get(decision.get_absolute_url()).content.decode()


# back to the checks


def test_what_was_excluded_by_mistake_is_put_back_and_accepted():
    call = a_call(status="CHECKING")
    application = an_excluded_application(call)
    application = put_back(application)
    assert application.status == "CHECKING"
    Check.objects.update(passed=True)
    assert accept_application(application, by=an_officer(), at=RANKED).status == "ELIGIBLE"


def test_what_was_judged_stands_when_it_is_accepted_again():
    application = an_evaluated(an_eligible_application(a_call_under_evaluation())).application
    application = put_back(application)
    assert accept_application(application, by=an_officer(), at=RANKED).status == "EVALUATED"


def test_nothing_goes_on_while_one_is_back_in_the_checks():
    call = a_ranked_call()
    put_back(of_rank(call, 1))
    with pytest.raises(WrongState, match="Not settled yet"):
        a_prepared_decision(call)


def test_late_exclusion_is_rejected_with_its_condition_and_frees_its_place():
    call = a_ranked_call()
    application = put_back(of_rank(call, 1))
    officer = an_officer()
    add_condition(
        application, criterion="Every partner is a public body", found="One is a company.", by=officer, at=RANKED
    )
    application.refresh_from_db()
    heard(application, by=officer, at=RANKED)
    exclude_application(application, by=officer, at=RANKED, reason="Found late.")
    decision = a_taken_decision(call)
    line = decision.lines.get(application=application)
    assert (line.outcome, line.stage, line.rank) == ("REJECTION", "ELIGIBILITY", None)
    assert "Every partner is a public body" in line.reason


def test_an_exclusion_found_after_preparing_stops_that_decision():
    decision = a_prepared_decision()
    application = decision.lines.get(rank=1).application
    application = put_back(application)
    add_condition(application, criterion="A condition", found="Not met.", by=an_officer(), at=RANKED)
    application.refresh_from_db()
    heard(application, by=an_officer(), at=RANKED)
    exclude_application(application, by=an_officer(), at=RANKED, reason="Found late.")
    with pytest.raises(WrongState, match="Withdrawn or excluded since"):
        propose_decision(decision, by=an_officer(), at=RANKED)


def test_after_the_decision_the_checks_are_over():
    decision = a_taken_decision()
    application = decision.lines.get(rank=1).application
    with pytest.raises(WrongState, match="later decision"):
        put_back(application)


def test_a_new_list_is_drawn_without_one_that_is_excluded_late():
    call = a_drawn_list(totals=TWO).call
    application = put_back(of_rank(call, 1))
    call.ranked_lists.update(status="DISCARDED")
    with pytest.raises(Incomplete):
        draw_up_list(call, by=an_officer(), at=RANKED)
    add_condition(application, criterion="A condition", found="Not met.", by=an_officer(), at=RANKED)
    application.refresh_from_db()
    heard(application, by=an_officer(), at=RANKED)
    exclude_application(application, by=an_officer(), at=RANKED, reason="Found late.")
    assert draw_up_list(call, by=an_officer(), at=RANKED).entries.count() == 1


# who may


def test_an_officer_in_conflict_neither_checks_nor_accepts_nor_puts_back():
    call = a_call(status="CHECKING")
    application, officer = a_submitted_application(call, status="CHECKING"), an_officer()
    excluded = an_excluded_application(call)
    for one in (application, excluded):
        Assessment.objects.create(
            application=one, evaluator=officer, status="CONFLICT", assigned_by=officer, assigned_at=AFTER,
            due_at=AFTER, ended_reason="A sister.",
        )  # fmt: skip
    with pytest.raises(NotAllowed, match="conflict"):
        accept_application(application, by=officer, at=RANKED)
    with pytest.raises(NotAllowed, match="conflict"):
        put_back(excluded, by=officer)
    with pytest.raises(NotAllowed, match="conflict"):
        add_condition(application, criterion="A condition", found="Not met.", by=officer, at=RANKED)
