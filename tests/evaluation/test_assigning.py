"""The matrix of applications and evaluators, branch by branch: what is on it, what is proposed, what is looked at."""

import pytest

from evaluation.actions import recuse_evaluator, release_evaluator
from evaluation.models import Assessment
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_consensus,
    an_assigned,
    an_eligible_application,
)
from tests.evaluation.matrix import cell_of, numbers, pair, words_of
from tests.factories import an_evaluator, an_officer

pytestmark = pytest.mark.django_db


def test_only_applications_whose_evaluators_may_still_be_chosen_stand_on_it(matrix, call):
    open_, agreeing = an_eligible_application(call), an_eligible_application(call)
    a_consensus(agreeing)
    an_eligible_application(a_call_under_evaluation())

    assert numbers(matrix()) == [open_.reference]


def test_an_application_that_the_officer_judges_is_another_officers_to_assign(matrix, call, officer):
    mine, other = an_eligible_application(call), an_eligible_application(call)
    an_assigned(mine, officer)

    assert numbers(matrix()) == [other.reference]


def test_an_application_with_which_the_officer_is_in_conflict_is_not_even_named(matrix, call, officer):
    mine = an_eligible_application(call)
    assessment = an_assigned(mine, officer)
    recuse_evaluator(assessment, by=officer, at=DAY, reason="My brother leads it.")
    an_evaluator()

    answer = matrix()

    assert numbers(answer) == []
    assert mine.reference not in words_of(answer)
    assert "No application can be assigned now." in words_of(answer)


def test_without_an_evaluator_the_page_says_who_makes_one(matrix, call):
    an_eligible_application(call)

    assert "There is no evaluator yet." in words_of(matrix())


def test_officers_stand_on_it_when_they_are_asked_for(matrix, call, officer):
    an_eligible_application(call)
    evaluator = an_evaluator()

    assert [one["name"] for one in matrix().context["people"]] == [evaluator.name]
    assert {one["name"] for one in matrix("?officers=1").context["people"]} == {evaluator.name, officer.name}
    assert "Show evaluators only" in words_of(matrix("?officers=1"))


def test_an_account_that_is_closed_is_not_offered(matrix, call):
    an_eligible_application(call)
    an_evaluator(is_active=False, name="Gone Away")

    assert "Gone Away" not in words_of(matrix())


def test_each_cell_tells_assigned_from_free_from_conflict(matrix, call):
    application = an_eligible_application(call)
    free, there, conflicted, released = an_evaluator(), an_evaluator(), an_evaluator(), an_evaluator()
    an_assigned(application, there)
    recuse_evaluator(an_assigned(application, conflicted), by=conflicted, at=DAY, reason="A cousin.")
    release_evaluator(an_assigned(application, released), by=an_officer(), at=DAY, reason="Ill.")

    answer = matrix()

    assert cell_of(answer, application, there)["present"].evaluator == there
    assert cell_of(answer, application, conflicted)["barred"] == "declared a conflict of interest"
    for one in (free, released):  # what was taken back may be given again
        assert not cell_of(answer, application, one)["present"]
        assert not cell_of(answer, application, one)["barred"]


def test_the_load_counts_what_a_person_has_in_this_call(matrix, call):
    busy, idle = an_evaluator(), an_evaluator()
    for _ in range(2):
        an_assigned(an_eligible_application(call), busy)
    an_assigned(an_eligible_application(a_call_under_evaluation()), idle)

    assert {one["name"]: one["load"] for one in matrix().context["people"]} == {busy.name: 2, idle.name: 0}


# what is proposed and looked at


def test_a_distribution_is_proposed_over_what_is_ticked_alone(matrix, call):
    wanted, left = an_eligible_application(call), an_eligible_application(call)
    chosen, other = [an_evaluator(), an_evaluator()], an_evaluator()

    answer = matrix(propose="1", application=[wanted.pk], evaluator=[one.pk for one in chosen])

    assert sorted(answer.context["pairs"]) == sorted(pair(wanted, one) for one in chosen)
    assert str(other.pk) not in " ".join(answer.context["pairs"])
    assert answer.context["lacking"] == [f"{left.reference} still lacks 2 evaluators."]
    assert not Assessment.objects.exists()


def test_the_preview_says_what_each_will_have_and_who_is_still_lacking(matrix, call):
    application, evaluator = an_eligible_application(call), an_evaluator()

    answer = matrix(preview="1", pair=pair(application, evaluator))

    assert answer.context["load"] == [[evaluator.name, 0, 1]]
    assert answer.context["lacking"] == [f"{application.reference} still lacks 1 evaluator."]
    assert [row[-1] for row in answer.context["rows"]] == ["no conflict found"]


def test_the_preview_names_a_conflict_before_anybody_is_assigned(matrix, call):
    application = an_eligible_application(call)
    inside = an_evaluator(organisation=application.applicant)

    answer = matrix(preview="1", pair=pair(application, inside))

    assert "takes part in this application" in answer.context["rows"][0][-1]
    assert not Assessment.objects.exists()


def test_the_way_back_from_the_preview_keeps_what_was_ticked(matrix, call):
    application, evaluator = an_eligible_application(call), an_evaluator()

    answer = matrix(back="1", pair=pair(application, evaluator))

    assert answer.status_code == 200
    assert cell_of(answer, application, evaluator)["ticked"]
    assert not Assessment.objects.exists()


def test_a_pair_that_is_assigned_already_is_not_asked_again(matrix, call):
    application, evaluator = an_eligible_application(call), an_evaluator()
    an_assigned(application, evaluator)

    answer = matrix(confirm="1", pair=pair(application, evaluator))

    assert answer.status_code == 400
    assert "Tick at least one evaluator" in words_of(answer)
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("text", ["", "no-colon", ":", "a:b", "a:b:c", "00000000-0000-0000-0000-000000000000:"])
def test_a_pair_of_nonsense_assigns_nobody(matrix, call, text):
    an_eligible_application(call)
    an_evaluator()

    assert matrix(confirm="1", pair=text).status_code in (400, 404)
    assert not Assessment.objects.exists()
