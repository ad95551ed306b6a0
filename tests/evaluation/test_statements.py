"""However many are read in, made or appointed: as many statements as for one. Hundreds are an officer's everyday."""

import pytest

from evaluation.actions import carry_out_batch, confirm_batch, propose_distribution, propose_from_file
from evaluation.actions.proposing import Terms
from evaluation.models import Assessment, BatchLine
from tests.evaluation.factories import an_eligible_application
from tests.factories import an_evaluator, the_clock

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[1, 4])
def pairs(request, call):
    """As many applications as evaluators, each of each."""
    applications = [an_eligible_application(call) for _ in range(request.param)]
    people = [an_evaluator() for _ in range(request.param)]
    return [(application, person) for application in applications for person in people]


def read_in(call, officer, pairs):
    rows = [(line, one.reference, person.email) for line, (one, person) in enumerate(pairs, 2)]
    return propose_from_file(call, by=officer, rows=rows, name="pairs.csv")


def test_a_file_is_read_in(call, officer, pairs, django_assert_num_queries):
    with django_assert_num_queries(21):
        batch = read_in(call, officer, pairs)

    assert batch.size == BatchLine.objects.count() == len(pairs)


def test_a_distribution_is_proposed(call, officer, pairs, django_assert_num_queries):
    with django_assert_num_queries(22):
        batch = propose_distribution(call, by=officer, terms=Terms(1))

    assert batch.size == len({application for application, _person in pairs})


def test_a_batch_is_made(call, officer, pairs, django_assert_num_queries):
    batch = confirm_batch(read_in(call, officer, pairs), by=officer)

    with django_assert_num_queries(42):
        batch = carry_out_batch(batch, by=the_clock())

    assert batch.made == Assessment.objects.count() == len(pairs)
