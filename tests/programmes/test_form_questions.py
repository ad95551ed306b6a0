"""The officer's list of questions of a form: written on a page or by a program, looked at, frozen by publishing."""

from datetime import timedelta

import pytest
from django.db import InternalError, transaction
from django.urls import reverse
from rest_framework.test import APIClient

from core.errors import Incomplete
from programmes.actions import edit_call, propose_corrigendum, publish_call
from programmes.form_parts import USUAL, form_of, names_in
from programmes.form_questions import asked, code_of, flaws_of, questions_in, settled, with_questions
from programmes.models import Call
from tests.factories import CLOSES, NOON, a_call, an_applicant, an_officer
from tests.programmes.test_views import form_of as typed

TWO = [
    {"kind": "YES_NO", "question": "Is it new?", "required": True},
    {
        "kind": "NUMBER",
        "question": "How old is it?",
        "unit": "years",
        "lowest": 0,
        "only_if": {"question": 1, "is": "NO"},
    },
]
SETTLED = [settled(one) for one in TWO]


@pytest.fixture
def officer(client):
    officer = an_officer()
    client.force_login(officer)
    return officer


@pytest.fixture
def call(db):
    return a_call(status="DRAFT", published_at=None, required_attachments=[])


def written(call):
    return questions_in(Call.objects.get(pk=call.pk).parts)


def blocks(call, *blocks, **more):
    """What the page sends: a block for each question."""
    said = {"questions-TOTAL_FORMS": len(blocks), "questions-INITIAL_FORMS": len(written(call))}
    for place, block in enumerate(blocks):
        said |= {f"questions-{place}-{name}": value for name, value in {"decimals": 0, **block}.items()}
    return {**said, "stamp": Call.objects.get(pk=call.pk).stamp, **more}


def test_an_officer_writes_orders_and_takes_out_questions_on_a_page(client, call, officer):
    address = reverse("call_form", args=[call.pk])
    first = {"kind": "YES_NO", "question": "Is it new?", "required": "on"}
    second = {"kind": "CHOICE", "question": "Which one?", "options": "Red\nBlue\n"}
    assert client.post(address, blocks(call, first, second, {})).status_code == 302
    assert [one["question"] for one in written(call)] == ["Is it new?", "Which one?"]
    assert names_in(Call.objects.get(pk=call.pk).parts).index("questions") == 5
    tie = '[2, "Red"]'
    assert "2. Which one? – Blue" in client.get(address).content.decode()
    third = {"kind": "TEXT", "question": "Why red?", "longest": "100", "only_if": tie, "place": "2"}
    answer = client.post(address, blocks(call, {**first, "place": 3}, {**second, "place": 1}, third))
    assert answer.status_code == 302
    assert [one["question"] for one in written(call)] == ["Which one?", "Why red?", "Is it new?"]
    assert written(call)[1]["only_if"] == {"question": 1, "is": "Red"}
    assert client.get(address).status_code == 200

    drawn = [{**first, "place": 3}, {**third, "only_if": "", "place": 2}, {**second, "place": 1, "DELETE": "on"}]
    assert client.post(address, blocks(call, drawn[2], drawn[1], drawn[0])).status_code == 302
    assert [one["question"] for one in written(call)] == ["Why red?", "Is it new?"]


def test_the_preview_draws_the_part_as_applicants_will_see_it(client, call, officer):
    address = reverse("form_preview", args=[call.pk])
    assert "asks no questions of its own" in client.get(address).content.decode()
    edit_call(call, by=officer, at=NOON, values={"parts": with_questions(call.parts, TWO)})
    page = client.get(address).content.decode()
    assert "Part 6 of 8" in page
    assert "Only if question 1 is answered “No”. In years. At least 0." in page
    client.force_login(an_applicant())
    assert client.get(address).status_code == 404


def test_the_page_of_the_call_keeps_the_questions_and_everybody_reads_them(client, call, officer):
    edit_call(call, by=officer, at=NOON, values={"parts": with_questions(call.parts, TWO)})
    call = Call.objects.get(pk=call.pk)
    assert client.post(reverse("call_edit", args=[call.pk]), typed(call, parts=["identity", "partners", "budget"]))
    assert Call.objects.get(pk=call.pk).parts == [
        *form_of(["identity", "partners", "budget"]), {"part": "questions", "questions": SETTLED},
    ]  # fmt: skip
    page = client.get(call.get_absolute_url()).content.decode()
    assert "How old is it?" in page
    assert "if question 1 is answered “No”" in page


