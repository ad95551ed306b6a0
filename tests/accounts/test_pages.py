"""The pages of people, roles and organisations, as each meets them."""

import pytest
from django.urls import reverse

from accounts.models import Invitation, Membership, Organisation, User
from tests.factories import (
    an_admin,
    an_applicant,
    an_auditor,
    an_evaluator,
    an_officer,
    an_organisation,
    with_a_role,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    admin = an_admin()
    client.force_login(admin)
    return admin


@pytest.fixture
def me(client):
    me = an_applicant()
    client.force_login(me)
    return me


def page(name, row):
    return reverse(name, args=[row.pk])


# people


def test_a_person_is_shown_with_what_it_is_and_was(client, admin):
    officer = with_a_role(an_officer(name="Ana"), "EVALUATOR", entity="HOME.D.2", on_behalf_of=an_officer(name="Chief"))
    officer.memberships.filter(role="OFFICER").update(status="ENDED", until_at="2020-05-01T10:00:00Z")
    text = client.get(page("person", officer)).text
    for words in ("Ana", "programme officer, HOME.E.1", "evaluator, HOME.D.2", "1 May 2020", "ended", "Chief"):
        assert words in text


def test_colleagues_see_each_other_and_no_buttons_of_administrators(client, me):
    colleague = an_applicant(me.organisation)
    text = client.get(page("person", colleague)).text
    assert colleague.email in text
    assert "Give another role" not in text
    assert "Close the account" not in text
    assert client.get(page("person", an_applicant())).status_code == 404


@pytest.mark.parametrize("who", [an_officer, an_auditor, an_evaluator])
def test_to_others_the_pages_do_not_exist(client, who):
    client.force_login(who())
    house = an_organisation()
    assert client.get(page("person", an_applicant(house))).status_code == 404
    assert client.get(page("organisation", house)).status_code == 404
    assert client.get(reverse("organisations")).status_code == 403


def test_an_administrator_gives_a_role_on_the_page(client, admin):
    officer = an_officer()
    form = client.get(page("grant", officer))
    assert "Who" not in form.text or form.status_code == 200
    answer = client.post(page("grant", officer), {"role": "EVALUATOR", "entity": "HOME.D.2"})
    assert answer.url == officer.get_absolute_url()
    assert User.objects.get(pk=officer.pk).roles == {"OFFICER", "EVALUATOR"}


def test_acting_for_somebody_is_given_by_the_address(client, admin):
    officer, chief = an_officer(), an_officer()
    wish = {"role": "EVALUATOR", "until_at": "2099-01-01T12:00", "on_behalf_of": chief.email.upper()}
    client.post(page("grant", officer), wish)
    assert Membership.objects.get(person=officer, role="EVALUATOR").on_behalf_of == chief
    answer = client.post(page("grant", an_officer()), {**wish, "on_behalf_of": "nobody@example.eu"})
    assert (answer.status_code, "Nobody has an open account" in answer.text) == (400, True)


def test_a_refused_role_says_why_and_keeps_what_was_chosen(client, admin):
    answer = client.post(page("grant", an_applicant()), {"role": "EVALUATOR", "entity": "HOME.D.2"})
    assert answer.status_code == 409
    assert "nobody speaks for an applicant and has another role" in answer.text
    assert "HOME.D.2" in answer.text


def test_a_role_is_handed_over_on_the_page(client, admin):
    me, follower = an_applicant(), an_applicant()
    place = me.memberships.get()
    assert me.name in client.get(page("hand_over", place)).text
    answer = client.post(page("hand_over", place), {"successor": follower.email, "reason": "Retires."})
    assert answer.url == me.get_absolute_url()
    assert list(me.organisation.users) == [follower]


def test_a_role_is_ended_by_its_button(client, admin):
    place = an_officer().memberships.get()
    client.post(reverse("membership_step", args=[place.pk, "end"]), {"reason": "Moved."})
    place.refresh_from_db()
    assert place.status == "ENDED"


def test_closing_asks_for_a_successor_where_one_is_needed(client, admin):
    me = an_applicant()
    refused = client.post(page("close_account", me), {"reason": "Retires."})
    assert (refused.status_code, "last person" in refused.text) == (400, True)
    answer = client.post(page("close_account", me), {"reason": "Retires.", "successor": "new@example.eu"})
    assert answer.url == reverse("accounts")
    assert Invitation.objects.get().email == "new@example.eu"
    client.post(reverse("person_step", args=[me.pk, "reopen"]), {"reason": "Came back."})
    assert User.objects.get(pk=me.pk).status == "OPEN"


def test_an_administrator_takes_an_invitation_back(client, admin):
    me = an_applicant()
    row = Invitation.objects.create(
        role="APPLICANT",
        organisation=me.organisation, email="new@example.eu", status="SENT", invited_by=me, secret_hash="x",
        expires_at="2099-01-01T12:00:00Z",
    )  # fmt: skip
    assert "new@example.eu" in client.get(reverse("accounts")).text
    client.post(reverse("invitation_step", args=[row.pk, "take_back"]))
    row.refresh_from_db()
    assert row.status == "BACK"


def test_one_corrects_the_own_name(client, me):
    assert me.name in client.get(page("person_rename", me)).text
    client.post(page("person_rename", me), {"name": "Νίκη"})
    assert User.objects.get(pk=me.pk).name == "Νίκη"
    assert client.get(page("person_rename", an_applicant(me.organisation))).status_code == 403


def test_the_list_filters_by_role_and_state(client, admin):
    an_officer(name="Only Officer")
    an_applicant(an_organisation("MT"), name="Only Maltese")
    assert "Only Maltese" not in client.get("/people/?role=OFFICER").text
    assert "Only Officer" not in client.get("/people/?state=MT").text
    assert "Only Maltese" in client.get("/people/?state=MT").text


# organisations


def test_an_organisation_shows_its_data_people_and_former_names(client, me):
    house = me.organisation
    Organisation.objects.filter(pk=house.pk).update(
        vat_number="EL094259216",
        former_names=[{"name": "Αρχηγείο", "latin_name": "", "until": "2020-05-01T10:00:00+00:00"}],
    )
    text = client.get(page("organisation", house)).text
    for words in (house.name, "EL094259216", "Αρχηγείο, until 1 May 2020", me.name, "Greece"):
        assert words in text
    assert "Merge into another" not in text
    assert reverse("organisation", args=[house.pk]) in client.get(reverse("accounts")).text
    assert client.get(page("organisation", an_organisation())).status_code == 404


def test_its_people_correct_and_rename_it(client, me):
    house = me.organisation
    assert house.address in client.get(page("organisation_correct", house)).text
    said = {"kind": "STATE", "vat_number": "EL 1", "registration_number": "", "address": "Νέα", "reason": "Moved."}
    assert client.post(page("organisation_correct", house), said).url == house.get_absolute_url()
    client.post(page("organisation_rename", house), {"name": "Νέο", "latin_name": "", "reason": "By law."})
    house.refresh_from_db()
    assert (house.kind, house.vat_key, house.name, house.former_names[0]["name"] != "Νέο") == (
        "STATE",
        "1",
        "Νέο",
        True,
    )


def test_a_number_of_another_is_refused_beside_the_field(client, me):
    an_organisation("EL", vat_number="094259216")
    said = {"kind": "LAW", "vat_number": "EL 094259216", "address": "Αθήνα", "reason": "Ours."}
    answer = client.post(page("organisation_correct", me.organisation), said)
    assert (answer.status_code, "already registered" in answer.text) == (400, True)


def test_an_administrator_finds_the_doubles_and_merges_them(client, admin):
    assert "share" not in client.get(reverse("desk")).text
    first = an_organisation("EL", vat_number="094259216", name="First spelling")
    second = an_organisation("EL", vat_number="EL094259216", name="Second spelling", shares_identity=True)
    assert "One organisation shares its number with another" in client.get(reverse("desk")).text
    listed = client.get(reverse("organisations") + "?shares_identity=True").text
    assert ("Second spelling" in listed, "First spelling" in listed) == (True, False)
    assert "First spelling" in client.get(page("organisation", second)).text
    form = client.get(page("organisation_merge", second)).text
    assert f'value="{first.pk}" selected' in form
    answer = client.post(page("organisation_merge", second), {"into": first.pk, "reason": "One authority."})
    assert answer.url == first.get_absolute_url()
    assert "First spelling" in client.get(page("organisation", second)).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_organisations_asks_the_same_whatever_the_number(client, count, admin, django_assert_num_queries):
    for _number in range(count):
        an_organisation()
    client.get(reverse("organisations"))
    with django_assert_num_queries(3):  # the reader, the page, the count
        assert client.get(reverse("organisations")).text.count("<tr") == count + 1
