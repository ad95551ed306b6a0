"""From the last signature to the approved report: who may be rapporteur, what the report lacks, who sends it back."""

import pytest
from django.urls import reverse

from core.errors import Incomplete, WrongState
from evaluation.actions import (
    appoint_rapporteur,
    recuse_evaluator,
    release_evaluator,
)
from evaluation.lists import ReadyList
from evaluation.models import Consensus
from tests.evaluation.factories import (
    DAY,
    a_consensus,
    a_signed,
    an_assigned,
    an_eligible_application,
    an_open,
)
from tests.factories import an_evaluator, an_officer

pytestmark = pytest.mark.django_db
FULL = {
    f"{code}_{name}": value
    for code, points in {"REL": "30", "QUA": "32", "IMP": "15"}.items()
    for name, value in (("points", points), ("comment", f"About {code}"))
}


@pytest.fixture
def application(call):
    return an_eligible_application(call)


@pytest.fixture
def the_page(client, call, officer):
    client.force_login(officer)
    address = reverse("appoint_rapporteur", args=[call.pk])
    return lambda **said: client.post(address, said, follow=True) if said else client.get(address)


# appointing


def test_only_applications_whose_evaluators_have_all_signed_wait_for_one(the_page, call, application):
    unsigned, short = an_eligible_application(call), an_eligible_application(call)
    a_signed(application)
    a_signed(application)
    a_signed(unsigned)
    an_assigned(unsigned)
    a_signed(short)

    assert [line["application"] for line in the_page().context["lines"]] == [application]


def test_who_was_taken_back_or_left_in_conflict_is_not_waited_for(the_page, application):
    signed = [a_signed(application), a_signed(application)]
    release_evaluator(an_open(application), by=an_officer(), at=DAY, reason="Ill.")
    gone = an_open(application)
    recuse_evaluator(gone, by=gone.evaluator, at=DAY, reason="A cousin.")

    people = the_page().context["lines"][0]["people"]

    assert {key for key, _name in people} == {str(one.evaluator_id) for one in signed}


def test_very_many_come_page_by_page_and_each_page_appoints_its_own(the_page, client, call, application, monkeypatch):
    monkeypatch.setattr(ReadyList, "page_size", 1)
    second = an_eligible_application(call)
    for one in (application, application, second, second):
        a_signed(one)

    first_page = the_page().context
    assert [line["application"] for line in first_page["lines"]] == [application]
    next_page = client.get(first_page["list"].next_url).context
    assert [line["application"] for line in next_page["lines"]] == [second]

    the_page(**{f"rapporteur-{second.pk}": next_page["lines"][0]["people"][0][0]})
    assert [one.application for one in Consensus.objects.all()] == [second]


@pytest.mark.parametrize("name", ["rapporteur-", "rapporteur-nobody", "rapporteur-" + "-" * 36])
def test_a_name_that_is_no_application_appoints_nobody(the_page, application, name):
    assert the_page(**{name: "x"}).status_code == 200
    assert not Consensus.objects.exists()


@pytest.mark.parametrize("chosen", ["", "nobody", "00000000-0000-0000-0000-000000000000"])
def test_a_choice_that_was_not_offered_appoints_nobody(the_page, application, chosen):
    a_signed(application)
    a_signed(application)

    assert the_page(**{f"rapporteur-{application.pk}": chosen}).status_code == 200
    assert not Consensus.objects.exists()


def test_somebody_who_did_not_sign_is_refused_by_the_act_itself(application, officer):
    a_signed(application)
    a_signed(application)

    with pytest.raises(Incomplete) as refused:
        appoint_rapporteur(application, an_evaluator(), by=officer)

    assert refused.value.gaps == {
        "rapporteur": "Choose the rapporteur among the evaluators who signed their assessment."
    }


@pytest.mark.parametrize(("waiting", "words"), [
    (1, "one assessment is not signed yet. Wait for it, or take the assignment back."),
    (2, "2 assessments are not signed yet. Wait for them, or take the assignments back."),
])  # fmt: skip
def test_before_all_have_signed_nobody_is_appointed(application, officer, waiting, words):
    signed = a_signed(application)
    for _ in range(waiting):
        an_assigned(application)

    with pytest.raises(WrongState, match=words):
        appoint_rapporteur(application, signed.evaluator, by=officer)
    assert not Consensus.objects.exists()


def test_with_too_few_the_sentence_says_how_many(application, officer):
    signed = a_signed(application)

    with pytest.raises(WrongState, match=r"1 of 2 assessments are signed\. Assign more evaluators first\."):
        appoint_rapporteur(application, signed.evaluator, by=officer)


def test_a_second_rapporteur_is_not_appointed(application, officer):
    report = a_consensus(application)

    with pytest.raises(WrongState, match="has its rapporteur already"):
        appoint_rapporteur(application, report.rapporteur, by=officer)
    assert Consensus.objects.count() == 1


def test_one_refusal_does_not_undo_the_others(the_page, call, application, officer):
    """The second application's officer evaluates it: that one is refused, the first stands."""
    fine = application
    a_signed(fine)
    first = a_signed(fine)
    own = an_eligible_application(call)
    a_signed(own, officer)
    a_signed(own)

    answer = the_page(**{
        f"rapporteur-{fine.pk}": first.evaluator_id, f"rapporteur-{own.pk}": own.assessments.first().evaluator_id,
    })  # fmt: skip

    assert f"is the rapporteur of {fine.reference}" in answer.content.decode()
    assert Consensus.objects.get(application=fine).rapporteur == first.evaluator
    assert Consensus.objects.count() in (1, 2)
