"""Another e-mail address: asked for with who one is, agreed to from the old mailbox, confirmed from the new one."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import get_resolver

from accounts.actions import (
    agree_as_second,
    agree_to_address,
    ask_for_address,
    ask_for_address_of,
    close_account,
    confirm_address,
    end_membership,
    make_token,
    stop_address_change,
)
from accounts.models import AddressChange, Session, Token, User
from accounts.schedule import expire_address_change
from accounts.states import ADDRESS_CHANGE
from audit.models import AuditRecord
from core import clock
from core.errors import Incomplete, NotAllowed, TooMany, WrongState
from promises.models import Mail, Promise
from tests.accounts.browsers import away, signed_in
from tests.accounts.test_api import program_of
from tests.factories import PASSWORD, an_admin, an_applicant, an_officer

pytestmark = pytest.mark.django_db
NEW = "new.address@home.example.eu"


@pytest.fixture
def me():
    person = an_applicant(email="old.address@home.example.eu")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def mine(me):
    return signed_in(me)


def link(address):
    """The newest link that a mailbox got; none where its mail has none."""
    mail = Mail.objects.filter(to=address).latest("written_at")
    return next(iter(re.findall(r"https?://[^/\s]+(/address/[^\s]+/)", mail.body)), None)


def secret(address):
    return link(address).split("/")[2]


def asked(me, address=NEW, **words):
    return ask_for_address(AddressChange(person=me, address=address), by=me, **words)


def email_of(person):
    return User.objects.get(pk=person.pk).email


def told(person, act):
    return AuditRecord.objects.filter(act=act, chain=person.chain)


# the whole way, on the pages


def test_when_both_have_said_yes_the_address_changes_and_the_trail_tells_it(client, mine, me):
    before, elsewhere, token = me.email, signed_in(me), make_token(by=me)
    answer = mine.post("/address/", {"address": NEW.title(), "key": "k"}, follow=True)
    assert "Both mailboxes are asked" in answer.text
    page = client.get(link(before))  # not signed in, as in a mail program
    assert (page.status_code, "Agree to the change" in page.text) == (200, True)
    assert email_of(me) == before
    client.post(link(before), {"answer": "yes", "stamp": 0})
    assert email_of(me) == before, "the new mailbox has not said yes"
    done = mine.post(link(NEW), {"answer": "yes", "stamp": 1}, follow=True)
    assert "done" in done.text
    assert email_of(me) == NEW

    (record,) = told(me, "user.readdress")
    assert record.changes["email"] == [before, NEW]
    assert record.actor_id == str(me.pk)
    assert [one.act for one in told(me, "addresschange.ask") | told(me, "addresschange.change")]
    assert mine.get("/address/").status_code == 200, "who confirmed goes on"
    assert elsewhere.get("/address/").status_code == 302
    assert elsewhere.get("/api/people/me/", headers={"authorization": f"Bearer {token}"}).status_code == 401
    assert not Token.objects.in_use().filter(person=me).exists()
    assert {one.to for one in Mail.objects.filter(subject="Your e-mail address was changed")} == {before, NEW}


def test_who_signs_in_uses_the_new_address_and_mails_go_there(client, me):
    before = me.email
    change = asked(me)
    agree_to_address(change, by=me, secret=secret(before))
    confirm_address(change, by=me, secret=secret(NEW))
    client.post("/accounts/login/", {"login": before, "password": PASSWORD})
    assert not Session.objects.of(me).exists()
    client.post("/accounts/login/", {"login": NEW, "password": PASSWORD})
    assert Session.objects.of(me).exists()
    assert list(me.organisation.users.values_list("email", flat=True)) == [NEW]
    (earlier,) = AuditRecord.objects.filter(act="addresschange.ask")
    assert earlier.changes["former"] == [None, before], "what was written stays"


def test_a_link_to_a_new_password_of_before_is_void(client, me, mailoutbox):
    client.post("/accounts/password/reset/", {"email": me.email})
    (old_link,) = re.findall(r"/accounts/password/reset/key/[^\s]+", mailoutbox[-1].body)
    change = asked(me)
    agree_to_address(change, by=me, secret=secret(me.email))
    confirm_address(change, by=me, secret=secret(NEW))
    assert 'name="password1"' not in client.get(old_link, follow=True).text


def test_whoever_forgot_the_password_sets_a_new_one_and_nobody_learns_who_has_an_account(client, me, mailoutbox):
    """Without a row in the library's own table of addresses: the servers may put none there (`tests/rights.py`)."""
    known, unknown = (
        client.post("/accounts/password/reset/", {"email": email}) for email in (me.email, "nobody@example.eu")
    )
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    (link,) = [found for mail in mailoutbox for found in re.findall(r"/accounts/password/reset/key/[^\s]+", mail.body)]
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "A wholly new secret", "password2": "A wholly new secret"})
    client.post("/accounts/login/", {"login": me.email, "password": "A wholly new secret"})
    assert Session.objects.of(me).exists()


