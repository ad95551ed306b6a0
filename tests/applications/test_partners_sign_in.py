"""Partners sign in: invited, accepting with a mandate, reading what is theirs to read, and gone in the same act."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from accounts.actions import merge_organisation
from applications.actions import (
    Sent,
    accept_participation,
    contribute,
    copy_application,
    decline_participation,
    edit_application,
    invite_partner,
    leave_participation,
    open_application,
    submit_application,
    take_back_participation,
    withdraw_application,
)
from applications.content import content_of
from applications.models import Application, KeptChange, Participation
from core.changes import REMOVE
from core.errors import Incomplete, NotAllowed, Refused, Stale, WrongState
from programmes.models import Call
from promises.models import Mail
from tests.applications.factories import a_complete_draft, an_owner
from tests.factories import (
    AFTER,
    NOON,
    a_call,
    an_admin,
    an_applicant,
    an_evaluator,
    an_officer,
    an_organisation,
    now_only,
    the_clock,
)

pytestmark = pytest.mark.django_db
SECRET = "SECRET words of the proposal"


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def partner():
    return an_applicant(an_organisation("MT", name="Pulizija ta' Malta"))


@pytest.fixture
def draft(owner, partner):
    """With the partner chosen, a third organisation typed, and costs of all three."""
    draft = a_complete_draft(by=owner, content={"description": SECRET})
    lead, second = (str(one.pk) for one in draft.partners.all())
    said = [
        {"id": lead, "contact_name": "Ελένη", "contact_email": "eleni@example.gr"},
        {"id": second, "registered_as": str(partner.organisation.pk), "contact_email": "own@example.mt"},
        {"name": "Guardia", "country": "IT", "kind": "LAW", "contact_email": "third@example.it"},
    ]
    draft = edit_application(draft, by=owner, at=NOON, partners=said)
    third = draft.partners.get(name="Guardia")
    lines = [
        {"partner": lead, "category": "A", "amount": "200111.00"},
        {"partner": second, "category": "C", "amount": "77222.00"},
        {"partner": str(third.pk), "category": "A", "amount": "33333.00"},
    ]
    return edit_application(draft, by=owner, at=NOON, budget={"lines": lines})


def row_of(draft, partner):
    return draft.partners.get(registered_as=str(partner.organisation.pk))


def invited(draft, partner, owner, at=NOON):
    return invite_partner(Participation(application=draft, row=row_of(draft, partner).pk), by=owner, at=at)


def taking_part(draft, partner, owner):
    return accept_participation(invited(draft, partner, owner), by=partner, at=NOON, mandate=True)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def page_of(row, person):
    answer = signed_in(person).get(f"/participations/{row.pk}/")
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


# invite, accept, decline


def test_whoever_is_invited_gets_a_mail_that_tells_nothing_of_the_proposal(draft, partner, owner):
    colleague = an_applicant(partner.organisation)
    row = invited(draft, partner, owner)
    mails = Mail.objects.filter(to__in=[partner.email, colleague.email])
    assert {mail.to for mail in mails} == {partner.email, colleague.email}
    assert all(f"/participations/{row.pk}/" in mail.body for mail in mails)
    assert not any(SECRET in mail.body or draft.acronym in mail.subject + mail.body for mail in mails)


def test_nothing_is_read_before_somebody_accepts_and_the_mandate_has_name_and_time(draft, partner, owner):
    row = invited(draft, partner, owner)
    assert SECRET not in page_of(row, partner)
    assert draft.title not in page_of(row, partner)
    with pytest.raises(Incomplete) as refused:
        accept_participation(row, by=partner, at=NOON, mandate=False)
    assert "mandate" in refused.value.gaps
    row = accept_participation(row, by=partner, at=NOON, mandate=True)
    assert (row.answered_by, row.answered_at) == (partner, NOON)
    assert "I may act for Pulizija ta' Malta" in row.mandate
    assert SECRET in page_of(row, partner)
    assert partner.name in signed_in(owner).get(f"/applications/{draft.pk}/partners/").content.decode()


def test_through_the_pages_it_goes_the_same_way(draft, partner, owner):
    Call.objects.filter(pk=draft.call_id).update(closes_at=datetime(2099, 1, 1, tzinfo=UTC))
    desk = signed_in(owner)
    answer = desk.post(f"/applications/{draft.pk}/partners/", {"partner": row_of(draft, partner).pk, "key": "one"})
    assert answer.status_code == 302
    desk.post(f"/applications/{draft.pk}/partners/", {"partner": row_of(draft, partner).pk, "key": "one"})
    row = Participation.objects.get()
    client = signed_in(partner)
    assert "invites you to take part" in client.get("/desk/").content.decode()
    assert client.post(f"/participations/{row.pk}/", {"stamp": row.stamp}).status_code == 400
    assert client.post(f"/participations/{row.pk}/", {"stamp": row.stamp, "mandate": "on"}).status_code == 302
    assert SECRET in client.get(f"/participations/{row.pk}/").content.decode()
    assert "takes part" in client.get("/participations/").content.decode()


def test_only_a_registered_partner_is_invited_once_and_only_by_its_coordinator(draft, partner, owner):
    typed = draft.partners.get(name="Guardia")
    with pytest.raises(Incomplete) as refused:
        invite_partner(Participation(application=draft, row=typed.pk), by=owner, at=NOON)
    assert "Choose it among the registered organisations" in refused.value.gaps["partner"]
    with pytest.raises(NotAllowed):
        invite_partner(Participation(application=draft, row=typed.pk), by=partner, at=NOON)
    invited(draft, partner, owner)
    with pytest.raises(WrongState, match="invited already"):
        invited(draft, partner, owner)


def test_a_declined_partner_reads_nothing_and_may_be_invited_again(draft, partner, owner):
    row = decline_participation(invited(draft, partner, owner), by=partner, at=NOON)
    assert SECRET not in page_of(row, partner)
    with pytest.raises(WrongState, match="declined"):
        accept_participation(row, by=partner, at=NOON, mandate=True)
    assert Mail.objects.filter(to=owner.email, subject__contains="does not take part").exists()
    assert SECRET in page_of(taking_part(draft, partner, owner), partner)


# access ends in the same act


def removed(draft, partner, owner):
    kept = [{"id": str(one.pk)} for one in draft.partners.exclude(pk=row_of(draft, partner).pk)]
    edit_application(draft, by=owner, at=NOON, partners=kept)


def let_go(draft, partner, owner):
    said = [{"id": str(one.pk)} for one in draft.partners.all()]
    said[1]["name"] = "Somebody else by hand"
    edit_application(draft, by=owner, at=NOON, partners=said)


def taken_back(draft, partner, owner):
    take_back_participation(Participation.objects.get(), by=owner, at=NOON)


def left(draft, partner, owner):
    leave_participation(Participation.objects.get(), by=partner, at=NOON, reason="No people.")


@pytest.mark.parametrize("ends", [removed, let_go, taken_back, left])
def test_access_ends_in_the_act_that_ends_the_part(draft, partner, owner, ends):
    row = taking_part(draft, partner, owner)
    assert SECRET in page_of(row, partner)
    ends(draft, partner, owner)
    page = page_of(row, partner)
    assert SECRET not in page
    assert draft.title not in page
    assert "no part in it any more" in page


def test_other_edits_of_the_partners_end_nothing(draft, partner, owner):
    row = taking_part(draft, partner, owner)
    said = [{"id": str(one.pk), "contact_name": "New"} for one in draft.partners.all()]
    edit_application(draft, by=owner, at=NOON, partners=said)
    row.refresh_from_db()
    assert row.get_status_display() == "takes part"


def test_a_part_ends_with_its_partner_and_not_by_its_address(draft, partner, owner):
    """Past the closing nobody ends it by the hidden step, which asks for no reason and knows no closing time."""
    row = taking_part(draft, partner, owner)
    Call.objects.filter(pk=draft.call_id).update(closes_at=NOON)
    for address in (f"/participations/{row.pk}/end/", f"/api/participations/{row.pk}/steps/end/"):
        assert signed_in(owner).post(address, {"reason": "x"}).status_code == 409
    row.refresh_from_db()
    assert row.get_status_display() == "takes part"


def test_who_left_the_organisation_reads_no_more_its_colleagues_do(draft, partner, owner):
    row, colleague = taking_part(draft, partner, owner), an_applicant(partner.organisation)
    partner.memberships.update(status="ENDED", until_at=NOON)
    assert page_of(row, partner) == 404
    assert SECRET in page_of(row, colleague)


def test_a_merged_organisation_takes_its_part_along_and_stays_a_partner(draft, partner, owner):
    row, into = taking_part(draft, partner, owner), an_applicant(an_organisation("MT", name="Malta Police Force"))
    merge_organisation(partner.organisation, by=an_admin(), reason="One.", into=into.organisation)
    assert SECRET in page_of(row, into)
    said = [{"id": str(one.pk), "contact_name": "New"} for one in draft.partners.all()]
    edit_application(draft, by=owner, at=NOON, partners=said)
    assert SECRET in page_of(row, into)


def test_two_people_of_the_partner_answer_and_the_second_is_told(draft, partner, owner):
    row = invited(draft, partner, owner)
    accept_participation(row, by=partner, at=NOON, mandate=True, base=row.stamp)
    with pytest.raises(Refused):
        decline_participation(row, by=an_applicant(partner.organisation), at=NOON, base=row.stamp)


def test_after_closing_nobody_accepts_and_what_was_received_is_read(draft, partner, owner):
    row, late = taking_part(draft, partner, owner), an_applicant(an_organisation("IT", name="Guardia di Finanza"))
    said = [{"id": str(one.pk)} for one in draft.partners.all()]
    said[2] |= {"registered_as": str(late.organisation.pk)}
    draft = edit_application(draft, by=owner, at=NOON, partners=said)
    waiting = invite_partner(Participation(application=draft, row=said[2]["id"]), by=owner, at=NOON)
    submit_application(draft, by=owner, at=NOON)
    edit_application(draft, by=owner, at=NOON, content={"description": "UNSENT words"})
    open_application(draft, by=the_clock(), at=AFTER)
    with pytest.raises(WrongState, match="closed"):
        accept_participation(waiting, by=late, at=AFTER, mandate=True)
    with pytest.raises(WrongState, match="closed"):
        leave_participation(row, by=partner, at=AFTER, reason="Too late.")
    page = page_of(row, partner)
    assert SECRET in page
    assert "UNSENT" not in page
    assert "received, in the procedure" in page


def test_a_withdrawn_proposal_is_its_coordinators_own_again(draft, partner, owner):
    row = taking_part(draft, partner, owner)
    withdraw_application(draft, by=owner, at=NOON, reason="PRIVATE reason")
    page = page_of(row, partner)
    assert SECRET not in page
    assert "PRIVATE" not in page
    assert "withdrawn" in page


def test_a_copy_brings_no_mandate(draft, partner, owner):
    taking_part(draft, partner, owner)
    copy = copy_application(a_complete_draft(by=owner, call=a_call(), file=False), by=owner, at=NOON, source=draft)
    assert not copy.participations.exists()


# what a partner reads


def test_a_partner_reads_the_common_proposal_and_not_what_is_another_s_alone(draft, partner, owner):
    page = page_of(taking_part(draft, partner, owner), partner)
    assert "77 222.00" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert "233 444.00" in page.replace("\u202f", " ").replace("\xa0", " ")  # the others together
    for hidden in ("200 111", "33 333", "third@example.it", "description.pdf"):
        assert hidden not in page.replace("\u202f", " ").replace("\xa0", " ")
    assert "eleni@example.gr" in page
    assert "own@example.mt" in page


def test_every_other_door_to_the_application_stays_shut(draft, partner, owner):
    """Pages, files, the API, lists, counts: as for anybody who was not invited."""
    taking_part(draft, partner, owner)
    draft = submit_application(draft, by=owner, at=NOON)
    file, receipt = draft.attachments.get(), draft.receipts.get()
    client = signed_in(partner)
    own = ("", "missing/", "edit/", "edit/budget/", "submit/", "partners/", "take-away/", "take-away/proposal.zip",
           "copy/", "edit/budget/workbook.xlsx", "standing-order/")  # fmt: skip
    doors = [f"/applications/{draft.pk}/{more}" for more in own]
    doors += [f"/attachments/{file.pk}/", f"/receipts/{receipt.pk}/", f"/receipts/{receipt.pk}/content.json"]
    doors += [f"/api/applications/{draft.pk}/{more}" for more in ("", "receipts/", "attempts/", "clarifications/")]
    assert {door: client.get(door).status_code for door in doors} == dict.fromkeys(doors, 404)
    assert client.get("/api/applications/").json()["count"] == "0"
    assert not Application.objects.visible_to(partner).exists()
    with pytest.raises(NotAllowed):
        submit_application(draft, by=partner, at=NOON)


@pytest.mark.parametrize("stranger", [an_applicant, an_officer, an_evaluator, an_admin])
def test_nobody_who_was_not_invited_learns_of_it(draft, partner, owner, stranger):
    row, person = taking_part(draft, partner, owner), stranger()
    assert page_of(row, person) == 404
    assert not Participation.objects.visible_to(person).exists()
    assert signed_in(person).post(f"/participations/{row.pk}/take_back/").status_code == 404


def test_what_is_missing_from_whom_is_said_before_submitting_and_stops_nothing(draft, partner, owner):
    invited(draft, partner, owner)
    page = signed_in(owner).get(f"/applications/{draft.pk}/submit/").content.decode()
    assert "no answer yet" in page
    assert "typed, so nobody can be invited" in page
    assert submit_application(draft, by=owner, at=NOON).versions == 1


def test_the_content_says_nothing_of_who_signs_in(draft, partner, owner):
    before = content_of(draft)
    taking_part(draft, partner, owner)
    assert content_of(draft) == before


def test_programs_do_the_same(draft, partner, owner):
    Call.objects.filter(pk=draft.call_id).update(closes_at=datetime(2099, 1, 1, tzinfo=UTC))
    coordinator, theirs = signed_in(owner), signed_in(partner)
    said = {"application": str(draft.pk), "partner": str(row_of(draft, partner).pk)}
    made = coordinator.post("/api/participations/", said, content_type="application/json")
    assert (made.status_code, made.json()["content"]) == (201, None)
    again = coordinator.post("/api/participations/", said, content_type="application/json")
    assert again.status_code == 409
    url = f"/api/participations/{made.json()['id']}/"
    assert theirs.get(url).json()["content"] is None
    assert theirs.get("/api/participations/").json()[0]["steps"] == ["accept", "decline"]
    refused = theirs.post(f"{url}accept/", {"mandate": False}, content_type="application/json")
    assert (refused.status_code, "mandate" in refused.json()["gaps"]) == (400, True)
    taken = theirs.post(f"{url}accept/", {"mandate": True}, content_type="application/json")
    assert taken.json()["content"]["content"]["description"] == SECRET
    assert "attachments" not in taken.json()["content"]
    assert coordinator.post(f"{url}steps/take_back/", {}, content_type="application/json").status_code == 200
    assert theirs.get(url).json()["content"] is None


# their own part


def change(row, part, field, value, base=""):
    return {"part": part, "name": f"{row.row}-{field}", "base": base, "value": value}


def wrote(row, person, *changes, at=NOON, **more):
    return contribute(row.application, by=person, at=at, participation=row, sent=Sent(changes, **more))


def test_a_partner_writes_its_contact_and_its_costs_beside_the_coordinator(draft, partner, owner):
    row = taking_part(draft, partner, owner)
    name = f"{row.row}-contact_name"
    wrote(row, partner, change(row, "partners", "contact_email", "new@example.mt", base="own@example.mt"))
    mine = {"part": "partners", "name": name, "base": "", "value": "Ġorġ"}
    edit_application(draft, by=owner, at=NOON, sent=Sent((mine,)))
    wrote(row, partner, change(row, "budget", "B", "1 500,50"))
    stands = row_of(draft, partner)
    assert (stands.contact_name, stands.contact_email) == ("Ġorġ", "new@example.mt")
    assert stands.lines.get(category="B").amount == Decimal("1500.50")
    assert row_of(draft, partner).registered_as  # the choice stands, and with it the participation


def test_the_same_answer_by_both_is_kept_and_asked_on_both_pages(draft, partner, owner):
    row = taking_part(draft, partner, owner)
    first = {"part": "budget", "name": f"{row.row}-B", "base": "", "value": "100"}
    edit_application(draft, by=owner, at=NOON, sent=Sent((first,)))
    wrote(row, partner, change(row, "budget", "B", "200"))
    assert row_of(draft, partner).lines.get(category="B").amount == 100
    pages = {owner: f"/applications/{draft.pk}/edit/budget/", partner: f"/participations/{row.pk}/edit/budget/"}
    for person, url in pages.items():
        kept = open_now(draft) and signed_in(person).get(url).content.decode()
        assert "Two answers to the same question" in kept
    kept = KeptChange.objects.get()
    client, url = signed_in(partner), f"/participations/{row.pk}/edit/budget/"
    form = client.get(url).context["form"]
    page = {"drawn": form.drawn, **{name: form[name].value() or "" for name in form.fields}, "take": str(kept.pk)}
    assert client.post(url, page).status_code == 302
    assert row_of(draft, partner).lines.get(category="B").amount == 200
    assert not KeptChange.objects.exists()


def open_now(draft):
    return Call.objects.filter(pk=draft.call_id).update(closes_at=datetime(2099, 1, 1, tzinfo=UTC))


def of_another(draft, row):
    lead = draft.partners.get(is_coordinator=True).pk
    yield from ({"part": "budget", "name": f"{lead}-A", "base": "200111.00", "value": "1"},
                {"part": "budget", "name": "requested", "base": "288900.00", "value": "1"},
                {"part": "partners", "name": f"{row.row}-name", "base": "", "value": "We"},
                {"part": "partners", "name": f"{row.row}-{REMOVE}", "base": {}, "value": "on"},
                {"part": "content", "name": "description", "base": "", "value": "We"})  # fmt: skip


def test_another_s_part_is_refused_with_a_sentence_by_act_page_and_program(draft, partner, owner):
    row, before = taking_part(draft, partner, owner), content_of(draft)
    open_now(draft)
    client, url = signed_in(partner), f"/participations/{row.pk}/edit"
    for one in of_another(draft, row):
        with pytest.raises(NotAllowed, match="its own contact person and its own costs"):
            wrote(row, partner, one)
        sent = {"changes": json.dumps([one])}
        part = one["part"]
        wanted = 404 if part == "content" else 403
        assert client.post(f"{url}/{part}/", sent).status_code == wanted
        answer = client.post(f"{url}/{part}/", sent, headers={"X-Autosave": "1"})
        assert answer.status_code == wanted
    own, field = str(draft.partners.get(is_coordinator=True).pk), "A"
    said = {"changes": [{"part": "budget", "row": own, "field": field, "base": "200111.00", "value": "1"}]}
    answer = client.patch(f"/api/participations/{row.pk}/", said, content_type="application/json")
    assert (answer.status_code, "its own costs" in answer.json()["detail"]) == (403, True)
    said["changes"][0] |= {"row": str(row.row), "field": "B", "base": ""}
    assert client.patch(f"/api/participations/{row.pk}/", said, content_type="application/json").status_code == 200
    with pytest.raises(NotAllowed):
        wrote(row, an_applicant(), change(row, "budget", "B", "5"))
    draft = Application.objects.get(pk=draft.pk)
    lines = [line for line in content_of(draft)["budget"]["lines"] if line["category"] != "B"]
    assert {**content_of(draft), "budget": {**content_of(draft)["budget"], "lines": lines}} == before


def test_nothing_else_is_undone_or_left_by_a_partner(draft, partner, owner):
    """Somebody who prepared the application before working at the partner has old saves in it."""
    edit = {"part": "content", "name": "description", "base": SECRET, "value": "Later words"}
    edit_application(draft, by=owner, at=NOON, sent=Sent((edit,)))
    row = taking_part(draft, partner, owner)
    now_only(owner, "APPLICANT", organisation=partner.organisation)
    with pytest.raises(NotAllowed):
        wrote(row, owner, undo=str(draft.savings.get(part="content").pk))


def test_the_page_of_a_partner_holds_no_answer_of_anybody_else(draft, partner, owner):
    row = taking_part(draft, partner, owner)
    for part in ("partners", "budget"):
        page = signed_in(partner).get(f"/participations/{row.pk}/edit/{part}/").content.decode()
        assert not [word for word in ("200111", "200 111", "33333", "third@example.it", "eleni@") if word in page]
    assert "77222" in page.replace("\u202f", "").replace("\xa0", "").replace(" ", "")


def test_whoever_is_removed_while_typing_keeps_the_words_and_is_told(draft, partner, owner):
    row = taking_part(draft, partner, owner)
    open_now(draft)
    client, url, name = signed_in(partner), f"/participations/{row.pk}/edit/partners/", f"{row.row}-contact_name"
    removed(draft, partner, owner)
    said = {"drawn": json.dumps({name: ""}), name: "Words typed for long"}
    page = client.post(url, said)
    assert (page.status_code, "Words typed for long" in page.content.decode()) == (403, True)
    assert "not any more" in page.content.decode()
    saved = client.post(url, {"changes": "[]"}, headers={"X-Autosave": "1"})
    assert (saved.status_code, "not any more" in saved.json()["detail"]) == (403, True)
    assert client.get(url).status_code == 403
    assert not KeptChange.objects.exists()


def test_after_closing_a_partner_writes_nothing(draft, partner, owner):
    row = taking_part(draft, partner, owner)
    with pytest.raises(WrongState, match="closed"):
        wrote(row, partner, change(row, "budget", "B", "5"), at=AFTER)


def test_what_a_partner_writes_after_submitting_waits_for_its_coordinator(draft, partner, owner):
    row = taking_part(draft, partner, owner)
    submitted = submit_application(draft, by=owner, at=NOON)
    wrote(row, partner, change(row, "budget", "B", "5"), at=NOON + timedelta(hours=1))
    assert Application.objects.with_unsent_work().filter(pk=draft.pk).exists()
    with pytest.raises(Stale):
        submit_application(submitted, by=owner, at=NOON + timedelta(hours=2), base=submitted.stamp)


def test_a_partner_has_a_list_of_its_own_part_alone(draft, partner, owner):
    row = taking_part(draft, partner, owner)
    client, address = signed_in(partner), f"/participations/{row.pk}/edit/"
    page = client.get(f"{address}budget/")
    found, text = page.context["side"], page.content.decode()
    assert [(str(one["label"]), one["is_complete"]) for one in found.lines] == [("Partners", False), ("Budget", True)]
    assert [url for _sentence, url in found.lines[0]["links"]] == [f"{address}partners/#id_{row.row}-contact_name"]
    assert found.totals == []
    assert str(draft.pk) not in text
    assert "Declarations" not in text
    wrote(row, partner, change(row, "budget", "A", "a lot"))
    found = client.get(f"{address}partners/").context["side"]
    assert [str(words) for words, _tone in found.lines[1]["marks"]] == ["1 not valid"]
    assert str(client.get(f"/participations/{row.pk}/").context["side"].lines[1]["state"]) == "has errors"
