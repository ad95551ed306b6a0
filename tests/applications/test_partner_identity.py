"""A partner is chosen among the registered organisations or typed; numbers say who it is, a name alone never does."""

from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.actions import correct_organisation, merge_organisation, rename_organisation
from accounts.member_states import MEMBER_STATES
from accounts.models.identity import spelled
from applications.actions import Sent, edit_application, open_application, submit_application
from applications.completeness import gaps_in
from applications.content import content_of, digest, is_as_sent
from applications.formats import read
from applications.models import Application, Partner
from applications.parts.who import as_registered
from core import clock
from core.errors import Incomplete
from tests.applications.factories import a_complete_draft, a_draft, an_owner, the_sections
from tests.applications.test_races import an_open_call
from tests.evaluation.factories import an_evaluator
from tests.factories import AFTER, NOON, an_admin, an_applicant, an_organisation, the_clock, with_a_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def police():
    return an_organisation(
        "MT", name="Pulizija ta' Malta", latin_name="Malta Police", registration_number="C 12345", vat_number="MT 999",
        address="St. Calcedonius Square",
    )  # fmt: skip


def said(application, *others):
    lead = application.partners.get(is_coordinator=True)
    return [{"id": str(lead.pk)}, *others]


def typed(name="Malta Customs", country="MT", **more):
    return {"id": str(uuid4()), "name": name, "country": country, "kind": "LAW", **more}


def edited(application, *others, at=NOON):
    by = application.applicant.users.first()
    return edit_application(application, by=by, at=at, partners=said(application, *others))


def a_draft_now(owner):
    """Of a call that is open as the pages see it."""
    return a_draft(by=owner, call=an_open_call(), at=clock.now())


def partner_of(application):
    return Partner.objects.get(application=application, is_coordinator=False)


def saved_on_the_page(application, **changes):
    row = str(partner_of(application).pk)
    sent = Sent(tuple(
        {"part": "partners", "name": f"{row}-{name}", "base": base, "value": value}
        for name, (base, value) in changes.items()
    ))  # fmt: skip
    return edit_application(application, by=application.applicant.users.first(), at=NOON, sent=sent)


# chosen


def test_whoever_is_chosen_is_said_as_it_is_registered(police):
    draft = edited(a_draft(), {"registered_as": str(police.pk), "name": "something else"})
    partner = partner_of(draft)
    assert {name: getattr(partner, name) for name in as_registered(police)} == as_registered(police)
    assert partner.organisation == police
    assert content_of(draft)["partners"][1]["registration_number"] == "C 12345"


def test_the_coordinator_says_who_it_is_from_the_first_day_and_as_it_is_registered_by_then():
    owner = an_applicant(an_organisation("EL", name="Αρχηγείο", vat_number="EL 094259216"))
    draft = a_draft(by=owner)
    assert content_of(draft)["partners"][0]["registered_as"] == str(owner.organisation.pk)
    correct_organisation(owner.organisation, by=owner, reason="Given late.", registration_number="R 77")
    lead = edited(Application.objects.get(pk=draft.pk)).partners.get()
    assert (lead.vat_number, lead.registration_number) == ("EL 094259216", "R 77")


@pytest.mark.parametrize(("name", "value"), [("name", "Malta Customs"), ("country", "CY"), ("vat_number", "1")])
def test_typing_over_it_is_another_organisation_and_keeps_what_was_typed(police, name, value):
    draft = edited(a_draft(), {"registered_as": str(police.pk)})
    saved_on_the_page(draft, **{name: (as_registered(police)[name], value)})
    partner = partner_of(draft)
    assert (partner.registered_as, getattr(partner, name)) == ("", value)


def test_a_contact_or_a_kind_that_is_written_later_changes_nobody(police):
    draft = edited(a_draft(), {"registered_as": str(police.pk)})
    saved_on_the_page(draft, contact_name=("", "Anna"), kind=("LAW", "STATE"))
    assert partner_of(draft).registered_as == str(police.pk)


