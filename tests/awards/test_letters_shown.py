"""What the pages of letters say at each stage: previews before, days after, and who is told what."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import AuditRecord
from awards.actions import confirm_letter_read, deem_letter_read, remind_addressee
from awards.models import Letter
from awards.shown.letters import days_of, facts_of, files_of, reading_of
from core.errors import WrongState
from promises.models import Mail, Promise
from tests.awards.factories import ISSUED, LIST, a_letter, a_prepared_decision, an_issued_decision, with_readers
from tests.awards.test_letters import drawn, sent
from tests.factories import an_auditor, an_authorising_officer, an_officer, the_clock

pytestmark = pytest.mark.django_db


def told(pairs):
    return {str(label): str(text) for label, text in pairs}


def text_of(answer):
    return answer.content.decode().replace("\u00a0", " ")


# from waiting to read


def test_a_letter_that_waits_has_no_day_no_file_and_was_not_sent():
    letter = a_letter("RESERVE")

    assert reading_of(letter) == "not yet"
    assert days_of(letter) == []
    assert files_of(letter) == []
    assert told(facts_of(letter))["Sent"] == "not yet"


def test_a_letter_that_was_sent_says_when_it_counts_as_read():
    letter = a_letter("RESERVE")
    with_readers(letter)
    letter = sent(letter)

    assert reading_of(letter).startswith("not confirmed; counts as read on ")
    assert list(told(days_of(letter))) == [
        "Request for review", "Action for annulment", "Complaint to the European Ombudsman",
    ]  # fmt: skip
    assert [one["sha256"] for one in files_of(letter)] == [letter.pdf_sha256]


def test_a_confirmed_letter_names_who_confirmed():
    letter = a_letter("RESERVE")
    reader = with_readers(letter, 1)[0]
    sent(letter)
    letter = confirm_letter_read(letter, by=reader, at=ISSUED + timedelta(days=3))

    assert reading_of(letter).startswith(f"confirmed by {reader.name}, ")
    assert (letter.read_by, letter.status) == (reader, "READ")


def test_a_letter_nobody_confirmed_counts_as_read_and_says_so():
    letter = a_letter("RESERVE")
    sent(letter)
    letter.refresh_from_db()

    with pytest.raises(WrongState, match="does not count as read before"):
        deem_letter_read(letter, by=the_clock(), at=letter.counts_as_read_at - timedelta(seconds=1))
    letter = deem_letter_read(letter, by=the_clock(), at=letter.counts_as_read_at + timedelta(days=9))

    assert reading_of(letter).startswith("counts as read since ")
    assert reading_of(letter).endswith("nobody confirmed")
    assert letter.read_at == letter.counts_as_read_at  # however late the clock comes
    assert letter.read_by is None


def test_an_award_in_full_leaves_nothing_to_review():
    letter = a_letter("AWARD")
    sent(letter)
    letter.refresh_from_db()

    assert days_of(letter) == []
    assert told(facts_of(letter))["Maximum grant"].replace("\u00a0", " ") == "EUR 400 000.00"


@pytest.mark.parametrize("kind", ["RESERVE", "REJECTION"])
def test_no_grant_stands_on_any_other_letter(kind):
    assert "Maximum grant" not in told(facts_of(a_letter(kind)))


def test_the_notice_can_be_sent_again_and_moves_no_day():
    letter = a_letter("RESERVE")
    with_readers(letter, 1)
    sent(letter)
    letter.refresh_from_db()
    day, before = letter.counts_as_read_at, Mail.objects.count()
    late = with_readers(letter, 1)[0]

    letter = remind_addressee(letter, by=an_officer())

    assert Mail.objects.count() == before + 2
    assert Mail.objects.filter(to=late.email).count() == 1
    assert letter.counts_as_read_at == day


def test_the_notice_says_nothing_of_what_the_letter_holds():
    letter = a_letter("REJECTION")
    with_readers(letter, 1)
    sent(letter)

    body = Mail.objects.get().body
    assert letter.facts["application"]["acronym"] not in Mail.objects.get().subject
    assert "reject" not in body.lower()
    assert "threshold" not in body.lower()


# the addressee's page


def test_the_addressee_has_one_button_until_it_is_pressed(client):
    letter = a_letter("RESERVE")
    reader = with_readers(letter, 1)[0]
    sent(letter)
    client.force_login(reader)

    answer = client.get(letter.get_absolute_url())
    assert [step.name for step in answer.context["steps"]] == ["confirm_read"]
    assert answer.context["is_addressed"] is True
    client.post(f"{letter.get_absolute_url()}confirm_read/")
    answer = client.get(letter.get_absolute_url())
    assert answer.context["steps"] == []
    assert answer.context["is_addressed"] is False


def test_opening_the_file_is_kept_in_the_trail_and_is_no_confirmation(client):
    letter = a_letter("RESERVE")
    reader = with_readers(letter, 1)[0]
    drawn(letter)
    client.force_login(reader)

    assert client.get(reverse("letter_pdf", args=[letter.pk])).status_code == 200

    letter.refresh_from_db()
    assert letter.status == "SENT"
    assert AuditRecord.objects.get(act="letter.open").actor_id == str(reader.pk)


@pytest.mark.parametrize("make", [an_officer, an_auditor, an_authorising_officer])
def test_anybody_else_who_takes_the_file_is_noted_as_taking_it(client, make):
    letter, person = a_letter("RESERVE"), make()
    drawn(letter)
    client.force_login(person)

    assert client.get(reverse("letter_pdf", args=[letter.pk])).status_code == 200

    assert AuditRecord.objects.get(act="download").actor_id == str(person.pk)
    assert not AuditRecord.objects.filter(act="letter.open").exists()


# previews


def test_previews_lead_from_one_to_the_next_and_end_at_both_ends(client):
    decision = a_prepared_decision()
    client.force_login(an_officer())
    lines = list(decision.lines.all())

    others = [
        [str(label) for label, _url in client.get(reverse("letter_preview", args=[line.pk])).context["others"]]
        for line in lines
    ]

    assert others == [
        ["Next letter"], *[["Previous letter", "Next letter"]] * (len(lines) - 2), ["Previous letter"],
    ]  # fmt: skip
    assert not Letter.objects.exists()
    assert not Promise.objects.filter(kind="letter").exists()


def test_once_letters_are_issued_the_line_leads_to_its_letter(client):
    decision = an_issued_decision()
    client.force_login(an_officer())

    rows = client.get(decision.get_absolute_url()).context["rows"]

    cells = [{str(label): cell for label, cell in row}["Letter"] for row in rows]
    assert {cell.text for cell in cells} == {"waits to be drawn"}
    assert {cell.url for cell in cells} == {letter.get_absolute_url() for letter in decision.letters.all()}
    assert len(cells) == len(LIST) + 1
