"""ISFP-2020-AG-THB, closed some weeks ago and under evaluation: something waits on every desk."""

from datetime import timedelta

from demo import committee, judging, opening
from demo.people import evaluators
from demo.stories_of_waiting_calls import after_closing, told_to_closing
from demo.tables import proposals

KEY = "thb"
FIRST_EVALUATOR_ON = {"ANTIGONE", "FOLLOW", "LILA", "HARVEST", "OPENEYES", "DARKPAGE", "KIDSNET"}
CHECKED, BEGUN, ASSIGNED, ASSESSED, AGREED = 11, 13, 14, 30, 34  # days after closing


def chapters(only):
    said = proposals(KEY, only)
    return {
        "published, applied for, opened": lambda call: told_to_closing(KEY, said),
        "checks": lambda call: opening.decide_all(call, said, at=after_closing(call, CHECKED)),
        "evaluation begins": lambda call: begin(call, said),
        "assessments": lambda call: judge(call, said),
    }


def begin(call, said):
    opening.begin_evaluation(call, at=after_closing(call, BEGUN))
    committee.appoint(call, at=after_closing(call, BEGUN) + timedelta(hours=1))
    judging.assign_all(call, said, at=after_closing(call, ASSIGNED), first_on=FIRST_EVALUATOR_ON)
    committee.declare(call, at=after_closing(call, ASSIGNED + 2), most=1)


def judge(call, said):
    for application, one in judging.eligible(call, said):
        STAGES[one["stage"]](application, one, after_closing(call, ASSESSED))


def signed(application, said, at):
    judging.assess(application, said, at=at)


def agreeing(application, said, at):
    signed(application, said, at)
    begun = after_closing(application.call, ASSESSED + 2)
    judging.write_part_of_consensus(application, said, at=begun, rapporteur=evaluators()[0])


def proposed(application, said, at):
    """The rapporteur has approved what it proposed; the other evaluator has not yet."""
    signed(application, said, at)
    agreed = after_closing(application.call, AGREED)
    judging.approve(judging.agree(application, said, at=agreed), at=agreed, most=1)


def approved(application, said, at):
    signed(application, said, at)
    agreed = after_closing(application.call, AGREED)
    judging.approve(judging.agree(application, said, at=agreed), at=agreed)


def conflict(application, said, at):
    """One has signed, the other found out that it knows the applicant too well: the officer must find another."""
    judging.assess(application, said, at=at, only=1)
    reason = "I taught the project manager until 2019 and we still publish together."
    judging.step_back(judging.assessments_of(application)[1], reason, at=at + timedelta(minutes=50))


def writing(application, said, at):
    """One has signed, or none yet; the first who has not is half-way, the others have only declared."""
    signatures = said.get("signatures", 1)
    judging.assess(application, said, at=at, only=signatures)
    for place, assessment in enumerate(judging.assessments_of(application)[signatures:]):
        judging.declare(assessment, at=at + timedelta(minutes=25 * place))
    half_way = judging.assessments_of(application)[signatures]
    judging.write(half_way, said, 0, at=after_closing(application.call, ASSESSED + 2), most=2)


def waiting(application, said, at):
    """Assigned, not yet declared."""


STAGES = {
    "signed": signed,
    "agreeing": agreeing,
    "proposed": proposed,
    "approved": approved,
    "conflict": conflict,
    "writing": writing,
    "waiting": waiting,
}
