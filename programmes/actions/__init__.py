"""Every act on funds and calls."""

from programmes.actions.calls import (
    cancel_call,
    conclude_decision,
    conclude_ranking,
    edit_call,
    expire_reserve,
    open_applications,
    open_round,
    prepare_call,
    publish_call,
    recall_call,
    start_evaluation,
)
from programmes.actions.corrigenda import drop_corrigendum, propose_corrigendum, publish_corrigendum
from programmes.actions.following import follow_call, unfollow_call
from programmes.actions.funds import load_fund
from programmes.actions.questions import answer_question, ask_question, correct_reply, decline_question, withdraw_reply

__all__ = [
    "answer_question",
    "ask_question",
    "cancel_call",
    "conclude_decision",
    "conclude_ranking",
    "correct_reply",
    "decline_question",
    "drop_corrigendum",
    "edit_call",
    "expire_reserve",
    "follow_call",
    "load_fund",
    "open_applications",
    "open_round",
    "prepare_call",
    "propose_corrigendum",
    "publish_call",
    "publish_corrigendum",
    "recall_call",
    "start_evaluation",
    "unfollow_call",
    "withdraw_reply",
]
