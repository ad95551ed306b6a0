"""The form of a call: which parts applicants fill in, written by the officer, frozen by publishing."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import InternalError, transaction
from django.urls import reverse
from rest_framework.test import APIClient

from core.errors import Incomplete
from programmes.actions import edit_call, prepare_call, propose_corrigendum, publish_call
from programmes.form_parts import OFFERED, USUAL, form_of, names_in, offered, part_labels, usual_parts
from programmes.models import Call
from tests.factories import CLOSES, NOON, a_call, a_fund, an_applicant, an_officer

pytestmark = pytest.mark.django_db
SHORT = ["identity", "partners", "budget"]


def a_draft(**fields):
    return a_call(status="DRAFT", published_at=None, required_attachments=[], **fields)


def parts_of(call):
    return names_in(Call.objects.get(pk=call.pk).parts)


def test_everything_that_is_asked_today_is_offered_in_the_order_of_the_pages():
    assert [one.name for one in offered()] == list(USUAL)
    assert names_in(usual_parts()) == list(USUAL)


def test_a_new_call_asks_for_the_usual_parts():
    call = prepare_call(Call(fund=a_fund()), by=an_officer(), values={"reference": "X-1", "title": "X"})
    assert names_in(call.parts) == list(USUAL)


def test_an_officer_names_the_parts_and_the_record_tells():
    call = edit_call(a_draft(), by=an_officer(), at=NOON, values={"parts": form_of(SHORT)})
    assert parts_of(call) == SHORT


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ([{"part": "identity"}, {"part": "horoscope"}], "There are no such parts: horoscope."),
        (form_of(["identity", "identity"]), "Name each part once."),
        (form_of(["identity", "budget"]), "“Budget” cannot be asked without “Partners”"),
        (["identity"], "Give each part as"),
        ([{"part": ["identity"]}], "Give each part as"),
        ([{"part": None}], "Give each part as"),
        ([{}], "Give each part as"),
        ([{"part": "identity", "colour": "blue"}], "Give each part as"),
    ],
)
def test_a_form_that_cannot_be_is_refused_in_words(form, says):
    call = a_draft()
    with pytest.raises(Incomplete) as refusal:
        edit_call(call, by=an_officer(), at=NOON, values={"parts": form})
    assert says in str(refusal.value.gaps["parts"])
    assert parts_of(call) == list(USUAL)


def test_documents_are_required_only_where_the_form_asks_for_attachments():
    call = a_draft()
    values = {"parts": form_of(SHORT), "required_attachments": ["DESCRIPTION"]}
    with pytest.raises(Incomplete) as refusal:
        edit_call(call, by=an_officer(), at=NOON, values=values)
    assert "must ask for attachments" in str(refusal.value.gaps["parts"])


@pytest.mark.parametrize(
    ("names", "lacks"), [([], "Identity"), (["partners", "budget"], "Identity"), (["identity", "content"], "Budget")]
)
def test_a_form_without_what_is_decided_on_is_kept_but_not_published(names, lacks):
    officer = an_officer()
    call = edit_call(a_draft(), by=officer, at=NOON, values={"parts": form_of(names)})
    with pytest.raises(Incomplete) as refusal:
        publish_call(call, by=officer, at=NOON)
    assert f"decided on “{lacks}”" in str(refusal.value.gaps["parts"])


def test_a_short_form_is_published():
    officer = an_officer()
    call = a_draft(parts=form_of(SHORT), inform_by=CLOSES.date() + timedelta(days=180))
    assert publish_call(call, by=officer, at=NOON, meant=True).status == "PUBLISHED"


def test_publishing_freezes_the_form_for_the_act_and_for_the_database():
    call, officer = a_call(), an_officer()
    with pytest.raises(Incomplete) as refusal:
        propose_corrigendum(call, by=officer, at=NOON, reason="Shorter", values={"parts": form_of(SHORT)})
    assert "frozen" in str(refusal.value.gaps["parts"])
    with pytest.raises(InternalError, match="stays as it was published"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(parts=form_of(SHORT))
    Call.objects.filter(pk=call.pk).update(title="Another title", parts=call.parts)
    assert parts_of(call) == list(USUAL)


def test_the_page_offers_the_parts_and_saves_the_choice(client):
    call = a_draft()
    client.force_login(an_officer())
    address = reverse("call_edit", args=[call.pk])
    page = client.get(address).content.decode()
    for one in offered():
        assert f'value="{one.name}"' in page
    from tests.programmes.test_views import form_of as typed

    assert client.post(address, typed(call, parts=SHORT)).status_code == 302
    assert parts_of(call) == SHORT


def test_everybody_reads_on_the_page_of_the_call_what_will_be_asked(client):
    call = a_call(parts=form_of(SHORT), required_attachments=[])
    page = client.get(call.get_absolute_url()).content.decode()
    assert "Parts of the form" in page
    assert "Identity, Partners, Budget" in page
    assert [str(label) for label in part_labels(call.parts)] == ["Identity", "Partners", "Budget"]


def api(person):
    client = APIClient()
    client.force_authenticate(person)
    return client


def test_a_program_reads_and_writes_the_form_as_data():
    call, officer = a_draft(), an_officer()
    address = f"/api/calls/{call.pk}/"
    assert api(officer).get(address).json()["parts"] == form_of(USUAL)
    saved = api(officer).patch(address, {"parts": form_of(SHORT), "stamp": call.stamp}, format="json")
    assert (saved.status_code, saved.json()["parts"]) == (200, form_of(SHORT))
    refused = api(officer).patch(address, {"parts": [{"part": "horoscope"}], "stamp": call.stamp + 1}, format="json")
    assert (refused.status_code, list(refused.json()["gaps"])) == (400, ["parts"])
    strange = api(officer).patch(address, {"parts": "identity"}, format="json")
    assert strange.status_code == 400
    assert parts_of(call) == SHORT


def test_no_applicant_writes_a_form():
    call = a_call()
    answer = api(an_applicant()).patch(f"/api/calls/{call.pk}/", {"parts": form_of(SHORT)}, format="json")
    assert answer.status_code == 403
    assert parts_of(call) == list(USUAL)


def test_calls_of_before_ask_for_the_seven_parts_whatever_new_calls_start_from(monkeypatch):
    """The migration says them itself; what is usual may change one day, what was asked cannot."""
    migration = import_module("programmes.migrations.0002_parts_of_the_form")
    monkeypatch.setattr("programmes.form_parts.USUAL", ("identity",))
    seven = ["identity", "partners", "content", "timetable", "budget", "attachments", "declarations"]
    assert migration.what_every_call_asked_for() == [{"part": name} for name in seven]
    added = [one for one in migration.Migration.operations if getattr(one, "name", "") == "parts"]
    assert [one.field.default for one in added[:2]] == [migration.what_every_call_asked_for] * 2


def test_an_offer_says_what_it_needs():
    assert OFFERED["budget"].needs == ("partners",)
