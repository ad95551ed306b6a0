"""Two small calls between the large ones: one waits for the checks, one for the authorising officer."""

from datetime import timedelta

from demo import calls, committee, deciding, judging, opening
from demo.moments import at_work, today
from demo.proposals import hand_in_all
from demo.tables import call_said, proposals

ENVIRONMENT, CORRUPTION = "environment", "corruption"


def after_closing(call, days):
    return at_work(call.closes_at + timedelta(days=days))


def told_to_closing(key, said):
    """One chapter: a worker would open a call whose closing time has passed as soon as it saw it."""
    day = today()
    call = calls.publish(call_said(key), day=day)
    hand_in_all(said, call, day=day, latest=after_closing(call, -1))
    opening.open_all(call)
    return call


def chapters_of_corruption(only):
    said = proposals(CORRUPTION, only)
    return {"published, applied for, opened": lambda call: told_to_closing(CORRUPTION, said)}


def chapters_of_environment(only):
    said = proposals(ENVIRONMENT, only)
    return {
        "published, applied for, opened": lambda call: told_to_closing(ENVIRONMENT, said),
        "checks": lambda call: opening.decide_all(call, said, at=after_closing(call, 16)),
        "evaluation": lambda call: evaluate(call, said),
        "ranked list and proposed decision": propose_decision,
    }


def evaluate(call, said):
    opening.begin_evaluation(call, at=after_closing(call, 20))
    committee.appoint(call, at=after_closing(call, 21))
    judging.assign_all(call, said, at=after_closing(call, 22))
    judging.assess_all(call, said, at=after_closing(call, 58))
    judging.agree_all(call, said, at=after_closing(call, 80))


def propose_decision(call):
    committee.declare(call, at=after_closing(call, 92))
    committee.rank(call, at=after_closing(call, 95))
    committee.sign(call, at=after_closing(call, 97))
    deciding.prepare(call, at=after_closing(call, 120))
    deciding.propose(call, at=after_closing(call, 141))
