"""What leaves by the doors: refusals as pages and as answers to programs, caches, downloads."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import gettext_lazy

from audit.models import AuditRecord
from core.downloads import LONGEST, note_download, written
from core.errors import Incomplete, NotAllowed, Refused, Stale, WrongState
from core.found import visible_or_404
from core.middleware import NoStoreMiddleware, RefusalMiddleware
from core.problems import refusal_handler
from programmes.models import Call
from tests.factories import a_call, an_applicant, an_officer


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


# refusals through the doors


@pytest.mark.parametrize(("refusal", "status", "name"), [
    (Refused("No."), 400, "refused"), (NotAllowed("Not you."), 403, "not-allowed"),
    (WrongState("Not now."), 409, "wrong-state"), (Stale("Changed."), 409, "stale"),
])  # fmt: skip
def test_programs_get_the_sentence_and_the_gaps(refusal, status, name):
    told = refusal_handler(refusal, {})

    assert (told.status_code, told.data["status"], told.data["type"]) == (status, status, f"/api/problems/#{name}")
    assert (told.data["detail"], told.data["gaps"]) == (str(refusal.sentence), {})


def test_gaps_are_texts_for_programs():
    assert refusal_handler(Incomplete({"a": gettext_lazy("Name")}), {}).data["gaps"] == {"a": "Name"}
    assert refusal_handler(Incomplete({"a": "gap"}), {}).data["gaps"] == {"a": "gap"}


def test_what_is_no_refusal_is_not_answered_by_us():
    assert refusal_handler(ValueError("a fault"), {}) is None


@pytest.mark.django_db
def test_a_refusal_that_no_page_caught_becomes_a_page(rf):
    request = rf.get("/")
    request.user = an_officer()
    house = RefusalMiddleware(lambda request: HttpResponse("as it was"))

    answer = house.process_exception(request, WrongState("Come back later & look."))

    assert answer.status_code == 409
    assert "Come back later &amp; look." in answer.content.decode()
    assert house.process_exception(request, ValueError("a fault")) is None
    assert house(request).content == b"as it was"


@pytest.mark.parametrize(("said", "wanted"), [(None, "no-store"), ("max-age=60", "max-age=60")])
def test_no_page_is_kept_unless_it_says_so_itself(rf, said, wanted):
    answer = HttpResponse(headers={"Cache-Control": said} if said else {})

    assert NoStoreMiddleware(lambda request: answer)(rf.get("/"))["Cache-Control"] == wanted


@pytest.mark.django_db
def test_what_is_not_visible_is_not_there():
    draft = a_call(status="DRAFT")

    assert visible_or_404(Call, an_officer(), draft.pk) == draft
    with pytest.raises(Http404):
        visible_or_404(Call, an_applicant(), draft.pk)


# downloads


@pytest.mark.parametrize(("text", "kept"), [
    ("plain", "plain"), ("a\x00b", "a\ufffdb"), ("line\nline", "line\ufffdline"), ("\ud800", "\ufffd"), ("Ελ", "Ελ"),
    ("x" * 999, "x" * LONGEST),
])  # fmt: skip
def test_what_was_typed_into_an_address_is_kept_as_the_trail_can_hold_it(text, kept):
    assert written(text) == kept


@pytest.mark.django_db
def test_a_download_is_a_record_of_its_own():
    person = an_officer()

    note_download(person, "calls.csv", {"q": "a\x00b", "\x07": "x"})

    kept = AuditRecord.objects.get(act="download")
    assert kept.changes == {"file": [None, "calls.csv"], "asked": [None, {"q": "a\ufffdb", "\ufffd": "x"}]}
    assert kept.actor_id == str(person.pk)


@pytest.mark.django_db
def test_a_visitor_takes_what_everybody_may_read_and_nobody_writes_it_down(client):
    answer = client.get(reverse("calls"), {"format": "csv"})

    assert answer.status_code == 200
    assert list(get_messages(answer.wsgi_request)) == []
    assert not AuditRecord.objects.exists()
