"""How one's own mails come: chosen on the page “Mails” or by a program, kept with its record."""

import pytest

from accounts.actions import choose_mails, end_membership
from accounts.states import USER
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed
from promises.notices import KINDS, kinds_for
from tests.accounts.test_api import program_of
from tests.factories import an_admin, an_auditor, an_authorising_officer, an_evaluator, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluator():
    return an_evaluator()


def paces(person):
    person.refresh_from_db()
    return {kind.name: kind.pace_of(person) for kind in kinds_for(person)}


def test_without_a_choice_work_is_told_at_once_and_reminders_in_the_morning(evaluator):
    assert paces(evaluator) == {
        "to_assess": "AT_ONCE", "due_soon": "DAILY", "late": "DAILY", "to_write": "AT_ONCE", "to_approve": "AT_ONCE",
        "to_declare": "AT_ONCE", "to_sign_list": "AT_ONCE", "to_answer": "AT_ONCE",
    }  # fmt: skip


def test_each_is_asked_about_the_work_of_the_own_roles(evaluator):
    assert {"to_issue", "to_confirm_list", "to_assess"} <= set(paces(an_officer()))
    assert set(paces(an_authorising_officer())) == {"to_decide", "to_confirm_list", "to_confirm_correction"}
    assert set(paces(an_admin())) == {"failed_proofs"}
    assert paces(an_auditor()) == {"failed_proofs": "AT_ONCE", "nightly_checkpoint": "DAILY"}


def test_chosen_on_the_page_it_is_kept_and_recorded(client, evaluator):
    client.force_login(evaluator)
    page = client.get("/mails/").text
    assert all(str(KINDS[name].label) in page for name in paces(evaluator))
    assert "so this mail always comes" in page
    chosen = paces(evaluator) | {"to_assess": "DAILY", "due_soon": "OFF"}
    answer = client.post("/mails/", chosen | {"stamp": evaluator.stamp}, follow=True)
    assert "Your choice is kept" in answer.text
    assert paces(evaluator) == chosen
    record = AuditRecord.objects.get(act="user.choose_mails")
    assert (record.actor_id, record.changes["mails"][1]["due_soon"]) == (str(evaluator.pk), "OFF")


def test_what_the_procedure_needs_is_not_switched_off_on_the_page(client, evaluator):
    client.force_login(evaluator)
    answer = client.post("/mails/", paces(evaluator) | {"to_approve": "OFF"})
    assert answer.status_code == 400
    assert paces(evaluator)["to_approve"] == "AT_ONCE"


@pytest.mark.parametrize(
    "mails", [{"late": "OFF"}, {"late": "AT_ONCE"}, {"to_decide": "DAILY"}, {"of_no_kind": "DAILY"}],
    ids=["needed", "not so often", "another role's", "unknown"],
)  # fmt: skip
def test_nor_by_the_act(evaluator, mails):
    with pytest.raises(Incomplete) as refusal:
        choose_mails(by=evaluator, mails=mails)
    assert list(refusal.value.gaps) == list(mails)
    assert not AuditRecord.objects.filter(act="user.choose_mails").exists()


def test_nobody_chooses_for_somebody_else(evaluator):
    with pytest.raises(NotAllowed):
        USER.run("choose_mails", evaluator, by=an_admin(), mails={"due_soon": "OFF"})


def test_whoever_gets_none_of_them_is_told_so_and_offered_no_link(client):
    evaluator = an_evaluator()
    end_membership(evaluator.memberships.get(), by=an_admin(), reason="Moved.")
    client.force_login(evaluator)
    page = client.get("/mails/").text
    assert "nothing to choose" in page
    assert 'href="/mails/"' not in page


def test_a_program_reads_and_changes_the_same(evaluator):
    program = program_of(evaluator)
    found = program.get("/api/people/mails/").json()
    assert [one["kind"] for one in found["mails"]] == list(paces(evaluator))
    assert found["mails"][1]["paces"] == ["DAILY", "OFF"]
    answer = program.put("/api/people/mails/", {"mails": {"due_soon": "OFF"}, "stamp": found["stamp"]}, format="json")
    assert answer.status_code == 200
    assert {one["kind"]: one["pace"] for one in answer.json()["mails"]}["due_soon"] == "OFF"
    refused = program.put("/api/people/mails/", {"mails": {"late": "OFF"}}, format="json")
    assert (refused.status_code, list(refused.json()["gaps"])) == (400, ["late"])


def test_a_choice_made_on_an_old_page_is_not_laid_over_a_newer_one(evaluator):
    program = program_of(evaluator)
    stamp = program.get("/api/people/mails/").json()["stamp"]
    choose_mails(by=evaluator, mails={"to_assess": "DAILY"})
    answer = program.put("/api/people/mails/", {"mails": {"to_assess": "AT_ONCE"}, "stamp": stamp}, format="json")
    assert answer.status_code == 409
