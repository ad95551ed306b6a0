"""Whose form was refused by a page without it finds there what was typed: the page before may not have it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape

from tests.stories.steps import OWN_PAGES, REASON, finds, people_for, ready, rows_of, stands, step_of
from tests.stories.test_two_windows import button

TYPED = "Because <b>the annex</b> & page 4 differ.\nSecond line – Ελλάδα."
WITHOUT_FORM = {"refused.html", "403.html", "404.html"}
TOLD = "stands on this page alone"
SECOND = [  # pressed, or sent, a second time by a colleague: the first one was quicker
    ("question", "answer", "question_answer", {"asked": "Another wording", "text": TYPED}),
    ("clarification", "reply", "clarification", {"text": TYPED}),
    ("application", "withdraw", "", {"reason": TYPED}),
    ("offer", "decline", "", {"reason": TYPED}),
    ("finding", "accept", "", {"reason": TYPED}),
]


def is_bare(answer):
    return any(one.name in WITHOUT_FORM for one in answer.templates)


def shows(answer, text=TYPED):
    return escape(text) in answer.text and TOLD in answer.text and "Go back with your browser" not in answer.text


def moved_on(row, step, person):
    """Somebody was quicker: the row stands where this step does not lead on, and is still found."""
    for status in sorted({value for value, _label in row._meta.get_field("status").choices} - step.sources):
        if stands(row, status) and finds(person, row):
            return status
    return None


@pytest.mark.parametrize(("kind", "name", "address", "said"), SECOND, ids=[f"{one[0]}.{one[1]}" for one in SECOND])
def test_the_second_of_two_finds_what_was_typed(world, sign_in, kind, name, address, said):
    row, person = ready(world, kind, name)
    seen = row.stamp
    assert moved_on(row, step_of(kind, name), person)
    address = reverse(address, args=[row.pk]) if address else button(kind, row, name)

    answer = sign_in(person).post(address, {**said, "stamp": seen})

    assert answer.status_code == 409
    assert is_bare(answer)
    assert all(escape(text) in answer.text for text in said.values())
    assert shows(answer)
    assert "<b>the annex</b>" not in answer.text
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("kind", "name"), OWN_PAGES)
def test_no_page_of_a_step_answers_without_the_form_and_without_the_text(world, sign_in, kind, name):
    """Whatever each row's page says to whoever finds it, wherever the row stands: text in the form, or on the page."""
    step, row = step_of(kind, name), rows_of(world, kind)[0]
    try:
        address = reverse(step.page, args=[row.pk])
    except NoReverseMatch:
        pytest.skip("the step makes a new row: its page stands on what is above, and no row of this kind has it")
    found = [one for one in people_for(world, row) if finds(one, row)][:2]
    assert found
    for person in found:
        answer = sign_in(person).post(address, {"text": TYPED, "reason": TYPED, "stamp": row.stamp})
        assert shows(answer) or not is_bare(answer), (person, answer.status_code)


def test_long_texts_are_whole_and_secrets_keys_and_files_are_not_shown(world, sign_in):
    row, person = ready(world, "application", "withdraw")
    long = f"{'A long reason. ' * 4000}<the end>"
    said = {
        "reason": long, "password": "hush-hush", "otp_code": "918273", "new_token": "tok-en", "stamp": row.stamp + 7,
        "csrfmiddlewaretoken": "csrf-csrf", "key": "the-key", "application": "0e1f8a62-5a1f-4f6e-9a43-3a0b7b1b7a11",
        "annex": SimpleUploadedFile("mandate <1>.pdf", b"%PDF inside of it"),
    }  # fmt: skip

    page = sign_in(person).post(button("application", row, "withdraw"), said)

    assert page.status_code == 400  # longer than a reason may be
    assert shows(page, long.strip())
    assert "mandate &lt;1&gt;.pdf" in page.text
    for hidden in ("hush-hush", "918273", "tok-en", "csrf-csrf", "the-key", "0e1f8a62-5a1f", "inside of it"):
        assert hidden not in page.text


def test_without_a_word_typed_nothing_is_told_of_it_and_reading_echoes_nothing(world, sign_in):
    row, person = ready(world, "application", "withdraw")
    client = sign_in(person)

    assert TOLD not in client.post(button("application", row, "withdraw"), {"stamp": row.stamp + 7}).text
    assert TYPED not in client.get("/no/such/page/", {"reason": TYPED}).text

    stranger = Client(enforce_csrf_checks=True).post("/no/such/page/", {"reason": REASON})  # from no form of ours
    assert (stranger.status_code, REASON in stranger.text) == (404, False)
