"""The questions of a call's form, laid out for everybody who reads the call."""

from django.utils.translation import gettext as _

from programmes.form_questions import Kind, YesNo, choices_of
from programmes.shown.funds import Table


def form_questions_table(questions):
    """What applicants are asked besides the usual parts; None where nothing is."""
    columns = [_("No"), _("Question"), _("Answer"), _("Required")]
    rows = [form_question_row(number, one) for number, one in enumerate(questions, 1)]
    return Table(_("Questions that applicants answer"), columns, rows, (0,)) if rows else None


def form_question_row(number, one):
    condition = ""
    if one["only_if"]:
        on = questions_answer(one["only_if"])
        condition = _("if question %(number)d is answered “%(answer)s”") % on
    required = _("yes") if one["required"] else _("no")
    return [number, one["question"], kind_in_words(one), f"{required} {condition}".strip()]


def questions_answer(condition):
    return {"number": condition["question"], "answer": dict(YesNo.choices).get(condition["is"], condition["is"])}


def kind_in_words(one):
    """What kind of answer is wanted, with its limits."""
    label = str(Kind(one["kind"]).label)
    if one["kind"] == Kind.CHOICE:
        return f"{label}: {'; '.join(words for _answer, words in choices_of(one))}"
    if one["kind"] == Kind.TEXT:
        return _("text of at most %(number)d characters") % {"number": one["longest"]}
    return f"{label} {one['unit']}".strip() if one["kind"] == Kind.NUMBER else label