def test_what_is_wrong_stands_with_its_block_and_nothing_is_lost(client, call, officer):
    address = reverse("call_form", args=[call.pk])
    answer = client.post(
        address, blocks(call, {"question": "No kind"}, {"kind": "CHOICE", "question": "One?", "options": "A"})
    )
    assert answer.status_code == 400
    assert "No kind" in answer.content.decode()
    answer = client.post(address, blocks(call, {"kind": "CHOICE", "question": "One?", "options": "A"}))
    assert answer.status_code == 400
    assert "Question 1: offer from 2 to 40 answers" in answer.content.decode()
    assert written(call) == []


def test_an_older_page_writes_over_nobody(client, call, officer):
    address, older = reverse("call_form", args=[call.pk]), blocks(call, {"kind": "DATE", "question": "When?"})
    edit_call(call, by=an_officer(), at=NOON, values={"parts": with_questions(call.parts, TWO)})
    answer = client.post(address, {**older, "questions-INITIAL_FORMS": 0})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Question added: “Is it new?”. Question added: “How old is it?”." in page
    assert "When?" in page
    assert "Some questions need another look" not in page
    assert written(call) == SETTLED
    again = client.post(address, {**older, "questions-INITIAL_FORMS": 0, "stamp": answer.context["stamp"]})
    assert again.status_code == 302
    assert [one["question"] for one in written(call)] == ["When?"]


