"""python -m tools.mutants [MODULE.py …]: is there a small fault in the rules that no test would notice?

Each mutant of a module of `modules.toml` (a `<` become `<=`, a `not` gone, a 1 become 2) meets the tests named for
that module, in a process of its own and without touching a file. What survives must be explained in
`docs/mutants.md`; a survivor that is not ends the run with 1.
"""

import sys
import time
import tomllib
from pathlib import Path

from tools.mutants.house import passes, prepare, survivors
from tools.mutants.mutations import mutants_of, shown
from tools.places import CHECKOUT, say

MODULES = Path(__file__).with_name("modules.toml")
EXPLAINED = CHECKOUT / "docs" / "mutants.md"


def main():
    table, told = tomllib.loads(MODULES.read_text()), EXPLAINED.read_text()
    prepare()
    unexplained = [name for path in sys.argv[1:] or table for name in judge(path, table[path], told=told)]
    return 1 if unexplained else 0


def judge(path, tests, *, told):
    """Run every mutant of one module; say the figures and give the survivors that nobody explained."""
    source, began = (CHECKOUT / path).read_text(), time.monotonic()
    patience = 20 + 8 * time_of(path, tests)
    mutants = mutants_of(source)
    alive = survivors(path, mutants, tests, patience=patience)
    time_of(path, tests)  # still green: no mutant left anything behind in the database
    names = [f"{path}: {shown(source, one)}" for one in alive]
    unexplained = [name for name in names if name not in told]
    for name in unexplained:
        say(f"survived, not explained – {name}")
    say(
        f"{path}: {len(mutants)} mutants, {len(mutants) - len(alive)} killed, {len(alive)} survived, "
        f"{len(unexplained)} of them not explained; {time.monotonic() - began:.0f} s"
    )
    return unexplained


def time_of(path, tests):
    """Seconds that the tests take without any mutant; nothing can be told from tests that are red."""
    began = time.monotonic()
    if not passes(path, (CHECKOUT / path).read_text(), tests, patience=600):
        raise SystemExit(f"{path}: {', '.join(tests)} fail without any mutant.")
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
