"""An organisation registered in the wrong Member State: put right by an administrator, never under a submission."""

import re

import pytest
from django.urls import reverse

from accounts.actions import move_organisation
from accounts.models import Organisation, User
from applications.actions import edit_application, submit_application, withdraw_application
from applications.content import content_of
from applications.models import Application, Partner
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, WrongState
from programmes.models import Call
from promises.models import Mail
from tests.applications.factories import a_complete_draft, a_draft, a_submitted, an_owner
from tests.factories import NOON, a_call, an_admin, an_applicant, an_organisation

pytestmark = pytest.mark.django_db
WHY = {"reason": "Registered by a mistake.", "at": NOON}


def with_partner(draft, house):
    owner = draft.applicant.users.first()
    rows = [{"is_coordinator": True}, {"registered_as": str(house.pk)}]
    return edit_application(draft, by=owner, at=NOON, partners=rows)


def test_drafts_follow_and_whoever_they_are_of_is_told():
    me, other = an_owner("MT"), an_owner("ES")
    own, theirs = a_draft(by=me), with_partner(a_draft(by=other), me.organisation)
    edit_application(theirs, by=other, at=NOON, identity={"acronym": "X"})

    house = move_organisation(me.organisation, by=an_admin(), member_state="CY", **WHY)

    assert house.member_state == "CY"
    assert content_of(Application.objects.get(pk=own.pk))["partners"][0]["country"] == "CY"
    assert [one["country"] for one in content_of(Application.objects.get(pk=theirs.pk))["partners"]] == ["ES", "CY"]
    assert User.objects.get(pk=me.pk).states == {"CY"}
    assert Application.objects.get(pk=own.pk).member_state == "CY"
    record = AuditRecord.objects.get(act="organisation.move")
    assert record.reason == WHY["reason"]
    assert record.changes["member_state"] == ["MT", "CY"]
    assert set(record.changes) == {"member_state", "stamp"}  # how many drafts there are is nobody's to read
    assert {one.to for one in Mail.objects.filter(subject__contains="was corrected")} == {me.email, other.email}


@pytest.mark.parametrize("as_what", ["applicant", "partner"])
def test_what_is_submitted_and_not_decided_keeps_it(as_what):
    me = an_owner("MT")
    if as_what == "applicant":
        sent, owner = a_submitted(by=me), me
    else:
        owner = an_owner("ES")
        draft = with_partner(a_complete_draft(by=owner), me.organisation)
        budget = {"lines": [{"partner": str(draft.partners.get(is_coordinator=True).pk), "category": "A", "amount": 9}]}
        sent = submit_application(edit_application(draft, by=owner, at=NOON, budget=budget), by=owner, at=NOON)
    with pytest.raises(WrongState, match="judged by the Member State") as refusal:
        move_organisation(me.organisation, by=an_admin(), member_state="CY", **WHY)
    assert Organisation.objects.get(pk=me.organisation.pk).member_state == "MT"
    assert sent.call.reference not in str(refusal.value.sentence)

    withdraw_application(sent, by=owner, at=NOON, reason="Another way.")
    receipt = sent.receipts.get()
    move_organisation(me.organisation, by=an_admin(), member_state="CY", **WHY)
    assert sent.receipts.get().content == receipt.content


@pytest.mark.parametrize(("call", "application", "moves"), [
    ("EVALUATION", "ELIGIBLE", False), ("DECIDED", "EVALUATED", True), ("DECIDED", "ELIGIBLE", False),
])  # fmt: skip
def test_it_waits_for_the_decision_and_for_no_longer(call, application, moves):
    me = an_owner("MT")
    sent = a_submitted(by=me, call=a_call())
    Call.objects.filter(pk=sent.call_id).update(status=call)
    Application.objects.filter(pk=sent.pk).update(status=application)
    said = Partner.objects.filter(application=sent).values_list("country", flat=True)
    before = list(said)
    if moves:
        move_organisation(me.organisation, by=an_admin(), member_state="CY", **WHY)
    else:
        with pytest.raises(WrongState, match="Correct it once that is decided"):
            move_organisation(me.organisation, by=an_admin(), member_state="CY", **WHY)
    assert list(said) == before


def test_by_an_administrator_with_a_reason_into_a_state_where_it_is_the_only_one():
    me = an_applicant(an_organisation("MT", vat_number="123"))
    admin, house = an_admin(), me.organisation
    with pytest.raises(NotAllowed):
        move_organisation(house, by=me, member_state="CY", **WHY)
    with pytest.raises(Incomplete):
        move_organisation(house, by=admin, member_state="CY", reason=" ", at=NOON)
    with pytest.raises(Incomplete) as refusal:
        move_organisation(house, by=admin, member_state="MT", **WHY)
    assert "already" in str(refusal.value.gaps["member_state"])
    an_organisation("CY", vat_number="CY 123")
    with pytest.raises(Incomplete) as refusal:
        move_organisation(house, by=admin, member_state="CY", **WHY)
    assert list(refusal.value.gaps) == ["vat_number"]


def test_the_page_says_what_it_means_and_tells_of_nobodys_applications(client):
    """Whether somebody drafts for an open call, or submitted: nobody learns it from the accounts."""
    me, nobody = an_owner("MT"), an_owner("MT")
    client.force_login(an_admin())
    pages = {}

    def look(who, when):
        page = client.get(reverse("organisation_move", args=[who.organisation.pk])).text
        pages[when] = tidy(page, who.organisation)

    look(nobody, "nothing")
    a_draft(by=me, call=a_call(eligible_states=["MT", "ES"]))
    look(me, "draft")
    sent = a_submitted(by=an_applicant(me.organisation))
    look(me, "submitted")
    assert pages["nothing"] == pages["draft"] == pages["submitted"]
    address = reverse("organisation_move", args=[me.organisation.pk])
    refused = client.post(address, {"member_state": "CY", "reason": "A mistake."})
    assert (refused.status_code, sent.call.reference in refused.text) == (409, False)
    moved = client.post(
        reverse("organisation_move", args=[nobody.organisation.pk]), {"member_state": "CY", "reason": "A mistake."}
    )
    assert moved.status_code == 302


def tidy(page, house):
    """Without what tells this organisation and this moment apart."""
    for known in (house.name, str(house.pk)):
        page = page.replace(str(known), "·")
    return re.sub(r'(datetime|data-clock|value|name="stamp" value)="[^"]*"|\d\d:\d\d:\d\d', "", page)


def test_by_a_program(client):
    me = an_owner("MT")
    client.force_login(an_admin())
    answer = client.post(
        reverse("api-organisations-move", args=[me.organisation.pk]), 
        {"member_state": "CY", "reason": "A mistake.", "stamp": 0},
        content_type="application/json",
    )  # fmt: skip
    assert (answer.status_code, answer.json()["member_state"]) == (200, "CY")
