"""The page “How sure is this list”: who sees it, what it says, and that nothing of it moves the list."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.urls import reverse

from audit.models import AuditRecord
from evaluation.actions import agree_scores, appoint_rapporteur, approve_consensus, draw_up_list, propose_consensus
from evaluation.models import Assessment, RankedList
from evaluation.states import BLIND
from evaluation.sureness import judged_for, looked_through
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_committee,
    a_drawn_list,
    a_signed,
    an_eligible_application,
    scores_of,
)
from tests.evaluation.pages import words_of
from tests.factories import an_auditor, an_authorising_officer, an_evaluator, an_officer

pytestmark = pytest.mark.django_db

FAIR, LOW = {"REL": "33", "QUA": "32", "IMP": "16"}, {"REL": "27", "QUA": "28", "IMP": "12"}
CALM = {"REL": "32", "QUA": "32", "IMP": "16"}
AGREED = {"REL": "30", "QUA": "30", "IMP": "14"}


@pytest.fixture
def ranked_list():
    """Two applications and money for one: the second would be first if Severa had not judged it."""
    call = a_call_under_evaluation(budget=Decimal(300000))
    strict, fair, mild = (an_evaluator(name=name) for name in ("Severa Strict", "Fay Fair", "Mildred Mild"))
    first, second = (an_eligible_application(call, minutes=minutes) for minutes in (0, 1))
    judged(first, {fair: CALM, mild: CALM}, CALM)
    judged(second, {strict: LOW, fair: FAIR}, AGREED)
    a_committee(call)
    return draw_up_list(call, by=an_officer(), at=DAY)


def judged(application, given, agreed):
    for evaluator, points in given.items():
        a_signed(application, evaluator, points)
    report = appoint_rapporteur(application, next(iter(given)), by=an_officer(), at=DAY)
    scores = scores_of(agreed, comment="We agree.")
    report = agree_scores(report, by=report.rapporteur, at=DAY, scores=scores, remark="Sound.")
    report = propose_consensus(report, by=report.rapporteur, at=DAY)
    for evaluator in given:
        report = approve_consensus(report, by=evaluator, at=DAY)


def address(ranked_list):
    return reverse("sureness", args=[ranked_list.pk])


def test_an_officer_reads_what_hangs_on_whom_and_the_list_stays(client, ranked_list):
    client.force_login(an_officer())
    records, before = AuditRecord.objects.count(), list(ranked_list.entries.values())
    assert address(ranked_list) in client.get(ranked_list.get_absolute_url()).content.decode()
    words = words_of(client.get(address(ranked_list)))

    assert "This is not the ranked list" in words
    assert "Of 2 decisions 2 would be others: 2 without one evaluator" in words
    assert "without Severa Strict" in words
    assert "not funded" in words
    assert "too few to tell earlier from later" in words
    assert "announced number 2014" in words
    assert list(ranked_list.entries.values()) == before
    assert RankedList.objects.get().stamp == ranked_list.stamp
    assert AuditRecord.objects.count() == records


def test_auditors_and_authorising_officers_read_it_too_and_nobody_else(client, ranked_list):
    for user in (an_auditor(), an_authorising_officer()):
        client.force_login(user)
        assert client.get(address(ranked_list)).status_code == 200
    of_it = Assessment.objects.filter(evaluator__name="Fay Fair").first().evaluator
    member = ranked_list.call.seats.get(entity="JUST.B.3").member
    for user in (of_it, member, an_evaluator()):
        client.force_login(user)
        assert client.get(address(ranked_list)).status_code == 404
        page = client.get(ranked_list.get_absolute_url())
        assert address(ranked_list) not in page.content.decode()
        assert "Severa Strict" not in page.content.decode()


def test_an_officer_who_is_blind_on_one_application_finds_nothing(client, ranked_list):
    """Whatever the way: blind on one of its applications means blind on the figures of all."""
    officer, one = an_officer(), Assessment.objects.earliest("pk")
    mine = Assessment.objects.create(
        application=one.application, evaluator=officer, status="ASSIGNED", assigned_by=officer, assigned_at=DAY,
        due_at=DAY, round=one.round,
    )  # fmt: skip
    client.force_login(officer)
    for status in BLIND:
        Assessment.objects.filter(pk=mine.pk).update(status=status)
        assert client.get(address(ranked_list)).status_code == 404, status
        assert address(ranked_list) not in client.get(ranked_list.get_absolute_url()).content.decode(), status


def test_a_list_that_stands_no_more_has_no_such_page(client, ranked_list):
    client.force_login(an_officer())
    for status in ("DISCARDED", "SET_ASIDE"):
        RankedList.objects.update(status=status)
        assert client.get(address(ranked_list)).status_code == 404
        assert address(ranked_list) not in client.get(ranked_list.get_absolute_url()).content.decode()


def test_each_table_is_a_file_and_the_taking_is_recorded(client, ranked_list):
    client.force_login(an_officer())
    for of, first, least in (
        ("ranks", "Application", 2), ("decisions", "Application", 2), ("evaluators", "Evaluator", 3),
        ("drift", "Evaluator", 3),
        ("agreement", "Criterion", 4),
    ):  # fmt: skip
        answer = client.get(f"{address(ranked_list)}?format=csv&of={of}")
        lines = list(csv.reader(StringIO(b"".join(answer).decode("utf-8-sig"))))
        assert lines[0][0] == first
        assert len(lines) > least
        assert not any(cell.startswith("'") for line in lines for cell in line)
        assert AuditRecord.objects.latest("pk").changes["file"] == [None, f"{ranked_list.call.reference}-{of}.csv"]
    for asked in ("format=csv", "format=csv&of=x", "format=xlsx&of=ranks"):
        assert client.get(f"{address(ranked_list)}?{asked}").status_code == 404, asked


def test_a_page_that_is_none_is_the_nearest(client, ranked_list):
    client.force_login(an_officer())
    for number in ("0", "2", "x", "²", "99999999999999999999", ""):
        assert client.get(address(ranked_list), {"page": number}).context["page"]["number"] == 1


def test_what_is_shown_follows_what_was_judged(ranked_list):
    """The figures are kept by what they were made of: other scores are other figures, at once."""
    officer = an_officer()
    before = looked_through(judged_for(officer, ranked_list))
    assert looked_through(judged_for(officer, ranked_list)) is before
    row = Assessment.objects.get(evaluator__name="Severa Strict").scores.first()
    type(row).objects.filter(pk=row.pk).update(points=Decimal(30))

    after = looked_through(judged_for(officer, ranked_list))
    assert after is not before
    assert after.severities != before.severities


def test_a_list_without_anything_to_compare_says_so(client):
    ranked_list = a_drawn_list()
    Assessment.objects.update(status="STRUCK", ended_reason="Gone.")
    client.force_login(an_officer())
    words = words_of(client.get(address(ranked_list)))

    assert "No decision hangs on one evaluator" in words
    assert "Stricter and milder" not in words


# what if


def supposing(ranked_list, **changes):
    said = {
        "overall": "70", "budget": "300000", "ties": "REL, TIME, COMMITTEE", "weight_REL": "1", "weight_QUA": "1",
        "weight_IMP": "1", "least_REL": "25", "least_QUA": "", "least_IMP": "",
    }  # fmt: skip
    return reverse("suppose", args=[ranked_list.pk]), {**said, **changes}


def test_what_if_stands_beside_the_list_and_moves_nothing(client, ranked_list):
    client.force_login(an_officer())
    strict = Assessment.objects.get(evaluator__name="Severa Strict").evaluator
    before, records = list(ranked_list.entries.values()), AuditRecord.objects.count()
    assert "Without these evaluators" in words_of(client.get(reverse("suppose", args=[ranked_list.pk])))

    same = words_of(client.get(*supposing(ranked_list)))
    assert "Of 2 applications 0 would stand elsewhere" in same
    assert "This is not the ranked list" in same
    other = words_of(client.get(*supposing(ranked_list, left_out=[strict.pk])))
    assert "2 would stand elsewhere: 1 would be funded that are not, 1 would not be funded that are" in other
    assert other.count("other decision") == 2
    both = words_of(client.get(*supposing(ranked_list, budget="600000")))
    assert "1 would be funded that are not, 0 would not" in both
    assert list(ranked_list.entries.values()) == before
    assert AuditRecord.objects.count() == records


def test_what_cannot_be_supposed_is_said_and_kept_as_typed(client, ranked_list):
    client.force_login(an_officer())
    for changes, said in (
        ({"ties": "REL, MOON"}, "Nothing is called MOON here"), ({"budget": "much"}, "much"),
        ({"weight_REL": ""}, "weight_REL"),
        ({"weight_REL": "0", "weight_QUA": "0", "weight_IMP": "0.00"}, "nothing counts"),
        ({"left_out": "nobody"}, "nobody"),
    ):  # fmt: skip
        answer = client.get(*supposing(ranked_list, **changes))
        assert answer.status_code == 400, changes
        assert said in words_of(answer)
    everybody = list(Assessment.objects.values_list("evaluator", flat=True).distinct())
    answer = client.get(*supposing(ranked_list, left_out=everybody))
    assert (answer.status_code, "leave one in" in words_of(answer)) == (400, True)
    client.force_login(ranked_list.call.seats.get(entity="JUST.B.3").member)
    assert client.get(*supposing(ranked_list)).status_code == 404
