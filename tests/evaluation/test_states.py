"""The lives of an evaluation, each as one table that anybody can read and check."""

from functools import partial
from uuid import uuid4

import pytest

from applications.models import Application
from evaluation.models import Assessment, Consensus, PoolMember, RankedList, Ruling, Scenario, Seat
from evaluation.states import (
    ASSESSMENT,
    CONSENSUS,
    POOL_MEMBER,
    RANKED_LIST,
    RULING,
    SCENARIO,
    SEAT,
    AssessmentStatus,
    ConsensusStatus,
    PoolMemberStatus,
    RankedListStatus,
    RulingStatus,
    ScenarioStatus,
    SeatStatus,
)
from programmes.models import Call
from tests.factories import an_evaluator, an_officer, an_organisation, everybody, golden_table

pytestmark = pytest.mark.django_db


def people_with(**more):
    return {**everybody(an_organisation()), **more}


def kept(row, status):
    row.status = status
    row._state.adding = status is None
    return row


def test_the_life_of_a_place_in_the_pool():
    hers = an_evaluator()
    row = PoolMember(call=Call(reference="C"), person=hers)

    assert golden_table(POOL_MEMBER, [None, *PoolMemberStatus], people_with(hers=hers), partial(kept, row)) == """
            owner  stranger  officer           evaluator  authorising  auditor  national  admin  system  hers
None        -      -         invite            -          -            -        -         -      -       -
INVITED     -      -         invite take_back  -          -            -        -         -      -       accept decline
ACCEPTED    -      -         release           -          -            -        -         -      -       leave
DECLINED    -      -         invite            -          -            -        -         -      -       -
TAKEN_BACK  -      -         invite            -          -            -        -         -      -       -
LEFT        -      -         invite            -          -            -        -         -      -       -
RELEASED    -      -         invite            -          -            -        -         -      -       -
""".strip("\n").rstrip()  # fmt: skip


def test_the_life_of_a_ruling():
    own = an_officer()
    row = Ruling(application=Application(id=uuid4(), call=Call(reference="C"), applicant=an_organisation()), person=own)

    assert golden_table(RULING, [None, *RulingStatus], people_with(own=own), partial(kept, row)) == """
        owner  stranger  officer   evaluator  authorising  auditor  national  admin  system  own
None    -      -         lift pin  -          -            -        -         -      -       -
LIFTED  -      -         pin       -          -            -        -         -      -       -
PINNED  -      -         lift      -          -            -        -         -      -       -
""".strip("\n").rstrip()  # fmt: skip


def test_the_life_of_a_scenario():
    author = an_officer()
    row = Scenario(call=Call(reference="C"), made_by=author)

    assert golden_table(SCENARIO, [None, *ScenarioStatus], people_with(author=author), partial(kept, row)) == """
           owner  stranger  officer  evaluator  authorising  auditor  national  admin  system  author
None       -      -         save     -          -            -        -         -      -       save
KEPT       -      -         -        -          -            -        -         -      -       withdraw
WITHDRAWN  -      -         -        -          -            -        -         -      -       -
""".strip("\n").rstrip()  # fmt: skip


def test_the_life_of_an_assessment():
    hers = an_evaluator()
    application = Application(id=uuid4(), call=Call(reference="C"), applicant=an_organisation())
    row = Assessment(application=application, evaluator=hers)

    assert golden_table(ASSESSMENT, [None, *AssessmentStatus], people_with(hers=hers), partial(kept, row)) == """
          owner  stranger  officer                evaluator  authorising  auditor  national  admin  system  hers
None      -      -         assign bar             -          -            -        -         -      -       -
ASSIGNED  -      -         strike release         -          -            -        -         -      fall    declare recuse
OPEN      -      -         strike release         -          -            -        -         -      -       recuse score sign
SIGNED    -      -         strike reopen replace  -          -            -        -         -      -       recuse
CONFLICT  -      -         -                      -          -            -        -         -      -       -
RELEASED  -      -         assign strike          -          -            -        -         -      -       -
""".strip("\n").rstrip()  # fmt: skip  # noqa: E501


