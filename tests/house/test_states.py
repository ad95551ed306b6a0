"""States: each in a phase, each step from somewhere, and no status named outside the rooms where one looks for it.

Every rule is first tried on the house and then on something guilty, so that it is seen to fail.
"""

import ast
import re
from importlib import import_module
from pathlib import PurePath
from types import SimpleNamespace

import pytest
from django.db.models import TextChoices

from applications.states import NAMED_BY
from core.management.commands.who_may_do_what import workflows
from core.workflow import BACK, NEW, SAME, Workflow
from tests.house.states import literals_in, literals_in_page, mappings_in, strays_in
from tests.house.test_house import ROOT, code_files


def state_modules():
    return [import_module(f"{path.parent.name}.states") for path in code_files() if path.name == "states.py"]


def phases_by_enum():
    found = [one for module in state_modules() for one in vars(module).values() if hasattr(one, "phase_of")]
    return {one.states: one for one in found}


def enum_of(workflow):
    states = {state for step in workflow.steps.values() for state in step.sources if state is not NEW}
    return type(next(iter(states)))


LIVES = list(workflows())
STATES = {state.value for enum in phases_by_enum() for state in enum}


# the tables


@pytest.mark.parametrize(("title", "workflow"), LIVES, ids=[title for title, _ in LIVES])
def test_every_step_begins_where_something_leads_and_every_life_ends_where_it_says(title, workflow):
    assert all(step.label for step in workflow.steps.values())
    assert strays_in(workflow.steps.values(), phases_by_enum()[enum_of(workflow)], new=NEW, same=SAME, back=BACK) == []


def test_every_enum_beside_a_table_has_its_phases():
    enums = {
        one
        for module in state_modules()
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, TextChoices) and one is not TextChoices
        and one.__module__ == module.__name__
    }  # fmt: skip
    assert enums == set(phases_by_enum())
    assert {enum_of(workflow) for _, workflow in LIVES} == enums


class Light(TextChoices):
    RED = "RED", "stop"
    GREEN = "GREEN", "go"
    DARK = "DARK", "broken"


def a_step(name, sources, target):
    return SimpleNamespace(name=name, sources=sources, target=target)


def a_life(*steps, ends=("DARK",), elsewhere=()):
    phases = SimpleNamespace(states=Light, ends=ends, elsewhere=elsewhere)
    return strays_in([a_step(*one) for one in steps], phases, new=NEW, same=SAME, back=BACK)


BORN, GO, STOP, BREAK = ("put up", {NEW}, "RED"), ("go", {"RED"}, "GREEN"), ("stop", {"GREEN"}, "RED"), (
    "break", {"RED", "GREEN"}, "DARK",
)  # fmt: skip


def test_a_whole_life_has_no_stray():
    assert a_life(BORN, GO, STOP, BREAK, ("polish", {"RED"}, SAME)) == []


@pytest.mark.parametrize(
    ("steps", "options", "said"),
    [
        ((BORN, BREAK, STOP, GO), {"ends": ()}, "Nobody leaves DARK, and it is not named as an end."),
        ((BORN, BREAK), {}, "The step “break” begins from GREEN, which nothing leads to."),
        ((BORN, BREAK), {}, "Nothing leads to GREEN."),
        ((BORN, STOP, GO), {}, "Nothing leads to DARK."),
        ((BORN, GO, BREAK, STOP, ("mend", {"DARK"}, "RED")), {}, "DARK is named as an end, but a step leaves it."),
        ((GO, STOP, BREAK), {}, "The step “go” begins from RED, which nothing leads to."),
        ((BORN, GO, ("polish", {"GREEN"}, SAME)), {}, "Nobody leaves GREEN, and it is not named as an end."),
    ],
)
def test_a_life_with_a_stray_is_caught(steps, options, said):
    assert said in a_life(*steps, **options)


def test_the_way_back_leads_to_where_a_row_came_from():
    assert a_life(BORN, GO, STOP, BREAK, ("mend", {"DARK"}, BACK), ends=()) == []
    assert "Nothing leads to GREEN." in a_life(BORN, ("break", {"RED"}, "DARK"), ("mend", {"DARK"}, BACK), ends=())


def test_a_move_that_the_worker_makes_counts_where_it_is_named():
    assert a_life(BORN, BREAK, elsewhere=[("RED", "GREEN")]) == []


# literals


def checked_mappings():
    return {name for path in code_files() for name in mappings_in(path.read_text())} | {"phase_of"}


def test_no_status_is_named_outside_its_rooms():
    checked = checked_mappings()
    guilty = [
        f"{path.relative_to(ROOT)}:{line}: {why}"
        for path in code_files()
        for line, why in literals_in(
            path.read_text(), PurePath(path.relative_to(ROOT)), states=STATES, checked=checked
        )
    ]  # fmt: skip
    assert guilty == []


def test_no_status_is_named_in_a_page_or_a_script():
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static" / "js").rglob("*.js")]
    guilty = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in pages
        for line, text in literals_in_page(path.read_text(), states=STATES)
    ]
    assert guilty == []


