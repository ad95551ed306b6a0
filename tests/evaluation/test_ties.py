"""Equal by all that was announced: the committee decides, on the page and by the API, and nobody signs before."""

from decimal import Decimal

import pytest
from django.urls import reverse

from applications.models import Application
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, Refused, WrongState
from evaluation.actions import discard_list, draw_up_list, settle_tie, sign_record
from evaluation.actions.ranked_lists import kept_seal
from evaluation.desk import waiting_for
from evaluation.models import RankedList
from tests.evaluation.factories import DAY, a_drawn_list
from tests.evaluation.pages import words_of
from tests.factories import an_applicant, an_auditor, an_evaluator, an_officer

pytestmark = pytest.mark.django_db

SAME = {"REL": "33", "QUA": "32", "IMP": "16"}  # 81
BEST = {"REL": "36", "QUA": "36", "IMP": "16"}  # 88
WHY = "Only one of them covers the Danube."


@pytest.fixture
def tied(officer):
    """Three of one total that arrived in the same millisecond, behind a better one; money for two of the four."""
    return a_tie(officer)


@pytest.fixture
def officer():
    return an_officer()


def a_tie(officer):
    ranked_list = a_drawn_list(totals=(SAME, SAME, SAME, BEST), budget=Decimal(600_000), officer=officer)
    call = ranked_list.call
    discard_list(ranked_list, by=officer, at=DAY, reason="Drawn up too early.")
    moment = call.applications.order_by("submitted_at").first().submitted_at
    call.applications.update(submitted_at=moment)
    return draw_up_list(call, by=officer, at=DAY)


def order_of(ranked_list):
    return [str(entry.application_id) for entry in ranked_list.entries.all()]


def test_nobody_signs_while_a_tie_is_open(tied):
    seat = tied.call.seats.first()

    with pytest.raises(WrongState, match="equal by all that the call announced"):
        sign_record(seat, by=seat.member, at=DAY)
    seat.refresh_from_db()
    assert seat.signed_at is None


def test_until_then_it_waits_for_the_officer_and_no_member_is_asked_to_sign(client, tied, officer):
    seat = tied.call.seats.get(entity="JUST.B.3")  # no officer besides
    client.force_login(seat.member)
    page, button = reverse("committee", args=[tied.call_id]), f"{seat.pk}/sign_record/"

    assert [one.url for one in waiting_for(officer, DAY)] == [reverse("settle_tie", args=[tied.pk])]
    assert waiting_for(seat.member, DAY) == []
    assert button not in client.get(page).content.decode()
    assert "an officer writes it down, and then you sign" in words_of(client.get(page))

    settle_tie(tied, by=officer, at=DAY, reason=WHY, order=tied.open_ties[0])
    assert waiting_for(officer, DAY) == []
    assert "sign the evaluation record" in waiting_for(seat.member, DAY)[0].sentence
    assert button in client.get(page).content.decode()


def test_what_the_committee_decides_draws_a_new_list_and_keeps_the_first(tied, officer):
    (tie,) = tied.open_ties
    wanted = [tie[2], tie[0], tie[1]]

    settle_tie(tied, by=officer, at=DAY, reason=WHY, order=wanted)

    tied.refresh_from_db()
    new = RankedList.objects.of_last_round(tied.call).standing().get()
    assert (tied.status, new.status, new.open_ties) == ("DISCARDED", "DRAWN", [])
    assert order_of(new)[1:] == wanted
    assert [one.place for one in new.entries.all()] == ["MAIN", "MAIN", "RESERVE", "RESERVE"]
    assert f"decision of the evaluation committee ({WHY[:-1]})" in new.entries.get(rank=2).tie_break
    assert kept_seal(tied) == tied.sha256 != new.sha256 == kept_seal(new)
    record = AuditRecord.objects.get(act="rankedlist.settle")
    assert record.reason == WHY
    assert record.changes["order"][1] == [Application.objects.get(pk=pk).reference for pk in wanted]
    for seat in new.call.seats.all():
        sign_record(seat, by=seat.member, at=DAY, sha256=new.sha256)
    new.refresh_from_db()
    assert new.status == "SIGNED"


