"""ISFP-2020-AG-THB, closed some weeks ago and under evaluation: something waits on every desk."""

from datetime import timedelta

from isf_police.demo import committee, judging, opening
from isf_police.demo.people import evaluators
from isf_police.demo.stories_of_waiting_calls import told_to_closing
from isf_police.demo.tables import proposals

KEY = "thb"
FIRST_EVALUATOR_ON = {"ANTIGONE", "FOLLOW", "LILA", "HARVEST", "OPENEYES", "DARKPAGE", "KIDSNET"}
CHECKED, BEGUN, ASSIGNED = timedelta(days=11), timedelta(days=13), timedelta(days=14)
ASSESSED, AGREED = timedelta(days=30), timedelta(days=34)


def chapters(only):
    said = proposals(KEY, only)
    return {
        "published, applied for, opened": lambda call: told_to_closing(KEY, said),
        "checks": lambda call: opening.decide_all(call, said, at=call.closes_at + CHECKED),
        "evaluation begins": lambda call: begin(call, said),
        "assessments": lambda call: judge(call, said),
    }


def begin(call, said):
    opening.begin_evaluation(call, at=call.closes_at + BEGUN)
    committee.appoint(call, at=call.closes_at + BEGUN + timedelta(hours=20))
    judging.assign_all(call, said, at=call.closes_at + ASSIGNED, first_on=FIRST_EVALUATOR_ON)
    committee.declare(call, at=call.closes_at + ASSIGNED + timedelta(days=2), most=1)


def judge(call, said):
    for application, one in judging.eligible(call, said):
        STAGES[one["stage"]](application, one, call.closes_at + ASSESSED)


def signed(application, said, at):
    judging.assess(application, said, at=at)


def agreeing(application, said, at):
    signed(application, said, at)
    judging.write_part_of_consensus(application, said, at=at + timedelta(days=2), rapporteur=evaluators()[0])


def proposed(application, said, at):
    """The rapporteur has approved what it proposed; the other evaluator has not yet."""
    signed(application, said, at)
    consensus = judging.agree(application, said, at=at + AGREED - ASSESSED)
    judging.approve(consensus, at=at + AGREED - ASSESSED, most=1)


def approved(application, said, at):
    signed(application, said, at)
    judging.approve(judging.agree(application, said, at=at + AGREED - ASSESSED), at=at + AGREED - ASSESSED)


def conflict(application, said, at):
    """One has signed, the other found out that it knows the applicant too well: the officer must find another."""
    judging.assess(application, said, at=at, only=1)
    reason = "I taught the project manager until 2019 and we still publish together."
    judging.step_back(judging.assessments_of(application)[1], reason, at=at + timedelta(hours=2))


def writing(application, said, at):
    """One has signed, or none yet; the first who has not is half-way, the others have only declared."""
    signatures = said.get("signatures", 1)
    judging.assess(application, said, at=at, only=signatures)
    for place, assessment in enumerate(judging.assessments_of(application)[signatures:]):
        judging.declare(assessment, at=at + timedelta(hours=place))
    judging.write(assessment_half_way(application, signatures), said, 0, at=at + timedelta(days=1), most=2)


def assessment_half_way(application, signatures):
    return judging.assessments_of(application)[signatures]


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
