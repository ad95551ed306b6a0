"""Every act of the evaluation, in the order of life: assessments, consensus, committee, ranked list."""

from evaluation.actions.assessments import (
    assign_all,
    assign_evaluator,
    declare_no_conflict,
    recuse_evaluator,
    release_evaluator,
    score_assessment,
    sign_assessment,
    stand_aside,
)
from evaluation.actions.committee import (
    appoint_member,
    declare_for_the_committee,
    recuse_member,
    release_member,
    sign_record,
)
from evaluation.actions.consensus import (
    agree_scores,
    appoint_rapporteur,
    approve_consensus,
    object_to_consensus,
    propose_consensus,
)
from evaluation.actions.ranked_lists import discard_list, draw_up_list, freeze_list
from evaluation.actions.rounds import evaluate_again

__all__ = [
    "agree_scores",
    "appoint_member",
    "appoint_rapporteur",
    "approve_consensus",
    "assign_all",
    "assign_evaluator",
    "declare_for_the_committee",
    "declare_no_conflict",
    "discard_list",
    "draw_up_list",
    "evaluate_again",
    "freeze_list",
    "object_to_consensus",
    "propose_consensus",
    "recuse_evaluator",
    "recuse_member",
    "release_evaluator",
    "release_member",
    "score_assessment",
    "sign_assessment",
    "sign_record",
    "stand_aside",
]
