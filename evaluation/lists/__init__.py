"""The lists of the evaluation: each the same on the page, in the file and in the API."""

from evaluation.lists.batches import BatchLineList, BatchList, PeopleToAssignList, ToAssignList
from evaluation.lists.calls import CallList, ProgressList, ReadyList
from evaluation.lists.judging import AssessmentList, ConsensusList
from evaluation.lists.pool import AllPoolsList, PoolList, ToInviteList
from evaluation.lists.ranking import EntryList, RankedListList, SeatList
from evaluation.lists.register import RegisterList
from evaluation.lists.rulings import RulingList
from evaluation.lists.scenarios import ScenarioList
from evaluation.lists.tones import (
    ASSESSMENT_TONES,
    CONSENSUS_TONES,
    LIST_TONES,
    PLACE_TONES,
    POOL_TONES,
    SCENARIO_TONES,
    SEAT_TONES,
)

__all__ = [
    "ASSESSMENT_TONES",
    "CONSENSUS_TONES",
    "LIST_TONES",
    "PLACE_TONES",
    "POOL_TONES",
    "SCENARIO_TONES",
    "SEAT_TONES",
    "AllPoolsList",
    "AssessmentList",
    "BatchLineList",
    "BatchList",
    "CallList",
    "ConsensusList",
    "EntryList",
    "PeopleToAssignList",
    "PoolList",
    "ProgressList",
    "RankedListList",
    "ReadyList",
    "RegisterList",
    "RulingList",
    "ScenarioList",
    "SeatList",
    "ToAssignList",
    "ToInviteList",
]
