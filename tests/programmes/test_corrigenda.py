"""A corrigendum is proposed by one person and published by another; it never takes time to apply away."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from applications.schedule import remind_drafts, tell_of_the_correction
from audit.models import AuditRecord
from core import clock
from core.errors import Incomplete, NotAllowed, Stale, WrongState
from programmes.actions import drop_corrigendum, propose_corrigendum, publish_corrigendum, recall_call
from programmes.actions.corrigenda import said, values_in
from programmes.models import Call, Corrigendum
from programmes.states import CALL
from promises.models import Mail, Promise
from tests.applications.factories import a_draft as an_application
from tests.applications.factories import a_submitted, an_owner
from tests.factories import CLOSES, NOON, OPENS, a_call, an_applicant, an_authorising_officer, an_officer

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LATER = CLOSES + 7 * DAY


@pytest.fixture
def call():
    return a_call(inform_by=CLOSES.date() + 180 * DAY)


def proposed(call, *, by=None, at=NOON, **values):
    values = values or {"closes_at": LATER}
    return propose_corrigendum(call, by=by or an_officer(), at=at, reason="An outage of the site.", values=values)


# two people


def test_what_is_proposed_changes_nothing_yet(call):
    waiting = proposed(call)

    assert (waiting.closes_at, waiting.published_corrigenda.count()) == (CLOSES, 0)
    corrigendum = Corrigendum.objects.waiting().get()
    assert (corrigendum.number, corrigendum.published_at) == (None, None)
    # the second person is told, and the opening waits for that person
    assert {one.kind for one in Promise.objects.all()} == {"tell", "open_call"}


@pytest.mark.parametrize("second", [an_officer, an_authorising_officer])
def test_a_second_person_publishes_it_and_only_what_it_names_changes(call, second):
    first, second = an_officer(), second()
    before = Call.objects.filter(pk=call.pk).values().get()

    published = publish_corrigendum(proposed(call, by=first), by=second, at=NOON + DAY)

    corrigendum = Corrigendum.objects.get()
    assert (corrigendum.number, corrigendum.proposed_by, corrigendum.published_by) == (1, first, second)
    assert (corrigendum.proposed_at, corrigendum.published_at) == (NOON, NOON + DAY)
    after = Call.objects.filter(pk=call.pk).values().get()
    assert {name for name in after if after[name] != before[name]} == {"closes_at", "stamp"}
    assert published.closes_at == LATER
    assert AuditRecord.objects.filter(act="call.publish_correction", actor_id=str(second.pk)).count() == 1


def test_nobody_publishes_the_own_one_and_the_database_says_so_too(call):
    officer = an_officer()
    waiting = proposed(call, by=officer)
    with pytest.raises(NotAllowed):
        publish_corrigendum(waiting, by=officer, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Corrigendum.objects.update(published_by=officer, published_at=NOON, number=1)


def test_a_second_press_reads_that_it_is_done(call):
    waiting, second = proposed(call), an_officer()
    publish_corrigendum(waiting, by=second, at=NOON)
    with pytest.raises(WrongState, match="published or dropped already"):
        publish_corrigendum(Call.objects.get(pk=call.pk), by=second, at=NOON)


def test_one_waits_at_a_time(call):
    waiting = proposed(call)
    with pytest.raises(NotAllowed):
        proposed(waiting, title="Another")
    assert [step.name for step in CALL.buttons(an_officer(), waiting)] == [
        "publish_correction", "drop_correction", "recall",
    ]  # fmt: skip


def test_when_its_author_left_anybody_of_the_commission_drops_it_and_another_is_proposed(call):
    dropped = drop_corrigendum(proposed(call), by=an_officer(), at=NOON, reason="Its author has left.")
    published = publish_corrigendum(proposed(dropped, title="Another"), by=an_officer(), at=NOON)

    assert (published.title, published.closes_at) == ("Another", CLOSES)
    assert [one.number for one in Corrigendum.objects.order_by("proposed_at", "number")].count(None) == 1
    assert published.published_corrigenda.get().number == 1


def test_an_old_page_publishes_nothing_that_its_reader_has_not_seen(call):
    first = proposed(call, title="First")
    dropped = drop_corrigendum(first, by=an_officer(), at=NOON, reason="Wrong.")
    proposed(dropped, title="Second")
    with pytest.raises(Stale):
        publish_corrigendum(first, by=an_officer(), at=NOON, base=first.stamp)


def test_taken_back_before_it_opens_a_call_has_no_corrigendum_waiting(call):
    early = OPENS - DAY
    recalled = recall_call(proposed(call, at=early), by=an_officer(), at=early, reason="All of it is wrong.")
    assert (recalled.correction_by, Corrigendum.objects.waiting().count()) == (None, 0)


def test_what_waits_when_the_call_closes_and_gives_no_time_is_not_published_any_more(call):
    waiting = proposed(call, title="Another")
    with pytest.raises(WrongState, match="has closed"):
        publish_corrigendum(waiting, by=an_officer(), at=CLOSES)


# never less time


@pytest.mark.parametrize("less", [timedelta(microseconds=1), DAY, 30 * DAY], ids=["a moment", "a day", "a month"])
def test_it_never_takes_time_away(call, less):
    with pytest.raises(Incomplete) as refusal:
        proposed(call, closes_at=CLOSES - less)
    assert "never less" in refusal.value.gaps["closes_at"]
    assert not Corrigendum.objects.exists()


def test_not_even_when_the_row_was_changed_by_sql_since_it_was_proposed(call):
    waiting = proposed(call)
    Call.objects.update(closes_at=LATER + DAY)
    with pytest.raises(Incomplete):
        publish_corrigendum(waiting, by=an_officer(), at=NOON)


# what follows


def test_the_opening_and_the_reminders_follow_the_closing_time():
    now = clock.now()
    call = a_call(opens_at=now - 90 * DAY, closes_at=now + DAY, inform_by=(now + 200 * DAY).date())
    an_application(call=call, at=now)

    moved = publish_corrigendum(
        proposed(call, at=None, closes_at=call.closes_at + 30 * DAY), by=an_officer()
    )  # fmt: skip

    assert Promise.objects.get(kind="open_call").due_at == moved.opened_from
    assert remind_drafts(call.pk) == moved.closes_at - 7 * DAY
    assert not Mail.objects.filter(subject__startswith="Not submitted").exists()


def test_whoever_has_a_draft_or_a_submission_gets_it_by_mail_once(call):
    drafter, sender = an_owner(), an_owner()
    an_application(by=drafter, call=call)
    a_submitted(by=sender, call=call)
    an_owner()  # has nothing to do with it
    publish_corrigendum(proposed(call), by=an_officer(), at=NOON)
    corrigendum = Corrigendum.objects.get()
    assert Promise.objects.filter(kind="tell_corrected", subject_id=corrigendum.pk).count() == 1

    for _a_worker_that_died in range(2):
        tell_of_the_correction(corrigendum.pk)

    mails = Mail.objects.filter(subject__startswith="Corrigendum 1")
    assert {one.to for one in mails} == {drafter.email, sender.email}
    assert mails.count() == 2
    assert "An outage of the site." in mails[0].body
    assert "21 January 2021" in mails[0].body.replace("\u00a0", " ")


# who sees it


def test_the_commission_sees_what_waits_and_nobody_else(client, call):
    waiting = proposed(call, title="A secret until it is published")
    for person, sees in ((an_officer(), True), (an_authorising_officer(), True), (an_applicant(), False)):
        client.force_login(person)
        assert ("A secret until" in client.get(waiting.get_absolute_url()).text) is sees
        assert ("A secret until" in client.get(f"/api/calls/{call.pk}/").text) is sees
    client.logout()
    assert "A secret until" not in client.get(waiting.get_absolute_url()).text


def test_by_the_buttons_of_two_people(client):
    now = clock.now()
    call = a_call(opens_at=now - DAY, closes_at=now + DAY, inform_by=(now + 200 * DAY).date())
    waiting = proposed(call, at=None, title="Published by two")
    client.force_login(an_officer())
    answer = client.post(f"/calls/{call.pk}/publish_correction/", {"stamp": waiting.stamp}, follow=True)

    assert "Published by two" in answer.text
    client.logout()
    assert "An outage of the site." in client.get(waiting.get_absolute_url()).text


# how a change is kept


@given(
    budget=st.decimals(0, 10**9, places=2), title=st.text(min_size=1, max_size=50), days=st.integers(0, 90),
    until=st.none() | st.dates(date(2020, 1, 1), date(2100, 1, 1)),
)  # fmt: skip
def test_what_is_kept_as_text_is_read_back_as_it_was(budget, title, days, until):
    values = {
        "budget": budget, "title": title, "read_after_days": days, "reserve_until": until, "closes_at": LATER,
    }  # fmt: skip
    corrigendum = Corrigendum(call=Call(), changes={name: ["", said(value)] for name, value in values.items()})
    assert values_in(corrigendum) == {**values, "budget": Decimal(budget)}
