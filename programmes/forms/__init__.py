"""What comes in from pages about funds and calls, cleaned; the acts judge it."""

from programmes.forms.allocation import WhatIfForm
from programmes.forms.calls import CallForm, CorrigendumForm, PrepareForm
from programmes.forms.criteria import CriterionFormSet, criteria_of
from programmes.forms.form_questions import FormQuestionFormSet, FormQuestionsForm, form_questions_of
from programmes.forms.questions import CorrectionForm, QuestionForm, ReplyForm

__all__ = [
    "CallForm",
    "CorrectionForm",
    "CorrigendumForm",
    "CriterionFormSet",
    "FormQuestionFormSet",
    "FormQuestionsForm",
    "PrepareForm",
    "QuestionForm",
    "ReplyForm",
    "WhatIfForm",
    "criteria_of",
    "form_questions_of",
]
