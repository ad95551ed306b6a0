"""The closing time of a call in anybody's calendar."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from programmes.documents import LONGEST_LINE, escaped, folded
from tests.factories import CLOSES, OPENS, a_call, an_applicant

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def file_of(client, call):
    return client.get(f"/calls/{call.pk}/calendar.ics")


def lines_of(answer):
    return answer.content.decode().replace("\r\n ", "").split("\r\n")


def test_an_entry_of_the_feed_is_plain_text(client):
    a_call(topic="Less < more")
    page = client.get("/calls/feed/").text
    assert '<summary type="text">Less &lt; more.' in page


def test_a_visitor_takes_the_closing_time_home(client):
    call = a_call(title="Fraud; theft, and more")
    answer = file_of(client, call)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"{call.reference}.ics" in answer["Content-Disposition"]
    lines = lines_of(answer)
    assert "DTSTART:20210121T160000Z" in lines  # 17:00 in Brussels, in winter
    assert "SEQUENCE:0" in lines
    assert [line for line in lines if line.startswith("TRIGGER")] == ["TRIGGER:-P7D", "TRIGGER:-PT48H", "TRIGGER:-PT4H"]
    assert any("Fraud\\; theft\\, and more" in line for line in lines)
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")


def test_after_a_corrigendum_the_same_entry_moves(client):
    call = a_call()
    before = lines_of(file_of(client, call))
    call.corrigenda.create(number=1, published_at=OPENS, reason="R", changes={})
    type(call).objects.update(closes_at=CLOSES + DAY)

    after = lines_of(file_of(client, call))

    assert [line for line in before if line.startswith("UID")] == [line for line in after if line.startswith("UID")]
    assert {"SEQUENCE:1", "DTSTART:20210122T160000Z"} <= set(after)


def test_a_draft_has_no_calendar_for_visitors_nor_one_without_a_closing_time(client):
    assert file_of(client, a_call(status="DRAFT")).status_code == 404
    client.force_login(an_applicant())
    assert file_of(client, a_call(status="DRAFT", closes_at=None)).status_code == 404


def test_the_page_of_an_open_call_leads_to_it(client):
    now = clock.now()
    call = a_call(opens_at=now - DAY, closes_at=now + DAY)
    assert f"/calls/{call.pk}/calendar.ics" in client.get(call.get_absolute_url()).text


@given(st.text())
def test_no_line_is_too_long_and_nothing_is_lost(text):
    line = escaped(text)
    pieces = folded(line).split("\r\n ")
    assert "".join(pieces) == line
    assert all(len(piece.encode("utf-8", "surrogatepass")) <= LONGEST_LINE for piece in pieces)


@pytest.mark.parametrize(("text", "said"), [
    ("a;b", r"a\;b"), ("a,b", r"a\,b"), ("a\\b", r"a\\b"), ("a\nb", r"a\nb"),
    ("a\r\nEND:VCALENDAR", r"a\nEND:VCALENDAR"),
])  # fmt: skip
def test_a_text_ends_no_line_and_no_calendar(text, said):
    assert escaped(text) == said
