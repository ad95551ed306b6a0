"""Any list of questions with any answers: what was received is read back as it was said, and gives its hash again."""

import json
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from applications.actions import edit_application
from applications.actions.sections import restore_content
from applications.content import canonical, content_of, digest, says_the_same
from applications.formats import read
from applications.models import Application
from applications.shown import proposal
from core.fields import TURNING
from programmes.form_parts import USUAL, form_of
from programmes.form_questions import asked, choices_of, code_of, flaws_of, settled, with_questions
from tests.applications.factories import a_draft, an_owner
from tests.factories import NOON, a_call

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters=TURNING),
    min_size=1,
    max_size=12,
)
OWN = {
    "TEXT": st.fixed_dictionaries({"longest": st.integers(1, 300)}),
    "NUMBER": st.fixed_dictionaries({"unit": WORDS, "lowest": st.integers(-9, 0), "decimals": st.integers(0, 2)}),
    "DATE": st.just({}),
    "CHOICE": st.fixed_dictionaries({"options": st.lists(WORDS, min_size=2, max_size=4)}),
    "YES_NO": st.just({}),
}
ANSWERS = {
    "TEXT": lambda one: st.text("aß€\n ", max_size=one["longest"]).map(str.strip),
    "NUMBER": lambda one: st.integers(0, 10**6).map(lambda n: str(n)),
    "DATE": lambda one: st.dates(date(1990, 1, 1), date(2100, 12, 31)).map(date.isoformat),
    "CHOICE": lambda one: st.sampled_from(one["options"]),
    "YES_NO": lambda one: st.sampled_from(["YES", "NO"]),
}


@st.composite
def forms(draw):
    """Questions that a form may ask, some on an answer to an earlier one, each with an answer or none."""
    questions, answers = [], {}
    for _place in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(sorted(OWN)))
        one = {"kind": kind, "question": draw(WORDS), "required": draw(st.booleans()), **draw(OWN[kind])}
        ties = [(n, a) for n, earlier in enumerate(questions, 1) for a, _words in choices_of(earlier)]
        if ties and draw(st.booleans()):
            one["only_if"] = dict(zip(("question", "is"), draw(st.sampled_from(ties)), strict=True))
        if not flaws_of([*questions, settled(one)]):
            questions.append(settled(one))
            if draw(st.booleans()):
                answers[code_of(questions[-1])] = draw(ANSWERS[kind](questions[-1]))
    return questions, {code: answer for code, answer in answers.items() if answer}


class ReceivedAndReadTest(TestCase):
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(drawn=forms().filter(lambda drawn: drawn[0]))
    def test_a_receipt_of_any_answers_to_any_questions_says_them_and_gives_its_hash_again(self, drawn):
        questions, answers = drawn
        owner = an_owner()
        draft = a_draft(by=owner, call=a_call(parts=with_questions(form_of(USUAL), questions)))
        edit_application(draft, by=owner, at=NOON, questions=answers)
        draft = Application.objects.get(pk=draft.pk)
        assert draft.answers.get("questions", {}) == answers
        receipt = json.loads(canonical(content_of(draft)))
        wanted = {number: answers.get(code_of(one), "") for number, one in asked(questions, answers).items()}
        assert {one["number"]: one["answer"] for one in read(receipt)["questions"]} == wanted
        assert all(one | questions[one["number"] - 1] == one for one in receipt["questions"])

        edit_application(draft, by=owner, at=NOON, questions=dict.fromkeys(answers, ""))
        again = Application.objects.get(pk=draft.pk)
        restore_content(again, receipt, by=owner, at=NOON)
        again.save()
        content = content_of(Application.objects.get(pk=draft.pk))
        assert digest(content) == digest(receipt)
        assert says_the_same(content, receipt)
        (part,) = [one for one in proposal(again, receipt) if one["name"] == "questions"]
        assert [question for question, _answer in part["shown"]["answers"]] == [
            f"{number}. {questions[number - 1]['question']}" for number in wanted
        ]
