"""Anybody signed in follows a call and stops; nobody else learns who does."""

import pytest
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from audit.models import AuditRecord
from core.errors import NotAllowed
from programmes.actions import follow_call, unfollow_call
from programmes.models import Following
from programmes.schedule import followers_of
from programmes.states import FOLLOWING, FollowingStatus
from reports.models import TrailRecord
from tests.factories import (
    NOON,
    a_call,
    an_applicant,
    an_auditor,
    an_evaluator,
    an_officer,
    an_organisation,
    everybody,
    golden_table,
    the_clock,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return a_call()


def test_who_may_do_what_with_a_following(call):
    people = everybody(an_organisation())
    row = Following(call=call, person=people["owner"])
    row._state.adding = False

    def row_in(status):
        row.status = status
        return row

    assert golden_table(FOLLOWING, FollowingStatus, people, row_in) == WHO_MAY_DO_WHAT.strip("\n")


WHO_MAY_DO_WHAT = """
         owner     stranger  officer  evaluator  authorising  auditor  national  admin  system
FOLLOWS  unfollow  -         -        -          -            -        -         -      -
STOPPED  follow    -         -        -          -            -        -         -      -
"""


@pytest.mark.parametrize("somebody", [an_applicant, an_officer, an_evaluator, an_auditor])
def test_anybody_signed_in_follows_stops_and_follows_again(call, somebody):
    person = somebody()
    for _time in range(2):
        follow_call(call, by=person, at=NOON)
    assert followers_of(call) == {person.email}
    for _time in range(2):
        unfollow_call(call, by=person, at=NOON)
    assert followers_of(call) == set()
    follow_call(call, by=person, at=NOON)
    assert followers_of(call) == {person.email}
    row = Following.objects.get()
    acts = AuditRecord.objects.of_chain(row.chain).values_list("act", flat=True)
    assert list(acts) == ["following.follow", "following.unfollow", "following.follow"]


def test_the_clock_follows_nothing_and_nobody_follows_for_another(call):
    with pytest.raises(NotAllowed):
        follow_call(call, by=the_clock())
    with pytest.raises(NotAllowed):
        FOLLOWING.run("follow", Following(call=call, person=an_applicant()), by=an_officer())


def test_a_person_follows_a_call_once(call):
    person = an_applicant()
    follow_call(call, by=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Following.objects.create(call=call, person=person, status="FOLLOWS")


def test_a_closed_account_gets_nothing(call):
    person = an_applicant()
    follow_call(call, by=person)
    type(person).objects.filter(pk=person.pk).update(status="CLOSED")
    assert followers_of(call) == set()


def test_who_follows_is_told_to_no_officer(call):
    follow_call(call, by=an_applicant())
    assert not TrailRecord.objects.visible_to(an_officer()).exists()
    assert TrailRecord.objects.visible_to(an_auditor()).exists()


def test_by_the_page_and_by_a_program(client, call):
    person = an_applicant()
    client.force_login(person)
    assert "Follow this call by mail" in client.get(f"/calls/{call.pk}/").text
    assert client.post(f"/calls/{call.pk}/follow/").status_code == 302
    assert "Stop following this call" in client.get(f"/calls/{call.pk}/").text
    assert client.post(f"/calls/{call.pk}/unfollow/").status_code == 302
    program = APIClient()
    program.force_authenticate(person)
    assert program.post(f"/api/calls/{call.pk}/follow/").data == {"follows": True}
    assert followers_of(call) == {person.email}
    assert program.post(f"/api/calls/{call.pk}/unfollow/").data == {"follows": False}
    assert followers_of(call) == set()
