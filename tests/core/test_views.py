"""What pages have in common, each at its border: where a button leads back to, what a refusal leaves on the form."""

import pytest
from django import forms
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.urls import reverse

from core.errors import Incomplete, NotAllowed, Refused, Stale, WrongState
from core.forms import address_of, plain, problems_of, show_gaps
from core.views import back, said_with, try_act
from tests.factories import a_call, an_officer


class TwoFields(forms.Form):
    name = forms.CharField(label="Name.", required=False)
    kind = forms.ChoiceField(label="I agree:", choices=[("a", "A")], widget=forms.RadioSelect, required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def a_form():
    form = TwoFields({"name": "typed"})
    assert form.is_valid()
    return form


class Somewhere:
    def get_absolute_url(self):
        return "/its/own/page/"


def posted(**said):
    return RequestFactory().post("/", said)


# back


@pytest.mark.parametrize("wanted", ["/calls/", "/calls/?page=2", "http://testserver/calls/"])
def test_a_button_leads_back_to_the_page_it_stood_on(wanted):
    assert back(posted(next=wanted), Somewhere()).url == wanted


@pytest.mark.parametrize("wanted", [
    "", "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil.example",
    "https:///evil.example", "\thttps://evil.example", "ftp://testserver/",
])  # fmt: skip
def test_it_never_leads_out_of_the_house(wanted):
    assert back(posted(next=wanted), Somewhere()).url == "/its/own/page/"


@pytest.mark.django_db
def test_a_real_button_does_so_too(client):
    call = a_call(status="DRAFT", published_at=None, topic="")
    client.force_login(an_officer())

    answer = client.post(reverse("call_step", args=[call.pk, "publish"]), {"next": "https://evil.example/"})

    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


def test_what_every_act_takes_is_read_from_the_form():
    said = said_with(posted(reason="R", stamp="3", key="k", meant="on").POST)
    assert said == {"reason": "R", "base": "3", "key": "k", "meant": True}
    assert said_with(posted().POST) == {"reason": "", "base": None, "key": None, "meant": False}


# refusals on a form


def refusing(refusal):
    def act():
        raise refusal

    return act


@pytest.mark.parametrize(("refusal", "status"), [
    (Incomplete({"name": "Too short."}), 400), (NotAllowed("Not you."), 403), (WrongState("Not now."), 409),
    (Stale("Somebody was first."), 409), (Refused("No."), 400),
])  # fmt: skip
def test_a_refusal_lands_on_the_form_with_its_own_status(refusal, status):
    form = a_form()

    assert try_act(form, refusing(refusal)) is None
    assert form.refused_status == status
    assert form.errors
    assert form["name"].value() == "typed"


def test_gaps_of_fields_stand_at_them_and_all_others_on_top():
    form = a_form()

    try_act(form, refusing(Incomplete({"name": "Too short.", "elsewhere": "Look there."})))

    assert form.errors["name"] == ["Too short."]
    assert form.non_field_errors() == ["Look there."]


def test_a_refusal_without_gaps_says_its_sentence_on_top():
    form = a_form()

    try_act(form, refusing(Incomplete({}, "Declare first.")))

    assert form.non_field_errors() == ["Declare first."]


def test_what_is_no_refusal_is_not_swallowed():
    form = a_form()

    for fault in (ValueError("a fault of ours"), PermissionDenied()):
        with pytest.raises(type(fault)):
            try_act(form, refusing(fault))
    assert not form.errors


def test_what_the_act_gives_is_given_on():
    assert try_act(a_form(), lambda: "the row") == "the row"


def test_problems_lead_to_their_fields_and_read_as_one_sentence():
    form = a_form()
    show_gaps(form, {"name": "Give it.", "kind": "Choose.", "hidden": "Gone.", "other": "On top."})

    assert problems_of(form) == [
        ("On top.", None), ("Name: Give it.", "#id_name"), ("I agree: Choose.", "#id_kind_0"), ("Hidden: Gone.", None),
    ]  # fmt: skip


@pytest.mark.parametrize(("label", "wanted"), [
    ("Name", "Name"), ("Name.", "Name"), ("May we?", "May we"), ("So:", "So"), ("a.b", "a.b"), ("", ""),
])  # fmt: skip
def test_a_label_ends_no_sentence_before_a_colon(label, wanted):
    assert plain(label) == wanted


def test_a_field_that_is_not_shown_has_no_address():
    assert address_of(a_form()["hidden"]) is None


@pytest.mark.django_db
def test_whoever_only_reads_is_not_told_of_what_was_entered(client):
    call = a_call()
    client.force_login(an_officer())
    for answer, told in (
        (client.get(f"/calls/{call.pk}/edit/"), False),
        (client.post(f"/calls/{call.pk}/edit/", {"topic": "A typed topic"}), True),
    ):
        assert answer.status_code == 409
        assert ("A typed topic" in answer.text) is told
        assert ("stands on this page alone" in answer.text) is told


@pytest.mark.django_db
def test_an_address_that_only_takes_a_button_leads_to_the_page_above(client):
    call = a_call()
    client.force_login(an_officer())
    answer = client.get(f"/calls/{call.pk}/publish/", HTTP_ACCEPT="text/html")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert f'href="/calls/{call.pk}/"' in answer.text
    assert 'href="/desk/"' in client.get("/unsent/forget/").text
