"""Decided and written again, from pages: a later decision, a decision discarded, a corrected letter with its effect."""

import pytest
from django.urls import reverse

from awards.actions import discard_decision, prepare_decision, propose_decision, replace_letter
from awards.models import Decision, DecisionLine
from awards.querysets import calls_to_decide
from awards.shown.letters import changes_of
from core.errors import NotAllowed, WrongState
from core.formats import euro
from evaluation.actions import question_list, set_aside_list, uphold_list
from evaluation.models import RankedList
from tests.awards.factories import RANKED, a_prepared_decision, a_proposed_decision, a_ranked_call, a_taken_decision
from tests.awards.test_rounds import LATER, WHY, a_decided_call, application_of, issued, prepared, sent
from tests.factories import an_auditor, an_authorising_officer, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    officer = an_officer()
    client.force_login(officer)
    return officer


# discarded


@pytest.mark.parametrize("make", [a_prepared_decision, a_proposed_decision])
def test_a_decision_that_is_not_taken_is_discarded_and_another_prepared(make):
    first = make()
    discard_decision(first, by=an_officer(), at=RANKED, reason="Prepared on the wrong list.")
    assert list(calls_to_decide(an_officer())) == [first.call]
    second = prepare_decision(Decision(call=first.call), by=an_officer(), at=RANKED)
    assert (second.ordinal, second.cause, second.lines.count()) == (1, "INITIAL", first.lines.count())
    assert Decision.objects.standing().get() == second
    assert DecisionLine.objects.of_call(first.call).count() == second.lines.count()


def test_what_was_taken_is_not_discarded():
    with pytest.raises(WrongState):
        discard_decision(a_taken_decision(), by=an_officer(), at=RANKED, reason="Too late.")


def test_nobody_but_an_officer_discards():
    with pytest.raises(NotAllowed):
        discard_decision(a_prepared_decision(), by=an_authorising_officer(), at=RANKED, reason="No.")


def test_nothing_is_decided_on_a_list_that_somebody_asks_to_set_aside():
    decision = a_prepared_decision()
    ranked_list = RankedList.objects.get()
    ranked_list = question_list(ranked_list, by=an_officer(), at=RANKED, reason="An error.")
    with pytest.raises(WrongState, match="set aside, or is to be"):
        propose_decision(decision, by=an_officer(), at=RANKED)
    uphold_list(ranked_list, by=an_officer(), at=RANKED, reason="It is right.")
    assert propose_decision(decision, by=an_officer(), at=RANKED).status == "PROPOSED"


def test_nor_on_one_that_was_set_aside(client):
    decision = a_proposed_decision()
    ranked_list = question_list(RankedList.objects.get(), by=an_officer(), at=RANKED, reason="An error.")
    set_aside_list(ranked_list, by=an_officer(), at=RANKED)
    client.force_login(an_authorising_officer())
    answer = client.post(f"{decision.get_absolute_url()}decide/", {"reason": "As proposed."})
    assert answer.status_code == 409
    client.force_login(an_officer())
    assert client.post(f"{decision.get_absolute_url()}discard/", {"reason": "No list."}).status_code == 302


# decided again


def test_a_later_decision_is_prepared_on_a_page_that_shows_the_money(client, officer):
    call = a_decided_call()
    address = reverse("prepare_again", args=[call.pk])
    assert address in client.get(call.decisions.get().get_absolute_url()).content.decode()
    page = client.get(address).content.decode()
    for words in (euro(500_000), "rank 3:", application_of(call, 3).reference):
        assert words in page
    line = call.decisions.get().lines.get(rank=3)
    answer = client.post(address, {"cause": "RESERVE", "lines": [str(line.pk)]})
    assert answer.status_code == 302
    made = call.decisions.get(ordinal=2)
    assert [one.outcome for one in made.lines.all()] == ["AWARD"]
    assert answer.url == made.get_absolute_url()


def test_what_cannot_be_is_said_on_the_page(client, officer):
    call = a_decided_call()
    line = call.decisions.get().lines.get(rank=1)
    answer = client.post(reverse("prepare_again", args=[call.pk]), {"cause": "RESERVE", "lines": [str(line.pk)]})
    assert (answer.status_code, call.decisions.count()) == (400, 1)
    assert "not on the reserve list" in answer.content.decode()


def test_the_page_is_the_officers(client):
    call = a_decided_call()
    client.force_login(an_auditor())
    assert client.get(reverse("prepare_again", args=[call.pk])).status_code == 403


# a letter in the place of another


def test_a_corrected_letter_says_first_what_it_will_say_otherwise(client, officer):
    call = a_decided_call()
    letter = sent(call.decisions.get().letters.get(application=application_of(call, 1)))
    letter.application.applicant.name = "Hellenic Police, renamed"
    letter.application.applicant.save()
    address = reverse("letter_step_preview", args=[letter.pk, "replace"])
    assert address in client.get(letter.get_absolute_url()).content.decode()
    page = client.get(address).content.decode()
    assert "addressee 1" in page
    assert "Hellenic Police, renamed" in page
    assert client.post(f"{letter.get_absolute_url()}replace/", {"reason": WHY}).status_code == 302
    new = letter.replaced_by
    assert (new.replaced_because, new.facts["addressee"][0]) == (WHY, "Hellenic Police, renamed")
    page = client.get(letter.get_absolute_url()).content.decode()
    assert address not in page
    assert client.get(address).status_code == 409


def test_the_letter_of_a_decision_that_was_overtaken_is_not_the_one_to_correct():
    call = a_decided_call()
    letter = sent(call.decisions.get().letters.get(application=application_of(call, 1)))
    issued(prepared(call, "REDRESS", 1))
    with pytest.raises(WrongState, match="later decision is in force"):
        replace_letter(letter, by=an_officer(), at=LATER, reason=WHY)


def test_only_what_differs_is_shown():
    before = {"reference": "A/L1", "grant": {"contribution": "1"}, "addressee": ["Old"], "officer": None}
    after = {"reference": "A/L2", "grant": {"contribution": "2"}, "addressee": ["Old", "New"], "officer": None}
    assert changes_of(before, after) == [["grant contribution", "1", "2"], ["addressee 2", "–", "New"]]


def test_there_is_no_such_page_for_other_steps(client, officer):
    letter = sent(a_decided_call().decisions.get().letters.first())
    assert client.get(reverse("letter_step_preview", args=[letter.pk, "remind"])).status_code == 404


def test_a_call_that_is_ranked_only_is_not_decided_again(client, officer):
    call = a_ranked_call()
    address = reverse("prepare_again", args=[call.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"cause": "CORRECTION", "lines": []}).status_code == 400
