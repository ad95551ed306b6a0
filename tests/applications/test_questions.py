"""Questions of a call: written by an officer as data, answered in a part of the proposal, proved by its receipt."""

import json

import pytest
from django.urls import reverse

from applications.actions import (
    begin_with,
    edit_application,
    open_application,
    restore_application,
    submit_application,
    withdraw_application,
)
from applications.content import content_of, digest
from applications.models import Application
from applications.parts import PARTS
from core import clock
from core.errors import Incomplete
from programmes.form_parts import USUAL, form_of
from programmes.form_questions import code_of, settled, with_questions
from programmes.models import Call
from tests.applications.factories import a_complete_draft, an_owner
from tests.applications.test_races import an_open_call
from tests.factories import an_officer, the_clock

pytestmark = pytest.mark.django_db
QUESTIONS = [
    settled(one)
    for one in (
        {"kind": "YES_NO", "question": "Has the equipment been bought before?", "required": True},
        {"kind": "TEXT", "question": "Why is it needed again?", "required": True, "longest": 20,
         "only_if": {"question": 1, "is": "YES"}},
        {"kind": "NUMBER", "question": "How many officers use it?", "unit": "officers", "lowest": 1, "highest": "500.5",
         "decimals": 1, "help": "On a usual day."},
        {"kind": "DATE", "question": "When is it delivered?"},
        {"kind": "CHOICE", "question": "Where is it used?", "options": ["At the border", "In the office"]},
    )
]  # fmt: skip
BOUGHT, WHY, OFFICERS, DELIVERED, WHERE = map(code_of, QUESTIONS)
FORM = with_questions(form_of(USUAL), QUESTIONS)


@pytest.fixture
def owner(client):
    owner = an_owner()
    client.force_login(owner)
    return owner


@pytest.fixture
def draft(owner):
    call = an_open_call(parts=FORM)
    return a_complete_draft(by=owner, call=call, at=clock.now(), timetable={"starts_on": "2099-01-01"})


def again(row):
    return type(row).objects.get(pk=row.pk)


def page(client, name, row, *more):
    return client.get(reverse(name, args=[row.pk, *more])).content.decode()


def answers_in(content):
    return {one["code"]: one["answer"] for one in content["questions"]}


def test_the_part_stands_in_its_place_and_asks_what_the_call_asks(client, draft):
    assert [one["part"] for one in FORM] == [
        "identity", "partners", "content", "timetable", "budget", "questions", "attachments", "declarations",
    ]  # fmt: skip
    drawn = page(client, "application_edit", draft, "questions")
    assert "1. Has the equipment been bought before?" in drawn
    assert "Only if question 1 is answered “Yes”." in drawn
    assert "On a usual day. In officers. From 1 to 500.5." in drawn
    assert "5. Where is it used? (optional)" in drawn


def test_a_required_answer_blocks_only_submitting(client, owner, draft):
    assert "Answer question 1" in page(client, "application_missing", draft)
    with pytest.raises(Incomplete) as refusal:
        submit_application(draft, by=owner)
    assert list(refusal.value.gaps) == [f"questions.{BOUGHT}"]
    with pytest.raises(Incomplete) as refusal:
        submit_application(edit_application(draft, by=owner, questions={BOUGHT: "YES"}), by=owner)
    assert list(refusal.value.gaps) == [f"questions.{WHY}"]
    assert submit_application(edit_application(draft, by=owner, questions={BOUGHT: "NO"}), by=owner).versions == 1


def posted(client, draft, **answers):
    """The whole form, as a browser without a script sends it."""
    address = reverse("application_edit", args=[draft.pk, "questions"])
    form = client.get(address).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    return client.post(address, {"drawn": form.drawn, **shown, **answers})


def test_it_is_answered_on_its_page_and_what_is_no_answer_is_kept_as_typed(client, owner, draft):
    answer = posted(client, draft, **{BOUGHT: "YES", WHY: "It is worn out", OFFICERS: "12,5", WHERE: "At the border"})
    assert answer.status_code == 302
    assert again(draft).answers["questions"] == {
        BOUGHT: "YES", WHY: "It is worn out", OFFICERS: "12.5", WHERE: "At the border",
    }  # fmt: skip
    posted(client, draft, **{OFFICERS: "9999", DELIVERED: "soon", WHY: "x" * 21})
    assert again(draft).as_typed == {"questions": {OFFICERS: "9999", DELIVERED: "soon", WHY: "x" * 21}}
    assert "less than or equal to 500.5" in page(client, "application_edit", draft, "questions")
    with pytest.raises(Incomplete) as refusal:
        submit_application(again(draft), by=owner)
    assert set(refusal.value.gaps) == {f"questions.{code}" for code in (OFFICERS, DELIVERED, WHY)}
    posted(client, draft, **{BOUGHT: "NO", OFFICERS: "12", DELIVERED: "31.3.2027"})
    assert "questions" in again(draft).as_typed  # of a question that is not asked any more: kept, and stops nobody
    assert submit_application(again(draft), by=owner).versions == 1