def test_whoever_asks_shows_first_who_it_is(mine, me):
    away(mine, minutes=16)
    answer = mine.post("/address/", {"address": NEW}, headers={"accept": "text/html"})
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert not AddressChange.objects.exists()


# no


@pytest.mark.parametrize("whose", ["old", "new"])
def test_either_mailbox_stops_it_and_the_other_link_does_nothing_any_more(client, mine, me, whose):
    change, before = asked(me), me.email
    links = {"old": link(before), "new": link(NEW)}
    other = {"old": "new", "new": "old"}[whose]
    who = {"old": client, "new": mine}
    assert who[whose].post(links[whose], {"answer": "stop", "stamp": 0}).status_code == 302
    refused = who[other].post(links[other], {"answer": "yes", "stamp": 0})
    assert refused.status_code == 409
    assert "stopped" in who[other].get(links[other]).text
    change.refresh_from_db()
    assert (change.status, email_of(me)) == ("STOPPED", before)


def test_the_person_stops_it_on_the_page(mine, me):
    change = asked(me)
    assert "Stop the change" in mine.get("/address/").text
    mine.post(f"/address-changes/{change.pk}/stop/", {"stamp": 0, "next": "/address/"})
    assert not AddressChange.objects.open().exists()
    assert "Ask both mailboxes" in mine.get("/address/").text


# what each link is good for


def test_no_link_says_the_word_of_the_other_mailbox(me):
    change = asked(me)
    with pytest.raises(NotAllowed):
        agree_to_address(change, by=me, secret=secret(NEW))
    with pytest.raises(NotAllowed):
        confirm_address(change, by=me, secret=secret(me.email))
    with pytest.raises(NotAllowed):
        confirm_address(change, by=an_applicant(), secret=secret(NEW))


def test_no_button_and_no_program_says_it_without_the_link(mine, me):
    change, program = asked(me), program_of(me)
    for step in ("agree", "confirm", "change"):
        assert mine.post(f"/address-changes/{change.pk}/{step}/").status_code == 404
        assert program.post(f"/api/address-changes/{change.pk}/steps/{step}/").status_code == 404


def test_a_mistyped_address_confirms_nothing_by_its_link_alone(client, me):
    asked(me)
    assert client.post(link(NEW), {"answer": "yes"}).url.startswith("/accounts/login/?next=/address/")
    assert AddressChange.objects.get().confirmed_at is None


def test_somebody_else_who_is_signed_in_is_told_to_sign_out_first(me):
    asked(me)
    other = signed_in(an_officer())
    for mailbox in (me.email, NEW):
        answer = other.post(link(mailbox), {"answer": "yes"})
        assert (answer.status_code, "Sign out, then open it again" in answer.text) == (403, True)
    assert AddressChange.objects.get().stamp == 0


def test_looking_says_nothing_and_a_wrong_link_is_no_page(client, me):
    asked(me)
    client.get(link(me.email))
    assert AddressChange.objects.get().agreed_at is None
    assert client.get("/address/no-such-secret/").status_code == 404


def test_two_clicks_are_one_yes(client, me):
    asked(me)
    for _click in range(2):
        assert client.post(link(me.email), {"answer": "yes", "stamp": 0}).status_code == 302
    assert told(me, "addresschange.agree").count() == 1


def test_two_stale_pages_each_say_their_yes_but_none_says_it_over_a_stop(client, mine, me):
    asked(me)
    links = (link(me.email), link(NEW))
    client.post(links[0], {"answer": "yes", "stamp": 0})
    assert mine.post(links[1], {"answer": "yes", "stamp": 0}).status_code == 302
    assert email_of(me) == NEW
    again = mine.post(links[1], {"answer": "yes", "stamp": 0})
    assert (again.status_code, "is now “done”" in again.text) == (409, True)


# time


def test_after_its_time_a_link_does_nothing_and_the_clock_ends_it(client, me):
    change = asked(me, at=clock.now() - timedelta(days=3, minutes=1))
    answer = client.post(link(me.email), {"answer": "yes"})
    assert (answer.status_code, "Ask for the change once more" in answer.text) == (409, True)
    assert Promise.objects.get(kind="expire_address_change").due_at == change.expires_at
    for _time in range(2):
        expire_address_change(change.pk)
    assert AddressChange.objects.get().status == "EXPIRED"
    assert Mail.objects.filter(to=me.email, subject="Your e-mail address stays as it is").count() == 1