def test_an_officers_own_assessment():
    """She may stand aside before, and does not take her own assignment back."""
    chair = an_officer()
    row = Assessment(application=Application(id=uuid4(), call=Call(reference="C")), evaluator=chair)

    assert golden_table(ASSESSMENT, [None, *AssessmentStatus], {"chair": chair}, partial(kept, row)) == """
          chair
None      assign stand_aside
ASSIGNED  declare recuse
OPEN      recuse score sign
SIGNED    recuse
CONFLICT  -
RELEASED  assign
""".strip("\n").rstrip()  # fmt: skip


def test_the_life_of_a_consensus_report():
    writer, other = an_evaluator(), an_evaluator()
    application = Application(id=uuid4(), call=Call(reference="C"), applicant=an_organisation())
    row = Consensus(application=application, rapporteur=writer, evaluator_ids=[writer.pk, other.pk])
    people = people_with(rapporteur=writer, agreeing=other)

    assert golden_table(CONSENSUS, [None, *ConsensusStatus], people, partial(kept, row)) == """
           owner  stranger  officer              evaluator  authorising  auditor  national  admin  system  rapporteur      agreeing
None       -      -         appoint begin_again  -          -            -        -         -      -       -               -
DRAFT      -      -         hand_on take_back    -          -            -        -         -      fall    agree propose   -
PROPOSED   -      -         hand_on pass_over    -          -            -        -         -      fall    approve object  approve object
APPROVED   -      -         reopen               -          -            -        -         -      fall    -               -
SET_ASIDE  -      -         -                    -          -            -        -         -      -       -               -
""".strip("\n").rstrip()  # fmt: skip  # noqa: E501


def test_the_life_of_a_seat():
    member = an_evaluator()
    row = Seat(call=Call(reference="C"), member=member, entity="HOME.D")

    assert golden_table(SEAT, [None, *SeatStatus], people_with(member=member), partial(kept, row)) == """
           owner  stranger  officer         evaluator  authorising     auditor  national  admin  system     member
None       -      -         appoint         -          appoint         -        -         -      -          -
APPOINTED  -      -         strike leave    -          strike leave    -        -         -      -          declare sign_record recuse
SIGNED     -      -         strike leave    -          strike leave    -        -         -      ask_again  recuse
LEFT       -      -         appoint strike  -          appoint strike  -        -         -      -          -
CONFLICT   -      -         -               -          -               -        -         -      -          -
""".strip("\n").rstrip()  # fmt: skip  # noqa: E501


def test_the_life_of_a_ranked_list():
    row = RankedList(call=Call(reference="C"))

    assert golden_table(RANKED_LIST, [None, *RankedListStatus], people_with(), partial(kept, row)) == """
            owner  stranger  officer           evaluator  authorising       auditor  national  admin  system
None        -      -         draw_up           -          -                 -        -         -      -
DRAWN       -      -         discard settle    -          -                 -        -         -      freeze fall
SIGNED      -      -         question          -          -                 -        -         -      fall
QUESTIONED  -      -         set_aside uphold  -          set_aside uphold  -        -         -      fall
SET_ASIDE   -      -         -                 -          -                 -        -         -      -
DISCARDED   -      -         -                 -          -                 -        -         -      -
""".strip("\n").rstrip()  # fmt: skip


@pytest.mark.parametrize(
    ("workflow", "states"),
    [(ASSESSMENT, AssessmentStatus), (CONSENSUS, ConsensusStatus), (SEAT, SeatStatus), (RANKED_LIST, RankedListStatus)],
)
def test_every_step_ends_in_a_known_status(workflow, states):
    assert all(step.target == "same" or step.target in states.values for step in workflow.steps.values())
