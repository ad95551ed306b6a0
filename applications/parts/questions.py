"""Questions of the call: what its officer asks besides the other parts. The form of the call holds them as data.

A content says each question that was asked with its answer, so a receipt is read by itself, whatever becomes of the
call. Answers to questions that are not asked any more (their condition is not met) stay in the draft, not in it.
"""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from applications.parts.base import Part, Writing
from applications.parts.forms.questions import QuestionsForm
from applications.parts.forms.shapes import texts
from core.errors import Incomplete
from core.formats import brussels_day, marked
from programmes.form_questions import LONGEST_ANSWER, Kind, asked, choices_of, code_of, questions_in


class Questions(Part):
    name = "questions"
    label = _("Questions of the call")
    place = 55
    is_written = True
    empty = []
    form = QuestionsForm
    why_not_asked = _("This call does not ask it.")

    def taken(self):
        answer = serializers.CharField(allow_blank=True, allow_null=True, max_length=LONGEST_ANSWER)
        return serializers.DictField(
            child=answer, required=False, help_text="{code: answer}: what is left out stays, an empty one is taken out."
        )

    # reads

    def read(self, application):
        return [without_mark(one) for one in said_in(application) if one["is_asked"]]

    def for_editing(self, application):
        """All of them, with those that are not asked now and what was answered there."""
        return said_in(application)

    # writes

    def write(self, application, said, *, by, at):
        answers = {**answers_of(application), **self.cleaned(application, said)}
        keep(application, {code: answer for code, answer in answers.items() if answer})
        return Writing()

    def cleaned(self, application, said):
        """Each answer in its one form; every one that cannot be used is named."""
        form = self.form_for(content={self.name: self.for_editing(application)}, call=application.call)
        found, gaps = {}, {}
        for code, answer in said.items():
            try:
                found[code] = form.plain(code, form.fields[code].clean(texts(answer)))
            except KeyError:
                gaps[f"{self.name}.{code}"] = say("The call has no such question; load the application again.")
            except ValidationError as wrong:
                gaps[f"{self.name}.{code}"] = " ".join(wrong.messages)
        if gaps:
            raise Incomplete(gaps)
        return found

    def restore(self, application, said, *, by, at):
        """As it was received, whatever would be an answer today."""
        keep(application, {one["code"]: one["answer"] for one in said if one["answer"]})
        return Writing()

    # checks

    def gaps(self, content, call):
        return {
            one["code"]: say("Answer question %(number)d: “%(question)s”") % one
            for one in content[self.name]
            if one["required"] and not one["answer"]
        }

    def is_untouched(self, said):
        return not any(one["answer"] for one in said)

    # copies

    def misfit(self, name, value, call):
        """The bounds of this call may be others."""
        question = next(one for one in questions_in(call.parts) if code_of(one) == name)
        form = self.form_for(content={self.name: [line_of(1, {**question, "only_if": None}, {}, (1,))]}, call=call)
        return " ".join(form.problems(name, value))

    # shows

    def shown(self, content, application):
        return {"answers": [(f"{one['number']}. {one['question']}", in_words(one)) for one in content[self.name]]}

    def told(self, said):
        return {one["question"]: in_words(one) for one in said}

    def called(self, name):
        return name


def said_in(application):
    """Each question of the call with its number, its answer and whether it is asked."""
    questions, answers = questions_in(application.call.parts), answers_of(application)
    numbers = asked(questions, answers)
    return [line_of(number, one, answers, numbers) for number, one in enumerate(questions, 1)]


def line_of(number, question, answers, numbers):
    code = code_of(question)
    return {"number": number, "code": code, **question, "answer": answers.get(code, ""), "is_asked": number in numbers}


def without_mark(one):
    return {name: value for name, value in one.items() if name != "is_asked"}


def answers_of(application):
    return application.answers.get(Questions.name, {})


def keep(application, answers):
    application.answers = {**application.answers, Questions.name: answers}


def in_words(one):
    """An answer as everybody reads it."""
    answer = one["answer"]
    if not answer:
        return ""
    if one["kind"] == Kind.DATE:
        return brussels_day(date.fromisoformat(answer))
    if one["kind"] == Kind.NUMBER:
        return f"{marked(f'{Decimal(answer):,f}'.replace(',', ' '))} {one['unit']}".strip()
    return str(dict(choices_of(one)).get(answer, answer))


PART = Questions()
