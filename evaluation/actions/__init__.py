"""Every act of the evaluation, in the order of life: the register of evaluators, the pool of a call, assessments and
batches of them, consensus, committee, list, what is supposed of it."""

from evaluation.actions.assessments import (
    assign_all,
    assign_evaluator,
    declare_no_conflict,
    release_evaluator,
    score_assessment,
    sign_assessment,
)
from evaluation.actions.batches import (
    carry_out_batch,
    confirm_batch,
    give_back_batch,
    take_back_batch,
)
from evaluation.actions.committee import (
    appoint_member,
    declare_for_the_committee,
    recuse_member,
    release_member,
    sign_record,
    strike_member,
)
from evaluation.actions.conflicts import bar_person, recuse_evaluator, stand_aside, strike_assessment
from evaluation.actions.consensus import (
    agree_scores,
    appoint_rapporteur,
    approve_consensus,
    object_to_consensus,
    propose_consensus,
)
from evaluation.actions.mending import (
    pass_over_evaluator,
    reopen_assessment,
    reopen_report,
    replace_evaluator,
    replace_rapporteur,
)
from evaluation.actions.pool import (
    accept_invitation,
    decline_invitation,
    invite_people,
    leave_pool,
    release_from_pool,
    take_invitation_back,
)
from evaluation.actions.proposing import propose_distribution, propose_from_file, propose_rapporteurs
from evaluation.actions.ranked_lists import (
    discard_list,
    draw_up_list,
    freeze_list,
    question_list,
    set_aside_list,
    uphold_list,
)
from evaluation.actions.register import keep_entry
from evaluation.actions.rounds import evaluate_again
from evaluation.actions.rulings import lift_conflict, pin_conflict, rule
from evaluation.actions.scenarios import save_scenario, withdraw_scenario
from evaluation.actions.ties import settle_tie

__all__ = [
    "accept_invitation",
    "agree_scores",
    "appoint_member",
    "appoint_rapporteur",
    "approve_consensus",
    "assign_all",
    "assign_evaluator",
    "bar_person",
    "carry_out_batch",
    "confirm_batch",
    "declare_for_the_committee",
    "declare_no_conflict",
    "decline_invitation",
    "discard_list",
    "draw_up_list",
    "evaluate_again",
    "freeze_list",
    "give_back_batch",
    "invite_people",
    "keep_entry",
    "leave_pool",
    "lift_conflict",
    "object_to_consensus",
    "pass_over_evaluator",
    "pin_conflict",
    "propose_consensus",
    "propose_distribution",
    "propose_from_file",
    "propose_rapporteurs",
    "question_list",
    "recuse_evaluator",
    "recuse_member",
    "release_evaluator",
    "release_from_pool",
    "release_member",
    "reopen_assessment",
    "reopen_report",
    "replace_evaluator",
    "replace_rapporteur",
    "rule",
    "save_scenario",
    "score_assessment",
    "set_aside_list",
    "settle_tie",
    "sign_assessment",
    "sign_record",
    "stand_aside",
    "strike_assessment",
    "strike_member",
    "take_back_batch",
    "take_invitation_back",
    "uphold_list",
    "withdraw_scenario",
]
