"""The lists: as many queries for three rows as for one, the same rows on page, in file and in the API."""

import json

import pytest
from django.urls import reverse

from tests.evaluation.factories import (
    a_call_under_evaluation,
    a_committee,
    a_drawn_list,
    a_signed,
    an_assigned,
    an_eligible_application,
    an_evaluated,
)
from tests.factories import an_auditor, an_evaluator, an_officer

pytestmark = pytest.mark.django_db
SESSION = 1  # who is it; the session itself lies in the cache


@pytest.mark.parametrize("rows", [1, 3])
def test_assessments(client, django_assert_num_queries, rows):
    call = a_call_under_evaluation()
    for _ in range(rows):
        a_signed(an_eligible_application(call))
    client.force_login(an_auditor())

    with django_assert_num_queries(SESSION + 3):  # the rows, their count, the calls to filter by
        page = client.get(reverse("assessments"))

    assert len(page.context["list"].objects) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_consensus_reports(client, django_assert_num_queries, rows):
    call = a_call_under_evaluation()
    for _ in range(rows):
        an_evaluated(an_eligible_application(call))
    client.force_login(an_auditor())

    with django_assert_num_queries(SESSION + 3):
        page = client.get(reverse("consensus_reports"))

    assert len(page.context["list"].objects) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_calls_under_evaluation(client, django_assert_num_queries, rows):
    for _ in range(rows):
        a_signed(an_eligible_application(a_call_under_evaluation()))
    client.force_login(an_officer())

    with django_assert_num_queries(SESSION + 7):  # rows, count; the clock, own queue, reports, seats, invitations
        page = client.get(reverse("evaluation"))

    assert [one.assessments for one in page.context["list"].objects] == [1] * rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_of_an_evaluator(client, django_assert_num_queries, rows):
    evaluator, call = an_evaluator(), a_call_under_evaluation()
    for _ in range(rows):
        an_assigned(an_eligible_application(call), evaluator)
    client.force_login(evaluator)

    with django_assert_num_queries(SESSION + 5):  # the clock, assessments, reports, seats, invitations
        page = client.get(reverse("evaluation"))

    assert len(page.context["queue"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_cockpit(client, django_assert_num_queries, rows):
    call = a_call_under_evaluation()
    for _ in range(rows):
        an_evaluated(an_eligible_application(call))
    client.force_login(an_officer())

    with django_assert_num_queries(SESSION + 34):  # eight of them look for conflicts nobody ruled on
        page = client.get(reverse("evaluation_of_call", args=[call.pk]))

    assert len(page.context["list"].objects) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_ranked_list(client, django_assert_num_queries, rows):
    ranked_list = a_drawn_list(totals=[{"REL": "30", "QUA": "30", "IMP": str(10 + n)} for n in range(rows)])
    client.force_login(an_auditor())

    with django_assert_num_queries(SESSION + 8):
        page = client.get(ranked_list.get_absolute_url())

    assert len(page.context["list"].objects) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_seats_through_the_api(client, django_assert_num_queries, rows):
    for _ in range(rows):
        call = a_call_under_evaluation()
        an_eligible_application(call)
        a_committee(call)
    client.force_login(an_auditor())

    with django_assert_num_queries(SESSION + 3):
        answer = client.get(reverse("api-seats-list"))

    assert answer.json()["count"] == str(3 * rows)


@pytest.mark.parametrize("rows", [1, 3])
def test_one_ranked_list_through_the_api(client, django_assert_num_queries, rows):
    ranked_list = a_drawn_list(totals=[{"REL": "30", "QUA": "30", "IMP": str(10 + n)} for n in range(rows)])
    client.force_login(an_auditor())

    with django_assert_num_queries(SESSION + 4):
        answer = client.get(reverse("api-ranked-lists-detail", args=[ranked_list.pk]))

    assert len(answer.json()["entries"]) == rows


def test_filters_narrow_page_file_and_api_alike(client):
    here, there = a_call_under_evaluation(), a_call_under_evaluation()
    mine = a_signed(an_eligible_application(here), an_evaluator(name="Iveta Šimonova"))
    an_assigned(an_eligible_application(here))
    an_assigned(an_eligible_application(there))
    client.force_login(an_officer())

    for params, number in (
        ({}, 3), ({"call": here.pk}, 2), ({"status": "SIGNED"}, 1), ({"evaluator": "šimon"}, 1),
        ({"q": mine.application.reference}, 1), ({"call": here.pk, "status": "ASSIGNED"}, 1),
    ):  # fmt: skip
        page = client.get(reverse("assessments"), params)
        api = client.get(reverse("api-assessments-list"), params)
        file = b"".join(client.get(reverse("assessments"), {**params, "format": "csv"})).decode()
        assert len(page.context["list"].objects) == number, params
        assert api.json()["count"] == str(number), params
        assert len(file.strip().split("\r\n")) == number + 1, params


@pytest.mark.parametrize("sort", ["status", "due_at", "-due_at"])
def test_every_order_shows_every_row(client, sort):
    call = a_call_under_evaluation()
    for _ in range(3):
        a_signed(an_eligible_application(call))
    client.force_login(an_officer())

    results = json.loads(client.get(reverse("api-assessments-list"), {"sort": sort}).content)["results"]
    values = [one[sort.lstrip("-")] for one in results]

    assert len(results) == 3
    assert values == sorted(values, reverse=sort.startswith("-"))


def test_the_ranked_list_sorts_and_filters_by_place(client):
    points = [("30", "30", "12"), ("36", "36", "16"), ("10", "30", "9")]
    ranked_list = a_drawn_list(totals=[dict(zip(("REL", "QUA", "IMP"), one, strict=True)) for one in points])
    client.force_login(an_auditor())
    address = f"/api/ranked-lists/{ranked_list.pk}/entries/"

    assert [one["rank"] for one in client.get(address).json()["results"]] == [1, 2, None]
    assert [one["rank"] for one in client.get(address, {"sort": "-total"}).json()["results"]] == [1, 2, None]
    assert [one["rank"] for one in client.get(address, {"sort": "total"}).json()["results"]] == [None, 2, 1]
    assert [one["rank"] for one in client.get(address, {"place": "REJECTED"}).json()["results"]] == [None]
