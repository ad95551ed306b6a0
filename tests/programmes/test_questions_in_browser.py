"""Questions and answers at a real browser, wide and narrow. With PICTURES set to a folder, each page is kept there."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from applications.actions import edit_application
from core import clock
from programmes.actions import answer_question, ask_question, correct_reply, withdraw_reply
from programmes.form_parts import USUAL, form_of
from programmes.form_questions import code_of, settled, with_questions
from programmes.models import Question
from tests.applications.factories import a_draft
from tests.browser import NARROW, WIDE, faults_of
from tests.factories import a_call, an_applicant, an_officer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
REACH = "() => document.documentElement.scrollWidth"
PICTURES = os.environ.get("PICTURES")
LONG = "Does a regional police school with its own legal personality count as an organisation? " * 3


@pytest.fixture
def browse(new_context, live_server):
    def open_as(user=None):
        context = new_context(viewport=WIDE, base_url=live_server.url)
        if user:
            client = Client()
            client.force_login(user)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
            context.add_cookies([cookie])
        return context.new_page()

    return open_as


def see(page, address, name):
    assert page.goto(address).status < 400, address
    faults = faults_of(page)
    for size in (WIDE, NARROW) if PICTURES else ():
        page.set_viewport_size(size)
        page.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)
    return faults


def test_every_page_of_questions_by_whoever_reads_it(browse):
    at = clock.now()
    call = a_call(opens_at=at - timedelta(days=9), closes_at=at + timedelta(days=9), contact="HOME-ISF@ec.example.eu")
    asker, officer = an_applicant(), an_officer()
    waiting, corrected, withdrawn = (
        ask_question(Question(call=call), by=asker, at=at, text=f"{LONG} {place}") for place in range(3)
    )
    words = {"asked": "Who counts as an organisation?", "text": LONG}
    corrected = answer_question(corrected, by=officer, at=at, **words)
    correct_reply(corrected, by=officer, at=at, reason="The guide was changed.", **words | {"text": "Yes."})
    withdrawn = answer_question(withdrawn, by=officer, at=at, **words)
    withdraw_reply(withdrawn, by=officer, at=at, reason="It spoke of another call.")

    visitor, applicant, office = browse(), browse(asker), browse(officer)
    faults = [
        *see(visitor, f"/calls/{call.pk}/", "call-visitor"),
        *see(applicant, f"/calls/{call.pk}/questions/", "questions-asker"),
        *see(applicant, f"/calls/{call.pk}/ask/", "ask"),
        *see(office, f"/questions/{waiting.pk}/", "question-office"),
        *see(office, f"/questions/{waiting.pk}/answer/", "answer"),
        *see(office, f"/questions/{corrected.pk}/correct/", "correct"),
    ]
    assert faults == []


def test_a_word_without_an_end_makes_no_page_of_a_form_s_questions_wider_than_a_phone(browse):
    word = "W" * 64
    questions = [
        settled({"kind": "YES_NO", "question": word, "help": word}),
        settled({"kind": "NUMBER", "question": "How many?", "unit": "W" * 30, "only_if": {"question": 1, "is": "YES"}}),
        settled({"kind": "CHOICE", "question": "Which?", "help": word, "options": [word, "Another"]}),
    ]
    at, asker, parts = clock.now(), an_applicant(), with_questions(form_of(USUAL), questions)
    call = a_call(opens_at=at - timedelta(days=9), closes_at=at + timedelta(days=9), parts=parts)
    draft = a_draft(by=asker, call=call, at=at)
    edit_application(draft, by=asker, at=at, questions={code_of(questions[0]): "YES"})
    page = browse(asker)
    page.set_viewport_size(NARROW)
    for address in (reverse("application_edit", args=[draft.pk, "questions"]), call.get_absolute_url()):
        assert page.goto(address).status == 200
        assert page.evaluate(REACH) <= NARROW["width"], address
