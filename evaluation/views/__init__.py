"""The pages of the evaluation, by what they are about."""

from evaluation.views.assessments import assessment, assessment_step, assessments
from evaluation.views.assigning import assign, stand_aside
from evaluation.views.calls import evaluation_of_call
from evaluation.views.committee import committee, seat_step
from evaluation.views.consensus import appoint_rapporteur, consensus, consensus_reports, consensus_step
from evaluation.views.queue import evaluation
from evaluation.views.ranked_lists import draw_up, ranked_list, ranked_list_step, ranked_lists

__all__ = [
    "appoint_rapporteur",
    "assessment",
    "assessment_step",
    "assessments",
    "assign",
    "committee",
    "consensus",
    "consensus_reports",
    "consensus_step",
    "draw_up",
    "evaluation",
    "evaluation_of_call",
    "ranked_list",
    "ranked_list_step",
    "ranked_lists",
    "seat_step",
    "stand_aside",
]
