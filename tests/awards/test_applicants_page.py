"""After the decision the applicant's page of an application says what was decided, and leads to the letter."""

from datetime import timedelta

import pytest

from awards.actions import confirm_letter_read
from tests.awards.factories import ISSUED, a_letter, with_readers
from tests.awards.test_letters import sent
from tests.factories import an_applicant

pytestmark = pytest.mark.django_db


def page_of(client, person, letter):
    client.force_login(person)
    return client.get(letter.application.get_absolute_url())


def told(client, person, letter):
    return page_of(client, person, letter).content.decode()


def test_before_the_letter_is_sent_nothing_is_said(client):
    letter = a_letter("REJECTION")
    reader = with_readers(letter, 1)[0]
    assert "What was decided" not in told(client, reader, letter)


def test_a_letter_that_waits_is_named_without_what_it_says(client):
    """Its days run from when it is read: the page is no way round it."""
    letter = a_letter("REJECTION")
    reader = with_readers(letter, 1)[0]
    letter = sent(letter)

    page = told(client, reader, letter)

    assert "A letter waits for you" in page
    assert letter.get_absolute_url() in page
    assert "Rejection letter" not in page


@pytest.mark.parametrize(("kind", "words"), [
    ("AWARD", "Invitation to grant agreement preparation"), ("RESERVE", "Reserve list letter"),
    ("REJECTION", "Rejection letter"),
])  # fmt: skip
def test_once_read_the_page_says_what_was_decided(client, kind, words):
    letter = a_letter(kind)
    reader = with_readers(letter, 1)[0]
    letter = confirm_letter_read(sent(letter), by=reader, at=ISSUED + timedelta(days=1))

    page = told(client, reader, letter)

    assert "What was decided" in page
    assert words in page
    assert letter.get_absolute_url() in page


def test_somebody_else_sees_neither(client):
    letter = a_letter("AWARD")
    letter = sent(letter)
    assert page_of(client, an_applicant(), letter).status_code == 404
