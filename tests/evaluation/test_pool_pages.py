"""The pool as its people meet it: the officer's pages, the evaluator's desk, the interface for programs."""

from datetime import date

import pytest
from django.urls import reverse

from evaluation.actions import accept_invitation, invite_people, keep_entry
from evaluation.actions.pool import Reference
from evaluation.models import PoolMember
from tests.evaluation.pages import words_of
from tests.factories import a_call, an_applicant, an_auditor, an_evaluator, an_officer

pytestmark = pytest.mark.django_db
FAR = date(2099, 1, 1)
API = "/api/pool-members/"


@pytest.fixture
def pages(call):
    return {name: reverse(name, args=[call.pk]) for name in ("pool", "pool_choose", "pool_invite")}


def invited(call, person, officer):
    (row,) = invite_people(call, [person], by=officer, terms=Reference("Six proposals.", FAR, most=6))
    return row


def test_an_officer_finds_people_looks_at_the_invitations_and_sends_them(client, call, officer, pages):
    ana, ben = an_evaluator(name="Ana", state="EL"), an_evaluator(name="Ben")
    keep_entry(by=ana, said={"languages": ["fr"], "absences": ["2020-01-01/2098-01-01"]})
    keep_entry(by=ben, said={"languages": ["fr"]})
    an_evaluator(name="Cleo")
    client.force_login(officer)
    assert pages["pool_choose"] in words_of(client.get(pages["pool"]))

    chosen = client.get(f"{pages['pool_choose']}?language=fr")
    assert [row.object for row in chosen.context["list"].rows] == [ana, ben]
    form = client.get(chosen.context["invite_url"])
    assert "Nobody has been invited to this call yet" in words_of(form)

    said = {"people": [ana.pk, ben.pk], "task": "Six proposals.", "most": "6", "answer_by": "2097-01-01",
            "work_until": "2097-06-01"}  # fmt: skip
    looked = client.post(chosen.context["invite_url"], said)
    first, second = looked.context["look"]
    assert (first.startswith("Ana is invited. Ana is away on"), second) == (True, "Ben is invited.")
    assert not PoolMember.objects.exists()

    mark = looked.context["form"]["looked_at"].value()
    for wrong in ({"work_until": "2096-01-01"}, {"answer_by": "2020-01-01"}):  # said when looking, not when sending
        told = client.post(chosen.context["invite_url"], said | wrong)
        assert (told.status_code, told.context["look"], list(told.context["form"].errors)) == (400, [], list(wrong))
    changed = client.post(chosen.context["invite_url"], said | {"task": "Seven.", "looked_at": mark})
    assert changed.context["look"]
    assert not PoolMember.objects.exists()

    sent = client.post(chosen.context["invite_url"], said | {"looked_at": mark}, follow=True)
    assert "2 people are invited." in words_of(sent)
    assert {row.person for row in PoolMember.objects.invited()} == {ana, ben}


def test_the_register_is_narrowed_by_state_absence_and_who_was_asked(client, call, officer, pages):
    ana, ben = an_evaluator(name="Ana", state="FR"), an_evaluator(name="Ben", state="PT")
    keep_entry(by=ana, said={"absences": ["2020-01-01/2099-01-01"]})
    invited(call, ben, officer)
    client.force_login(officer)

    def found(query):
        return [row.object.name for row in client.get(f"{pages['pool_choose']}?{query}").context["list"].rows]

    assert found("state=FR") == ["Ana"]
    assert (found("away=yes"), found("away=no")) == (["Ana"], ["Ben"])
    assert (found("asked=yes"), found("asked=no")) == (["Ben"], ["Ana"])