def test_whoever_empties_the_row_of_a_chosen_one_has_nobody_there(police):
    draft = edited(a_draft(), {"registered_as": str(police.pk)})
    words = {name: value for name, value in as_registered(police).items() if name != "registered_as"}
    saved_on_the_page(draft, **{name: (value, "") for name, value in words.items()})
    assert draft.partners.count() == 1


def test_choosing_is_undone_with_what_was_typed_before(police):
    draft = edited(a_draft(), typed("Korp tal-Pulizija", registration_number="12"))
    owner = draft.applicant.users.first()
    before = content_of(draft)
    changes = {name: (before["partners"][1][name], value) for name, value in as_registered(police).items()}
    draft = saved_on_the_page(draft, **changes)
    assert partner_of(draft).registered_as == str(police.pk)
    saving = draft.savings.latest("at")
    draft = edit_application(draft, by=owner, at=NOON, sent=Sent(undo=saving.pk))
    assert content_of(Application.objects.get(pk=draft.pk)) == before


@pytest.mark.parametrize("which", ["unknown", "merged"])
def test_only_a_registered_organisation_is_chosen(police, which):
    if which == "merged":
        merge_organisation(police, by=an_admin(), reason="One.", into=an_organisation("MT"))
    with pytest.raises(Incomplete, match="missing or wrong"):
        edited(a_draft(), {"registered_as": str(police.pk if which == "merged" else uuid4())})


def test_merged_renamed_and_corrected_later_what_was_received_stays_and_nothing_looks_unsent(police):
    draft = a_complete_draft()
    owner = draft.applicant.users.first()
    sections = the_sections(draft)
    chosen = {"id": sections["partners"][1]["id"], "registered_as": str(police.pk)}
    edit_application(
        draft, by=owner, at=NOON, partners=said(draft, chosen), budget={"lines": sections["budget"]["lines"][:1]}
    )
    sent = submit_application(Application.objects.get(pk=draft.pk), by=owner, at=NOON)
    received = sent.receipts.get().content
    rename_organisation(police, by=an_admin(), reason="By law.", name="Korp")
    correct_organisation(police, by=an_admin(), reason="Wrong.", registration_number="C 1")
    stays = an_organisation("MT")
    merge_organisation(police, by=an_admin(), reason="One.", into=stays)
    sent.refresh_from_db()
    assert is_as_sent(sent, content_of(sent))
    assert sent.receipts.get().content == received
    assert read(received)["partners"][1]["registered_as"] == str(police.pk)
    assert partner_of(sent).organisation == stays

    edit_application(sent, by=owner, at=NOON, partners=[])  # never sent: at the opening the receipt comes back
    opened = open_application(Application.objects.get(pk=sent.pk), by=the_clock(), at=AFTER)
    assert digest(content_of(opened)) == digest(received)
    assert partner_of(opened).organisation == stays


def test_whoever_speaks_for_a_chosen_partner_is_in_conflict_whatever_the_row_is_called(police):
    from evaluation.actions.guards import visible_conflict

    draft = edited(a_draft(), typed("Someone", registration_number="mt c-12345"))
    assert partner_of(draft).organisation == police  # by the number that was typed
    evaluator = with_a_role(an_evaluator("PT"), "EVALUATOR", organisation=police)
    assert "takes part in this application" in visible_conflict(evaluator, draft, same_state=False)


# twice


def sentences(application):
    found = gaps_in(content_of(Application.objects.get(pk=application.pk)), application.call)
    return [str(sentence) for sentence in found.values() if "are the same" in str(sentence)]


def test_the_same_organisation_twice_is_refused_with_both_rows_named(police):
    draft = edited(a_complete_draft(), {"registered_as": str(police.pk)}, typed("Korp", vat_number="mt-999"))
    with pytest.raises(Incomplete) as refusal:
        submit_application(draft, by=draft.applicant.users.first(), at=NOON)
    (sentence,) = [str(one) for one in refusal.value.gaps.values() if "are the same" in str(one)]
    assert "Organisation 2, “Pulizija ta' Malta”, and organisation 3, “Korp”" in sentence
    assert "both have the number 999 in Malta" in sentence


