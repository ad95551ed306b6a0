"""The same acts and refusals for programs."""

import pytest
from rest_framework.test import APIClient

from accounts.actions import invite_official
from accounts.models import Invitation, Membership, Organisation, User
from promises.models import Mail
from tests.factories import (
    PASSWORD,
    an_admin,
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
    an_organisation,
)

pytestmark = pytest.mark.django_db


def program_of(person):
    client = APIClient()
    client.force_authenticate(person)
    return client


def test_an_administrator_makes_and_closes_an_account():
    admin = program_of(an_admin())
    given = {"name": "Ana", "email": "ANA@example.eu", "role": "OFFICER", "entity": "HOME.E.1"}
    sent = admin.post("/api/invitations/appoint/", given, format="json")
    assert (sent.status_code, sent.json()["role"], sent.json()["email"]) == (201, "OFFICER", "ana@example.eu")
    secret = Mail.objects.get().body.split("/invitations/")[1].split("/")[0]
    joined = APIClient().post("/api/join/", {"secret": secret, "name": "Ana", "password": PASSWORD}, format="json")
    assert (joined.status_code, bool(joined.json()["token"])) == (201, True)

    ana = User.objects.get(email="ana@example.eu")
    closed = admin.post(f"/api/people/{ana.pk}/close/", {"reason": "Left."}, format="json")
    assert (closed.status_code, closed.json()["is_active"], closed.json()["role"]) == (200, False, "")
    opened = admin.post(f"/api/people/{ana.pk}/steps/reopen/", {"reason": "Came back."}, format="json")
    assert opened.json()["is_active"] is True


