"""An application within and outside the open time of its call: started, standing, handed in."""

from datetime import timedelta

import pytest
from django.urls import reverse

from applications.actions import (
    edit_application,
    open_application,
    submit_application,
)
from applications.actions.guards import lateness, require_open_call
from applications.completeness import COMPLETE
from applications.models import Application
from applications.shown.standing import WORDS, is_filled_in, standing_of
from core import clock
from core.errors import WrongState
from tests.applications.factories import a_complete_draft, a_draft, an_owner
from tests.applications.test_races import an_open_call
from tests.factories import (
    AFTER,
    CLOSES,
    NOON,
    OPENS,
    a_call,
    an_applicant,
    the_clock,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def as_person(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def text_of(answer):
    return answer.content.decode().replace("\u00a0", " ")


def opened(sent):
    """The call has closed; the checks are made."""
    type(sent.call).objects.filter(pk=sent.call_id).update(status="CHECKING")
    return open_application(sent, by=the_clock(), at=AFTER)


# the open time


@pytest.mark.parametrize(("at", "words"), [
    (OPENS - timedelta(microseconds=1), "opens on"), (CLOSES, "0.000 seconds too late"),
    (CLOSES + timedelta(seconds=1.5), "1.500 seconds too late"),
    (CLOSES + timedelta(minutes=61), "1 hour 1 minute too late"),
])  # fmt: skip
def test_outside_the_open_time_the_sentence_says_by_how_much(at, words):
    with pytest.raises(WrongState, match=words):
        require_open_call(a_call(), at)


@pytest.mark.parametrize("at", [OPENS, CLOSES - timedelta(microseconds=1)])
def test_the_first_and_the_last_moment_count(at):
    require_open_call(a_call(), at)


@pytest.mark.parametrize(("status", "words"), [
    ("DRAFT", "is not published yet"), ("CHECKING", "are open already"), ("DECIDED", "are open already"),
])  # fmt: skip
def test_a_call_that_is_not_published_takes_nothing(status, words):
    with pytest.raises(WrongState, match=words):
        require_open_call(a_call(status=status), NOON)


@pytest.mark.parametrize(("distance", "words"), [
    (timedelta(milliseconds=1), "0.001 seconds"), (timedelta(seconds=59.999), "59.999 seconds"),
    (timedelta(seconds=60), "1 minute"), (timedelta(days=2, hours=3), "2 days 3 hours"),
])  # fmt: skip
def test_a_short_lateness_is_told_to_the_millisecond(distance, words):
    assert lateness(distance) == words


# starting


def test_an_untouched_draft_is_taken_up_and_a_touched_one_is_not(as_person, owner):
    call, client = an_open_call(), as_person(owner)
    start = reverse("application_start", args=[call.pk])
    first = client.post(start)["Location"]
    assert client.post(start)["Location"] == first

    edit_application(Application.objects.get(), by=owner, identity={"acronym": "NET", "title": "T"})

    assert client.post(start)["Location"] != first
    assert Application.objects.count() == 2


def test_two_presses_of_one_button_make_one_draft(as_person, owner):
    call, client = an_open_call(), as_person(owner)

    for _ in range(2):
        client.post(reverse("application_start", args=[call.pk]), {"key": "a key of this page"})

    assert Application.objects.count() == 1


def test_a_draft_of_a_colleague_is_the_houses_not_mine_to_hide(as_person, owner):
    call = an_open_call()
    made = a_draft(by=owner, call=call, at=clock.now())
    colleague = an_applicant(owner.organisation)

    page = as_person(colleague).get(reverse("application_start", args=[call.pk]))

    assert list(page.context["own"]) == [made]


def test_a_call_that_nobody_may_see_cannot_be_started_on(as_person, owner):
    call = a_call(status="DRAFT")

    assert as_person(owner).get(reverse("application_start", args=[call.pk])).status_code == 404
    assert as_person(owner).post(reverse("application_start", args=[call.pk])).status_code == 404
    assert not Application.objects.exists()


def test_a_second_submission_of_the_same_content_makes_no_second_version(owner):
    draft = a_complete_draft(by=owner, call=an_open_call(), at=clock.now(), timetable={"starts_on": "2099-01-01"})
    once = submit_application(draft, by=owner)

    twice = submit_application(once, by=owner)

    assert (twice.versions, twice.receipts.count()) == (1, 1)


# standing


def test_an_empty_draft_is_warned_about_nothing_but_what_stands_in_it_already(owner):
    """An empty part is missing; that it meets no condition either is no news. The partners begin with oneself."""
    standing = standing_of(a_draft(by=owner), at=NOON)

    assert not standing.is_complete
    assert {one.code for one in standing.warnings} == {"PARTNERS", "MIN_STATES"}
    assert [name for name, state in standing.progress.items() if state == COMPLETE] == ["partners"]


def test_a_complete_draft_has_every_part_done(owner):
    standing = standing_of(a_complete_draft(by=owner), at=NOON)

    assert standing.is_complete
    assert standing.done == len(standing.progress)
    assert set(standing.progress.values()) == {COMPLETE}
    assert len(standing.digest) == 64


def test_the_digest_follows_the_content_and_nothing_else(owner):
    draft = a_complete_draft(by=owner)
    before = standing_of(draft, at=NOON).digest

    assert standing_of(draft, at=NOON + timedelta(days=3)).digest == before
    draft = edit_application(draft, by=owner, at=NOON, identity={"acronym": "OTHER", "title": "T"})
    assert standing_of(draft, at=NOON).digest != before


@pytest.mark.parametrize(("gaps", "is_filled"), [
    ({}, True), ({"budget.requested": "Give it."}, False), ({"budgetary.x": "Other."}, True),
    ({"identity.a": "x"}, True),
])  # fmt: skip
def test_a_part_is_filled_in_when_no_gap_is_its_own(gaps, is_filled):
    assert is_filled_in("budget", gaps) is is_filled


def test_every_state_of_a_part_has_its_words_and_tone():
    assert {tone for _words, tone in WORDS.values()} == {"neutral", "info", "good", "bad"}
