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
from evaluation.forms.pool import DecliningForm, InvitationForm
from evaluation.forms.register import EntryForm
from evaluation.forms.rulings import RulingForm
from evaluation.forms.supposing import BesideForm, SavingForm, SupposingForm

__all__ = [
    "AgainForm",
    "AssessmentForm",
    "AssignmentsFileForm",
    "BarForm",
    "BesideForm",
    "ConsensusForm",
    "DecliningForm",
    "DrawUpForm",
    "DueForm",
    "EntryForm",
    "HandOnForm",
    "InvitationForm",
    "NothingMoreForm",
    "PassOverForm",
    "RapporteurTermsForm",
    "ReasonForm",
    "RulingForm",
    "SavingForm",
    "SeatForm",
    "SupposingForm",
    "TermsForm",
    "TieForm",
    "initial_of",
]