def test_chosen_twice_or_as_its_own_partner(police):
    draft = edited(a_draft(), {"registered_as": str(police.pk)}, {"registered_as": str(police.pk)})
    assert ["both were chosen" in one for one in sentences(draft)] == [True]
    own = a_draft(by=an_applicant(police))
    assert len(sentences(edited(own, {"registered_as": str(police.pk)}))) == 1
    assert len(sentences(edited(own, typed("Us", registration_number="C-12345")))) == 1


def test_the_same_name_is_no_reason_nor_a_number_of_another_state():
    draft = edited(
        a_draft(), typed("Police"), typed("Police"), typed("Police", registration_number="7"),
        typed("Police", "CY", registration_number="7"), typed("", ""), typed("", ""),
    )  # fmt: skip
    assert sentences(draft) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.text("ABgrEL019 .-/№ЕИΩ", max_size=14), state=st.sampled_from(["EL", "UK", "MT", *MEMBER_STATES]))
def test_a_typed_number_is_spelled_as_the_database_spells_it(number, state):
    row = an_organisation(state, vat_number=number, shares_identity=True)
    row.refresh_from_db()
    assert spelled(number, state) == row.vat_key


# found on the page and by a program


@pytest.mark.parametrize("words", ["pulizija", "PULIZIJA MALTA", "malta police", "c-12345", "MT 999", "mt999"])
def test_it_is_found_by_name_and_number_however_they_are_typed(client, police, words):
    owner = an_owner()
    draft = a_draft(by=owner)
    client.force_login(owner)
    page = client.get(reverse("choose_partner", args=[draft.pk]), {"q": words, "member_state": "MT"})
    assert "Pulizija ta&#x27; Malta" in page.text
    assert "St. Calcedonius" not in page.text
    assert "Pulizija" not in client.get(page.request["PATH_INFO"], {"q": words, "member_state": "CY"}).text
    found = client.get(reverse("api-applications-organisations", args=[draft.pk]), {"q": words}).json()
    assert [(one["id"], "address" in one) for one in found] == [(str(police.pk), False)]


def test_it_is_chosen_on_the_page_for_a_row_that_stands(client, police):
    owner = an_owner()
    draft = edited(a_draft_now(owner), typed("Typed", contact_name="Anna"), at=clock.now())
    client.force_login(owner)
    row = str(partner_of(draft).pk)
    page = client.get(reverse("choose_partner", args=[draft.pk]), {"q": "pulizija", "row": row})
    ((_organisation, changes),) = page.context["found"]
    answer = client.post(page.context["back"], {"changes": changes, "saving": page.context["saving"], "stay": "1"})
    assert answer.status_code == 302
    partner = partner_of(draft)
    assert (str(partner.pk), partner.organisation, partner.contact_name) == (row, police, "Anna")
    assert "Chosen among the registered" in client.get(page.context["back"]).text


def test_a_stranger_finds_neither_the_page_nor_anybody_by_it(client, police):
    draft = a_draft()
    for person in (an_applicant(), an_admin()):
        client.force_login(person)
        assert client.get(reverse("choose_partner", args=[draft.pk]), {"q": "pulizija"}).status_code == 404
        assert client.get(reverse("api-applications-organisations", args=[draft.pk]), {"q": "x"}).status_code == 404


def test_a_program_chooses_and_sends_back_what_it_read(client, police):
    owner = an_owner()
    draft = edited(a_draft_now(owner), {"registered_as": str(police.pk)}, typed(), at=clock.now())
    client.force_login(owner)
    address = reverse("api-applications-detail", args=[draft.pk])
    partners = client.get(address).json()["content"]["partners"]
    answer = client.patch(address, {"partners": partners}, content_type="application/json", headers={"If-Match": "*"})
    assert (answer.status_code, answer.json()["content"]["partners"]) == (200, partners)
    wrong = [*partners, {"name": "X", "registered_as": str(uuid4())}]
    answer = client.patch(address, {"partners": wrong}, content_type="application/json", headers={"If-Match": "*"})
    assert (answer.status_code, "not registered" in str(answer.json()["gaps"])) == (400, True)
