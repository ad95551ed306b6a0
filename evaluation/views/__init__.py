"""The pages of the evaluation, by what they are about."""

from evaluation.views.assessments import assessment, assessment_step, assessments
from evaluation.views.assigning import (
    assign,
    assign_automatically,
    assign_file,
    assign_one,
    assign_person,
    assign_workbook,
    stand_aside,
)
from evaluation.views.batches import batch, batch_of_assignments_progress, batch_step, propose_rapporteurs
from evaluation.views.calls import evaluation_of_call
from evaluation.views.committee import committee, seat_step
from evaluation.views.consensus import appoint_rapporteur, consensus, consensus_reports, consensus_step
from evaluation.views.mending import (
    assessment_preview,
    bar_person,
    consensus_preview,
    evaluate_again,
    hand_on,
    pass_over,
    ranked_list_preview,
    seat_preview,
    settle_tie,
)
from evaluation.views.pool import pool, pool_choose, pool_decline, pool_invite, pool_member, pool_member_step
from evaluation.views.queue import evaluation
from evaluation.views.ranked_lists import draw_up, ranked_list, ranked_list_step, ranked_lists
from evaluation.views.register import evaluators, my_entry, register_entry
from evaluation.views.rulings import conflicts, rule_on_conflict
from evaluation.views.scenarios import scenario, scenario_step, scenarios, scenarios_beside
from evaluation.views.supposing import suppose
from evaluation.views.sureness import sureness

__all__ = [
    "appoint_rapporteur",
    "assessment",
    "assessment_preview",
    "assessment_step",
    "assessments",
    "assign",
    "assign_automatically",
    "assign_file",
    "assign_one",
    "assign_person",
    "assign_workbook",
    "bar_person",
    "batch",
    "batch_of_assignments_progress",
    "batch_step",
    "committee",
    "conflicts",
    "consensus",
    "consensus_preview",
    "consensus_reports",
    "consensus_step",
    "draw_up",
    "evaluate_again",
    "evaluation",
    "evaluation_of_call",
    "evaluators",
    "hand_on",
    "my_entry",
    "pass_over",
    "pool",
    "pool_choose",
    "pool_decline",
    "pool_invite",
    "pool_member",
    "pool_member_step",
    "propose_rapporteurs",
    "ranked_list",
    "ranked_list_preview",
    "ranked_list_step",
    "ranked_lists",
    "register_entry",
    "rule_on_conflict",
    "scenario",
    "scenario_step",
    "scenarios",
    "scenarios_beside",
    "seat_preview",
    "seat_step",
    "settle_tie",
    "stand_aside",
    "suppose",
    "sureness",
]
