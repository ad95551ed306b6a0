"""How each state of an evaluation is coloured."""

from core.phases import for_each
from evaluation.states import (
    AssessmentPhase,
    AssessmentStatus,
    ConsensusPhase,
    ConsensusStatus,
    PoolMemberPhase,
    PoolMemberStatus,
    RankedListPhase,
    RankedListStatus,
    RulingPhase,
    RulingStatus,
    ScenarioPhase,
    ScenarioStatus,
    SeatPhase,
    SeatStatus,
)
from programmes.states import UNREAD, CallPhase, CallStatus

A, C, M, R, P = AssessmentPhase, ConsensusPhase, SeatPhase, RankedListPhase, CallPhase
ASSESSMENT_TONES = for_each(
    AssessmentStatus,
    {A.UNDECLARED: "warning", A.OPEN: "info", A.SIGNED: "good", A.CONFLICT: "bad", A.RELEASED: "neutral"},
)
CONSENSUS_TONES = for_each(
    ConsensusStatus, {C.WRITING: "info", C.PROPOSED: "warning", C.APPROVED: "good", C.SET_ASIDE: "neutral"}
)
SEAT_TONES = for_each(SeatStatus, {M.APPOINTED: "warning", M.SIGNED: "good", M.LEFT: "neutral", M.CONFLICT: "bad"})
LIST_TONES = for_each(
    RankedListStatus,
    {R.DRAWN: "warning", R.SIGNED: "good", R.QUESTIONED: "warning", R.SET_ASIDE: "bad", R.DISCARDED: "neutral"},
)
N = PoolMemberPhase
POOL_TONES = for_each(
    PoolMemberStatus,
    {
        N.INVITED: "warning", N.ACCEPTED: "good", N.DECLINED: "bad", N.TAKEN_BACK + N.GONE: "neutral",
    },
)  # fmt: skip
RULING_TONES = for_each(RulingStatus, {RulingPhase.LIFTED: "info", RulingPhase.PINNED: "bad"})
SCENARIO_TONES = for_each(ScenarioStatus, {ScenarioPhase.KEPT: "info", ScenarioPhase.WITHDRAWN: "neutral"})
CALL_TONES = for_each(
    CallStatus,
    {
        UNREAD + P.CHECKING: "neutral", P.EVALUATION: "info", P.RANKED + P.DECIDED: "good", P.CANCELLED: "bad",
    },
)  # fmt: skip
PLACE_TONES = {"MAIN": "good", "RESERVE": "info", "REJECTED": "bad"}
