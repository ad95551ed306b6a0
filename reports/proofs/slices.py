"""A proof looks at everything of a kind in slices: each of bounded size, each in one moment of the data.

A place says where the next slice begins; it is plain data, so that whoever goes on tomorrow, or in another process,
begins exactly there. None is the beginning, and after a slice it says that this was the last.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from core.past import one_moment

SIZE = 5_000  # rows that a slice looks at
FILES = 500  # and files, whose bytes are read


@dataclass(frozen=True)
class Found:
    """What one slice gave: how many things it looked at, a sentence for each fault, where the next one begins."""

    looked_at: int
    faults: list
    place: object = None


@dataclass(frozen=True)
class Part:
    """`rows()` is a queryset of what there is to look at; `faults(rows)` yields a sentence for each fault of some of
    them, again a queryset."""

    rows: Callable
    faults: Callable
    size: int = SIZE

    def look(self, place):
        rest = self.rows().filter(pk__gt=place) if place else self.rows()
        keys = list(rest.order_by("pk").values_list("pk", flat=True)[: self.size])
        faults = list(self.faults(rest.filter(pk__lte=keys[-1]))) if keys else []
        return Found(len(keys), faults, str(keys[-1]) if len(keys) == self.size else None)


class Proof:
    """Parts, one after the other. Anything with such a `look` may be one."""

    def __init__(self, *parts):
        self.parts = parts

    def look(self, place):
        """The next slice, as Found; its place is [number of the part, place in the part]."""
        number, within = place or (0, None)
        with one_moment():
            found = self.parts[number].look(within)
        if found.place is not None:
            return replace(found, place=[number, found.place])
        return replace(found, place=[number + 1, None] if number + 1 < len(self.parts) else None)

    def slices(self):
        found = self.look(None)
        yield found
        while found.place is not None:
            found = self.look(found.place)
            yield found

    def __call__(self):
        """Every fault there is."""
        for found in self.slices():
            yield from found.faults