IMPORT = "from applications.states import ApplicationStatus as S, ApplicationPhase\n"
GUILTY = [
    ('rows.filter(status="DRAFT")', "a question about a status"),
    ("rows.exclude(status__in=GROUP)", "a question about a status"),
    ('Q(call__status="PUBLISHED")', "a question about a status"),
    ('rows.filter(**{"call__status__in": GROUP})', "a question about a status"),
    ('row.status == "DRAFT"', "a status compared"),
    ("row.status in GROUP", "a status compared"),
    ("row.status != S.DRAFT", "a single state"),
    ('status == "SUBMITTED"', "a state as a text"),
    ('TONES = {"DRAFT": "neutral"}', "a mapping by status that nobody checks"),
    ('TONES = {S.DRAFT: "neutral"}', "a mapping by status that nobody checks"),
    ('TONES = {ApplicationPhase.ENDED: "neutral"}', "a mapping by status that nobody checks"),
    ("TONES.get(row.status, 'neutral')", "a default for a status"),
    ("TONES[row.status]", "TONES is no mapping made by for_each"),
    ('status_column(OTHER, sort="status")', "tones that for_each did not make"),
    ('EDITABLE = ("DRAFT", "SUBMITTED")', "a group of states without a name"),
    ('EDITABLE = {"DRAFT"}', "a group of states without a name"),
    ("EDITABLE = [S.DRAFT, S.SUBMITTED]", "a single state"),
    ('url = f"{start}?status=DRAFT"', "a status in an address"),
    ("row.status = S.DRAFT", "a single state"),
]


@pytest.mark.parametrize(("code", "why"), GUILTY, ids=[code for code, _ in GUILTY])
def test_a_status_named_in_a_view_is_caught(code, why):
    found = literals_in(IMPORT + code, PurePath("applications/views/pages.py"), states=STATES, checked=set())
    assert any(line == 2 and said.startswith(why) for line, said in found)


@pytest.mark.parametrize(
    ("room", "code"),
    [
        ("applications/querysets.py", 'rows.filter(status="DRAFT")'),
        ("applications/states.py", 'S.DRAFT == "DRAFT"'),
        ("applications/models/proposal.py", 'Q(status="DRAFT")'),
        ("applications/actions/drafts.py", "row.status = S.DRAFT"),
        ("promises/keeping.py", "mark(row, status=S.DRAFT)"),
        ("applications/views/pages.py", "row.stands_in(ApplicationPhase.ENDED)"),
        ("applications/views/pages.py", 'render(request, "x.html", status=400)'),
        ("applications/views/pages.py", "answer.status == 200"),
        ("applications/words.py", 'TONES = for_each(S, {S.DRAFT: "neutral"})'),
        ("applications/views/pages.py", "CHECKED[row.status]"),
        ("applications/lists.py", "status_column(words.CHECKED)"),
        ("core/statuses.py", "rows.filter(status__in=value)"),
    ],
)
def test_what_is_said_where_it_belongs_is_left_alone(room, code):
    assert literals_in(IMPORT + code, PurePath(room), states=STATES, checked={"CHECKED"}) == []


@pytest.mark.parametrize(
    "line",
    [
        '{% if application.status == "WITHDRAWN" %}',
        "{% if 'DRAFT' == state %}",
        '{% if row.status in "DRAFT SUBMITTED" %}',
        'if (row.status === "SIGNED") return;',
        'const open = ["DRAFT", "SUBMITTED"];',
    ],
)
def test_a_status_named_in_a_page_is_caught(line):
    assert literals_in_page(f"first line\n{line}\n", states=STATES) == [(2, line)]


@pytest.mark.parametrize(
    "line", ['<p role="status">', "if (answer.status === 409) return;", 'box.setAttribute("role", "status");']
)
def test_other_words_called_status_are_left_alone_in_a_page(line):
    assert literals_in_page(line, states=STATES) == []


# nobody is forgotten


def moves_asked_for(code):
    """The names of the moves at which a text looks for whoever would be forgotten."""
    asking = {"forgotten", "require_nobody_forgotten", "require_a_line_for_everybody"}
    return {
        node.args[1].value
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in asking
        and len(node.args) > 1 and isinstance(node.args[1], ast.Constant)
    }  # fmt: skip


def test_every_move_that_names_groups_looks_for_whoever_stands_in_none():
    asked = {move for path in code_files() for move in moves_asked_for(path.read_text())}
    assert asked == set(NAMED_BY)


def test_a_move_that_does_not_look_is_caught():
    assert moves_asked_for("def start(call): call.applications.exists()") == set()
    assert moves_asked_for('def start(call): require_nobody_forgotten(call, "start")') == {"start"}


def test_a_table_is_no_workflow_of_two_enums():
    """The phases of a life are found by the states of its table: these must be of one enum."""
    for _title, workflow in LIVES:
        assert isinstance(workflow, Workflow)
        targets = {type(step.target) for step in workflow.steps.values() if step.target not in (SAME, BACK)}
        assert targets <= {enum_of(workflow)}


# words


def words_of(enum):
    """RankedListStatus -> “ranked list”, as its rows are called in docs/words.md."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", enum.__name__.removesuffix("Status")).lower()


def test_the_glossary_names_every_phase():
    lines = (ROOT / "docs" / "words.md").read_text().splitlines()
    for enum, phases in phases_by_enum().items():
        line = next(one for one in reversed(lines) if one.startswith(f"| {words_of(enum)} |"))
        assert [name for name in dict.fromkeys(phases.phase_of.values()) if f"`{name}`" not in line] == []
