"""Forms of the evaluation: they parse what people type; rules and writing are the acts'."""

from evaluation.forms.judging import (
    AgainForm,
    AssessmentForm,
    AssignmentsFileForm,
    BarForm,
    ConsensusForm,
    DrawUpForm,
    DueForm,
    HandOnForm,
    NothingMoreForm,
    PassOverForm,
    RapporteurTermsForm,
    ReasonForm,
    SeatForm,
    TermsForm,
    TieForm,
    initial_of,
)
from evaluation.forms.register import EntryForm

__all__ = [
    "AgainForm",
    "AssessmentForm",
    "AssignmentsFileForm",
    "BarForm",
    "ConsensusForm",
    "DrawUpForm",
    "DueForm",
    "EntryForm",
    "HandOnForm",
    "NothingMoreForm",
    "PassOverForm",
    "RapporteurTermsForm",
    "ReasonForm",
    "SeatForm",
    "TermsForm",
    "TieForm",
    "initial_of",
]
