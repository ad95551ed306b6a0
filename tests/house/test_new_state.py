"""A state is added to the life of an application, for real, on a scratch copy: what it costs, and what turns red.

The story of it lies in `tests/scratch/story_of_a_new_state.py`.
"""

import re

import pytest

from tests.house.test_yardstick import scratch_copy  # noqa: F401 - a fixture

pytestmark = [pytest.mark.slow, pytest.mark.django_db]  # the mark sets the database up for the copy
STATES, GOLDEN = "applications/states.py", "tests/applications/test_states.py"
STORY = "tests/scratch/story_of_a_new_state.py"
HOUSE = "tests/house/test_states.py::test_"
LIVES = f"{HOUSE}every_step_begins_where_something_leads_and_every_life_ends_where_it_says"
LITERALS = f"{HOUSE}no_status_is_named_outside_its_rooms"

NAMED = ('    CHECKING = "CHECKING", _("checks under way")\n', '    ON_HOLD = "ON_HOLD", _("on hold")\n')
PHASE = ("IN_CHECKS = [S.CHECKING]", "IN_CHECKS = [S.CHECKING, S.ON_HOLD]")
HOLD = '    step("hold", {S.CHECKING}, S.ON_HOLD, is_officer, _("Put on hold"), needs_reason=True, bare=True),\n'
RESUME = '    step("resume", {S.ON_HOLD}, BACK, is_officer, _("Resume"), bare=True),\n'

TABLE = """
            owner                      stranger    officer              evaluator  authorising  auditor  national  admin  system
DRAFT       edit copy submit withdraw  contribute  -                    -          -            -        -         -      set_aside
SUBMITTED   edit copy submit withdraw  contribute  -                    -          -            -        -         -      open
WITHDRAWN   restore                    -           -                    -          -            -        -         -      -
UNSENT      -                          -           -                    -          -            -        -         -      -
CHECKING    retract                    -           accept exclude hold  -          -            -        -         -      -
ON_HOLD     -                          -           resume               -          -            -        -         -      -
ELIGIBLE    retract                    -           put_back             -          -            -        -         -      conclude
INELIGIBLE  retract                    -           put_back             -          -            -        -         -      -
EVALUATED   retract                    -           put_back             -          -            -        -         -      reopen
RETRACTED   -                          -           -                    -          -            -        -         -      -
"""  # noqa: E501 - a table is a table


def with_on_hold(copy, *, phase=PHASE, steps=HOLD + RESUME):
    """The colleague's change of `applications/states.py`, whole or with something left out."""
    text = (copy.folder / STATES).read_text()
    for old, new in [(NAMED[0], "".join(NAMED)), phase]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    text = text.replace("import NEW, SAME,", "import BACK, NEW, SAME,")
    copy.write(STATES, re.sub(r'(    step\("exclude".*\n)', rf"\1{steps}", text))


def test_a_new_state_costs_its_line_in_the_table_and_nothing_is_forgotten(scratch_copy):  # noqa: F811
    with_on_hold(scratch_copy)
    golden = (scratch_copy.folder / GOLDEN).read_text()
    scratch_copy.write(
        GOLDEN, re.sub(r'APPLICATIONS = """\n.*?"""', f'APPLICATIONS = """{TABLE}"""', golden, flags=re.S)
    )
    ended, printed = scratch_copy.run(GOLDEN, STORY, LIVES, LITERALS)
    assert ended == 0, printed
    assert scratch_copy.touched == [STATES, GOLDEN]


@pytest.mark.parametrize(
    ("left_out", "tests", "said"),
    [
        ({"phase": (PHASE[0], PHASE[0])}, LIVES, "ApplicationStatus stands in exactly one place here – missing: ON"),
        ({"phase": ("    IN_CHECKS =", "    WAITS = [S.ON_HOLD]\n    IN_CHECKS =")}, STORY, "missing: ON_HOLD"),
        ({"steps": HOLD}, LIVES, "Nobody leaves ON_HOLD, and it is not named as an end."),
        ({"steps": RESUME}, LIVES, "The step “resume” begins from ON_HOLD, which nothing leads to."),
        ({}, GOLDEN, "FAILED tests/applications/test_states.py::test_who_may_do_what_with_an_application"),
    ],
    ids=["no phase", "a phase nobody knows", "no way out", "no way in", "the golden table left as it was"],
)
def test_what_the_colleague_leaves_out_turns_red(scratch_copy, left_out, tests, said):  # noqa: F811
    with_on_hold(scratch_copy, **left_out)
    ended, printed = scratch_copy.run(tests)
    assert ended != 0
    assert said in printed