def test_one_change_at_a_time_and_one_whose_time_is_over_is_not_in_the_way(mine, me):
    change = asked(me)
    refused = mine.post("/address/", {"address": "third@home.example.eu"})
    assert (refused.status_code, "under way. Stop it first" in refused.text) == (409, True)
    with transaction.atomic():
        AddressChange.objects.filter(pk=change.pk).update(expires_at=clock.now())
    asked(me, "third@home.example.eu")
    assert AddressChange.objects.filter(person=me).count() == 2


def test_sent_twice_by_an_impatient_finger_it_is_one_wish(mine, me):
    for _click in range(2):
        mine.post("/address/", {"address": NEW, "key": "one"})
    assert AddressChange.objects.count() == 1
    assert Mail.objects.filter(to=NEW).count() == 1


def test_nobody_fills_a_strangers_mailbox(me):
    for _wish in range(5):
        stop_address_change(asked(me), by=me)
    with pytest.raises(TooMany):
        asked(me)


# taken


def test_a_taken_address_tells_nothing_to_who_asks(mine, me):
    other = an_officer(email=NEW)
    answer = mine.post("/address/", {"address": NEW}, follow=True)
    assert "Both mailboxes are asked" in answer.text
    assert link(NEW) is None
    assert me.name not in Mail.objects.get(to=NEW).body
    agree_to_address(AddressChange.objects.get(), by=me, secret=secret(me.email))
    assert "not yet" in mine.get("/address/").text
    assert email_of(other) == NEW


def test_an_address_that_somebody_else_got_meanwhile_is_not_given_twice(me):
    change = asked(me)
    agree_to_address(change, by=me, secret=secret(me.email))
    an_officer(email=NEW)
    assert confirm_address(change, by=me, secret=secret(NEW)).status == "STOPPED"
    assert email_of(me) == "old.address@home.example.eu"
    assert AuditRecord.objects.get(act="addresschange.stop").reason == "The new address cannot be used any more."


def test_the_present_address_is_no_other_one(mine, me):
    answer = mine.post("/address/", {"address": me.email.upper()})
    assert (answer.status_code, "used already" in answer.text) == (400, True)


def test_an_account_that_was_closed_meanwhile_changes_no_more(client, me):
    an_applicant(me.organisation)
    asked(me)
    close_account(me, by=an_admin(), reason="Has left.")
    assert client.post(link_of_asking(me), {"answer": "yes"}).status_code == 409
    assert (AddressChange.objects.get().status, email_of(me)) == ("STOPPED", me.email)


def link_of_asking(me):
    (mail,) = Mail.objects.filter(to=me.email, subject="Your e-mail address is to be changed")
    return re.search(r"/address/[^\s]+/", mail.body)[0]


# whose old mailbox is gone


@pytest.fixture
def admins():
    return an_admin(name="First"), an_admin(name="Second")


def asked_for(me, admin):
    change = AddressChange(person=me, address=NEW)
    return ask_for_address_of(change, by=admin, reason="Her ministry was renamed; the mailbox is gone.")


def test_two_administrators_and_the_new_mailbox_change_the_address_of_who_lost_the_old_one(client, me, admins):
    first, second = (signed_in(one) for one in admins)
    words = {"address": NEW, "reason": "The mailbox is gone."}
    page = first.post(f"/people/{me.pk}/address/", words).url
    assert "second account administrator" in Mail.objects.get(to=admins[1].email).body
    assert "Agree, as the second" not in first.get(page).text
    assert "The mailbox is gone." in second.get(page).text
    assert "to be changed" in first.get(f"/people/{me.pk}/").text
    assert page in second.get("/desk/").text
    assert page not in first.get("/desk/").text
    second.post(f"{page}second/", {"stamp": 0})
    assert client.get(link(NEW)).status_code == 200, "who lost the mailbox may have lost the password too"
    client.post(link(NEW), {"answer": "yes"})
    assert email_of(me) == NEW
    assert AuditRecord.objects.get(act="addresschange.ask_for").reason == "The mailbox is gone."
    assert AuditRecord.objects.get(act="addresschange.second").actor_id == str(admins[1].pk)


def test_the_old_mailbox_is_told_and_only_stops_it(client, me, admins):
    asked_for(me, admins[0])
    page = client.get(link(me.email)).text
    assert "Agree to the change" not in page
    with pytest.raises(NotAllowed):
        agree_to_address(AddressChange.objects.get(), by=me, secret=secret(me.email))
    client.post(link(me.email), {"answer": "stop"})
    assert AddressChange.objects.get().status == "STOPPED"


