"""What makes questions none that a form may ask, said in sentences."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.amounts import decimal_of
from core.fields import CleanTextField
from programmes.form_questions.kinds import (
    ALL,
    LONGEST_ANSWER,
    LONGEST_BOUND,
    LONGEST_HELP,
    LONGEST_OPTION,
    LONGEST_QUESTION,
    LONGEST_UNIT,
    MOST,
    MOST_DECIMALS,
    MOST_OPTIONS,
    OWN,
    WIDEST,
    Kind,
    choices_of,
    code_of,
)


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
    if value == "":
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_BOUND:
        return _("a bound is a number of at most 11 figures before its decimals, or empty for none.")
    try:
        is_narrow = abs(decimal_of(value)) < WIDEST
    except ValidationError as wrong:
        return _("a bound is a number, or empty for none. %s") % " ".join(wrong.messages)
    return "" if is_narrow else _("a bound is a number of at most 11 figures before its decimals.")


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
    """An answer has as many decimals as the question takes: bounds with more might leave none that is allowed."""
    bounds = [decimal_of(question[name]) for name in ("lowest", "highest") if question.get(name)]
    most = question.get("decimals", 0)
    if any(round(bound, most) != bound for bound in bounds):
        return ngettext(
            "its answers have at most %d decimal: write the lowest and the highest number so, or allow more decimals.",
            "its answers have at most %d decimals: write the lowest and the highest number so, or allow more decimals.",
            most,
        ) % most  # fmt: skip
    return _("its lowest number is above the highest.") if len(bounds) == 2 and bounds[0] > bounds[1] else ""


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
