"""Questions that the form of a call asks besides its other parts: data of the part “questions”, frozen with the form.

A question is a dict with the keys of its kind. It is known by what it asks: `code_of` makes the same of the same words
in whichever call, so an answer finds its question again where an application is copied. A condition, `only_if`, names
an earlier question by its number in the list: {"question": 2, "is": "YES"}.
"""

from programmes.form_questions.flaws import (
    flaws_of,
)
from programmes.form_questions.keeping import (
    as_text,
    settled,
    settled_form,
    with_questions,
)
from programmes.form_questions.kinds import (
    LONGEST_ANSWER,
    LONGEST_BOUND,
    LONGEST_HELP,
    LONGEST_QUESTION,
    LONGEST_UNIT,
    MOST,
    OWN,
    PART,
    Kind,
    YesNo,
    asked,
    choices_of,
    code_of,
    questions_in,
)

__all__ = [
    "LONGEST_ANSWER",
    "LONGEST_BOUND",
    "LONGEST_HELP",
    "LONGEST_QUESTION",
    "LONGEST_UNIT",
    "MOST",
    "OWN",
    "PART",
    "Kind",
    "YesNo",
    "as_text",
    "asked",
    "choices_of",
    "code_of",
    "flaws_of",
    "questions_in",
    "settled",
    "settled_form",
    "with_questions",
]
