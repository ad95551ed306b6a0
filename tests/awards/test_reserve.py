"""The reserve list: money that is free is offered to the next in its order, answered; in the end the list expires."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from applications.actions import retract_application
from awards import deadlines
from awards.actions import (
    accept_offer,
    decline_offer,
    discard_decision,
    file_redress,
    lapse_offer,
    propose_decision,
    send_letter,
    uphold_redress,
)
from awards.desk import waiting_for
from awards.documents import context_of, draw_letter
from awards.models import Decision, DecisionLine, Letter, Offer
from awards.states import OFFER, OfferStatus
from core.days import day_of, end_of
from core.errors import Incomplete, NotAllowed, WrongState
from programmes.actions import expire_reserve
from promises.models import Mail, Promise
from tests.awards.factories import ISSUED, LIST, a_prepared_decision, a_ranked_call, an_issued_decision
from tests.awards.test_documents import text_of
from tests.awards.test_rounds import LATER, application_of, issued, outcomes, prepared, sent, taken
from tests.factories import an_applicant, an_auditor, an_officer, everybody, golden_table, the_clock

pytestmark = pytest.mark.django_db

TEXT = "The same indicators got the highest points for another one, on the same facts."
TWO_ON_RESERVE = [*LIST[:3], ((31, 30, 13), "RESERVE", ""), LIST[3]]
OFFERS = """\
          owner           stranger  officer  evaluator  authorising  auditor  national  admin  system
