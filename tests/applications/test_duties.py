"""Parts of a proposal given to people until a day: who sees it, who is told when, and that it binds nobody."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.actions import choose_mails, close_account
from applications.actions import (
    finish_duty,
    give_duties,
    leave_participation,
    open_application,
    reopen_duty,
    submit_application,
    take_back_duty,
    withdraw_application,
)
from applications.content import canonical
from applications.desk import waiting_for
from applications.models import Application, Duty
from applications.schedule import look_at_duties
from applications.states import DUTY, DutyStatus
from audit.models import AuditRecord
from core import clock
from core.days import day_of, next_at
from core.errors import Incomplete, NotAllowed, Stale, WrongState
from tests.accounts.test_api import program_of
from tests.applications.factories import a_complete_draft, an_owner
from tests.applications.pages import edit_url
from tests.applications.test_partners_in_browser import row  # noqa: F401 - a partner taking part, the call open
from tests.applications.test_races import an_open_call
from tests.factories import an_admin, an_applicant, an_auditor, an_officer, everybody, golden_table, the_clock
from tests.notices import told

pytestmark = pytest.mark.django_db
SECRET = "Take the figures of last year"


@pytest.fixture
def anna():
    return an_owner("EL", name="Anna Berg")


@pytest.fixture
def bram(anna):
    return an_applicant(anna.organisation, name="Bram Bakker")


@pytest.fixture
def draft(anna, bram):
    return a_complete_draft(by=anna, call=an_open_call(), at=clock.now(), timetable={"starts_on": "2099-01-01"})


def today(days=0):
    return day_of(clock.now()) + timedelta(days=days)


def told_on(days, *rows):
    """{address: [subject]} of what is looked at and told on the morning so many days after the next."""
    look, tell = (next_at(hour, clock.now()) + timedelta(days=days) for hour in (6, 8))
    return told(look, *rows) | told(tell)


def paces(person, pace):
    choose_mails(by=person, mails=dict.fromkeys(("part_given", "part_due", "part_late"), pace))
    person.refresh_from_db()


def given(application, by, person, *parts, days=4, seen=None, participation=None, line=SECRET):
    wanted = [(part, participation, seen) for part in parts or ["budget"]]
    return give_duties(application, wanted, by=by, person=person, due_on=today(days), line=line)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def beside(person, address):
    """{part: what stands beside it in the list of parts}"""
    lines = signed_in(person).get(address).context["side"].lines
    return {str(one["label"]): [str(words) for words, _tone in one["marks"]] for one in lines if one["marks"]}


def test_who_may_do_what_with_a_part_that_is_given(draft, anna):
    duty = Duty(application=draft, person=anna)
    duty._state.adding = False

    def row_in(status):
        duty.status = status
        return duty

    table = golden_table(DUTY, DutyStatus, everybody(anna.organisation) | {"hers": anna}, row_in)
    assert table == WHO_MAY_DO_WHAT.strip("\n")


WHO_MAY_DO_WHAT = """
       owner                     stranger  officer  evaluator  authorising  auditor  national  admin  system  hers