def test_a_decision_counts_for_the_next_list_while_the_same_are_equal(tied, officer):
    settle_tie(tied, by=officer, at=DAY, reason=WHY, order=tied.open_ties[0])
    second = RankedList.objects.of_last_round(tied.call).standing().get()
    discard_list(second, by=officer, at=DAY, reason="A wrong figure.")

    third = draw_up_list(tied.call, by=officer, at=DAY)

    assert (third.open_ties, third.sha256) == ([], second.sha256)
    discard_list(third, by=officer, at=DAY, reason="One left.")
    tied.call.applications.filter(pk=second.tie_decisions[0]["order"][0]).update(status="RETRACTED")
    assert len(draw_up_list(tied.call, by=officer, at=DAY).open_ties[0]) == 2  # another tie: decided anew


@pytest.mark.parametrize("spoil", [
    lambda tie: tie[:2], lambda tie: [tie[0], tie[0], tie[1]], lambda tie: [*tie, tie[0]],
    lambda tie: [*tie[:2], "00000000-0000-4000-8000-000000000000"], lambda tie: [],
], ids=["one left out", "one twice", "one too many", "a stranger", "nobody"])  # fmt: skip
def test_an_order_that_is_not_of_the_whole_tie_changes_nothing(tied, officer, spoil):
    with pytest.raises(Incomplete) as refusal:
        settle_tie(tied, by=officer, at=DAY, reason=WHY, order=spoil(tied.open_ties[0]))
    assert refusal.value.gaps == {"order": "Give every application of one open tie a place of its own, from 1 on."}
    assert RankedList.objects.of_last_round(tied.call).standing().get() == tied


def test_a_reason_is_given_by_an_officer_about_the_list_that_was_seen(tied, officer):
    tie = tied.open_ties[0]
    with pytest.raises(Incomplete):
        settle_tie(tied, by=officer, at=DAY, reason="", order=tie)
    for stranger in (an_evaluator(), an_applicant(), an_auditor()):
        with pytest.raises(NotAllowed):
            settle_tie(tied, by=stranger, at=DAY, reason=WHY, order=tie)
    colleague = an_officer()
    settle_tie(RankedList.objects.get(pk=tied.pk), by=colleague, at=DAY, reason=WHY, order=tie[::-1])
    with pytest.raises(Refused):
        settle_tie(tied, by=officer, at=DAY, reason=WHY, order=tie)
    assert RankedList.objects.of_last_round(tied.call).standing().get().tie_decisions[0]["by"] == str(colleague.pk)


def test_on_the_page_the_officer_gives_each_a_place(client, tied, officer):
    client.force_login(officer)
    tie = tied.open_ties[0]
    address = reverse("settle_tie", args=[tied.pk])

    shown = words_of(client.get(tied.get_absolute_url()))
    assert "the committee decides their order, with a reason, before anybody signs this list." in shown
    assert address in shown
    places = {tie[0]: 3, tie[1]: 1, tie[2]: 2}
    twice = client.post(address, {**places, tie[0]: 1, "reason": WHY, "stamp": tied.stamp})
    assert "Give every application of one open tie a place of its own" in words_of(twice)
    assert WHY in words_of(twice)
    answer = client.post(address, {**places, "reason": WHY, "stamp": tied.stamp})

    new = RankedList.objects.of_last_round(tied.call).standing().get()
    assert answer["Location"] == new.get_absolute_url()
    assert order_of(new)[1:] == [tie[1], tie[2], tie[0]]
    assert f"Reason: {WHY}" in words_of(client.get(new.get_absolute_url()))
    assert client.get(reverse("settle_tie", args=[new.pk]))["Location"] == new.get_absolute_url()
    assert client.post(address, {**places, "reason": WHY, "stamp": tied.stamp}).status_code == 409


def test_readers_see_the_open_tie_and_no_door(client, tied):
    client.force_login(an_auditor())
    shown = words_of(client.get(tied.get_absolute_url()))
    assert "the committee decides their order" in shown
    assert reverse("settle_tie", args=[tied.pk]) not in shown
    assert client.get(reverse("settle_tie", args=[tied.pk])).status_code == 403


def test_by_the_api_the_answer_is_the_new_list(client, tied, officer):
    client.force_login(officer)
    tie = tied.open_ties[0]
    given = {"order": tie[::-1], "reason": WHY, "stamp": tied.stamp}

    answer = client.post(f"/api/ranked-lists/{tied.pk}/settle/", given, content_type="application/json")

    assert answer.status_code == 201, answer.content
    assert [one["application"] for one in answer.json()["entries"]][1:] == tie[::-1]
    assert answer.json()["open_ties"] == []
    again = client.post(f"/api/ranked-lists/{tied.pk}/settle/", given, content_type="application/json")
    assert again.status_code == 409