OPEN      accept decline  -         -        -          -            -        -         -      lapse
ACCEPTED  -               -         -        -          -            -        -         -      -
DECLINED  -               -         -        -          -            -        -         -      -
LAPSED    -               -         -        -          -            -        -         -      -"""


def a_call_with_reserve(**fields):
    """Two awards of 400,000, two on the reserve; the second award was withdrawn, so that 400,000 are free."""
    call = an_issued_decision(a_ranked_call(TWO_ON_RESERVE, **{"budget": 800_000, **fields})).call
    second = application_of(call, 2)
    retract_application(second, by=an_applicant(second.applicant), at=ISSUED, reason="Our budget was cut.")
    return call


def an_offer(call, *ranks):
    """Its letter sent; gives the first offer."""
    decision = issued(prepared(call, "RESERVE", *(ranks or (3,))))
    for letter in decision.letters.all():
        send_letter(letter, by=the_clock(), at=LATER, path=f"letters/{letter.pk}", sha256="0" * 64)
    return Offer.objects.get(application=application_of(call, (ranks or (3,))[0]))


def addressee(offer):
    return an_applicant(offer.application.applicant)


def test_the_life_of_an_offer():
    offer = an_offer(a_call_with_reserve())

    def row_in(status):
        offer.status = status
        return offer

    assert golden_table(OFFER, OfferStatus.values, everybody(offer.application.applicant), row_in) == OFFERS


# offered


def test_the_money_of_a_withdrawn_award_is_offered_to_the_next_in_order():
    call = a_call_with_reserve()
    assert 2 not in outcomes(call)
    offer = an_offer(call)
    assert (offer.status, offer.answer_by) == ("OPEN", deadlines.answer_by(LATER))
    assert outcomes(call)[3] == ("AWARD", 400_000)
    assert Promise.objects.get(kind="lapse_offer").due_at == end_of(offer.answer_by) + timedelta(seconds=1)


def test_nobody_on_the_reserve_is_overtaken():
    call = a_call_with_reserve()
    with pytest.raises(Incomplete) as refusal:
        prepared(call, "RESERVE", 4)
    assert application_of(call, 3).reference in refusal.value.gaps["applications"]
    assert not call.decisions.filter(ordinal=2).exists()


def test_the_letter_says_until_when_to_answer():
    offer = an_offer(a_call_with_reserve())
    letter = offer.line.decision.letters.get()
    assert context_of(letter.facts)["answer_by"] == offer.answer_by
    assert "next on the reserve list" in text_of(draw_letter(letter.facts))
    first = offer.application.call.decisions.get(ordinal=1).letters.filter(kind="AWARD").first()
    assert first.facts["answer_by"] is None
    assert "next on the reserve list" not in text_of(draw_letter(first.facts))


def test_an_upheld_review_is_decided_before_the_reserve_is_taken_up():
    call = a_call_with_reserve()
    decision = prepared(call, "RESERVE", 3)
    below = sent(Letter.objects.get(application=application_of(call, "THRESHOLD")))
    row = file_redress(below, by=an_applicant(below.application.applicant), ground="INCOHERENCE", text=TEXT, at=LATER)
    uphold_redress(row, by=an_officer(), at=LATER, reason="The reasons do not carry the points.")
    said = f"A review was upheld and is not decided yet: {below.application}"
    with pytest.raises(WrongState, match=said):
        propose_decision(decision, by=an_officer(), at=LATER)
    discard_decision(decision, by=an_officer(), at=LATER, reason="The review comes first.")
    with pytest.raises(WrongState, match=said):
        prepared(call, "RESERVE", 3)
    assert not [one for one in waiting_for(an_officer(), LATER) if "money is free" in one.sentence]


def test_no_better_place_without_an_award_is_passed_over():
    """As after a review: the list in force has it before them, and the decision in force rejects it still."""
    decision = a_prepared_decision(a_ranked_call(TWO_ON_RESERVE, budget=800_000))
    decision.lines.filter(rank=2).update(outcome="REJECTION", stage="THRESHOLD", contribution=0)
    call = taken(decision).call
    second = application_of(call, 2)
    with pytest.raises(WrongState, match=f"With a better place on the ranked list and without an award: {second}"):
        prepared(call, "RESERVE", 3)
    retract_application(second, by=an_applicant(second.applicant), at=LATER, reason="Our budget was cut.")
    assert prepared(call, "RESERVE", 3).status == "PREPARED"


def test_nothing_is_prepared_where_nothing_is_free():
    call = an_issued_decision(a_ranked_call(TWO_ON_RESERVE, budget=800_000)).call
    with pytest.raises(WrongState, match=r"Nothing of the budget of .* is free"):
        prepared(call, "RESERVE", 3)


def test_what_exceeds_the_budget_is_said_on_the_page_of_the_decision(client):
    call = a_call_with_reserve(budget=1_000_000)
    decision = prepared(call, "RESERVE", 3, 4)
    client.force_login(an_officer())
    page = client.get(decision.get_absolute_url()).content.decode().replace("\xa0", " ").replace("\u202f", " ")
    assert "The awards exceed the budget of EUR 1 000 000.00 by EUR 200 000.00 (20 % of it)" in page
    assert "(40 %)" in page  # of the budget, as what earlier decisions awarded


def test_no_more_is_offered_than_is_free():
    call = a_call_with_reserve()
    with pytest.raises(Incomplete):
        issued(prepared(call, "RESERVE", 3, 4))


# answered


def test_an_offer_is_accepted(client):
    offer = an_offer(a_call_with_reserve())
    person = addressee(offer)
    client.force_login(person)
    page = client.get(offer.get_absolute_url()).content.decode()
    assert f"/offers/{offer.pk}/accept/" in page
    assert [one for one in waiting_for(person, LATER) if "Accept or decline" in one.sentence]
    accepted = accept_offer(offer, by=person, at=LATER)
    assert (accepted.status, accepted.answered_by, accepted.answered_at) == ("ACCEPTED", person, LATER)
    assert outcomes(offer.application.call)[3] == ("AWARD", 400_000)


def test_one_that_is_declined_frees_the_money_for_the_next(client):
    call = a_call_with_reserve()
    offer = an_offer(call)
    person = addressee(offer)
    client.force_login(person)
    assert client.post(f"/offers/{offer.pk}/decline/").status_code == 400
    decline_offer(offer, by=person, at=LATER, reason="Our partner left.")
    assert 3 not in outcomes(call)
    assert DecisionLine.objects.of_call(call).in_force().awarded() == Decimal(400_000)
    sentences = [one.sentence for one in waiting_for(an_officer(), LATER)]
    assert any(application_of(call, 4).reference in one and "next on the reserve" in one for one in sentences)
    assert an_offer(call, 4).status == "OPEN"
    client.force_login(an_officer())
    assert "Our partner left." in client.get(offer.get_absolute_url()).content.decode()


def test_one_that_nobody_answers_lapses_by_the_clock():
    call = a_call_with_reserve()
    offer = an_offer(call)
    last = end_of(offer.answer_by)
    with pytest.raises(WrongState, match="may still be answered"):
        lapse_offer(offer, by=the_clock(), at=last)
    lapsed = lapse_offer(offer, by=the_clock(), at=last + timedelta(seconds=1))
    assert lapsed.status == "LAPSED"
    assert 3 not in outcomes(call)


@pytest.mark.parametrize("answer", [accept_offer, decline_offer])
def test_after_its_day_it_is_too_late_to_answer(answer):
    offer = an_offer(a_call_with_reserve())
    words = {"reason": "Late."} if answer is decline_offer else {}
    with pytest.raises(WrongState, match="was to be answered by"):
        answer(offer, by=addressee(offer), at=end_of(offer.answer_by) + timedelta(seconds=1), **words)


@pytest.mark.parametrize("person", [an_applicant, an_officer, an_auditor])
def test_nobody_else_answers(client, person):
    offer = an_offer(a_call_with_reserve())
    with pytest.raises(NotAllowed):
        accept_offer(offer, by=person(), at=LATER)


def test_before_its_letter_is_sent_nobody_sees_an_offer(client):
    call = a_call_with_reserve()
    issued(prepared(call, "RESERVE", 3))
    offer = Offer.objects.get()
    person = addressee(offer)
    client.force_login(person)
    assert client.post(f"/offers/{offer.pk}/accept/").status_code == 404
    assert not waiting_for(person, LATER)
    assert not Offer.objects.visible_to(an_applicant()).exists()


def test_offers_stand_in_the_api(client):
    offer = an_offer(a_call_with_reserve())
    person = addressee(offer)
    client.force_login(person)
    assert [row["number"] for row in client.get("/api/offers/").json()["results"]] == [offer.application.reference]
    found = client.get(f"/api/offers/{offer.pk}/").json()
    assert (found["steps"], found["contribution"]) == (["accept", "decline"], "400000.00")
    client.force_login(an_applicant())
    assert client.get("/api/offers/").json()["results"] == []


def test_an_answer_says_by_whom_and_when():
    offer = an_offer(a_call_with_reserve())
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.filter(pk=offer.pk).update(status="ACCEPTED")


# the end of the list


def test_the_clock_ends_the_reserve_and_tells_who_still_waits(keep_promises):
    until = day_of(ISSUED) + timedelta(days=30)
    call = a_call_with_reserve(reserve_until=until)
    call.refresh_from_db()
    waiting = an_applicant(application_of(call, 3).applicant)
    with pytest.raises(WrongState, match="still stands"):
        expire_reserve(call, by=the_clock(), at=end_of(until))
    assert Promise.objects.get(kind="end_reserve").due_at == end_of(until) + timedelta(seconds=1)
    keep_promises()
    call.refresh_from_db()
    assert day_of(call.reserve_ended_at) > until
    assert f"The reserve list of {call} has expired" in Mail.objects.filter(to=waiting.email).values_list(
        "subject", flat=True
    )
    with pytest.raises(WrongState, match="expired on"):
        prepared(call, "RESERVE", 3)
    assert not [one for one in waiting_for(an_officer(), LATER) if "money is free" in one.sentence]


def test_a_call_whose_money_is_used_up_offers_nothing():
    an_issued_decision(a_ranked_call(TWO_ON_RESERVE, budget=800_000))
    assert not [one for one in waiting_for(an_officer(), LATER) if "money is free" in one.sentence]


def test_the_desk_leads_to_the_page_that_offers(client):
    call = a_call_with_reserve()
    officer = an_officer()
    (found,) = [one for one in waiting_for(officer, LATER) if "money is free" in one.sentence]
    assert found.url == reverse("prepare_again", args=[call.pk])
    client.force_login(officer)
    line = DecisionLine.objects.of_call(call).in_force().on_reserve().first()
    assert client.post(found.url, {"cause": "RESERVE", "lines": [str(line.pk)]}).status_code == 302
    assert not [one for one in waiting_for(officer, LATER) if "money is free" in one.sentence]
    assert Decision.objects.get(cause="RESERVE").lines.get().application == line.application
