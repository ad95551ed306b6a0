"""The officer's cockpit, state by state: each sentence tells the next step, to those it is for."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from core import clock
from evaluation.actions import (
    approve_consensus,
    assign_evaluator,
    draw_up_list,
    recuse_evaluator,
)
from evaluation.lists import calls as rows_of_calls
from evaluation.shown.calls import widest
from evaluation.shown.standing import NAMED
from tests.evaluation.factories import (
    DAY,
    POINTS,
    a_committee,
    a_consensus,
    a_proposed,
    a_signed,
    an_assigned,
    an_eligible_application,
    an_evaluated,
    an_open,
    every_line,
)
from tests.factories import an_auditor, an_authorising_officer, an_evaluator, an_officer

pytestmark = pytest.mark.django_db
HIGH = {"REL": "36", "QUA": "36", "IMP": "16"}


def situation(application, user):
    line = next(one for one in every_line(application.call, user) if one.application == application)
    words, tone = line.situation
    return str(words), tone


def later(application, number=1):
    for _ in range(number):
        due = clock.now() + timedelta(days=9)
        assign_evaluator(application, an_evaluator(), by=an_officer(), at=DAY, due_at=due)


# where one application stands


def test_from_nobody_to_approved_each_stage_has_its_words(call):
    officer, application = an_officer(), an_eligible_application(call)
    assert situation(application, officer) == ("0 of 2 evaluators assigned", "bad")
    later(application)
    assert situation(application, officer) == ("1 of 2 evaluators assigned", "bad")
    later(application)
    assert situation(application, officer) == ("0 of 2 signed", "info")


@pytest.mark.parametrize(("number", "words"), [(1, "1 assessment is late"), (2, "2 assessments are late")])
def test_what_is_late_comes_before_what_is_signed(call, number, words):
    application = an_eligible_application(call)
    later(application, 2 - number)
    for _ in range(number):
        an_assigned(application)

    assert situation(application, an_officer()) == (words, "bad")


def test_all_signed_then_written_proposed_and_approved(call):
    officer = an_officer()
    signed, written, proposed, approved = (an_eligible_application(call) for _ in range(4))
    for _ in range(2):
        a_signed(signed)
    a_consensus(written)
    report = a_proposed(proposed)
    approve_consensus(report, by=report.rapporteur, at=DAY)
    an_evaluated(approved)

    assert situation(signed, officer) == ("all signed; appoint the rapporteur", "warning")
    writer = written.consensus_reports.get().rapporteur
    assert situation(written, officer) == (f"{writer.name} writes the report", "info")
    assert situation(proposed, officer) == ("report waits for approvals: 1 of 2", "warning")
    assert situation(approved, officer) == ("report approved: 77 points", "good")


def test_an_officer_who_evaluates_sees_nothing_of_it_until_the_own_signature(call):
    officer, application = an_officer(), an_eligible_application(call)
    mine = an_open(application, officer)
    a_signed(application)

    assert situation(application, officer) == ("you evaluate it; the rest is hidden until you sign", "neutral")
    line = every_line(call, officer)[0]
    assert [one.pk for one in line.assessments] == [mine.pk]
    assert line.totals == []
    assert not line.awaits_rapporteur


def test_the_widest_disagreement_stands_first_and_agreement_nowhere(call):
    wide, narrow, agreed = (an_eligible_application(call) for _ in range(3))
    for application, points in ((wide, "20"), (narrow, "29"), (agreed, "30")):
        a_signed(application)
        a_signed(application, points={**POINTS, "REL": points})

    found = widest(every_line(call, an_officer()))

    assert [(line.application, line.spread.distance) for line in found] == [(wide, Decimal(10)), (narrow, Decimal(1))]


# the page


def test_figures_count_what_this_person_may_see(client, call, officer):
    a_signed(an_eligible_application(call))
    an_evaluated(an_eligible_application(call))
    client.force_login(officer)

    figures = client.get(reverse("evaluation_of_call", args=[call.pk])).context["figures"]

    assert [(number, str(label)) for number, label in figures] == [
        ("2", "applications"), ("3 / 3", "assessments signed"), ("1 / 2", "reports approved"),
        ("0", "assessments late"),
    ]  # fmt: skip


@pytest.mark.parametrize("make", [an_auditor, an_authorising_officer])
def test_who_only_reads_is_offered_nothing_to_do(client, call, make):
    an_eligible_application(call)
    client.force_login(make())

    answer = client.get(reverse("evaluation_of_call", args=[call.pk]))
    context = answer.context

    assert context["missing"] == []
    assert context["list_steps"] == []
    assert "conflict of interest" not in answer.text
    assert [str(label) for label, _url, _current in context["tabs"]] == ["Overview", "Pool", "Conflicts", "Committee"]


def test_what_is_missing_is_said_until_a_list_stands(client, call, officer):
    client.force_login(officer)
    page = reverse("evaluation_of_call", args=[call.pk])
    application = an_eligible_application(call)

    assert client.get(page).context["missing"][0].startswith(f"Not evaluated yet: {application.reference}")
    an_evaluated(application)
    a_committee(call)
    assert client.get(page).context["missing"] == []
    draw_up_list(call, by=officer, at=DAY)
    context = client.get(page).context
    assert context["missing"] == []
    assert [step.name for step in context["list_steps"]] == ["discard"]


def test_an_officer_in_conflict_reads_that_another_must_do_it(client, call, officer):
    recuse_evaluator(
        an_assigned(an_eligible_application(call), officer), by=officer, at=DAY, reason="A cousin."
    )  # fmt: skip
    client.force_login(officer)

    context = client.get(reverse("evaluation_of_call", args=[call.pk])).context

    assert [str(one) for one in context["missing"]] == [
        "You have a conflict on an application of this call: ask another officer to do this."
    ]
    assert not context["may_judge_again"]
    assert client.get(reverse("evaluate_again", args=[call.pk])).status_code == 403


def test_of_many_late_ones_the_oldest_are_named_and_the_rest_is_one_link(client, call, officer):
    application = an_eligible_application(call)
    for _ in range(NAMED + 1):
        an_assigned(application)
    client.force_login(officer)

    late = client.get(reverse("evaluation_of_call", args=[call.pk])).context["late"]

    assert len(late) == NAMED + 1
    sentence, address = late[-1]
    assert sentence == "There are more: see all assessments of this call, by their day."
    assert len(client.get(address).context["list"].objects) == NAMED + 1


def test_one_application_among_many_is_searched_for(client, call, officer):
    mine, _other = an_eligible_application(call), an_eligible_application(call)
    client.force_login(officer)

    shown = client.get(reverse("evaluation_of_call", args=[call.pk]), {"q": mine.reference}).context["list"].objects

    assert shown == [mine]


def test_its_file_holds_all_pages_in_words(client, call, officer, monkeypatch):
    """Followed in chunks: nothing is lost between two of them."""
    monkeypatch.setattr(rows_of_calls, "CHUNK", 1)
    done, begun = an_evaluated(an_eligible_application(call)).application, an_eligible_application(call)
    one = an_assigned(begun)
    client.force_login(officer)

    answer = client.get(reverse("evaluation_of_call", args=[call.pk]), {"format": "csv"})
    lines = b"".join(answer.streaming_content).decode().splitlines()

    assert [done.reference in lines[1], begun.reference in lines[2]] == [True, True]
    assert "report approved: 77 points" in lines[1]
    assert "77 · 77" in lines[1]
    assert f"{one.evaluator.name}: {one.get_status_display()}" in lines[2]
    assert f'filename="evaluation-{call.reference}.csv"'.replace("/", "-") in answer["Content-Disposition"]