def test_an_invited_evaluator_finds_it_on_the_desk_and_accepts(client, call, officer):
    ana = an_evaluator()
    row = invited(call, ana, officer)
    client.force_login(ana)

    desk = words_of(client.get(reverse("desk")))
    assert f"You are invited to assess applications of {call}: accept or decline." in desk
    assert row.get_absolute_url() in desk
    page = words_of(client.get(row.get_absolute_url()))
    assert "Six proposals." in page
    assert "1 January 2099, until midnight in Brussels" in page
    client.post(f"{row.get_absolute_url()}accept/", {"stamp": row.stamp})

    assert PoolMember.objects.get().status == "ACCEPTED"
    assert "You are invited" not in words_of(client.get(reverse("desk")))
    assert row.get_absolute_url() in words_of(client.get(reverse("evaluation")))


def test_declining_with_a_reason_which_only_the_office_and_auditors_read(client, call, officer):
    ana = an_evaluator()
    row = invited(call, ana, officer)
    client.force_login(ana)
    page = reverse("pool_decline", args=[row.pk])
    assert client.get(page).status_code == 200

    answer = client.post(page, {"why": "I sit elsewhere.", "stamp": row.stamp}, follow=True)
    assert "You declined" in words_of(answer)
    assert client.get(page).status_code == 404
    assert client.post(page, {"why": "Twice."}).status_code == 409

    for reader in (officer, an_auditor()):
        client.force_login(reader)
        assert "I sit elsewhere." in words_of(client.get(row.get_absolute_url()))
    client.force_login(an_evaluator())
    assert client.get(row.get_absolute_url()).status_code == 404


def test_the_page_of_the_pool_tells_who_was_asked_and_who_could_come_instead(client, call, officer, pages):
    ana = an_evaluator(name="Ana")
    invited(call, ana, officer)
    row = invited(call, an_evaluator(name="Ben"), officer)
    keep_entry(by=an_evaluator(name="Cleo", email="cleo@police.example"), said={"languages": ["fr"]})
    accept_invitation(row, by=row.person)
    PoolMember.objects.filter(person=ana).update(answer_by=date(2021, 1, 1))
    client.force_login(officer)

    page = client.get(pages["pool"])
    assert "Ana has not answered by 1 January 2021." in words_of(page)
    assert f"{pages['pool_invite']}?q=cleo%40police.example" in words_of(page)
    assert {label: number for number, label in page.context["figures"]}["accepted"] == 1
    assert "one person has not answered the invitation in time" in words_of(client.get(reverse("desk")))

    client.force_login(an_auditor())
    page = words_of(client.get(pages["pool"]))
    assert "Ben" in page
    assert "Could come instead" not in page
    assert client.get(pages["pool_choose"]).status_code == 404


def test_the_pool_of_a_call_that_is_still_open_is_reached_from_its_page(client, officer):
    call = a_call()
    client.force_login(officer)
    address = reverse("pool", args=[call.pk])
    assert address in words_of(client.get(call.get_absolute_url()))
    assert f'href="{reverse("evaluation_of_call", args=[call.pk])}"' not in words_of(client.get(address))

    client.force_login(an_applicant())
    assert address not in words_of(client.get(call.get_absolute_url()))
    assert client.get(address).status_code == 404


def test_programs_invite_accept_decline_and_take_back(client, call, officer):
    ana, ben = an_evaluator(), an_evaluator()
    said = {"call": str(call.pk), "people": [str(ana.pk), str(ben.pk)], "task": "Six.", "answer_by": "2099-01-01"}
    client.force_login(an_officer())
    made = client.post(API, said, content_type="application/json")
    assert made.status_code == 201
    hers, his = made.json()
    assert (hers["status"], hers["most"], hers["steps"]) == ("INVITED", None, ["invite", "take_back"])
    taken = client.post(f"{API}{his['id']}/steps/take_back/", {"reason": "Twice."}, content_type="application/json")
    assert (taken.json()["status"], taken.json()["why"]) == ("TAKEN_BACK", "Twice.")

    client.force_login(ana)
    assert [one["id"] for one in client.get(API).json()["results"]] == [hers["id"]]
    answer = client.post(f"{API}{hers['id']}/decline/", {"why": "Ill."}, content_type="application/json")
    assert (answer.json()["status"], answer.json()["why"]) == ("DECLINED", "")
    assert client.post(API, said, content_type="application/json").status_code in {403, 404}
