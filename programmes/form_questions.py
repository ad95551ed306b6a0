"""Questions that the form of a call asks besides its other parts: data of the part “questions”, frozen with the form.

A question is a dict with the keys of its kind. It is known by what it asks: `code_of` makes the same of the same words
in whichever call, so an answer finds its question again where an application is copied. A condition, `only_if`, names
an earlier question by its number in the list: {"question": 2, "is": "YES"}.
"""

import hashlib
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import CleanTextField
from programmes.form_parts import OFFERED

PART = "questions"
MOST, MOST_OPTIONS = 60, 40
LONGEST_QUESTION, LONGEST_HELP, LONGEST_OPTION, LONGEST_UNIT, LONGEST_ANSWER = 500, 2000, 200, 30, 20_000
MOST_DECIMALS = 2  # “1.234” might be a thousand, so nobody could type a third
WIDEST = Decimal(10) ** 11


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


# reads


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


# writes


def with_questions(form, questions):
    """The form with these; the part is asked only where there are any, in its place or where it stood."""
    others = [one for one in form if one["part"] != PART]
    if not questions:
        return others
    stood = [one["part"] for one in form]
    before = [one["part"] for one in others if OFFERED[one["part"]].place < OFFERED[PART].place]
    place = stood.index(PART) if PART in stood else len(before)
    return [*others[:place], {"part": PART, "questions": questions}, *others[place:]]


def settled_form(form):
    """As it is kept: each question with every key of its kind. What is no form at all is left to be refused."""
    if not isinstance(form, list):
        return form
    return [
        {**one, "questions": [settled(each) for each in one["questions"]]}
        if isinstance(one, dict) and isinstance(one.get("questions"), list)
        else one
        for one in form
    ]


def settled(given):
    if not isinstance(given, dict):
        return given
    kind = given.get("kind")
    said = {**ALL, **(OWN.get(kind, {}) if isinstance(kind, str) else {}), **given}
    return {name: settled_value(name, value) for name, value in said.items()}


def settled_value(name, value):
    if name in {"lowest", "highest"} and value is not None and not isinstance(value, bool):
        return plain_number(str(value))
    if name == "options" and isinstance(value, list):
        return [in_one_form(one) for one in value]
    return in_one_form(value)


def in_one_form(value):
    """Text in one form of Unicode; what cannot be printed stays, to be refused."""
    try:
        return CleanTextField(required=False).clean(value) if isinstance(value, str) else value
    except ValidationError:
        return value


def plain_number(text):
    """“1,50” is 1.5; what is no number stays, to be refused."""
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return text
    return as_text(number) if number.is_finite() else text


def as_text(number):
    """A number in its one form: no zeros at its end, no exponent."""
    return format(number.normalize() + 0, "f")


# what may not be


def flaws_of(questions):
    """The first that makes these no questions of a form, as a sentence that names its question; else nothing."""
    if not isinstance(questions, list) or not questions:
        return _("Give the questions in their order, or leave the part out.")
    if len(questions) > MOST:
        return _("A form asks at most %d questions of its own.") % MOST
    for number, one in enumerate(questions, 1):
        if why := flaw_of(one, questions[: number - 1]):
            return _("Question %(number)d: %(why)s") % {"number": number, "why": why}
    return ""


def flaw_of(question, earlier):
    """`earlier` ones are sound already."""
    kind = question.get("kind") if isinstance(question, dict) else None
    if not isinstance(kind, str) or kind not in OWN:
        return _("choose its kind, one of %s.") % ", ".join(Kind.values)
    wanted = {**ALL, **OWN[kind]}
    if unknown := sorted(map(str, question.keys() - wanted.keys())):
        return _("a question of this kind has no “%s”.") % unknown[0]
    found = (CHECKS[name](question[name]) for name in wanted if name in CHECKS)
    return next(filter(None, found), "") or bounds_flaw(question) or ties_flaw(question, earlier)


def text_flaw(name, longest, *, required=False):
    """A check of a text: `name` is what its sentence calls it."""

    def check(value):
        if not isinstance(value, str) or (required and not value):
            return _("say %s.") % name
        try:
            CleanTextField(required=False, max_length=longest).clean(value)
        except ValidationError as wrong:
            return f"{name}: {' '.join(wrong.messages)}"
        return ""

    return check


def whole_flaw(name, lowest, highest):
    def check(value):
        if type(value) is int and lowest <= value <= highest:
            return ""
        return _("%(what)s is a whole number from %(lowest)d to %(highest)d.") % {
            "what": name, "lowest": lowest, "highest": highest,
        }  # fmt: skip

    return check


def bound_flaw(value):
    try:
        is_one = value == "" or abs(Decimal(value)) < WIDEST
    except (InvalidOperation, TypeError, ValueError):
        is_one = False
    return "" if is_one else _("a bound is a number, or empty for none.")


def options_flaw(value):
    if not isinstance(value, list) or not 2 <= len(value) <= MOST_OPTIONS:
        return _("offer from 2 to %d answers to choose from.") % MOST_OPTIONS
    check = text_flaw(_("each answer that is offered"), LONGEST_OPTION, required=True)
    if wrong := next(filter(None, map(check, value)), ""):
        return wrong
    return _("offer each answer once.") if len({one.casefold() for one in value}) < len(value) else ""


CHECKS = {
    "question": text_flaw(gettext_lazy("what is asked"), LONGEST_QUESTION, required=True),
    "help": text_flaw(gettext_lazy("the help"), LONGEST_HELP),
    "required": lambda value: "" if isinstance(value, bool) else _("it is required, or it is not: true or false."),
    "longest": whole_flaw(gettext_lazy("the most characters"), 1, LONGEST_ANSWER),
    "unit": text_flaw(gettext_lazy("the unit"), LONGEST_UNIT),
    "lowest": bound_flaw,
    "highest": bound_flaw,
    "decimals": whole_flaw(gettext_lazy("the number of decimals"), 0, MOST_DECIMALS),
    "options": options_flaw,
}


def bounds_flaw(question):
    low, high = question.get("lowest", ""), question.get("highest", "")
    return _("its lowest number is above the highest.") if low and high and Decimal(low) > Decimal(high) else ""


def ties_flaw(question, earlier):
    """Beside the questions before it: asked once, and only on an answer that one of them can get."""
    if code_of(question) in map(code_of, earlier):
        return _("the same is asked before; ask it once.")
    condition = question["only_if"]
    if condition is None:
        return ""
    if not isinstance(condition, dict) or condition.keys() != {"question", "is"}:
        return _("give its condition as {“question”: a number, “is”: an answer}, or none.")
    on = condition["question"]
    if type(on) is not int or not 1 <= on <= len(earlier) or not choices_of(earlier[on - 1]):
        return _("it may depend on an earlier question, one with answers to choose from.")
    if condition["is"] not in dict(choices_of(earlier[on - 1])):
        return _("question %d has no such answer to depend on.") % on
    return ""
