"""When something is not possible, the page says so in a sentence, and says what to do next."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.shortcuts import render
from django.template.loader import render_to_string
from django.test import RequestFactory

from core.errors import Incomplete, WrongState
from core.templatetags import ecl

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_nobody():
    return RequestFactory().get("/")


def test_a_refusal_shows_its_sentence_and_its_gaps(request_of_nobody):
    refusal = Incomplete({"budget": "The budget exceeds the call; lower it."}, "Two things are missing.")
    page = render(request_of_nobody, "refused.html", {"refusal": refusal}).content.decode()
    assert "Two things are missing." in page
    assert "The budget exceeds the call; lower it." in page


def test_a_sentence_of_a_refusal_is_never_markup(request_of_nobody):
    page = render(request_of_nobody, "refused.html", {"refusal": WrongState("<b>x</b>")}).content.decode()
    assert "<b>x</b>" not in page


@pytest.mark.parametrize("template", ["404.html", "403.html", "403_csrf.html"])
def test_error_pages_stand_in_the_frame(request_of_nobody, template):
    page = render(request_of_nobody, template).content.decode()
    assert page.count("<h1") == 1
    assert "gp-header" in page


@pytest.mark.parametrize("template", ["500.html", "400.html"])
def test_pages_for_our_own_faults_need_nothing(template):
    page = render_to_string(template)
    assert page.startswith("<!doctype html>")
    assert page.count("<h1") == 1


def test_an_unreadable_request_gets_its_page(client, settings):
    settings.ALLOWED_HOSTS = ["elsewhere.example"]
    answer = client.get("/")
    assert answer.status_code == 400
    assert b"could not be read" in answer.content
    assert SuspiciousOperation.__name__.encode() not in answer.content


def test_a_form_without_its_token_is_asked_to_be_sent_again(settings):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})
    assert answer.status_code == 403
    assert b"Please send the form again" in answer.content


def test_without_the_component_library_the_plain_sheet_takes_over(client, monkeypatch):
    assert b"css/plain.css" not in client.get("/accounts/login/").content
    monkeypatch.setattr(ecl, "ECL", "vendor/not-fetched.css")
    ecl.has_ecl.cache_clear()
    page = client.get("/accounts/login/").content
    ecl.has_ecl.cache_clear()
    assert b"css/plain.css" in page
    assert b"vendor/ecl" not in page