def test_publishing_freezes_the_questions_for_page_act_and_database(client, call, officer):
    values = {"parts": with_questions(call.parts, TWO), "inform_by": CLOSES.date() + timedelta(days=180)}
    call = publish_call(edit_call(call, by=officer, at=NOON, values=values), by=officer, at=NOON, meant=True)
    assert client.get(reverse("call_form", args=[call.pk])).status_code == 409
    with pytest.raises(Incomplete) as refusal:
        propose_corrigendum(call, by=officer, at=NOON, reason="More", values={"parts": form_of(USUAL)})
    assert "frozen by the publication: applicants answer them as they stand" in str(refusal.value.gaps["parts"])
    with pytest.raises(InternalError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(parts=form_of(USUAL))
    assert written(call) == SETTLED


def test_a_program_writes_and_reads_them(call, officer):
    api, address = APIClient(), f"/api/calls/{call.pk}/"
    api.force_authenticate(officer)
    saved = api.patch(address, {"parts": with_questions(call.parts, TWO)}, format="json", headers={"If-Match": "*"})
    assert (saved.status_code, questions_in(saved.json()["parts"])) == (200, SETTLED)
    again = api.patch(address, {"parts": saved.json()["parts"]}, format="json", headers={"If-Match": "*"})
    assert again.json()["parts"] == saved.json()["parts"]
    wrong = [{**TWO[0], "requird": True}]
    refused = api.patch(
        address,
        {"parts": [{"part": "identity"}, {"part": "questions", "questions": wrong}]},
        format="json",
        headers={"If-Match": "*"},
    )
    assert refused.json()["gaps"] == {"parts": "Question 1: a question of this kind has no “requird”."}
    for nonsense in ({}, [], [3], [{"kind": []}], "x", [{"kind": "TEXT", "question": "a\u0000b"}]):
        assert (
            api.patch(
                address,
                {"parts": [{"part": "questions", "questions": nonsense}]},
                format="json",
                headers={"If-Match": "*"},
            ).status_code
            == 400
        )
    assert written(call) == SETTLED


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ({"kind": "TEXT", "question": "What?", "longest": 0}, "the most characters is a whole number from 1 to 20000"),
        ({"kind": "TEXT", "question": "What?", "longest": True}, "a whole number"),
        ({"kind": "TEXT", "question": " "}, "say what is asked"),
        ({"kind": "NUMBER", "question": "How?", "lowest": "some"}, "a bound is a number"),
        ({"kind": "NUMBER", "question": "How?", "lowest": None}, "a bound is a number"),
        ({"kind": "NUMBER", "question": "How?", "lowest": 3, "highest": 2}, "above the highest"),
        ({"kind": "CHOICE", "question": "Which?", "options": ["A", "a"]}, "offer each answer once"),
        ({"kind": "NUMBER", "question": "How?", "lowest": "0.2", "highest": "0.7"}, "at most 0 decimals"),
        ({"kind": "NUMBER", "question": "How?", "decimals": 1, "lowest": "1,25"}, "at most 1 decimal:"),
        ({"kind": "NUMBER", "question": "How?", "lowest": "1.000"}, "write 1 000 if you mean thousands"),
        ({"kind": "NUMBER", "question": "How?", "lowest": "1_000"}, "Write a number in figures"),
        ({"kind": "NUMBER", "question": "How?", "lowest": "٣"}, "Write a number in figures"),
        ({"kind": "NUMBER", "question": "How?", "lowest": "1e-999999"}, "Write a number in figures"),
        ({"kind": "NUMBER", "question": "How?", "lowest": "9" * 12}, "at most 11 figures"),
        ({"kind": "NUMBER", "question": "How?", "lowest": "0," + "0" * 99 + "1"}, "at most 11 figures"),
        ({"kind": "TEXT", "question": "\u200b \u2060"}, "say what is asked"),
        ({"kind": "TEXT", "question": "a\u202eb"}, "what is asked: Character 2 cannot be printed"),
        ({"kind": "CHOICE", "question": "Which?", "options": ["A", "\u200b"]}, "say each answer that is offered"),
        ({"kind": "CHOICE", "question": "Which?", "options": ["A", "\u202eB"]}, "Character 1 cannot be printed"),
        ({"kind": "TABLE", "question": "Which?"}, "choose its kind"),
        ({"kind": "DATE", "question": "IS  it new?", "only_if": {"question": 2, "is": "x"}}, "an earlier question"),
        ({"kind": "YES_NO", "question": "is  it NEW?"}, "the same is asked before"),
        ({"kind": "DATE", "question": "When?", "only_if": {"question": 1, "is": "MAYBE"}}, "has no such answer"),
        ({"kind": "DATE", "question": "When?", "only_if": {"question": 1}}, "give its condition"),
        ({"kind": "DATE", "question": "When?", "required": "yes"}, "true or false"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_words(question, says):
    assert says in str(flaws_of([SETTLED[0], settled(question)]))


@pytest.mark.parametrize(("typed", "kept"), [("1 000,5", "1000.5"), ("1.000,50", "1000.5"), ("-3", "-3"), (0.5, "0.5")])
def test_a_bound_is_read_as_an_applicant_s_number_is(typed, kept):
    question = settled({"kind": "NUMBER", "question": "How?", "decimals": 1, "lowest": typed})
    assert (question["lowest"], flaws_of([question])) == (kept, "")


def test_a_published_question_from_before_a_rule_holds_up_no_corrigendum(call, officer):
    values = {"parts": with_questions(call.parts, TWO), "inform_by": CLOSES.date() + timedelta(days=180)}
    edit_call(call, by=officer, at=NOON, values=values)
    older = with_questions(call.parts, [{**SETTLED[1], "lowest": "0.5", "only_if": None}])
    Call.objects.update(parts=older)
    Call.objects.update(status="PUBLISHED", published_at=NOON)
    call = Call.objects.get(pk=call.pk)
    assert propose_corrigendum(call, by=officer, at=NOON, reason="A better title", values={"title": "Better"})


def test_what_depends_on_an_answer_that_nobody_is_asked_for_is_not_asked_either():
    third = settled({"kind": "CHOICE", "question": "C?", "options": ["A", "B"], "only_if": {"question": 1, "is": "NO"}})
    fourth = settled({"kind": "DATE", "question": "D?", "only_if": {"question": 2, "is": "A"}})
    questions = [SETTLED[0], third, fourth]
    answers = {code_of(third): "A"}
    assert list(asked(questions, {**answers, code_of(SETTLED[0]): "YES"})) == [1]
    assert list(asked(questions, {**answers, code_of(SETTLED[0]): "NO"})) == [1, 2, 3]
