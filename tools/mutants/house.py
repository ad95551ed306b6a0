"""The tests of a module, with a mutant in the house: each run in a process of its own, no file is touched.

A fresh house is read with the mutant in the place of the module. To be quick, a mutant of what a function does is
put first into the living functions of a copy of a house that stands already; what nobody notices there, and what
differs while the module is read, is tried in a fresh one.
"""

import gc
import importlib.abc
import importlib.util
import os
import signal
import sys
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from hypothesis import HealthCheck, Phase, settings

from tools.places import CHECKOUT

WORDS = [
    "-q", "-x", "-p", "no:cacheprovider", "-p", "pytest_django.plugin", "-p", "_hypothesis_pytestplugin",
    "-W", "ignore::pytest.PytestAssertRewriteWarning", "--hypothesis-profile=mutants",
]  # fmt: skip
IN_A_FUNCTION = 0x1  # CO_OPTIMIZED: the code that reads a module or a class has it not


def prepare():
    """Hypothesis gives the same examples each time, and does not look for the smallest that fails.

    A busy machine kills no mutant: how long an example takes is not asked.
    """
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    sys.path.insert(0, str(CHECKOUT))
    settings.register_profile(
        "mutants", phases=[Phase.explicit, Phase.generate], derandomize=True, database=None, deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )  # fmt: skip


def survivors(path, mutants, tests, *, patience):
    """Those of the mutants that the tests do not notice within `patience` seconds."""
    source = (CHECKOUT / path).read_text()
    quick = [one for one in mutants if swapped(path, source, one) is not None]
    noticed = noticed_by_copies(path, [swapped(path, source, one) for one in quick], tests, patience=patience)
    killed = {one for one, is_noticed in zip(quick, noticed, strict=True) if is_noticed}
    return [one for one in mutants if one not in killed and passes(path, one, tests, patience=patience)]


# a fresh house


def passes(path, source, tests, *, patience):
    """Whether the tests are green in a house that was read with this source."""
    return in_a_copy(lambda: [sys.meta_path.insert(0, Instead(path, source))], tests, patience=patience)


class Instead(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Gives one module another source."""

    def __init__(self, path, source):
        self.path, self.source = str(CHECKOUT / path), source

    def find_spec(self, name, path=None, target=None):
        return importlib.util.spec_from_loader(name, self) if name == module_of(self.path) else None

    def get_source(self, name):
        return self.source

    def get_code(self, name):
        return compile(self.source, self.path, "exec")


def module_of(path):
    return ".".join(Path(path).relative_to(CHECKOUT).with_suffix("").parts)


# a copy of a standing house


def noticed_by_copies(path, swaps, tests, *, patience):
    """For each swap whether the tests fail; the house stands in a process of its own, as this one must stay empty."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        try:
            stand(path)
            for swap in swaps:
                is_green = in_a_copy(lambda swap=swap: put(path, swap), tests, patience=patience)
                os.write(writing, b"0" if is_green else b"1")
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answers:
        told = answers.read()
    os.waitpid(child, 0)
    return [answer == "1" for answer in told]


def stand(path):
    importlib.import_module("django").setup()
    importlib.import_module(module_of(CHECKOUT / path))
    importlib.import_module("tests.conftest")


def put(path, swap):
    """Give each living function of the module its new code, whoever holds it."""
    file = str(CHECKOUT / path)
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and one.__code__.co_filename == file:
            key = (one.__code__.co_qualname, one.__code__.co_firstlineno)
            one.__code__ = swap.get(key, one.__code__)


def swapped(path, source, mutant):
    """{(qualified name, line): code} of the functions that differ; None where more than functions does."""
    file = str(CHECKOUT / path)
    try:
        pairs = list(paired(compile(source, file, "exec"), compile(mutant, file, "exec")))
    except ValueError:  # a branch that is never taken is not compiled, nor are the functions in it
        return None
    if any(is_different(old, new) and not old.co_flags & IN_A_FUNCTION for old, new in pairs):
        return None
    return {(old.co_qualname, old.co_firstlineno): new for old, new in pairs if is_different(old, new)}


def paired(old, new):
    """Each code in one source with its like in the other; a mutant changes no shape."""
    yield old, new
    for mine, other in zip(codes_in(old), codes_in(new), strict=True):
        yield from paired(mine, other)


def codes_in(code):
    return [one for one in code.co_consts if isinstance(one, CodeType)]


def is_different(old, new):
    """By itself, apart from the functions within it."""
    return own(old) != own(new)


def own(code):
    constants = [(type(one), one) for one in code.co_consts if not isinstance(one, CodeType)]
    return code.co_code, constants, code.co_names, code.co_varnames


# a copy of this process


def in_a_copy(change, tests, *, patience):
    """Whether the tests are green in a copy of this process after the change; ended when patience is."""
    if not (child := os.fork()):
        test(change, tests)
    before = signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
    signal.alarm(int(patience))
    status = os.waitpid(child, 0)[1]
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
    return status == 0


def test(change, tests):
    """In the copy: never comes back."""
    code = 70
    try:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        change()
        # one after the other: pytest would begin with those that need the database, which are the slow ones
        code = next((found for one in tests if (found := pytest.main([*WORDS, one]))), 0)
    finally:
        os._exit(int(code))