def test_nobody_is_both_administrators_nor_one_for_oneself(me, admins):
    change = asked_for(me, admins[0])
    for nobody in (admins[0], me, an_officer()):
        with pytest.raises(NotAllowed):
            agree_as_second(change, by=nobody)
    with pytest.raises(NotAllowed):
        asked_for(admins[0], admins[0])
    own = ask_for_address(AddressChange(person=admins[0], address="a@home.example.eu"), by=admins[0])
    with pytest.raises(NotAllowed):
        agree_as_second(own, by=admins[1])


def test_the_word_of_an_administrator_who_has_left_meanwhile_does_not_count(me, admins):
    change = asked_for(me, admins[0])
    end_membership(admins[0].memberships.get(), by=admins[1], reason="Moved.")
    with pytest.raises(NotAllowed, match="no account administrator any more"):
        agree_as_second(change, by=admins[1])
    gone = User.objects.get(pk=admins[0].pk)
    with pytest.raises(NotAllowed):
        agree_as_second(change, by=gone)
    assert stop_address_change(change, by=admins[1]).status == "STOPPED"


def test_an_administrator_is_told_of_a_taken_address(me, admins):
    an_officer(email=NEW)
    with pytest.raises(Incomplete):
        asked_for(me, admins[0])


def test_administrators_of_a_closed_account_open_it_first(me, admins):
    an_applicant(me.organisation)
    close_account(me, by=admins[0], reason="Left.")
    with pytest.raises(WrongState):
        asked_for(User.objects.get(pk=me.pk), admins[0])


# programs


def test_a_program_asks_reads_and_stops(me):
    program = program_of(me)
    made = program.post("/api/address-changes/", {"address": NEW}, format="json")
    assert (made.status_code, made.json()["status"]) == (201, "ASKED")
    (row,) = program.get("/api/address-changes/").json()
    assert row == made.json()
    assert program_of(an_applicant()).get(f"/api/address-changes/{row['id']}/").status_code == 404
    stopped = program.post(f"/api/address-changes/{row['id']}/steps/stop/", {"stamp": row["stamp"]}, format="json")
    assert (stopped.status_code, stopped.json()["status"]) == (200, "STOPPED")


def test_programs_of_two_administrators_too(me, admins):
    words = {"person": str(me.pk), "address": NEW, "reason": "The mailbox is gone."}
    assert program_of(me).post("/api/address-changes/of-somebody/", words, format="json").status_code == 403
    made = program_of(admins[0]).post("/api/address-changes/of-somebody/", words, format="json").json()
    step = f"/api/address-changes/{made['id']}/steps/second/"
    assert program_of(admins[0]).post(step, format="json").status_code == 403
    assert program_of(admins[1]).post(step, format="json").json()["agreed_by"] == str(admins[1].pk)


# the library's own doors


def doors_of_the_library():
    (there,) = [one for one in get_resolver().url_patterns if str(one.pattern) == "accounts/"]
    return sorted({f"/accounts/{path}" for path in flat(there)} | {"/accounts/email/", "/accounts/confirm-email/k/"})


def flat(resolver, before=""):
    for one in resolver.url_patterns:
        path = before + re.sub(r"\(\?P<(\w+)>.*?\)(?=[-/$])|<(?:\w+:)?(\w+)>", "x", str(one.pattern)).strip("^$")
        yield from flat(one, path) if hasattr(one, "url_patterns") else [path]


def test_no_door_of_the_library_changes_adds_or_confirms_an_address(mine, me):
    """Whoever is signed in, knows the password, and presses every button the library knows."""
    mine.post("/accounts/reauthenticate/", {"password": PASSWORD})
    buttons = ("action_add", "action_primary", "action_remove", "action_send")
    doors = [one for one in doors_of_the_library() if "logout" not in one]
    assert {"/accounts/email/", "/accounts/password/change/", "/accounts/2fa/totp/activate/"} <= set(doors)
    for door in doors:
        for button in buttons:
            mine.post(door, {button: "", "email": NEW, "login": NEW})
    assert not EmailAddress.objects.exists()
    assert email_of(me) == "old.address@home.example.eu"
    assert mine.post("/accounts/email/", {"action_add": "", "email": NEW}).status_code == 405
    assert mine.get("/accounts/email/").url == "/address/"


def test_the_table_says_who_asks_agrees_and_stops():
    assert {step.name for step in ADDRESS_CHANGE.steps.values() if step.binds} == {"ask", "ask_for", "second"}
