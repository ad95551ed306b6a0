"""Small faults put in on purpose: what counts as one, how it is named, and that a test which looks notices it."""

import ast

import pytest

from tools.mutants.house import swapped
from tools.mutants.mutations import mutants_of, shown

SOURCE = """MOST = 3


def fits(number, *, most=MOST):
    return 0 <= number < most


def doubled(numbers):
    if numbers:
        return [2 * one for one in numbers]
"""
PATH = "core/days.py"  # any module of the checkout: only its name is used


def named(source=SOURCE):
    return {shown(source, one): one for one in mutants_of(source)}


@pytest.mark.parametrize(
    "change",
    [
        "`MOST = 3` → `MOST = 4`",
        "`return 0 <= number < most` → `return 0 < number < most`",
        "`return 0 <= number < most` → `return 0 <= number <= most`",
        "`return [2 * one for one in numbers]` → `return [2 / one for one in numbers]`",
        "`if numbers:` → `if not numbers:`",
    ],
)
def test_a_mutant_is_one_small_fault_and_named_by_its_line_without_a_number(change):
    assert change in named()


def test_no_mutant_twice_none_that_cannot_be_read_and_no_change_of_a_signature():
    mutants = mutants_of(SOURCE)
    assert len(mutants) == len(set(mutants)) > 10
    assert SOURCE not in mutants
    assert [ast.parse(one) for one in mutants]
    assert not [change for change in named() if "def fits" in change]
    assert mutants_of("if found := [1]:\n    pass\n") != []


def test_what_a_function_does_can_be_exchanged_alone_and_does_what_the_mutant_says():
    codes = swapped(PATH, SOURCE, named()["`return 0 <= number < most` → `return 0 <= number <= most`"])
    space = {}
    exec(SOURCE, space)  # noqa: S102 - our own few lines
    assert not space["fits"](3)
    assert list(codes) == [("fits", 4)]
    space["fits"].__code__ = codes["fits", 4]
    assert space["fits"](3)


def test_what_differs_while_the_module_is_read_asks_for_a_fresh_house():
    assert swapped(PATH, SOURCE, named()["`MOST = 3` → `MOST = 4`"]) is None
