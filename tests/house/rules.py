"""The rules of the house as functions: given what they judge they name the guilty, and can be shown to."""

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """One file; `path` is as seen from the root of the checkout."""

    path: str
    text: str

    @classmethod
    def at(cls, path, *, root):
        return cls(str(path.relative_to(root)), path.read_text(encoding="utf-8"))

    @cached_property
    def tree(self):
        return ast.parse(self.text)

    @property
    def name(self):
        return Path(self.path).name

    @property
    def folders(self):
        return Path(self.path).parts[:-1]

    def lines(self, wanted):
        """`path:line` of each line the pattern is found in."""
        return [f"{self.path}:{number}" for number, line in enumerate(self.text.splitlines(), 1) if wanted.search(line)]

    def nodes(self, is_guilty):
        return [f"{self.path}:{node.lineno}" for node in ast.walk(self.tree) if is_guilty(node)]


# days: a moment is kept in UTC, and its day in Greenwich is nobody's day

OF_THE_CALENDAR = re.compile(r"%[aAbBdjmUWyY]")
A_MOMENT = re.compile(r"(^|_)(at|moment|now|began|until|since)$")


def days_in_greenwich(source):
    """Where a day, month or year is read off a moment; only `core/days.py` may, or who names the zone right there."""
    return source.nodes(is_a_day_in_greenwich)


def is_a_day_in_greenwich(node):
    match node:
        case ast.Call(func=ast.Attribute(attr="date"), args=[], keywords=[]):
            return True
        case ast.Call(func=ast.Attribute(attr="strftime", value=moment), args=[ast.Constant(value=form), *_]):
            return bool(OF_THE_CALENDAR.search(str(form))) and not names_its_zone(moment)
        case ast.FormattedValue(value=moment, format_spec=ast.JoinedStr() as form):
            return bool(OF_THE_CALENDAR.search(ast.unparse(form))) and not names_its_zone(moment)
        case ast.Attribute(attr="year" | "month" | "day", value=moment):
            return bool(A_MOMENT.search(name_of(moment)))
        case ast.Name(id="localdate" | "localtime") | ast.Attribute(attr="localdate" | "localtime"):
            return True
    return False


def names_its_zone(node):
    return isinstance(node, ast.Call) and name_of(node.func) == "astimezone"


def name_of(node):
    """The last word: `at` of `case.at`, `now` of `clock.now()`."""
    if isinstance(node, ast.Call):
        return name_of(node.func)
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
