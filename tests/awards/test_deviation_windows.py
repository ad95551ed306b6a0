"""Two windows on one decision, and whose page a deviation is."""

import pytest
from django.urls import reverse

from awards.models import DecisionLine
from evaluation.models import Assessment
from tests.awards.factories import (
    a_prepared_decision,
    a_proposed_decision,
    a_ranked_call,
    a_taken_decision,
    an_issued_decision,
)
from tests.factories import AFTER, an_applicant, an_auditor, an_authorising_officer, an_officer

pytestmark = pytest.mark.django_db
WHY = "The travel costs are counted twice."


@pytest.fixture
def decision():
    return a_prepared_decision()


@pytest.fixture
def the_page(client, decision):
    """POST a change of one line as an officer; the stamp is that of now unless another is said."""
    client.force_login(an_officer())

    def send(line, **said):
        decision.refresh_from_db()
        usual = {"outcome": line.outcome, "reason": WHY, "stamp": decision.stamp}
        return client.post(reverse("deviate", args=[line.pk]), {**usual, **said})

    return send


def line_of(decision, outcome, place=0):
    return decision.lines.filter(outcome=outcome).order_by("rank", "pk")[place]


def as_it_is(line):
    fields = ("outcome", "contribution", "stage", "reason", "deviates", "deviation_reason")
    return DecisionLine.objects.values_list(*fields).get(pk=line.pk)


def text_of(answer):
    return answer.content.decode().replace("\u00a0", " ")


# windows


def test_a_word_on_another_line_does_not_outdate_the_page(the_page, decision):
    first, second = line_of(decision, "AWARD"), line_of(decision, "AWARD", 1)
    seen = decision.stamp
    the_page(first, contribution="300000")

    assert the_page(second, contribution="200000", stamp=seen).status_code == 302
    assert decision.lines.awarded() == 500_000


def test_a_word_on_the_same_line_must_be_read_first(client, the_page, decision):
    line = line_of(decision, "AWARD")
    seen = decision.stamp
    the_page(line, contribution="300000")
    client.force_login(an_officer(name="Second Officer"))

    answer = the_page(line, contribution="200000", stamp=seen)

    assert answer.status_code == 409
    assert "changed the outcome of" in text_of(answer)
    line.refresh_from_db()
    assert line.contribution == 300_000


@pytest.mark.parametrize("stamp", ["", "x", "-1", "99", "1.0", "٣"])
def test_a_stamp_of_nonsense_changes_no_line(the_page, decision, stamp):
    line = line_of(decision, "AWARD")
    before = as_it_is(line)

    assert the_page(line, contribution="5", stamp=stamp).status_code == 409
    assert as_it_is(line) == before


# whose page it is


@pytest.mark.parametrize(("make", "status"), [
    (an_auditor, 403), (an_authorising_officer, 403), (an_applicant, 404),
])  # fmt: skip
def test_only_an_officer_deviates(client, decision, make, status):
    line = line_of(decision, "AWARD")
    before = as_it_is(line)
    client.force_login(make())

    for answer in (client.get(reverse("deviate", args=[line.pk])),
                   client.post(reverse("deviate", args=[line.pk]), {"outcome": "RESERVE", "reason": WHY})):  # fmt: skip
        assert answer.status_code == status
    assert as_it_is(line) == before


def test_an_officer_in_conflict_does_not_even_find_it(client):
    call, officer = a_ranked_call(), an_officer()
    line = a_prepared_decision(call).lines.first()
    Assessment.objects.create(
        application=line.application, evaluator=officer, round=call.rounds.get(), status="CONFLICT",
        assigned_by=officer, assigned_at=AFTER, due_at=AFTER,
    )  # fmt: skip
    client.force_login(officer)

    assert client.get(reverse("deviate", args=[line.pk])).status_code == 404
    assert client.get(line.decision.get_absolute_url()).status_code == 404
    assert client.get(reverse("letter_preview", args=[line.pk])).status_code == 404


@pytest.mark.parametrize("make", [a_proposed_decision, a_taken_decision, an_issued_decision])
def test_after_the_proposal_the_page_is_closed(client, make):
    line = make().lines.first()
    before = as_it_is(line)
    client.force_login(an_officer())

    for answer in (client.get(reverse("deviate", args=[line.pk])),
                   client.post(reverse("deviate", args=[line.pk]), {"outcome": "RESERVE", "reason": WHY})):  # fmt: skip
        assert answer.status_code == 409
        assert "“Deviate from the ranked list” is not possible now" in text_of(answer)
    assert as_it_is(line) == before
