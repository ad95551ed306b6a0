"""The mutants of a source: the operators of cosmic-ray, each at each place."""

import ast
import difflib

from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

# Of the arithmetic one other sign each: any other is noticed as soon as the line runs at all.
SIGNS = {"Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Div", "Mod_Mul", "BitOr_BitAnd", "BitAnd_BitOr"}
# Identity instead of equality is a question of style that ruff asks; `~5` and `not 5` for `-5` nobody writes by slip.
STYLE = ("_Is", "_IsNot", "_Invert", "USub_Not", "UAdd_Not")
NOT_STYLE = {"ReplaceComparisonOperator_Is_IsNot", "ReplaceComparisonOperator_IsNot_Is"}


def mutants_of(source):
    """Each different source that one operator at one place makes of this one."""
    found = []
    for name in filter(is_wanted, operator_names()):
        place = 0
        while (mutant := mutate_code(source, get_operator(name)(), place)) is not None:
            found.append(mutant)
            place += 1
    return [one for one in dict.fromkeys(found) if can_be_read(one) and not is_signature(source, one)]


def is_wanted(name):
    kind = name.removeprefix("core/")
    if get_operator(name).arguments() or (kind.endswith(STYLE) and kind not in NOT_STYLE):
        return False
    return kind.removeprefix("ReplaceBinaryOperator_") in SIGNS if "BinaryOperator" in kind else True


def can_be_read(mutant):
    try:
        ast.parse(mutant)
    except SyntaxError:
        return False
    return True


def is_signature(source, mutant):
    """The `*` before keyword-only names is no multiplication."""
    before, after = changed_lines(source, mutant)
    return "*," in before and before.replace("*,", "/,") == after


def shown(source, mutant):
    """`before` → `after`, as it stands in docs/mutants.md: without the number of the line, which moves."""
    before, after = changed_lines(source, mutant)
    return f"`{before}` → `{after}`"


def changed_lines(source, mutant):
    lines = list(difflib.unified_diff(source.splitlines(), mutant.splitlines(), n=0, lineterm=""))[2:]
    return [" ".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+"]
