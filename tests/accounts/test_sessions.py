"""Where a person is signed in: seen, ended, and over by itself when nobody is there."""

import pytest
from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils import timezone

from accounts.actions import (
    clear_sessions,
    close_account,
    end_membership,
    end_other_sessions,
    hand_over_membership,
    make_token,
    reopen_account,
    sign_out,
)
from accounts.middleware import NOTED_EACH
from accounts.models import Session, SessionStore
from audit.models import AuditRecord
from core.errors import NotAllowed, WrongState
from tests.accounts.browsers import away, signed_in
from tests.factories import (
    PASSWORD,
    a_call,
    an_admin,
    an_applicant,
    an_auditor,
    an_evaluator,
    an_officer,
    the_clock,
    with_a_role,
)

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"
HTML = {"accept": "text/html,*/*"}


@pytest.fixture(autouse=True)
def unlimited():
    """Each test begins with no tries to sign in counted against its address, and leaves none."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def officer():
    person = an_officer(email="marta@example.eu")
    person.set_password(PASSWORD)
    person.save()
    return person


def is_in(client):
    return client.get("/desk/").status_code == 200


def last_record(person, act):
    return AuditRecord.objects.filter(act=act, subject_id=str(person.pk)).order_by("sequence").last()


# seen


def test_the_page_says_where_from_with_what_and_since_when_and_marks_this_one(client, officer):
    client.post(
        "/accounts/login/", {"login": officer.email, "password": PASSWORD}, headers={"user-agent": FIREFOX},
        REMOTE_ADDR="192.0.2.7",
    )  # fmt: skip
    signed_in(officer)
    signed_in(an_officer())
    page = client.get("/sessions/").text
    assert "Firefox on Linux" in page
    assert "192.0.2.7" in page
    assert (page.count("Signed in "), page.count("This one")) == (2, 1)
    assert "1 hour" in page
    assert "12 hours" in page


def test_the_key_that_opens_a_session_is_on_no_page(client, officer):
    other = signed_in(officer)
    client.force_login(officer)
    page, told = client.get("/sessions/").text, client.get("/api/people/sessions/").text
    for key in (other.session.session_key, client.session.session_key):
        assert key not in page
        assert key not in told


@pytest.mark.parametrize(("told", "device"), [
    (FIREFOX, "Firefox on Linux"),
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
     "Edge on Windows"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari on iPhone"),
    ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome on Android"),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1 Version/17.6 Safari/605.1", "Safari on macOS"),
    ("<script>", "another browser on another system"),
    ("", "another browser on another system"),
])  # fmt: skip
def test_a_device_is_said_in_words(officer, told, device):
    client = signed_in(officer, **{"user-agent": told})
    away(client, minutes=10)
    assert is_in(client)
    assert Session.objects.of(officer).get().device == device


def test_it_is_noted_now_and_then_not_with_each_request(officer, django_assert_num_queries):
    client = signed_in(officer)
    client.get("/tokens/")
    first = Session.objects.get().seen_at
    with django_assert_num_queries(2):  # the person and the tokens
        client.get("/tokens/")
    away(client, seconds=NOTED_EACH.total_seconds() + 1)
    assert client.get("/tokens/", headers={"user-agent": FIREFOX}).status_code == 200
    row = Session.objects.get()
    assert (row.seen_at >= first, row.device) == (True, "Firefox on Linux")


def test_a_visitor_is_nobody_and_nowhere(client):
    client.post("/calls/", {"reason": "x"}, headers=HTML)
    session = client.session
    session["unsent"] = {"any": "text"}
    session.save()
    row = Session.objects.get()
    assert (row.person, row.since, row.device) == (None, None, "")
    assert not Session.objects.of(type("Anonymous", (), {"pk": None})).exists()


# over by itself


@pytest.mark.parametrize(("maker", "minutes"), [
    (an_officer, 60), (an_auditor, 60), (an_admin, 60), (an_applicant, 240), (an_evaluator, 240),
])  # fmt: skip
def test_who_was_away_for_long_is_signed_out_and_is_told(maker, minutes):
    client = signed_in(maker())
    away(client, minutes=minutes - 1)
    assert is_in(client)
    away(client, minutes=minutes + 1)
    answer = client.get("/desk/", follow=True)
    assert answer.redirect_chain == [("/accounts/login/?next=/desk/", 302)]
    assert "nobody did anything here" in answer.text
    assert not is_in(client)


def test_the_limit_is_a_setting(settings):
    settings.IDLE_MINUTES = [5, 10]
    client = signed_in(an_officer())
    away(client, minutes=6)
    assert not is_in(client)


def test_a_day_ends_however_busy_it_was(officer):
    client = signed_in(officer)
    for _hour in range(13):
        away(client, minutes=58)
        if not is_in(client):
            break
    assert not is_in(client)


def test_a_bar_that_follows_keeps_nobody_signed_in(officer):
    client = signed_in(officer)
    away(client, minutes=40)
    assert client.get("/promises/progress/", headers={"accept": "application/json"}).status_code == 200
    away(client, minutes=30)
    assert not is_in(client)


def test_what_was_typed_by_somebody_who_had_been_away_comes_back(client, officer):
    call = a_call(status="DRAFT", published_at=None)
    client.post("/accounts/login/", {"login": officer.email, "password": PASSWORD})
    client.get(f"/calls/{call.pk}/")
    away(client, minutes=61)
    answer = client.post(
        f"/calls/{call.pk}/publish/", {"reason": "The annex proves the mandate."},
        headers=HTML | {"referer": f"http://testserver/calls/{call.pk}/"},
    )  # fmt: skip
    call.refresh_from_db()
    assert (answer.url, call.status) == (f"/accounts/login/?next=/calls/{call.pk}/", "DRAFT")
    client.post("/accounts/login/", {"login": officer.email, "password": PASSWORD})
    assert "The annex proves the mandate." in client.get(f"/calls/{call.pk}/").text


def test_the_api_signs_nobody_in_again_by_an_old_session(officer):
    client = signed_in(officer)
    away(client, minutes=61)
    assert client.get("/api/people/me/").status_code in {401, 403}


# ended


def test_one_session_is_ended_and_the_others_go_on(client, officer):
    lost, kept = signed_in(officer), signed_in(officer)
    client.force_login(officer)
    name = Session.objects.get(session_key=lost.session.session_key).name
    assert client.post(f"/sessions/{name}/end/").url == "/sessions/"
    assert [is_in(one) for one in (lost, kept, client)] == [False, True, True]
    gone, nothing = last_record(officer, "user.end_sessions").changes["sessions"]
    assert (len(gone), nothing) == (1, [])
    assert client.post(f"/sessions/{name}/end/").status_code == 409


def test_nobody_ends_somebody_elses(client, officer):
    other = signed_in(an_applicant())
    client.force_login(officer)
    name = Session.objects.get(session_key=other.session.session_key).name
    assert client.post(f"/sessions/{name}/end/").status_code == 409
    assert is_in(other)


def test_all_others_are_ended_and_this_one_goes_on(client, officer):
    others = [signed_in(officer), signed_in(officer)]
    client.force_login(officer)
    assert client.post("/sessions/end-others/").url == "/sessions/"
    assert [is_in(one) for one in (*others, client)] == [False, False, True]
    assert len(last_record(officer, "user.end_sessions").changes["sessions"][0]) == 2
    assert client.post("/sessions/end-others/").url == "/sessions/"  # there are none: nothing is written
    assert AuditRecord.objects.filter(act="user.end_sessions").count() == 1


def test_a_program_sees_and_ends_them_too(client, officer):
    lost, kept = signed_in(officer), signed_in(officer)
    token = {"Authorization": f"Token {make_token(by=officer)}"}
    listed = client.get("/api/people/sessions/", headers=token).json()
    assert set(listed[0]) == {"name", "device", "address", "since", "seen_at"}
    name = Session.objects.get(session_key=lost.session.session_key).name
    left = client.post("/api/people/sessions/end/", {"session": name}, headers=token).json()
    assert len(left) == 1
    assert [is_in(lost), is_in(kept)] == [False, True]
    assert client.post("/api/people/sessions/end/", {"session": name}, headers=token).status_code == 409
    assert client.post("/api/people/sessions/end/", headers=token).json() == []
    assert not is_in(kept)


def test_an_administrator_ends_all_of_a_persons_with_a_reason(client, officer):
    theirs = [signed_in(officer), signed_in(officer)]
    client.force_login(an_admin())
    assert "Sign out everywhere" in client.get(f"/people/{officer.pk}/").text
    assert client.post(f"/people/{officer.pk}/sign_out/").status_code == 400  # no reason
    client.post(f"/people/{officer.pk}/sign_out/", {"reason": "The laptop was stolen."})
    assert [is_in(one) for one in theirs] == [False, False]
    record = last_record(officer, "user.sign_out")
    assert (record.reason, len(record.changes["sessions"][0])) == ("The laptop was stolen.", 2)
    again = client.post(f"/people/{officer.pk}/sign_out/", {"reason": "Again."})
    assert (again.status_code, "signed in nowhere" in again.text) == (409, True)
    answer = client.post(f"/api/people/{officer.pk}/steps/sign_out/", {"reason": "Again."})
    assert answer.status_code == 409


@pytest.mark.parametrize("maker", [an_officer, an_applicant, an_auditor])
def test_nobody_else_ends_a_persons_sessions(officer, maker):
    with pytest.raises(NotAllowed):
        sign_out(officer, by=maker(), reason="I wish to.")


def test_the_clock_is_signed_in_nowhere_and_nobody_signs_it_out():
    with pytest.raises(NotAllowed):
        sign_out(the_clock(), by=an_admin(), reason="I wish to.")


def test_the_trail_does_not_say_from_where_somebody_worked(client, officer):
    signed_in(officer).get("/desk/")
    Session.objects.update(address="192.0.2.7", device="Firefox on Linux")
    sign_out(officer, by=an_admin(), reason="The laptop was stolen.")
    told = str(last_record(officer, "user.sign_out").changes)
    assert "Firefox on Linux" in told
    assert "192.0.2.7" not in told


ENDS = {
    "a closed account": lambda person: close_account(person, by=an_admin(), reason="Left."),
    "a lost role": lambda person: end_membership(person.memberships.first(), by=an_admin(), reason="Moved."),
    "a role handed over": lambda person: hand_over_membership(
        person.memberships.first(), by=an_admin(), reason="Moved.", successor=an_admin()
    ),
    "a new password": lambda person: get_adapter().set_password(person, "another good long password"),
}


@pytest.mark.parametrize("end", ENDS)
def test_what_ends_them_all_at_once(officer, end):
    with_a_role(officer, "EVALUATOR", entity="HOME.D.2")
    theirs, others = [signed_in(officer), signed_in(officer)], signed_in(an_officer())
    ENDS[end](officer)
    assert not Session.objects.of(officer).exists()
    assert [is_in(one) for one in (*theirs, others)] == [False, False, True]
    told = [one.changes["sessions"][0] for one in AuditRecord.objects.filter(changes__has_key="sessions")]
    assert [len(gone) for gone in told] == [2]


def test_an_account_that_is_opened_again_does_not_bring_its_sessions_back(officer):
    theirs = signed_in(officer)
    reopen_account(close_account(officer, by=an_admin(), reason="Left."), by=an_admin(), reason="Came back.")
    assert not is_in(theirs)


def test_a_new_password_ends_the_others_and_not_the_one_it_was_given_in(client, officer):
    other = signed_in(officer)
    client.post("/accounts/login/", {"login": officer.email, "password": PASSWORD})
    new = "a sentence only I would think of"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert [is_in(client), is_in(other)] == [True, False]
    assert Session.objects.of(officer).count() == 1


def test_ending_nothing_writes_nothing(officer):
    assert end_other_sessions(by=officer) == officer
    with pytest.raises(WrongState, match="nowhere"):
        sign_out(officer, by=an_admin(), reason="Just in case.")
    assert not AuditRecord.objects.filter(subject_id=str(officer.pk)).exists()


def test_who_read_the_row_before_it_ended_does_not_keep_it_alive(officer, django_capture_on_commit_callbacks):
    """The cache is emptied once more when the act is through: a request may have filled it meanwhile."""
    theirs = signed_in(officer)
    key, data = theirs.session.session_key, dict(theirs.session.items())
    with django_capture_on_commit_callbacks(execute=True):
        sign_out(officer, by=an_admin(), reason="The laptop was stolen.")
        cache.set(SessionStore.cache_key_prefix + key, data)
    assert not is_in(theirs)


# cleared away


def test_what_has_run_out_is_cleared_away_each_night(officer):
    live = signed_in(officer)
    signed_in(officer)
    Session.objects.exclude(session_key=live.session.session_key).update(expire_date=timezone.now())
    clear_sessions(at=timezone.now())
    assert Session.objects.get().session_key == live.session.session_key
    assert is_in(live)