def test_who_must_set_up_a_second_factor_first_joins_without_a_token(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    invite_official(Invitation(email="ana@example.eu", name="Ana", role="OFFICER"), by=an_admin())
    secret = Mail.objects.get().body.split("/invitations/")[1].split("/")[0]
    said = {"secret": secret, "name": "Ana", "password": PASSWORD}
    assert APIClient().post("/api/join/", said, format="json").json() == {"token": None}
    credentials = {"email": "ana@example.eu", "password": PASSWORD}
    refused = APIClient().post("/api/token/", credentials, format="json")
    assert (refused.status_code, "second factor" in refused.json()["detail"]) == (403, True)


def test_no_door_makes_an_account_with_somebody_elses_password():
    given = {"name": "Ana", "email": "ana@example.eu", "role": "OFFICER", "password": PASSWORD}
    assert program_of(an_admin()).post("/api/people/", given, format="json").status_code == 405


@pytest.mark.parametrize("given", [
    {"role": "SYSTEM"}, {"role": "APPLICANT"}, {"name": ""}, {"email": "x"}, {"role": ""},
])  # fmt: skip
def test_an_invitation_that_makes_no_sense_is_refused_by_name(given):
    words = {"name": "Ana", "email": "ana@example.eu", "role": "OFFICER", **given}
    answer = program_of(an_admin()).post("/api/invitations/appoint/", words, format="json")
    assert (answer.status_code, set(given) <= set(str(answer.json()).replace("'", " ").split())) == (400, True)
    assert not Mail.objects.exists()


def test_the_last_person_is_closed_with_a_successor():
    admin, me = program_of(an_admin()), an_applicant()
    refused = admin.post(f"/api/people/{me.pk}/close/", {"reason": "Retires."}, format="json")
    assert (refused.status_code, list(refused.json()["gaps"])) == (400, ["successor"])
    done = admin.post(
        f"/api/people/{me.pk}/close/", {"reason": "Retires.", "successor": "new@example.eu"}, format="json"
    )  # fmt: skip
    assert done.status_code == 200


def test_roles_are_given_listed_ended_and_handed_over():
    admin, officer, follower = program_of(an_admin()), an_officer(), an_evaluator()
    made = admin.post(
        "/api/memberships/", {"person": str(officer.pk), "role": "EVALUATOR", "entity": "HOME.D.2"}, format="json"
    )  # fmt: skip
    assert (made.status_code, made.json()["status"]) == (201, "GRANTED")
    listed = admin.get("/api/memberships/").json()
    assert {one["role"] for one in listed if one["person"] == str(officer.pk)} == {"OFFICER", "EVALUATOR"}
    ended = admin.post(f"/api/memberships/{made.json()['id']}/steps/end/", {"reason": "Moved."}, format="json")
    assert ended.json()["status"] == "ENDED"
    place = officer.memberships.get(role="OFFICER")
    done = admin.post(
        f"/api/memberships/{place.pk}/hand_over/", {"successor": str(follower.pk), "reason": "Retires."}, format="json"
    )  # fmt: skip
    assert done.json()["status"] == "ENDED"
    assert User.objects.get(pk=follower.pk).roles == {"OFFICER", "EVALUATOR"}


def test_an_applicant_sees_the_roles_of_the_own_organisation_only():
    me = an_applicant()
    an_applicant()
    an_officer()
    assert [one["person"] for one in program_of(me).get("/api/memberships/").json()] == [str(me.pk)]
    refused = program_of(me).post("/api/memberships/", {"person": str(me.pk), "role": "ADMIN"}, format="json")
    assert refused.status_code == 403
    assert Membership.objects.filter(person=me).count() == 1


def test_an_organisation_is_corrected_renamed_and_merged():
    me, stays = an_applicant(), an_organisation()
    house, mine = f"/api/organisations/{me.organisation.pk}", program_of(me)
    assert mine.get(f"{house}/").json()["name"] == me.organisation.name
    corrected = mine.post(
        f"{house}/correct/", {"vat_number": "EL 1", "reason": "Forgotten.", "stamp": 0}, format="json"
    )
    assert (corrected.status_code, corrected.json()["vat_number"]) == (200, "EL 1")
    renamed = mine.post(f"{house}/rename/", {"name": "Νέο", "reason": "By law.", "stamp": 1}, format="json")
    assert renamed.json()["name"] == "Νέο"
    merging = {"into": str(stays.pk), "reason": "One."}
    assert mine.post(f"{house}/merge/", merging, format="json").status_code == 403
    admin = program_of(an_admin())
    assert admin.post(f"{house}/merge/", merging, format="json").status_code == 200
    assert Organisation.objects.get(pk=me.organisation.pk).merged_into == stays
    assert str(stays.pk) in {row["id"] for row in admin.get("/api/organisations/").json()["results"]}


def test_nobody_without_an_organisation_invites():
    answer = program_of(an_officer()).post("/api/invitations/", {"email": "x@example.eu"}, format="json")
    assert answer.status_code == 403


def test_a_program_that_sends_its_request_twice_makes_one_role_and_one_invitation():
    admin, me, officer = program_of(an_admin()), program_of(an_applicant()), an_officer()
    account = {"name": "Ana", "email": "ana@example.eu", "role": "OFFICER"}
    role = {"person": str(officer.pk), "role": "EVALUATOR", "entity": "HOME.D.2"}
    for program, address, said in [
        (admin, "/api/invitations/appoint/", account), (admin, "/api/memberships/", role),
        (me, "/api/invitations/", {"email": "new@example.eu"}),
    ]:  # fmt: skip
        first, again = (program.post(address, said, format="json", headers={"Idempotency-Key": "k"}) for _ in range(2))
        assert (first.status_code, again.status_code) == (201, 201), address
        assert first.json()["id"] == again.json()["id"]
    assert (Mail.objects.filter(to="ana@example.eu").count(), officer.memberships.count()) == (1, 2)


def test_a_role_is_handed_over_as_it_was_read():
    admin, officer, follower = program_of(an_admin()), an_officer(), an_evaluator()
    place = officer.memberships.get()
    read = admin.get(f"/api/memberships/{place.pk}/").json()
    Membership.objects.filter(pk=place.pk).update(stamp=read["stamp"] + 1)  # somebody was there meanwhile
    said = {"successor": str(follower.pk), "reason": "Retires.", "stamp": read["stamp"]}
    assert admin.post(f"/api/memberships/{place.pk}/hand_over/", said, format="json").status_code == 409
    assert Membership.objects.granted().filter(pk=place.pk).exists()
    said["stamp"] += 1
    done = admin.post(f"/api/memberships/{place.pk}/hand_over/", said, format="json").json()
    assert (done["status"], done["stamp"]) == ("ENDED", said["stamp"] + 1)


@pytest.mark.parametrize(("make", "seen"), [
    (an_admin, {"self", "owner", "evaluator"}),
    (an_officer, {"self", "evaluator"}),  # whom they may ask to assess, themselves too
    (an_auditor, {"self"}),
    (an_authorising_officer, {"self"}),
    (an_evaluator, {"self"}),
])  # fmt: skip
def test_programs_list_the_people_that_the_pages_list(make, seen):
    me, people = make(), {"owner": an_applicant(), "evaluator": an_evaluator()}
    people["self"] = me
    found = program_of(me).get("/api/people/").json()["results"]
    assert {one["id"] for one in found} == {str(people[name].pk) for name in seen}
    for name, person in people.items():
        status = program_of(me).get(f"/api/people/{person.pk}/").status_code
        assert status == (200 if name in seen else 404), name
