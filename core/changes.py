"""What travels is a change, not a form: which answer, what it said when its author saw it, what it is to say.

Changes of several people are merged answer by answer. What rests on something that is no longer so is kept beside what
stands, for a person to decide; nothing that was taken is ever dropped without a word.
"""

import hashlib
from dataclasses import dataclass, field

REMOVE = "remove"  # the answer that takes a row out; its base is the row as its author saw it: {field: value}
LONG = 200  # characters: a longer base may travel as its hash


@dataclass(frozen=True)
class Change:
    """`name` of an answer: of a field, or `row-field`. `bases`: what its author saw there, then whatever the author has
    sent since without hearing back. Values are text, a set of codes, or `AsTyped`; of a base also `Seen`."""

    name: str
    bases: tuple
    value: object

    @property
    def row(self):
        return split(self.name)[0]

    @property
    def removes(self):
        return split(self.name)[1] == REMOVE


@dataclass(frozen=True)
class AsTyped:
    """A text that is no answer yet: it stands as it was typed until somebody writes a better one."""

    text: str


@dataclass(frozen=True)
class Seen:
    """A long text that an author saw, by its SHA-256."""

    sha256: str


@dataclass(frozen=True)
class Waiting:
    """A value that is kept beside what stands, to be decided; `is_own`: by whoever merges now."""

    name: str
    value: object
    is_own: bool = False


@dataclass
class Merged:
    """`values` that stand now; rows that go; (change, what stands against it) to be kept; kept ones now settled."""

    values: dict
    waiting: list
    removed: list = field(default_factory=list)
    kept: list = field(default_factory=list)
    settled: list = field(default_factory=list)


def split(name):
    """(row or nothing, field): ids of rows have dashes, names of fields have none."""
    row, _dash, own = name.rpartition("-")
    return row, own


def merge(changes, *, standing, gone=frozenset(), waiting=()):
    """Put one author's changes to what stands, {name: value}. `gone`: rows that stood once."""
    merged = Merged(dict(standing), list(waiting))
    for change in sorted(changes, key=lambda change: not change.removes):
        if change.row in merged.removed or (change.row in gone and (change.removes or not change.value)):
            continue
        if change.row in gone:
            keep(change, None, merged)
        elif change.removes:
            take_out(change, merged)
        else:
            put(change, merged)
    return merged


def put(change, merged):
    now = merged.values.get(change.name, frozenset() if isinstance(change.value, frozenset) else "")
    value = union(change, now) if isinstance(now, frozenset) else change.value
    if value != now and not isinstance(now, frozenset) and not rests_on(change, now):
        keep(change, now, merged)
        return
    merged.values[change.name] = value
    settle(change, merged)


def union(change, now):
    """Each code of a set is an answer of its own: what the author added or took out, the rest as it stands."""
    sets = [base for base in change.bases if isinstance(base, frozenset)] or [frozenset()]
    added = change.value - frozenset.intersection(*sets)
    return (now | added) - (frozenset.union(*sets) - change.value)


def take_out(change, merged):
    """A row goes when it is as its author saw it, with everything that hangs on it."""
    own = {name: value for name, value in merged.values.items() if split(name)[0] == change.row}
    base = next((base for base in change.bases if isinstance(base, dict)), {})
    if not all(is_same(base.get(split(name)[1], ""), value) for name, value in own.items()):
        keep(change, "", merged)
        return
    merged.values = {name: value for name, value in merged.values.items() if name not in own}
    merged.removed.append(change.row)
    settle(change, merged, done=change.value)


def keep(change, now, merged):
    """Beside what stands; in the place of what its own author kept there before, and never twice by the same."""
    settle(change, merged)
    if (mine := Waiting(change.name, change.value, is_own=True)) not in merged.waiting:
        merged.waiting.append(mine)
        merged.kept.append((change, now))


def settle(change, merged, done=None):
    """What waits gives way where it is what stands now or is done, or where it was the author's own last word."""
    now = done or merged.values.get(change.name)
    for one in [one for one in merged.waiting if one.name == change.name]:
        if one.value == now or (one.is_own and rests_on(change, one.value)):
            merged.waiting.remove(one)
            merged.settled.append(one)
            merged.kept = [(other, seen) for other, seen in merged.kept if other.value != one.value]


def rests_on(change, value):
    return any(is_same(base, value) for base in change.bases)


def is_same(base, value):
    """Also where a long text travelled as its hash, be it an answer already or only typed."""
    text = value.text if isinstance(value, AsTyped) else value
    return base == value or (isinstance(base, Seen) and isinstance(text, str) and base == seen(text))


def seen(text):
    return Seen(hashlib.sha256(text.encode()).hexdigest())


def in_short(value):
    """A base as it travels: a long text by its hash."""
    return {"sha256": seen(value).sha256} if isinstance(value, str) and len(value) > LONG else value
