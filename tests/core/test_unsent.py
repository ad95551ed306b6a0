"""A form that was sent after its sender's session had ended: nothing is done, lost or shown to others."""

from datetime import timedelta

import pytest

from accounts.models import Session
from core import clock, unsent
from programmes.models import Call
from tests.factories import PASSWORD, a_call, an_officer

pytestmark = pytest.mark.django_db

REASON = "The annex proves the mandate: accepted.\nSee page 4."
HTML = {"headers": {"accept": "text/html,*/*"}}


@pytest.fixture
def call():
    return a_call(status="DRAFT", published_at=None)


@pytest.fixture
def officer():
    person = an_officer(email="marta@example.eu")
    person.set_password(PASSWORD)
    person.save()
    return person


def signs_in(client, email="marta@example.eu"):
    return client.post("/accounts/login/", {"login": email, "password": PASSWORD})


def signed_out_while_typing(client, officer, call, **data):
    """She opens the page, the session ends meanwhile, she sends what she typed; gives the answer."""
    signs_in(client)
    client.get(f"/calls/{call.pk}/")
    Session.objects.all().delete()
    client.cookies.pop("sessionid", None)
    answer = client.post(
        f"/calls/{call.pk}/publish/", {"reason": REASON, **data}, headers={
            "accept": "text/html,*/*", "referer": f"http://testserver/calls/{call.pk}/?tab=steps",
        },
    )  # fmt: skip
    call.refresh_from_db()
    return answer


def test_signing_in_leads_back_to_the_page_with_the_text_in_it(client, officer, call):
    answer = signed_out_while_typing(client, officer, call)
    assert call.status == "DRAFT"
    assert answer.url == f"/accounts/login/?next=/calls/{call.pk}/%3Ftab%3Dsteps"

    signs_in(client)
    page = client.get(f"/calls/{call.pk}/").text
    assert "You were signed out before this could be sent" in page
    assert "accepted.\nSee page 4." in page


def test_what_was_sent_again_is_offered_no_more_unless_it_was_refused(client, officer, call):
    signed_out_while_typing(client, officer, call)
    signs_in(client)
    assert client.post(f"/calls/{call.pk}/publish/", {"reason": REASON}).status_code == 400  # it closes in the past
    assert "You were signed out" in client.get("/desk/").text

    soon = clock.now() + timedelta(days=2)
    told = (soon + timedelta(days=200)).date()
    Call.objects.filter(pk=call.pk).update(opens_at=soon, closes_at=soon + timedelta(days=60), inform_by=told)
    assert client.post(f"/calls/{call.pk}/publish/", {"reason": REASON}).status_code == 302
    assert "You were signed out" not in client.get("/desk/").text


def test_another_form_leaves_it_waiting_and_its_own_button_forgets_it(client, officer, call):
    signed_out_while_typing(client, officer, call)
    signs_in(client)
    client.post(f"/calls/{call.pk}/withdraw/", {"reason": "x"})
    assert "You were signed out" in client.get("/desk/").text
    assert client.post("/unsent/forget/", headers={"referer": "http://testserver/desk/"}).url == "/desk/"
    assert "You were signed out" not in client.get("/desk/").text


def test_the_next_person_at_this_browser_is_offered_nothing(client, officer, call):
    other = an_officer(email="other@example.eu")
    other.set_password(PASSWORD)
    other.save()
    signed_out_while_typing(client, officer, call)
    signs_in(client, "other@example.eu")
    page = client.get(f"/calls/{call.pk}/").text
    assert "You were signed out" not in page
    assert "See page 4" not in page


def test_passwords_and_the_pages_own_fields_are_never_kept(client, officer, call):
    signed_out_while_typing(client, officer, call, password="p1", new_password2="p2", stamp="3", key="k", empty=" ")
    assert client.session["unsent"]["texts"] == [["reason", REASON]]


def test_a_browser_that_nobody_had_signed_in_from_keeps_nothing(client, call):
    client.post(f"/calls/{call.pk}/publish/", {"reason": REASON}, **HTML)
    assert "unsent" not in client.session


def test_a_script_is_told_and_keeps_its_own(client, officer, call):
    signs_in(client)
    client.cookies.pop("sessionid")
    client.post(f"/calls/{call.pk}/publish/", {"reason": REASON}, headers={"accept": "application/json"})
    assert "unsent" not in client.session


@pytest.mark.parametrize("referer", [
    None, "", "http://elsewhere.example/calls/", "http://testserver/no/such/page/", "javascript:alert(1)", "http://[",
])  # fmt: skip
def test_a_page_that_is_not_ours_is_never_led_to(client, officer, call, referer):
    signs_in(client)
    client.cookies.pop("sessionid")
    headers = {"accept": "text/html"} | ({"referer": referer} if referer is not None else {})
    assert client.post(f"/calls/{call.pk}/publish/", {"reason": REASON}, headers=headers).url == (
        "/accounts/login/?next=/"
    )


def test_after_a_day_it_is_gone(client, officer, call):
    signed_out_while_typing(client, officer, call)
    signs_in(client)
    session = client.session
    session["unsent"] = {**session["unsent"], "at": (clock.now() - unsent.KEPT_FOR - timedelta(seconds=1)).isoformat()}
    session.save()
    assert "You were signed out" not in client.get(f"/calls/{call.pk}/").text


def test_what_no_form_of_ours_could_hold_is_not_kept(client, officer, call):
    signed_out_while_typing(client, officer, call, note="x" * (unsent.MOST + 1))
    assert "unsent" not in client.session


def test_a_reader_who_was_signed_out_is_asked_to_sign_in_for_that_page(client, call):
    assert client.get(f"/calls/{call.pk}/edit/").url == f"/accounts/login/?next=/calls/{call.pk}/edit/"


def test_of_a_page_that_says_what_it_was_drawn_with_only_what_was_typed_is_kept(client, officer, call):
    drawn = '{"title": "Theirs", "reason": "", "codes": ["A", "B"]}'
    signed_out_while_typing(client, officer, call, drawn=drawn, title="Theirs", codes=["A", "B"])
    signs_in(client)
    page = client.get(f"/calls/{call.pk}/").text
    assert "accepted.\nSee page 4." in page
    assert "Theirs" not in page


@pytest.mark.parametrize("drawn", ["x", "[]"])
def test_a_garbled_drawing_keeps_all_that_was_typed(client, officer, call, drawn):
    signed_out_while_typing(client, officer, call, drawn=drawn)
    signs_in(client)
    assert "accepted.\nSee page 4." in client.get(f"/calls/{call.pk}/").text
