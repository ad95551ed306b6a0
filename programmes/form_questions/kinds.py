"""The kinds of questions, what each says of itself, and how questions are read from a form."""

import hashlib
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

PART = "questions"
MOST, MOST_OPTIONS = 60, 40
LONGEST_QUESTION, LONGEST_HELP, LONGEST_OPTION, LONGEST_UNIT, LONGEST_ANSWER = 500, 2000, 200, 30, 20_000
MOST_DECIMALS = 2  # “1.234” might be a thousand, so nobody could type a third
WIDEST = Decimal(10) ** 11
LONGEST_BOUND = 24  # characters as typed, with what stands between thousands


class Kind(TextChoices):
    TEXT = "TEXT", gettext_lazy("text")
    NUMBER = "NUMBER", gettext_lazy("number")
    DATE = "DATE", gettext_lazy("day")
    CHOICE = "CHOICE", gettext_lazy("choice of one")
    YES_NO = "YES_NO", gettext_lazy("yes or no")


class YesNo(TextChoices):
    YES = "YES", gettext_lazy("Yes")
    NO = "NO", gettext_lazy("No")


ALL = {"kind": "", "question": "", "help": "", "required": False, "only_if": None}
OWN = {
    Kind.TEXT.value: {"longest": 2000},
    Kind.NUMBER.value: {"unit": "", "lowest": "", "highest": "", "decimals": 0},
    Kind.DATE.value: {},
    Kind.CHOICE.value: {"options": []},
    Kind.YES_NO.value: {},
}


def questions_in(form):
    """Those of a call's form, in their order."""
    return next((one.get("questions", []) for one in form if one["part"] == PART), [])


def code_of(question):
    """What its answers are kept under."""
    words = " ".join(question["question"].casefold().split())
    return "q" + hashlib.sha256(f"{question['kind']}:{words}".encode()).hexdigest()[:12]


def choices_of(question):
    """[(answer, its words)] where one is chosen; nothing where it is typed."""
    if question["kind"] == Kind.YES_NO:
        return list(YesNo.choices)
    return [(option, option) for option in question.get("options", [])]


def asked(questions, answers):
    """{number: question} of those that are asked of whoever has given these answers, {code: answer}."""
    found = {}
    for number, one in enumerate(questions, 1):
        condition = one["only_if"]
        if condition is None or is_met(condition, found, answers):
            found[number] = one
    return found


def is_met(condition, found, answers):
    """An answer to what is not asked itself decides nothing."""
    on = found.get(condition["question"])
    return on is not None and answers.get(code_of(on)) == condition["is"]
