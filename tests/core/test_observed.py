"""What the log tells of a request, and what it never tells; the id that goes from a page to the worker's lines."""

import io
import json
import logging
import logging.config
import sys

import pytest
from django.conf import settings
from django.urls import reverse

from audit.door import door
from core.logs import FORMS, log_settings
from promises.actions import promise
from promises.keeping import keep_promise, keeps
from promises.lanes import Lane
from promises.models import Promise
from tests.factories import PASSWORD, a_call, an_applicant

SECRET = "aB3_dE6-gH9kLmNoPqRsTuVwXyZ0123456789"


@pytest.fixture(params=["json", "lines"])
def written(request):
    """All that is logged meanwhile, as it would be written."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(FORMS[request.param]())
    root = logging.getLogger()
    before, root.level = root.level, logging.DEBUG
    root.addHandler(handler)
    yield lambda: stream.getvalue()
    root.removeHandler(handler)
    root.level = before


def said(form, message, *args, **fields):
    record = logging.makeLogRecord({"name": "x", "levelname": "INFO", "msg": message, "args": args, **fields})
    return FORMS[form]().format(record)


def test_a_json_line_is_one_object_with_its_request_and_its_traceback():
    try:
        raise ValueError("first\nsecond")
    except ValueError:
        with door("WEB", "abc"):
            line = said("json", "name %s", "a\nINFO forged", exc_info=sys.exc_info(), request="<b?token=x>")
    assert "\n" not in line
    told = json.loads(line)
    assert told["message"] == "name a\nINFO forged"
    assert (told["request_id"], told["door"], told["level"]) == ("abc", "WEB", "INFO")
    assert "ValueError: first\nsecond" in told["exc_info"]
    assert set(told) == {"at", "level", "logger", "message", "door", "request_id", "exc_info"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("message", [
    "to ada.lovelace@example.eu: refused", "<ada.lovelace@example.eu>", "Key (email)=(ada.lovelace@example.eu) exists",
    "GET /search/?q=ada.lovelace HTTP/1.1", "GET /x?token=ada.lovelace&b=1", "Authorization: Token ada.lovelace12345",
    "bearer ada.lovelace12345", "mailto:ada.lovelace@xn--bcher-kva.example",
])  # fmt: skip
def test_what_is_personal_or_secret_is_taken_out_wherever_it_stands(form, message):
    line = said(form, "%s", message)
    assert "ada.lovelace" not in line
    assert "…" in line


def test_a_formatted_line_says_its_request_or_that_there_is_none():
    with door("WEB", "abc"):
        assert "[abc] hello" in said("lines", "hello")
    assert "[-] hello" in said("lines", "hello")


def test_whichever_form_the_settings_say_is_one_that_logging_takes():
    for form in FORMS:
        configured = logging.config.DictConfigurator(log_settings(level="INFO", form=form))
        assert configured.config["formatters"]["line"]["()"] is FORMS[form]


# a request


@pytest.mark.django_db
def test_each_answer_has_its_line_with_the_id_of_its_header_and_nothing_of_anybody(client, written):
    person = an_applicant()
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.get(reverse("account_login") + f"?next=/x&mail={person.email}")
    refused = client.get(reverse("accept_invitation", args=[SECRET]))
    lost = client.get(f"/nowhere/{SECRET}/")
    api = client.get("/api/calls/", headers={"Authorization": f"Token {SECRET}"})

    text = written()
    lines = [line for line in text.splitlines() if "access" in line]
    assert len(lines) == 5
    for answer, route in ((refused, "accept_invitation"), (lost, "other"), (api, "api-calls-list")):
        (line,) = [one for one in lines if answer["X-Request-Id"] in one]
        assert route in line
        assert str(answer.status_code) in line
    assert "/invitations/*/" in text
    for word in (person.email, person.name, SECRET, PASSWORD, "next=/x"):
        assert word not in text


@pytest.mark.django_db
def test_whoever_asks_whether_the_house_is_well_is_no_news(client, caplog):
    caplog.set_level(logging.INFO)
    client.get("/live/")
    client.get(f"{settings.STATIC_URL}none.css")
    assert [one for one in caplog.records if one.name == "access"] == []


@pytest.mark.django_db
def test_what_is_refused_before_it_is_looked_for_has_its_id_too(client, settings):
    settings.ADMITTED = {"page": 0, "list": 0}
    answer = client.get("/calls/")
    assert answer.status_code == 503
    assert answer["X-Request-Id"]


# to the worker


@pytest.mark.django_db
def test_what_a_request_leaves_owed_is_kept_under_its_id(monkeypatch, written):
    monkeypatch.setattr("promises.keeping.KEEPERS", {})
    monkeypatch.setattr("promises.keeping.LANES", {})

    @keeps("story", lane=Lane.MAIL)
    def keep(subject_id):
        logging.getLogger("story").info("at work")
        promise("later", a_call())
        raise OSError("550 no such user: ada@example.eu")

    with door("WEB", "5d0c2e6a"):
        row = promise("story", a_call())
    with door("WORKER", "another"):
        keep_promise(row.pk)

    assert Promise.objects.get(kind="later").request_id == "5d0c2e6a"
    missed = [line for line in written().splitlines() if "at work" in line or "missed" in line]
    assert len(missed) == 2
    assert all("5d0c2e6a" in line and "another" not in line for line in missed)
    assert "ada@example.eu" not in written()
