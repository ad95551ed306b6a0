"""The pages about people."""

import pytest

from accounts.models import Organisation, User
from promises.models import Mail
from tests.factories import PASSWORD, an_admin, an_applicant, an_auditor, an_officer

pytestmark = pytest.mark.django_db

GIVEN = {
    "name": "Policie České republiky", "member_state": "CZ", "kind": "LAW", "address": "Strojnická 27, Praha",
    "person": "Jana Nováková", "email": "jana@example.eu", "password": PASSWORD, "password_again": PASSWORD,
}  # fmt: skip


def test_a_stranger_registers_and_stands_at_the_desk(client):
    answer = client.post("/register/", GIVEN, follow=True)
    assert answer.redirect_chain == [("/desk/", 302)]
    assert "Jana Nováková" in answer.text


def test_what_was_entered_survives_a_refusal(client):
    answer = client.post("/register/", {**GIVEN, "password": "short", "password_again": "short"})
    assert answer.status_code == 400
    assert "Policie České republiky" in answer.text
    assert Organisation.objects.count() == 0


def test_two_different_passwords_are_named(client):
    answer = client.post("/register/", {**GIVEN, "password_again": "something else entirely"})
    assert (answer.status_code, "The two passwords differ" in answer.text) == (400, True)


def test_control_characters_are_refused_with_a_sentence(client):
    answer = client.post("/register/", {**GIVEN, "name": "Poli\x00cie\x07"})
    assert answer.status_code == 400
    assert Organisation.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_people_list_asks_the_same_whatever_the_number(client, count, django_assert_num_queries):
    me = an_applicant()
    for _ in range(count):
        an_applicant(me.organisation)
    client.force_login(me)
    client.get("/people/")
    with django_assert_num_queries(4):
        answer = client.get("/people/")
    assert answer.text.count("<tr") == count + 2


def test_applicants_see_their_colleagues_only(client):
    me, stranger = an_applicant(), an_applicant(name="Somebody Else")
    client.force_login(me)
    assert stranger.name not in client.get("/people/").text


def test_auditors_have_no_people_page(client):
    client.force_login(an_auditor())
    assert client.get("/people/").status_code == 404


def test_an_officer_cannot_make_an_account(client):
    client.force_login(an_officer())
    assert client.post("/people/new/", {}).status_code == 403


def test_an_administrator_invites_to_one_and_knows_no_password(client):
    client.force_login(an_admin())
    given = {
        "name": "Ana", "email": "ana@example.eu", "role": "OFFICER", "entity": "HOME.E.1", "member_state": "",
    }  # fmt: skip
    assert 'type="password"' not in client.get("/people/new/").text
    assert client.post("/people/new/", given).status_code == 302
    assert "programme officer" in client.get("/people/").text
    client.logout()

    address = "/invitations/" + Mail.objects.get().body.split("/invitations/")[1].split("/")[0] + "/"
    page = client.get(address).text
    assert 'value="Ana"' in page
    assert "invited you as programme officer" in page
    chosen = {"name": "Ana Horvat", "password": PASSWORD, "password_again": PASSWORD}
    assert client.post(address, chosen).url == "/desk/"
    assert User.objects.get(email="ana@example.eu").check_password(PASSWORD)
    assert client.post(address, chosen).status_code == 404


def test_sign_in_works_with_e_mail_and_password(client):
    client.post("/register/", GIVEN)
    client.logout()
    answer = client.post("/accounts/login/", {"login": "jana@example.eu", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/desk/")


def test_nobody_signs_up_through_the_sign_in_library(client):
    answer = client.post("/accounts/signup/", {"email": "x@example.eu", "password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(email="x@example.eu").exists()
    assert answer.status_code in {200, 302, 404}


def test_the_desk_is_closed_to_strangers(client):
    assert client.get("/desk/").url.startswith("/accounts/login/")


def test_an_invitation_with_a_wrong_secret_is_not_there(client):
    assert client.get("/invitations/wrong/").status_code == 404