def test_two_colleagues_change_different_answers_and_the_same_one(client, draft):
    address = reverse("application_edit", args=[draft.pk, "questions"])

    def sends(name, base, value):
        changes = json.dumps([{"name": name, "base": base, "value": value}])
        return client.post(address, {"changes": changes}, headers={"X-Autosave": "1"}).json()

    assert sends(BOUGHT, "", "YES")["kept"] == {}
    assert sends(WHERE, "", "In the office")["kept"] == {}
    assert list(sends(WHERE, "", "At the border")["kept"]) == [WHERE]
    assert again(draft).answers["questions"] == {BOUGHT: "YES", WHERE: "In the office"}
    assert "At the border" in page(client, "application_edit", draft, "questions")


def test_a_program_answers_by_code_and_is_told_what_it_sent_wrong(client, draft):
    address = f"/api/applications/{draft.pk}/"

    def sends(said):
        return client.patch(address, {"questions": said}, content_type="application/json", headers={"If-Match": "*"})

    assert sends({BOUGHT: "YES", OFFICERS: 3}).status_code == 200
    refused = sends({BOUGHT: "PERHAPS", OFFICERS: "many", "q0": "x"})
    assert (refused.status_code, set(refused.json()["gaps"])) == (
        400, {f"questions.{BOUGHT}", f"questions.{OFFICERS}", "questions.q0"},
    )  # fmt: skip
    content = sends({WHY: "Worn out", OFFICERS: None}).json()["content"]
    assert answers_in(content) == {BOUGHT: "YES", WHY: "Worn out", OFFICERS: "", DELIVERED: "", WHERE: ""}


def test_the_receipt_says_question_and_answer_by_itself(client, owner, draft):
    said = {BOUGHT: "NO", WHY: "Never sent", OFFICERS: "150", DELIVERED: "2027-03-31"}
    sent = submit_application(edit_application(draft, by=owner, questions=said), by=owner)
    receipt = sent.receipts.get()
    assert [one["question"] for one in receipt.content["questions"]] == [
        one["question"] for one in QUESTIONS if one["question"] != "Why is it needed again?"
    ]
    assert digest(receipt.content) == receipt.sha256
    shown = page(client, "receipt", receipt)
    assert "Has the equipment been bought before?" in shown
    assert "150 officers" in shown
    assert "31 March 2027" in shown
    assert "Never sent" not in shown

    edited = edit_application(sent, by=owner, questions={OFFICERS: "7"})
    assert "How many officers use it?" in page(client, "application", edited)
    Call.objects.filter(pk=sent.call_id).update(status="CHECKING")
    opened = open_application(again(sent), by=the_clock())
    assert content_of(opened) == receipt.content
    client.force_login(an_officer())
    assert "150 officers" in page(client, "application", opened)


def test_a_withdrawn_one_comes_back_with_its_answers(owner, draft):
    sent = submit_application(edit_application(draft, by=owner, questions={BOUGHT: "NO", OFFICERS: "5"}), by=owner)
    back = restore_application(withdraw_application(sent, by=owner, reason="A mistake"), by=owner)
    assert back.answers["questions"] == {BOUGHT: "NO", OFFICERS: "5"}


def test_a_call_without_questions_knows_nothing_of_them(client, owner):
    draft = a_complete_draft(by=owner, call=an_open_call(), at=clock.now())
    assert "questions" not in content_of(draft)
    assert client.get(reverse("application_edit", args=[draft.pk, "questions"])).status_code == 404
    assert "questions" in PARTS
    assert Application.objects.filter(answers__has_key="questions").count() == 0


def test_a_copy_takes_the_answers_that_fit_and_lists_the_others(owner, draft):
    said = {BOUGHT: "YES", WHY: "Worn out", OFFICERS: "400", WHERE: "At the border"}
    source = edit_application(draft, by=owner, questions=said)
    fewer, elsewhere = {**QUESTIONS[2], "highest": "100"}, {**QUESTIONS[4], "options": ["In the office", "At sea"]}
    call = an_open_call(parts=with_questions(form_of(USUAL), [QUESTIONS[0], fewer, elsewhere]))
    copied = begin_with(Application(call=call, applicant=source.applicant), source=source, by=owner)
    assert copied.answers["questions"] == {BOUGHT: "YES"}
    assert {
        (one["what"], one["why"]) for one in copied.copies.get().left if one["part"] == "Questions of the call"
    } == {
        ("2. Why is it needed again?: Worn out", "This call does not ask it."),
        ("2. How many officers use it? (optional): 400", "Ensure this value is less than or equal to 100."),
        ("3. Where is it used? (optional): At the border", "This call does not offer it."),
    }
