"""What the house's rules on states look for, as functions of a text or a table: so each can be tried on a guilty one."""

import ast
import re

QUESTIONS = {"filter", "exclude", "get", "Q", "When", "get_object_or_404", "get_list_or_404"}
LOOKUP = re.compile(r"(^|__)status(__\w+)?$")
ASKING = {"states.py", "querysets.py", "models.py"}  # where a question about a status may stand
ANY_STATUS = {"core/rows.py", "core/statuses.py", "core/workflow.py"}  # of any row, naming none
WRITING = {"keeping.py", "documents.py"}  # the worker's marks; acts write too


def literals_in(code, room, *, states, checked):
    """[(line, why)] of each place in a Python text that names a status where nobody would look for it.

    `room` is the path from the root, `states` the values of all enums, `checked` the names of mappings made by
    `core.phases.for_each`.
    """
    if room.name in ASKING or str(room) in ANY_STATUS or {"models", "querysets", "migrations"} & set(room.parts):
        return []
    tree = ast.parse(code)
    writes = room.name in WRITING or "actions" in room.with_suffix("").parts
    reader = Reader(enums=enums_of(tree), states=states, checked=checked, writes=writes)
    reader.visit(tree)
    return sorted(set(reader.found))


def enums_of(tree):
    """The names under which this text knows an enum of states."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".states")
        for alias in node.names
        if alias.name.endswith("Status")
    }


class Reader(ast.NodeVisitor):
    def __init__(self, *, enums, states, checked, writes):
        self.enums, self.states, self.checked, self.writes = enums, states, checked, writes
        self.found = []

    def accuse(self, node, why):
        self.found.append((node.lineno, why))

    def visit_Call(self, node):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name == "for_each":  # checked at import
            return
        if (
            name == "status_column"
            and getattr(node.args[0], "attr", getattr(node.args[0], "id", "")) not in self.checked
        ):
            self.accuse(node, "tones that for_each did not make: a state may be missing in them")
        if name in QUESTIONS:
            self.read_question(node)
        if name == "get" and node.args and is_status(node.args[0]):
            self.accuse(node, "a default for a status that nobody thought of: use for_each")
        self.generic_visit(node)

    def read_question(self, node):
        keys = [one.arg for one in node.keywords if one.arg]
        spread = [one.value for one in node.keywords if one.arg is None and isinstance(one.value, ast.Dict)]
        keys += [key.value for one in spread for key in one.keys if isinstance(key, ast.Constant)]
        if any(LOOKUP.search(key) for key in keys):
            self.accuse(node, "a question about a status: give the QuerySet a method")

    def visit_Compare(self, node):
        sides = [node.left, *node.comparators]
        if any(map(is_status, sides)) and not all(is_status(one) or is_number(one) for one in sides):
            self.accuse(node, "a status compared: use stands_in and a named group")
        if any(self.is_state(one) for one in sides):
            self.accuse(node, "a state as a text")
        self.generic_visit(node)

    def visit_Dict(self, node):
        if any(self.is_state(key) or self.is_member(key) or is_phase(key) for key in node.keys if key is not None):
            self.accuse(node, "a mapping by status that nobody checks: use for_each")
        self.generic_visit(node)

    def visit_Subscript(self, node):
        name = getattr(node.value, "attr", getattr(node.value, "id", ""))
        if is_status(node.slice) and name not in self.checked:
            self.accuse(node, f"{name} is no mapping made by for_each: a state may be missing in it")
        self.generic_visit(node)

    def visit_Set(self, node):
        if node.elts and all(self.is_state(one) for one in node.elts):
            self.accuse(node, "a group of states without a name")
        self.generic_visit(node)

    visit_List = visit_Tuple = visit_Set  # noqa: N815 - the names that ast asks for

    def visit_Assign(self, node):
        if self.writes and any(is_status(part) for target in node.targets for part in ast.walk(target)):
            return
        self.generic_visit(node)

    def visit_keyword(self, node):
        if not (self.writes and node.arg == "status"):
            self.generic_visit(node)

    def visit_Attribute(self, node):
        if self.is_member(node):
            self.accuse(node, "a single state: name the phase or the group")
        self.generic_visit(node)

    def visit_Constant(self, node):
        if isinstance(node.value, str) and re.search(r"[?&]status=\w", node.value):
            self.accuse(node, "a status in an address: use asked_for")

    def is_state(self, node):
        return isinstance(node, ast.Constant) and node.value in self.states

    def is_member(self, node):
        return (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in self.enums
            and node.attr.isupper()
        )


def is_status(node):
    return isinstance(node, ast.Attribute) and node.attr == "status"


def is_number(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


def is_phase(node):
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id.endswith("Phase")


def mappings_in(code):
    """The names a text gives to mappings that `for_each` checks."""
    return {
        target.id
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Assign) and getattr(getattr(node.value, "func", None), "id", "") == "for_each"
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def literals_in_page(text, *, states):
    """[(line, why)] of states named in a template or a script."""
    compared = re.compile(r"\bstatus\s*(==|!=|===|!==|\bin\b)\s*[\"'\[]")
    quoted = re.compile(rf"""["']({"|".join(sorted(states))})["']""")
    return [
        (number, line.strip())
        for number, line in enumerate(text.splitlines(), 1)
        if compared.search(line) or quoted.search(line)
    ]


# tables


def strays_in(steps, phases, *, new, same, back):
    """Sentences on what is wrong with a life: steps from nowhere, states that strand a row, ends that are none.

    `new`, `same` and `back` are what a table writes for a row not yet born, a state left as it is, and the way back.
    """
    moves = set(phases.elsewhere)
    for step in steps:
        if step.target is not back:
            moves |= {(source, source if step.target is same else step.target) for source in step.sources}
    for step in steps:
        if step.target is back:  # to wherever the row came from
            moves |= {(source, before) for source in step.sources for before, here in set(moves) if here == source}
    reached = reachable(moves, new)
    leaving = {source for source, target in moves if source != target}
    return [
        *(
            f"The step “{step.name}” begins from {source}, which nothing leads to."
            for step in steps for source in step.sources if source not in reached
        ),
        *(f"Nothing leads to {state}." for state in phases.states if state not in reached),
        *(
            f"Nobody leaves {state}, and it is not named as an end."
            for state in phases.states if state not in leaving and state not in phases.ends
        ),
        *(f"{state} is named as an end, but a step leaves it." for state in phases.ends if state in leaving),
    ]  # fmt: skip


def reachable(moves, new):
    reached = {new}
    while found := {target for source, target in moves if source in reached} - reached:
        reached |= found
    return reached
