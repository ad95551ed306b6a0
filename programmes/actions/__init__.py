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
from programmes.actions.funds import load_fund

__all__ = [
    "cancel_call",
    "conclude_decision",
    "conclude_ranking",
    "drop_corrigendum",
    "edit_call",
    "expire_reserve",
    "load_fund",
    "open_applications",
    "open_round",
    "prepare_call",
    "propose_corrigendum",
    "publish_call",
    "publish_corrigendum",
    "recall_call",
    "start_evaluation",
]
