"""Questions and answers at a real browser, wide and narrow. With PICTURES set to a folder, each page is kept there."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from core import clock
from programmes.actions import answer_question, ask_question, correct_reply, withdraw_reply
from programmes.models import Question
from tests.browser import NARROW, WIDE, faults_of
from tests.factories import a_call, an_applicant, an_officer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
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
