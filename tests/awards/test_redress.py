"""A request for review: filed within its days on a ground, answered by the office, judged again by others."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from awards import deadlines
from awards.actions import confirm_decision, confirm_letter_read, file_redress, take_back_redress, uphold_redress
from awards.desk import waiting_for
from awards.models import Decision, Redress
from awards.states import REDRESS, RedressStatus
from core.days import end_of
from core.errors import Incomplete, NotAllowed, WrongState
from evaluation.actions import assign_evaluator, draw_up_list, sign_record
from evaluation.models import Assessment, RankedList, Seat
from promises.models import Mail
from reports.about import About
from reports.catalogue.redress import REPORT
from tests.awards.factories import ISSUED
from tests.awards.test_rounds import LATER, a_decided_call, application_of, corrected, sent
from tests.evaluation.factories import a_committee, an_evaluated
from tests.factories import (
    a_national_auditor,
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
    everybody,
    golden_table,
)

pytestmark = pytest.mark.django_db

TEXT = "The comment on relevance praises what the points then take away."
ANSWER = "The points on relevance do not fit the comment."
SOON = ISSUED + timedelta(days=5)
LIFE = """\
            owner      stranger  officer         evaluator  authorising  auditor  national  admin  system
FILED       take_back  -         uphold confirm  -          -            -        -         -      -
UPHELD      -          -         -               -          -            -        -         -      -
CONFIRMED   -          -         -               -          -            -        -         -      -
TAKEN_BACK  -          -         -               -          -            -        -         -      -"""


@pytest.fixture
def letter():
    """The letter about the application on the reserve, sent."""
    call = a_decided_call()
    return sent(call.decisions.get().letters.get(application=application_of(call, 3)))


def addressee(letter):
    return an_applicant(letter.application.applicant)


def filed(letter, by=None, **words):
    words = {"ground": "INCOHERENCE", "text": TEXT, "at": SOON, **words}
    return file_redress(letter, by=by or addressee(letter), **words)


def test_the_life_of_a_redress(letter):
    row = filed(letter)

    def row_in(status):
        row.status = status
        return row

    assert golden_table(REDRESS, RedressStatus.values, everybody(letter.application.applicant), row_in) == LIFE


# filed


def test_it_is_filed_from_the_page_of_the_letter(client, letter):
    person = addressee(letter)
    client.force_login(person)
    address = reverse("file_redress", args=[letter.pk])
    # the clock of the database is years after the letter: its days are over
    assert address not in client.get(letter.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 409
    row = filed(letter, by=person)
    assert (row.status, row.ground, row.text, row.filed_by, row.filed_at) == (
        "FILED",
        "INCOHERENCE",
        TEXT,
        person,
        SOON,
    )
    page = client.get(row.get_absolute_url()).content.decode()
    assert TEXT in page
    assert f"{row.get_absolute_url()}take_back/" in page
    assert row.get_absolute_url() in client.get(letter.get_absolute_url()).content.decode()
    mail = Mail.objects.get(to=person.email, subject__startswith="Received")
    assert TEXT not in mail.body


def test_the_days_run_from_the_reading_or_from_the_day_it_counts_as_read(letter):
    last = deadlines.review_by(letter.counts_as_read_at, 30)
    filed(letter, at=end_of(last))
    other = sent(letter.decision.letters.get(application=application_of(letter.application.call, "THRESHOLD")))
    read = confirm_letter_read(other, by=addressee(other), at=ISSUED + timedelta(days=1))
    with pytest.raises(WrongState, match="could be asked for until"):
        filed(read, at=end_of(deadlines.review_by(read.read_at, 30)) + timedelta(seconds=1))


def test_an_award_in_full_is_not_contested_one_that_was_cut_is(letter):
    call = letter.application.call
    whole = sent(call.decisions.get().letters.get(application=application_of(call, 1)))
    with pytest.raises(WrongState, match="nothing adverse"):
        filed(whole)
    corrected(call, 1, 350_000)
    cut = sent(whole.application.letters.latest("written_at"), at=LATER)
    assert filed(cut, at=LATER).status == "FILED"


def test_a_letter_that_is_not_sent_is_not_contested(letter):
    waiting = letter.decision.letters.get(application=application_of(letter.application.call, "THRESHOLD"))
    with pytest.raises(WrongState, match="nothing adverse"):
        filed(waiting)


def test_one_at_a_time_and_once_for_each_letter(letter):
    row = filed(letter)
    with pytest.raises(WrongState, match="one at a time"):
        filed(letter)
    take_back_redress(row, by=addressee(letter), at=SOON)
    row = filed(letter)
    confirm_decision(row, by=an_officer(), at=SOON, reason=ANSWER)
    with pytest.raises(WrongState, match="one at a time"):
        filed(letter)
    with pytest.raises(IntegrityError), transaction.atomic():
        Redress.objects.filter(letter=letter).update(status="FILED", answer="")


@pytest.mark.parametrize("person", [an_applicant, an_officer, an_evaluator, an_auditor])
def test_only_the_addressee_files_it(client, letter, person):
    with pytest.raises(NotAllowed):
        filed(letter, by=person())


def test_it_says_something(letter):
    with pytest.raises(Incomplete):
        filed(letter, text="  too short ")


# answered


def test_the_officer_finds_it_on_the_desk_and_confirms_the_decision(client, letter):
    row, officer = filed(letter), an_officer()
    person = addressee(letter)
    assert [one.url for one in waiting_for(officer, SOON) if "request for review" in one.sentence] == [
        row.get_absolute_url()
    ]
    client.force_login(officer)
    assert client.post(f"{row.get_absolute_url()}confirm/").status_code == 400
    assert client.post(f"{row.get_absolute_url()}confirm/", {"reason": ANSWER}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.answer, row.answered_by, row.round) == ("CONFIRMED", ANSWER, officer, None)
    client.force_login(person)
    assert ANSWER in client.get(row.get_absolute_url()).content.decode()
    mail = Mail.objects.get(to=person.email, subject__startswith="Answered")
    assert ANSWER not in mail.body


def test_upheld_that_one_application_is_evaluated_again(letter):
    row = uphold_redress(filed(letter), by=an_officer(), at=LATER, reason=ANSWER)
    application = row.application
    application.refresh_from_db()
    assert (row.status, row.round.ordinal, row.round.cause) == ("UPHELD", 2, "REDRESS")
    assert row.round.application_ids == [application.pk]
    assert application.status == "ELIGIBLE"


def test_by_others_than_those_who_judged_it_first(letter):
    row = uphold_redress(filed(letter), by=an_officer(), at=LATER, reason=ANSWER)
    application = row.application
    application.refresh_from_db()
    before = Assessment.objects.on(application).first().evaluator
    with pytest.raises(Incomplete) as refusal:
        assign_evaluator(application, before, by=an_officer(), at=LATER)
    assert "judged by others" in refusal.value.gaps["evaluator"]
    assert assign_evaluator(application, an_evaluator(), by=an_officer(), at=LATER).status == "ASSIGNED"


def test_of_an_application_that_was_never_evaluated_no_round_is_opened(letter):
    call = letter.application.call
    excluded = sent(call.decisions.get().letters.get(application__status="INELIGIBLE"))
    row = uphold_redress(filed(excluded), by=an_officer(), at=SOON, reason=ANSWER)
    assert (row.status, row.round, call.rounds.count()) == ("UPHELD", None, 1)


def test_whoever_evaluated_it_or_is_in_conflict_does_not_answer(letter):
    row, officer = filed(letter), an_officer()
    assessment = Assessment.objects.on(letter.application).first()
    Assessment.objects.filter(pk=assessment.pk).update(evaluator=officer)
    for answer in (confirm_decision, uphold_redress):
        with pytest.raises(NotAllowed, match="took part in evaluating"):
            answer(row, by=officer, at=SOON, reason=ANSWER)
        with pytest.raises(NotAllowed):
            answer(row, by=an_authorising_officer(), at=SOON, reason=ANSWER)


def sat_on_the_committee(officer, row):
    Seat.objects.create(
        call=row.application.call, member=officer, status="SIGNED", entity="HOME.E.2", under_authorising_officer=False,
        appointed_at=SOON, declared_at=SOON, signed_at=SOON,
    )  # fmt: skip


def left_the_committee_after_signing(officer, row):
    sat_on_the_committee(officer, row)
    officer.seats.update(status="LEFT", signed_at=SOON)


def wrote_the_report(officer, row):
    report = row.application.consensus_reports.first()
    type(report).objects.filter(pk=report.pk).update(rapporteur=officer)


def was_replaced_after_signing(officer, row):
    one = row.application.assessments.first()
    Assessment.objects.filter(pk=one.pk).update(evaluator=officer, status="RELEASED", signed_at=SOON)


def found_a_condition_not_met(officer, row):
    row.application.checks.create(
        kind="ELIGIBILITY", code="mandate", criterion="Mandate", found="None", officer=officer, passed=False,
        passed_by_system=False, reason="No mandate.", status="CONFIRMED", decided_at=SOON,
    )  # fmt: skip


def took_the_decision(officer, row):
    Decision.objects.filter(pk=row.letter.decision_id).update(decided_by=officer)


PARTS = [
    (sat_on_the_committee, "sat on the evaluation committee"),
    (left_the_committee_after_signing, "sat on the evaluation committee"),
    (wrote_the_report, "wrote the consensus report"),
    (was_replaced_after_signing, "took part in evaluating"),
    (found_a_condition_not_met, "does not meet a condition"),
    (took_the_decision, "You decided on"),
]


@pytest.mark.parametrize(("part", "why"), PARTS, ids=[one[0].__name__ for one in PARTS])
def test_whoever_judged_anything_of_it_does_not_answer_and_is_told_why(client, letter, part, why):
    row, officer = filed(letter), an_officer()
    part(officer, row)
    client.force_login(officer)
    page = client.get(row.get_absolute_url()).text
    assert f"{row.get_absolute_url()}confirm/" not in page
    assert why in page
    for answer in ("confirm", "uphold"):
        refused = client.post(f"{row.get_absolute_url()}{answer}/", {"reason": ANSWER})
        assert refused.status_code == 403
        assert why in refused.text
        assert "another officer answers" in refused.text
        assert ANSWER in refused.text  # what was written is handed on
    row.refresh_from_db()
    assert row.status == "FILED"


def test_who_prepared_the_decision_as_the_list_says_answers_but_not_who_changed_it(letter):
    row = filed(letter)
    preparer = letter.decision.prepared_by
    assert not REDRESS.steps["confirm"].bars[1].sentence(preparer, row)
    Decision.objects.filter(pk=letter.decision_id).update(status="PREPARED")  # its lines do not change once it is taken
    letter.decision.lines.filter(application=letter.application).update(deviates=True, deviation_reason="Otherwise.")
    Decision.objects.filter(pk=letter.decision_id).update(status="ISSUED")
    with pytest.raises(NotAllowed, match="changed what was proposed"):
        confirm_decision(row, by=preparer, at=SOON, reason=ANSWER)


def test_who_was_released_before_signing_anything_answers(letter):
    row, officer = filed(letter), an_officer()
    sat_on_the_committee(officer, row)
    officer.seats.update(status="LEFT", signed_at=None)
    assert confirm_decision(row, by=officer, at=SOON, reason=ANSWER).status == "CONFIRMED"


def test_what_was_taken_back_is_not_answered(letter):
    row = take_back_redress(filed(letter), by=addressee(letter), at=SOON)
    with pytest.raises(WrongState):
        confirm_decision(row, by=an_officer(), at=SOON, reason=ANSWER)


# seen and told


def test_nobody_else_s_request_is_seen(client, letter):
    row = filed(letter)
    for person, found in [
        (an_applicant(), 404), (an_evaluator(), 404), (a_national_auditor("FR"), 404), (an_auditor(), 200),
        (a_national_auditor(letter.application.applicant.member_state), 200), (an_authorising_officer(), 200),
    ]:  # fmt: skip
        client.force_login(person)
        assert client.get(row.get_absolute_url()).status_code == found, person
        listed = row.get_absolute_url() in client.get(reverse("redresses")).content.decode()
        assert listed == (found == 200), person


def test_an_officer_in_conflict_with_the_call_sees_none_of_it(client, letter):
    row, officer = filed(letter), an_officer()
    Assessment.objects.create(
        application=application_of(letter.application.call, 1), evaluator=officer, status="CONFLICT",
        assigned_by=officer, assigned_at=ISSUED, due_at=ISSUED, ended_reason="A sister.",
    )  # fmt: skip
    client.force_login(officer)
    assert client.get(row.get_absolute_url()).status_code == 404
    with pytest.raises(NotAllowed):
        confirm_decision(row, by=officer, at=SOON, reason=ANSWER)


def test_the_api_says_the_same(client, letter):
    person = addressee(letter)
    client.force_login(person)
    answer = client.post(
        "/api/redress/", {"letter": str(letter.pk), "ground": "FACTS", "text": TEXT}, content_type="application/json"
    )  # fmt: skip
    assert answer.status_code == 409
    row = filed(letter, by=person)
    assert client.get(f"/api/redress/{row.pk}/").json()["steps"] == ["take_back"]
    assert [one["ground"] for one in client.get("/api/redress/").json()["results"]] == ["INCOHERENCE"]
    answer = client.post(f"/api/redress/{row.pk}/steps/take_back/", content_type="application/json")
    assert answer.json()["status"] == "TAKEN_BACK"


# the register


def test_the_register_shows_what_it_did_to_the_rank(letter):
    call = letter.application.call
    call.refresh_from_db()
    row = uphold_redress(filed(letter), by=an_officer(), at=LATER, reason=ANSWER)
    application = row.application
    application.refresh_from_db()
    assert shown(call)["Rank before"] == 3
    assert shown(call)["Rank after"] is None
    Seat.objects.filter(call=call).delete()
    an_evaluated(application, points={"REL": "40", "QUA": "40", "IMP": "20"})
    again = draw_up_after(call)
    assert again.entries.get(application=application).rank == 1
    found = shown(call)
    assert (found["Rank before"], found["Rank after"], found["Evaluated again in round"]) == (3, 1, 2)
    assert (found["Outcome of the review"], found["Outcome in force"]) == ("upheld", "reserve list")


def shown(call):
    about = About(call=call)
    (values,) = REPORT.values(about, an_auditor())
    return dict(zip(REPORT.labels(about), values, strict=True))


def draw_up_after(call):
    a_committee(call)
    ranked_list = draw_up_list(call, by=an_officer(), at=LATER)
    for seat in call.seats.sitting():
        sign_record(seat, by=seat.member, at=LATER + timedelta(days=1))
    return RankedList.objects.get(pk=ranked_list.pk)
