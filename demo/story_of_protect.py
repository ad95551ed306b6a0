"""ISFP-2017-AG-PROTECT, from its publication in 2017 to the letters, at its real dates.

Publication, proposals and opening are one chapter: the call's closing time has long passed, so that a worker would
open it the moment it could see it.
"""

from decimal import Decimal

from demo import calls, committee, deciding, judging, opening
from demo.moments import brussels
from demo.proposals import hand_in_all
from demo.tables import call_said, proposals

KEY = "protect"
REASONS = (
    "I follow the ranked list signed by the committee on 18 May 2018. The proposals on its main list answer the "
    "priorities of the call best and together stay within its budget. In one case the contribution is lower than "
    "requested, for the reason given there."
)
DEVIATIONS = [
    {
        "acronym": "DRONEGATE",
        "outcome": "AWARD",
        "contribution": Decimal("1020000.00"),
        "reason": "The committee’s report notes that two partners own systems similar to those to be rented. The rent "
        "of these systems (EUR 123 369.90 of the contribution) is not necessary for the action; the contribution is "
        "reduced by it. The tests themselves are not touched.",
    }
]


def chapters(only):
    said = proposals(KEY, only)
    return {
        "published, applied for, opened": lambda call: told_to_closing(said),
        "checks": lambda call: opening.decide_all(call, said, at=brussels("2018-02-23 16:00")),
        "evaluation begins": lambda call: begin(call, said),
        "assessments": lambda call: judging.assess_all(call, said, at=brussels("2018-04-13 17:30")),
        "consensus": lambda call: judging.agree_all(call, said, at=brussels("2018-05-04 17:00")),
        "ranked list": list_and_signatures,
        "award decision": decision,
        "letters issued": lambda call: deciding.issue(call, at=brussels("2018-07-02 10:00")),
    }


def told_to_closing(said):
    call = calls.publish(call_said(KEY), day=None)
    hand_in_all(said, call, day=None, latest=brussels("2018-01-31 18:00"))
    opening.open_all(call)
    return call


def begin(call, said):
    opening.begin_evaluation(call, at=brussels("2018-03-01 09:30"))
    committee.appoint(call, at=brussels("2018-03-01 15:00"))
    judging.assign_all(call, said, at=brussels("2018-03-05 10:00"))
    judging.replace_recused(call, said, at=brussels("2018-03-07 09:12"))


def list_and_signatures(call):
    committee.declare(call, at=brussels("2018-05-07 10:00"))
    committee.rank(call, at=brussels("2018-05-15 11:00"))
    committee.sign(call, at=brussels("2018-05-16 14:00"))


def decision(call):
    deciding.prepare(call, at=brussels("2018-05-28 09:45"))
    deciding.deviate_from_list(call, DEVIATIONS, at=brussels("2018-05-29 11:20"))
    deciding.propose(call, at=brussels("2018-06-01 16:05"))
    deciding.take(call, REASONS, at=brussels("2018-06-18 12:00"))


def last_chapters():
    """After the worker has sent the letters."""
    return {"letters read": deciding.read_letters}
