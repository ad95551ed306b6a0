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

    def found(self, wanted):
        """(`path:line`, the line) of each line the pattern is found in."""
        numbered = enumerate(self.text.splitlines(), 1)
        return [(f"{self.path}:{number}", line) for number, line in numbered if wanted.search(line)]

    def lines(self, wanted):
        return [found for found, _line in self.found(wanted)]

    def nodes(self, is_guilty):
        return [f"{self.path}:{node.lineno}" for node in ast.walk(self.tree) if is_guilty(node)]


# who writes

WRITES = re.compile(
    r"\.(save|create|bulk_create|bulk_update|update_or_create|get_or_create|delete)\(|objects\b.*\.update\("
)
WRITERS = {
    "promises/keeping.py": "marks promises",
    "promises/tasks.py": "marks mails as sent",
    "audit/record.py": "writes the trail",
    "audit/checkpoints.py": "gives records their place in the tree",
    "audit/blocks.py": "seals the access log",
    "core/workflow.py": "saves the row of every act",
    "core/once.py": "keeps for a day what programs were answered",
    "core/many.py": "the same for many rows at once",
    "demo/scale.py": "very many rows to measure on, in development",
    "core/rows.py": "notes what was saved last",
    "core/fonts.py": "saves a font file",
}


def writing_outside_acts(source):
    """Outside actions nobody saves, creates, updates or deletes; `documents` mark kept promises."""
    if source.name in {"actions.py", "documents.py"} or "actions" in source.folders or source.path in WRITERS:
        return []
    return [found for found, line in source.found(WRITES) if "storage." not in line]


def asking_a_part_to_write(source):
    """A part of a proposal says what it wants written; only an act asks it. In `base.py` restoring is writing."""
    if "actions" in source.folders or source.path == "applications/parts/base.py":
        return []
    return source.nodes(asks_in_somebodys_name)


def asks_in_somebodys_name(node):
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    return node.func.attr in {"write", "restore"} and any(word.arg == "by" for word in node.keywords)


# who is let in


def routes(patterns, prefix=""):
    """(route, view) of every page and every door of the API."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def open_doors(patterns):
    """The routes of ours that need no login; allauth guards its own."""
    return {route for route, view in routes(patterns) if not route.startswith("accounts/") and is_open(view)}


def is_open(view):
    if hasattr(view, "cls"):  # the API closes itself by its permission classes
        classes = getattr(view, "initkwargs", {}).get("permission_classes", view.cls.permission_classes)
        return any(one.__name__ == "AllowAny" for one in classes)
    return not getattr(view, "login_required", True)


# who knows whom

TRADE = re.compile(
    r"(?<![a-z])(programme|application|assessment|award|fund|criterion|applicant)s?(?![a-z])", re.IGNORECASE
)
# What is owed and recorded is owed and recorded for anything: not even the papers and the people have names there.
PAPERS_AND_PEOPLE = re.compile(
    r"(?<![a-z])(open_call|call_id|proposal|receipt|letter|officer|evaluator|auditor|committee)s?(?![a-z])",
    re.IGNORECASE,
)
HISTORY = {"audit/hashing.py": "format 1 of a record hashed three columns by these names, and is read for ever"}


def words_of_the_trade(source):
    return [found for found, line in source.found(TRADE) if "application/" not in line]  # a content type


def words_of_the_floors_above(source):
    found = words_of_the_trade(source) + source.lines(PAPERS_AND_PEOPLE)
    return [] if source.path in HISTORY else sorted(found)


# what nobody calls

CALLED_BY_NAME = {  # of a class's own method: who calls it
    "add_arguments": "Django's commands",
    "handle": "Django's commands",
    "process_exception": "Django's middleware",
    "describe": "prometheus_client's registry",
    "process_response": "Django's middleware",
    "receive_data_chunk": "Django's upload handlers",
    "get_by_natural_key": "Django's login",
    "prepare_value": "Django's form fields",
    "is_open_for_signup": "allauth's adapter",
    "can_delete_authenticator": "allauth's adapter",
    "process_view": "Django's middleware",
    "get_serializer_class": "the REST framework",
    "partial_update": "the REST framework: PATCH",
    "validate": "the REST framework",
    "ready": "Django's apps",
    "send_task": "Celery's beat",
    "map_parsers": "drf-spectacular",
    "authenticate_header": "the REST framework",
}
CALLED_BY_PREFIX = {"clean_": "Django's forms: one method for each field", "get_": "a serializer's method field"}
REGISTERED = {
    "action",
    "keeps",
    "keeps_always",
    "keeps_each_night",
    "carries",
    "register",
    "receiver",
}  # decorators that keep the function and call it later
LOADED = {"Command": "manage.py", "AppConfig": "Django"}  # classes found in their file


def names_nobody_says(sources, pages=()):
    """`path:line name` of each function and class of `sources` that neither they nor the pages ever mention."""
    said = {word for page in pages for word in re.findall(r"\w+", page.text)}
    said |= {word for source in sources for node in ast.walk(source.tree) for word in mentioned(node)}
    return [
        f"{source.path}:{node.lineno} {node.name}"
        for source in sources
        for node, holder in defined(source.tree)
        if node.name not in said and not is_called_by_a_framework(node, holder)
    ]


def mentioned(node):
    """Names in use; an import alone is no use, nor is a list of exports."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
            return [name]
        case ast.Constant(value=str(text)) if " " not in text and not hasattr(node, "is_export"):
            return re.findall(r"\w+", text)
        case ast.Assign(targets=[ast.Name(id="__all__")], value=exports):
            for one in ast.walk(exports):
                one.is_export = True  # walked after its statement: breadth first
    return []


def defined(tree, holder=None):
    """(function or class, the class it is in)."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node, holder
        yield from defined(node, node if isinstance(node, ast.ClassDef) else holder)


def is_called_by_a_framework(node, holder):
    bases = {name_of(base) for base in getattr(node, "bases", [])}
    if node.name.startswith("__") or node.name in LOADED or bases & LOADED.keys():
        return True
    if any(name_of(one) in REGISTERED for one in node.decorator_list):
        return True
    return bool(holder) and (node.name in CALLED_BY_NAME or node.name.startswith(tuple(CALLED_BY_PREFIX)))


# how long things are

LONGEST_FILE, LONG_FILE, LONGEST_FUNCTION = 300, 200, 50  # lines


def too_long(source):
    """The file itself, and its functions that reach the limit."""
    file = [source.path] if len(source.text.splitlines()) > LONGEST_FILE else []
    return file + source.nodes(lambda node: isinstance(node, ast.FunctionDef) and length(node) > LONGEST_FUNCTION)


def length(node):
    return node.end_lineno - node.lineno + 1


def high_mark(lengths, share=95):
    """The length that so many per cent of the files keep within."""
    ordered = sorted(lengths)
    return ordered[-(-len(ordered) * share // 100) - 1]


# what a page may hold

LOADING = re.compile(r"""(src|href|url\()\s*=?\s*["'(]?\s*(https?:)?//""")
MARKED_SAFE = re.compile(r"\|\s*safe\b|autoescape off|mark_safe\(")
DRAWS_ITSELF = {
    "core/charts.py": "draws SVG from escaped parts",
    "core/lists/drawn.py": "draws the rows of lists from escaped parts",
}


def addresses_outside(source):
    """Pages load nothing from elsewhere; plain links the visitor clicks are data of the fund."""
    return source.lines(LOADING)


def marked_safe(source):
    return [] if source.path in DRAWS_ITSELF else source.lines(MARKED_SAFE)


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
