"""A review of access: everybody's roles as they stand, each kept or ended by somebody else, many at once, on record."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import (
    close_access_review,
    close_account,
    end_access,
    end_membership,
    grant_membership,
    keep_access,
    keep_many,
    make_token,
    open_access_review,
    reconsider_access,
)
from accounts.actions.reviews import break_off_access_review
from accounts.desk import waiting_for
from accounts.models import AccessLine, AccessReview, Invitation, Membership, Token, User
from accounts.schedule import access_review_is_late
from accounts.states import AccessLineStatus, UserPhase
from audit.models import AuditRecord
from core import clock
from core.days import day_of, end_of
from core.errors import Incomplete, NotAllowed, Stale, WrongState
from core.past import as_of
from promises.models import Mail, Promise
from reports.about import About
from reports.catalogue import REPORTS
from tests.accounts.browsers import signed_in
from tests.accounts.test_api import program_of
from tests.factories import an_admin, an_applicant, an_auditor, an_evaluator, an_officer, with_a_role
from tests.past import long_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return an_admin(name="Ingrid First")


@pytest.fixture
def second():
    return an_admin(name="Second Administrator")


def in_days(number):
    return day_of(clock.now()) + timedelta(days=number)


def opened(by, days=14):
    return open_access_review(AccessReview(decide_by=in_days(days)), by=by)


def line_of(review, person):
    return AccessLine.objects.select_related("review", "person").get(review=review, person=person)


def marks_of(lines):
    return {str(one.pk): one.mark for one in lines}


def told(act):
    return AuditRecord.objects.filter(act=act)


# what is listed


def test_each_role_in_force_is_listed_as_it_stands(admin):
    officer = an_officer(name="Anna Officer")
    token = make_token(by=officer, name="nightly report")
    gone = an_evaluator(name="Left already")
    end_membership(gone.memberships.get(), by=admin, reason="Left.")
    closed = an_applicant(name="Closed")
    with_a_role(an_officer(name="Two roles"), "EVALUATOR", entity="HOME.D.2")
    an_applicant(closed.organisation)
    close_account(closed, by=admin, reason="Left.")
    host = an_admin(name="Hostess")
    Invitation.objects.create(
        email=officer.email, role="OFFICER", status="ACCEPTED", invited_by=host, secret_hash="x", expires_at=clock.now()
    )
    review = opened(admin)
    lines = AccessLine.objects.of(review)
    assert {(one.name, one.role) for one in lines} >= {("Two roles", "OFFICER"), ("Two roles", "EVALUATOR")}
    assert not lines.filter(name__in=["Left already", "Closed"]).exists()
    mine = line_of(review, officer)
    assert (mine.email, mine.place, mine.signed_in_at, mine.has_factor) == (officer.email, "HOME.E.1", None, False)
    assert "invited by Hostess" in mine.appointed
    (kept,) = mine.tokens
    assert (kept["name"], kept["used"], kept["start"] in token) == ("nightly report", None, True)
    assert (review.lines.count(), told("accessline.list").count()) == (lines.count(), lines.count())


def test_what_it_takes_does_not_grow_with_the_people(admin):
    few = statements(lambda: opened(admin))
    break_off_access_review(AccessReview.objects.open().get(), by=admin, reason="Only a try.")
    for _each in range(30):
        an_evaluator()
    assert statements(lambda: opened(admin)) == few
    review = AccessReview.objects.open().get()
    lines = list(AccessLine.objects.of(review).to_be_decided_by(admin).select_related("person", "review"))
    assert statements(lambda: keep_many(review, marks_of(lines[:3]), by=admin)) == statements(
        lambda: keep_many(review, marks_of(lines[3:]), by=admin)
    )


def statements(act):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        act()
    return len(caught)


def test_one_review_at_a_time_with_a_day_that_is_to_come(admin):
    with pytest.raises(Incomplete) as refused:
        opened(admin, days=0)
    assert "decide_by" in refused.value.gaps
    opened(admin)
    with pytest.raises(WrongState, match="open already"):
        opened(admin)
    with pytest.raises(NotAllowed):
        opened(an_officer())


# what is decided


def test_many_are_kept_in_one_act_but_never_ones_own(admin, second):
    for _each in range(5):
        an_evaluator()
    review = opened(admin)
    lines = list(AccessLine.objects.of(review).select_related("person", "review"))
    taken = keep_many(review, marks_of(lines), by=admin)
    (own,) = [row for row, _why in taken.refused]
    assert (own.person, len(taken.rows)) == (admin, len(lines) - 1)
    assert told("accessline.keep").count() == len(lines) - 1
    with pytest.raises(NotAllowed):
        end_access(line_of(review, admin), by=admin, reason="I leave.")
    keep_access(line_of(review, admin), by=second)
    close_access_review(review, by=admin)
    assert AccessReview.objects.closed().get() == review


def test_ending_is_the_act_that_ends_a_role_and_with_the_last_one_the_account(admin):
    officer = with_a_role(an_officer(), "EVALUATOR", entity="HOME.D.2")
    make_token(by=officer)
    review = opened(admin)
    lines = AccessLine.objects.of(review).filter(person=officer).select_related("review", "person")
    first, last = lines.order_by("role")
    end_access(first, by=admin, reason="Another unit.")
    person = User.objects.get(pk=officer.pk)
    assert (person.roles, person.stands_in(UserPhase.OPEN)) == ({last.role}, True)
    assert not Token.objects.in_use().filter(person=officer).exists()
    (record,) = told("membership.end")
    assert (record.reason, record.actor_id) == ("Another unit.", str(admin.pk))
    done = end_access(AccessLine.objects.select_related("review", "person").get(pk=last.pk), by=admin, reason="Left.")
    assert (done.status, done.closed_account, done.reason) == (AccessLineStatus.ENDED, True, "Left.")
    assert not User.objects.get(pk=officer.pk).stands_in(UserPhase.OPEN)
    assert told("user.close").count() == 1


def test_the_last_person_of_an_organisation_needs_a_successor_as_ever(admin):
    alone = an_applicant()
    name = alone.organisation.name
    review = opened(admin)
    with pytest.raises(Incomplete) as refused:
        end_access(line_of(review, alone), by=admin, reason="Left.")
    assert "successor" in refused.value.gaps
    assert line_of(review, alone).status == AccessLineStatus.WAITING
    end_access(line_of(review, alone), by=admin, reason="Left.", successor="next@example.eu")
    assert Invitation.objects.get(email="next@example.eu").organisation.name == name


def test_who_changed_meanwhile_is_looked_at_again(admin):
    officer, leaving = an_officer(), an_evaluator()
    review = opened(admin)
    lines = [line_of(review, officer), line_of(review, leaving)]
    marks = marks_of(lines)
    grant_membership(Membership(person=officer, role="AUTHORISING", entity="HOME.E"), by=admin)
    end_membership(leaving.memberships.get(), by=admin, reason="Left.")
    taken = keep_many(review, marks, by=admin)
    assert taken.rows == []
    said = {row.person: str(why.sentence) for row, why in taken.refused}
    assert "is now programme officer, authorising officer" in said[officer]
    with pytest.raises(Stale):
        keep_access(lines[0], by=admin, marks=marks)
    with pytest.raises(WrongState, match="has ended meanwhile"):
        keep_access(line_of(review, leaving), by=admin)
    keep_access(line_of(review, officer), by=admin, base=0)
    with pytest.raises(WrongState):
        end_access(line_of(review, officer), by=an_admin(), reason="x", base=0)


def test_it_is_closed_when_all_is_decided_and_what_had_ended_is_settled(admin, second):
    officer, leaving = an_officer(), an_evaluator()
    review = opened(admin)
    for person in (admin, second):
        keep_access(line_of(review, person), by=second if person == admin else admin)
    end_membership(leaving.memberships.get(), by=admin, reason="Left.")
    with pytest.raises(WrongState, match="not decided yet"):
        close_access_review(review, by=admin)
    assert line_of(review, leaving).status == AccessLineStatus.WAITING, "nothing was kept of what was refused"
    keep_access(line_of(review, officer), by=admin)
    reconsider_access(line_of(review, officer), by=admin, reason="By mistake.")
    assert line_of(review, officer).decided_by is None
    keep_access(line_of(review, officer), by=admin)
    close_access_review(review, by=admin)
    assert line_of(review, leaving).status == AccessLineStatus.GONE
    with pytest.raises(WrongState, match="review is over"):
        reconsider_access(line_of(review, officer), by=admin, reason="Too late.")


# what is told


def test_the_evening_of_the_last_day_administrators_are_told_once_and_nothing_ends(admin, second):
    an_officer()
    review = opened(admin)
    assert Promise.objects.get(kind="access_review_is_late").due_at == end_of(review.decide_by)
    access_review_is_late(review.pk)
    access_review_is_late(review.pk)
    mails = Mail.objects.filter(subject="Access that nobody has decided about")
    assert {one.to for one in mails} == {admin.email, second.email}
    assert len(mails) == 2
    assert "3 roles" in mails[0].body
    assert Membership.objects.in_force().count() >= 3


def test_the_desk_asks_for_a_review_when_the_last_one_is_a_year_old(admin):
    (line,) = waiting_for(admin, clock.now())
    assert "Nobody has reviewed" in line.sentence
    review = opened(admin)
    (line,) = waiting_for(admin, clock.now())
    assert line.sentence == "Review of access: your own role waits for another administrator."
    keep_access(line_of(review, admin), by=an_admin())
    (line,) = waiting_for(admin, clock.now())
    assert "all is decided" in line.sentence
    close_access_review(review, by=admin)
    assert waiting_for(admin, clock.now()) == []
    assert waiting_for(admin, clock.now() + timedelta(days=367)) != []


# on the pages


def test_many_are_kept_on_a_page_of_those_whom_the_filters_find(admin):
    people = [an_evaluator(name=f"Evaluator {number:02}") for number in range(30)]
    mine = signed_in(admin)
    page = mine.post("/access-reviews/new/", {"decide_by": in_days(30).isoformat(), "key": "k"}, follow=True)
    review = AccessReview.objects.get()
    listed = page.context["list"]
    assert (listed.count, len(listed.rows)) == (31, 25)
    assert [one.object.name for one in only(mine, review, role="ADMIN")] == ["Ingrid First"]
    address = f"{review.get_absolute_url()}keep/?role=EVALUATOR"
    values = re.findall(r'value="([0-9a-f-]{36} [0-9]+-[0-9a-f]{16})"', mine.get(address).text)
    assert len(values) == len(people)
    grant_membership(Membership(person=people[0], role="AUDITOR", entity="ECA"), by=an_admin())
    done = mine.post(address, {"lines": values}, follow=True).text
    assert "29 lines are kept." in done
    assert "Evaluator 00: evaluator, HOME.D.2 changed after you opened the page" in done
    assert mine.post(address, {"lines": ["no line"]}).status_code == 400


def only(client, review, **filters):
    return client.get(review.get_absolute_url(), filters).context["list"].rows


def test_one_is_kept_and_one_ended_on_its_own_page(admin):
    officer, evaluator = an_officer(name="Olga Leaving"), an_evaluator()
    review, mine = opened(admin), signed_in(admin)
    line, other = line_of(review, officer), line_of(review, evaluator)
    address = f"/access-lines/{line.pk}/ended/"
    assert mine.post(address, {"stamp": 0, "mark": line.mark, "reason": ""}).status_code == 400
    answer = mine.post(address, {"stamp": 0, "mark": line.mark, "reason": "Left."}, follow=True)
    assert "Ended: Olga Leaving" in answer.text
    kept = mine.post(f"/access-lines/{other.pk}/kept/", {"stamp": 0, "mark": other.mark}, follow=True)
    assert "Kept: " in kept.text
    own = mine.get(f"/access-lines/{line_of(review, admin).pk}/").text
    assert "This is your own access" in own
    assert "/kept/" not in own
    refused = mine.post(f"{review.get_absolute_url()}close/", {"stamp": review.stamp})
    assert (refused.status_code, "not decided yet" in refused.text) == (409, True)


def test_auditors_read_it_and_nobody_else_finds_it(admin):
    review = opened(admin)
    line = line_of(review, admin)
    auditor = signed_in(an_auditor())
    for address in (review.get_absolute_url(), line.get_absolute_url(), "/access-reviews/"):
        assert auditor.get(address).status_code == 200
        assert signed_in(an_officer()).get(address).status_code == 404
    assert auditor.post(f"/access-lines/{line.pk}/kept/", {"stamp": 0}).status_code == 403


# for programs


def test_a_program_of_an_administrator_does_the_same(admin):
    an_officer(name="One"), an_evaluator(name="Two")
    made = asked(admin, "/api/access-reviews/", {"decide_by": in_days(10).isoformat()})
    assert made.status_code == 201
    address = f"/api/access-reviews/{made.json()['id']}/"
    lines = asked(admin, f"{address}lines/").json()["results"]
    assert [one["name"] for one in lines] == ["Ingrid First", "One", "Two"]
    read = [asked(admin, f"/api/access-lines/{one['id']}/").json() for one in lines]
    seen = [{"id": one["id"], "mark": one["mark"]} for one in read[:2]]
    answer = asked(admin, f"{address}keep/", {"lines": seen}).json()
    assert (answer["kept"], answer["left"][0]["id"]) == ([read[1]["id"]], read[0]["id"])
    said = {"reason": "Left.", "stamp": read[2]["stamp"], "mark": read[2]["mark"]}
    ended = asked(admin, f"/api/access-lines/{read[2]['id']}/end/", said)
    assert (ended.status_code, ended.json()["closed_account"]) == (200, True)
    assert asked(admin, f"{address}steps/close/", {}).status_code == 409
    assert asked(an_officer(), address).status_code == 404


def asked(person, address, sent=None):
    program = program_of(person)
    return program.get(address) if sent is None else program.post(address, sent, format="json")


# the report


def test_the_report_tells_each_decision_also_as_of_then(admin, second):
    officer = an_officer(name="Olga Leaving")
    review = opened(admin)
    before = long_ago()
    end_access(line_of(review, officer), by=second, reason="Left the service.")
    auditor, report = an_auditor(), REPORTS["access-review"]
    labels = report.labels(About())
    now = {row[labels.index("Person")]: row for row in report.values(About(), auditor)}
    assert now["Olga Leaving"][labels.index("Decision")] == "ended"
    assert now["Olga Leaving"][labels.index("Decided by")] == "Second Administrator"
    assert now["Olga Leaving"][labels.index("Reason")] == "Left the service."
    with as_of(before):
        then = {row[labels.index("Person")]: row for row in report.values(About(), auditor)}
    assert then["Olga Leaving"][labels.index("Decision")] == "not decided"
    assert list(report.values(About(), an_officer())) == []
