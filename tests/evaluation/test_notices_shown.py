"""The officer's page of a call tells who was told what, and when; and a batch is told in one mail each."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.evaluation.factories import DAY, an_assigned, an_eligible_application
from tests.factories import an_auditor, an_evaluator
from tests.notices import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def line_of(client, call):
    def line(reader):
        client.force_login(reader)
        page = client.get(reverse("evaluation_of_call", args=[call.pk])).text
        return page.partition("Told by mail")[2].partition("</p>")[0]

    return line


def test_nothing_is_said_before_anything_was_told(line_of, officer):
    assert line_of(officer) == ""


def test_it_counts_who_was_told_and_who_is_to_be_told(line_of, call, officer):
    told(DAY, an_assigned(an_eligible_application(call), an_evaluator()))
    assert "no conflict of interest: 1 to be told" in line_of(officer)
    told(DAY + timedelta(minutes=6))
    assert "no conflict of interest: 1 told, last 31" in line_of(officer)
    told(DAY, an_assigned(an_eligible_application(call), an_evaluator()))
    assert "1 told, last 31" in line_of(officer)
    assert "1 to be told" in line_of(officer)
    assert reverse("promises") in line_of(officer)


def test_it_is_the_officers_line(line_of, call):
    told(DAY, an_assigned(an_eligible_application(call), an_evaluator()))
    assert line_of(an_auditor()) == ""