GIVEN  hand_on take_back         -         -        -          -            -        -         -      -       hand_on finish take_back
DONE   hand_on reopen take_back  -         -        -          -            -        -         -      -       hand_on reopen take_back
FREE   hand_on                   -         -        -          -            -        -         -      -       hand_on
"""  # noqa: E501 - a table is a table


def test_several_parts_are_given_in_one_form_and_everybody_who_writes_sees_who_has_them(draft, anna, bram):
    page = f"/applications/{draft.pk}/duties/"
    client = signed_in(anna)
    assert client.get(page).status_code == 200
    said = {"parts": ["budget", "identity"], "person": bram.pk, "due_on": today(4), "line": SECRET, "key": "one"}
    for _twice in range(2):
        assert client.post(page, said).url == page
    assert Duty.objects.count() == AuditRecord.objects.filter(act="duty.give").count() == 2
    until = f"{today(4):%-d %B %Y}"
    assert beside(anna, edit_url(draft, "content")) == {
        "Identity": [f"Bram Bakker, until {until}"], "Budget": [f"Bram Bakker, until {until}"],
    }  # fmt: skip
    address = edit_url(draft, "budget")
    assert beside(bram, address)["Budget"] == [f"yours, until {until}"]
    assert SECRET in signed_in(bram).get(address).content.decode()
    desk = [(one.sentence, one.url) for one in waiting_for(bram, clock.now()) if "given to you" in one.sentence]
    assert (f"{draft}: write “Budget”, which is given to you.", address) in desk
    assert len(desk) == 2
    duty = Duty.objects.get(part="budget")
    back = signed_in(bram).post(f"/duties/{duty.pk}/finish/", {"stamp": duty.stamp, "next": address})
    assert back.url == address
    assert beside(anna, address)["Budget"] == ["Bram Bakker is done"]
    assert len([one for one in waiting_for(bram, clock.now()) if "given to you" in one.sentence]) == 1
    title = f"Parts of an application that are given to you: “Identity” of {draft}"
    assert told_on(0, draft) == {bram.email: [title]}


def test_whoever_acts_on_an_old_page_is_told_what_is_different(draft, anna, bram):
    page, client = f"/applications/{draft.pk}/duties/", signed_in(anna)
    said = {"parts": ["budget"], "person": bram.pk, "due_on": today(4), "line": "Mine", "seen": ""}
    given(draft, bram, anna)
    answer = client.post(page, said)
    assert answer.status_code == 409
    assert "Bram Bakker gave “Budget” to Anna Berg" in answer.content.decode()
    again = client.post(page, said | {"seen": answer.context["form"]["seen"].value()})
    assert again.status_code == 302
    (duty,) = Duty.objects.all()
    assert (duty.person, duty.stamp) == (bram, 1)
    with pytest.raises(Stale) as stale:
        given(draft, bram, anna, seen=0, days=5)
    assert "Given to: was “Anna Berg”, is now “Bram Bakker”" in stale.value.gaps.values()
    with pytest.raises(Stale):
        finish_duty(duty, by=bram, base=0)
    finish_duty(duty, by=bram, base=1)
    reopen_duty(duty, by=anna, base=2)
    take_back_duty(duty, by=anna, base=3)
    assert beside(anna, edit_url(draft, "budget")) == {}
    given(draft, anna, bram, seen=4)
    assert Duty.objects.get().status == DutyStatus.GIVEN


def test_mails_come_when_it_is_given_two_days_before_and_once_after_the_day(draft, anna, bram):
    given(draft, anna, bram, days=5)
    (duty,) = given(draft, anna, anna, "identity", days=5)
    assert {name for subjects in told_on(0, draft).values() for name in subjects} == {
        f"Parts of an application that are given to you: “Budget” of {draft}"
    }
    assert told_on(1, draft) == {}
    soon = told_on(2, draft)
    assert {who: [one.partition(":")[0] for one in subjects] for who, subjects in soon.items()} == {
        one.email: ["Parts of an application that are due within two days"] for one in (anna, bram)
    }
    take_back_duty(duty, by=anna)
    late = told_on(8, draft)
    assert list(late) == [bram.email]
    assert late[bram.email][0].startswith("Parts of an application whose day is over")
    assert told_on(9, draft) == {}


def test_nobody_is_told_of_what_is_submitted_withdrawn_or_not_wanted(draft, anna, bram):
    given(draft, anna, bram, days=1)
    assert look_at_duties(draft.pk) is not None
    paces(bram, "OFF")
    assert told_on(0, draft) == {}
    paces(bram, "DAILY")
    sent = submit_application(draft, by=anna)
    assert told_on(0, draft) == {}
    assert look_at_duties(draft.pk) is None
    assert [one for one in waiting_for(bram, clock.now()) if "given to you" in one.sentence] == []
    given(sent, anna, bram, "identity", days=1)  # for the next version
    assert [one.sentence for one in waiting_for(bram, clock.now()) if "given to you" in one.sentence] == [
        f"{sent}: write “Identity”, which is given to you."
    ]
    withdraw_application(sent, by=anna, reason="Not now")
    assert told_on(0, draft) == {}
    with pytest.raises(WrongState):
        finish_duty(Duty.objects.get(part="identity"), by=bram)


def test_what_somebody_had_who_leaves_is_free_again_and_whoever_gave_it_is_told(draft, anna, bram):
    (duty,) = given(draft, anna, bram, days=30)
    close_account(bram, by=an_admin(), reason="Has another post")
    assert beside(anna, edit_url(draft, "content")) == {"Budget": ["free again: Bram Bakker has left"]}
    assert told_on(0, draft) == {
        anna.email: [f"Parts of an application whose person has left: give them to somebody else: “Budget” of {draft}"]
    }
    with pytest.raises(Incomplete):
        given(draft, anna, bram, seen=0, days=4)
    (again,) = given(draft, anna, anna, seen=0, days=20)
    assert (again.pk, again.person) == (duty.pk, anna)
    assert told_on(1, draft) == {}


def test_a_partners_own_part_is_given_to_one_of_its_people_who_sees_no_other(row):  # noqa: F811
    application, owner, partner = row.application, row.invited_by, row.answered_by
    given(application, owner, owner, "identity")
    (duty,) = given(application, owner, partner, participation=row)
    address = f"/participations/{row.pk}/edit/budget/"
    until = f"{today(4):%-d %B %Y}"
    assert beside(partner, address) == {"Budget": [f"yours, until {until}"]}
    with_whom = f"{row.organisation}: {partner}, until {until}"
    assert beside(owner, edit_url(application, "content"))["Budget"] == [with_whom]
    assert [one.url for one in waiting_for(partner, clock.now()) if "given to you" in one.sentence] == [address]
    assert set(told_on(0, application)) == {partner.email}
    assert list(Duty.objects.visible_to(partner)) == [duty]
    with pytest.raises(Incomplete):  # nobody of the coordinator's
        given(application, owner, owner, "partners", participation=row)
    with pytest.raises(Incomplete):
        given(application, owner, partner, "identity", participation=row)
    with pytest.raises(NotAllowed):
        given(application, partner, partner, "partners", participation=row)
    finish_duty(duty, by=partner)
    leave_participation(row, by=partner, reason="We take no part.")
    with pytest.raises(NotAllowed):
        reopen_duty(duty, by=partner)
    assert "Budget" not in beside(owner, edit_url(application, "content"))


def test_it_leaves_with_nothing_and_the_office_reads_none_of_it(draft, anna, bram):
    given(draft, anna, bram)
    sent = submit_application(draft, by=anna)
    assert SECRET.encode() not in canonical(sent.receipts.get().content)
    opened = open_application(Application.objects.get(pk=draft.pk), by=the_clock(), at=draft.call.opened_from)
    for reader in (an_officer(), an_auditor()):
        assert not Duty.objects.visible_to(reader).exists()
        for address in (opened.get_absolute_url(), f"{opened.get_absolute_url()}life/"):
            told_to_it = signed_in(reader).get(address).content.decode()
            assert SECRET not in told_to_it
            assert "Give to somebody" not in told_to_it
    assert SECRET not in str(AuditRecord.objects.get(act="duty.give").changes)


def test_what_cannot_be_given_is_refused_whole_and_stays_on_the_page(draft, anna, bram):
    page = f"/applications/{draft.pk}/duties/"
    answer = signed_in(anna).post(page, {"parts": ["budget"], "person": bram.pk, "due_on": today(-1), "line": "Kept"})
    assert answer.status_code == 400
    assert 'value="Kept"' in answer.content.decode()
    for wrong in ({"days": -1}, {"days": 4000}, {"person": an_applicant()}, {"line": "x" * 301}):
        with pytest.raises(Incomplete):
            given(draft, anna, **{"person": bram, **wrong})
    with pytest.raises(Incomplete):
        give_duties(draft, [("budget", None, None), ("nothing", None, None)], by=anna, person=bram, due_on=today(2))
    assert not Duty.objects.exists()
    assert signed_in(an_applicant()).get(page).status_code == 404
    with pytest.raises(NotAllowed):
        given(draft, an_applicant(), bram)


def test_programs_give_read_finish_and_take_back(draft, anna, bram):
    mine, brams = program_of(anna), program_of(bram)
    below = f"/api/applications/{draft.pk}"
    people = mine.get(f"{below}/writers/").json()
    assert [one["name"] for one in people] == ["Anna Berg", "Bram Bakker"]
    said = {"parts": [{"part": "budget"}, {"part": "identity"}], "person": str(bram.pk), "due_on": str(today(2))}
    made = mine.post(f"{below}/duties/", said, format="json")
    assert made.status_code == 201, made.content
    assert len(mine.get(f"{below}/duties/").json()) == len(made.json()) == 2
    (duty,) = [one for one in brams.get("/api/duties/").json() if one["part"] == "budget"]
    assert (duty["steps"], duty["stays"], duty["is_overdue"]) == (["finish", "take_back"], True, False)
    address = f"/api/duties/{duty['id']}"
    done = brams.post(f"{address}/steps/finish/", {"stamp": 0}, format="json")
    assert done.json()["status"] == "DONE"
    stale = mine.post(f"{address}/steps/take_back/", {"stamp": 0}, format="json")
    assert stale.status_code == 409
    again = {"parts": [{"part": "budget", "stamp": 0}], "person": str(anna.pk), "due_on": str(today(4))}
    assert mine.post(f"{below}/duties/", again, format="json").status_code == 409
    again["parts"][0]["stamp"] = 1
    assert mine.post(f"{below}/duties/", again, format="json").status_code == 201
    assert mine.get(f"{address}/").json()["person"] == "Anna Berg"
    stranger = program_of(an_applicant())
    assert stranger.get(f"{address}/").status_code == 404
    assert stranger.get(f"{below}/duties/").status_code == 404
