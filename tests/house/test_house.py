"""Rules on the code itself: what no single test of an app would notice."""

import ast
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import get_resolver

from core.management.commands.who_may_do_what import workflows
from core.workflow import SAME
from tests.house import rules
from tests.house.rules import Source

ROOT = Path(__file__).parents[2]
APPS = [
    "audit", "core", "promises", "accounts", "programmes", "applications", "evaluation", "awards", "reports",
    "isf_police", "demo",
]  # fmt: skip

# Open to the anonymous, each with its reason.
OPEN_DOORS = {
    "": "the front page",
    "health/": "load balancers ask it",
    "accessibility/": "the accessibility statement",
    "register/": "a national authority registers itself",
    "invitations/<str:secret>/": "the secret in the mail is the key",
    "api/schema/": "the description of the API",
    "api/docs/": "the description of the API",
    "api/redoc/": "the description of the API",
    "api/register/": "a national authority registers itself",
    "api/join/": "the secret in the mail is the key",
    "api/token/": "e-mail and password are the key",
    "funds/": "the programme is public",
    "funds/<slug:code>/": "the programme is public",
    "funds/<slug:code>/allocation/": "the programme is public",
    "calls/": "published calls are public",
    "calls/<uuid:pk>/": "published calls are public",
}


def code_files():
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def test_imports_go_one_way():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


@pytest.mark.django_db
def test_migrations_are_up_to_date():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_only_actions_write():
    """Outside actions nobody saves, creates, updates or deletes; `keeping` and `documents` mark kept promises."""
    writes = re.compile(
        r"\.(save|create|bulk_create|bulk_update|update_or_create|get_or_create|delete)\(|objects\b.*\.update\("
    )  # fmt: skip
    allowed = {
        "promises/keeping.py": "marks promises",
        "promises/tasks.py": "marks mails as sent",
        "audit/record.py": "writes the trail",
        "core/workflow.py": "saves the row of every act",
        "core/fonts.py": "saves a font file",
    }
    guilty = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in code_files()
        if path.name not in {"actions.py", "documents.py"} and "actions" not in path.parts
        and str(path.relative_to(ROOT)) not in allowed
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if writes.search(line) and "storage." not in line
    ]  # fmt: skip
    assert guilty == []


def routes(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def is_open(view):
    if hasattr(view, "cls"):  # the API closes itself by its permission classes
        classes = getattr(view, "initkwargs", {}).get("permission_classes", view.cls.permission_classes)
        return any(one.__name__ == "AllowAny" for one in classes)
    return not getattr(view, "login_required", True)


def test_every_open_door_is_named():
    """LoginRequiredMiddleware closes every page; this names the ones that were opened. allauth guards its own."""
    ours = [(route, view) for route, view in routes(get_resolver().url_patterns) if not route.startswith("accounts/")]
    assert {route for route, view in ours if is_open(view)} == set(OPEN_DOORS)


def test_core_knows_no_word_of_the_trade():
    trade = re.compile(r"\b(programme|application|assessment|award|fund|criterion|applicant)s?\b", re.I)
    guilty = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in (ROOT / "core").rglob("*.py")
        if path.name != "context.py"  # the menu names the rooms
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if trade.search(line) and "application/" not in line  # a content type
    ]
    assert guilty == []


def test_no_long_file_and_no_long_function():
    long = [str(path.relative_to(ROOT)) for path in code_files() if len(path.read_text().splitlines()) > 300]
    for path in code_files():
        long += [
            f"{path.relative_to(ROOT)}:{node.name}"
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 50
        ]
    assert [one for one in long if one != "isf_police/settings.py"] == []


def test_a_day_is_a_day_in_brussels():
    """`core/days.py` reads the day off a moment, and whoever names another zone on the same line."""
    guilty = [
        found
        for path in code_files()
        for found in rules.days_in_greenwich(Source.at(path, root=ROOT))
        if path != ROOT / "core/days.py"
    ]
    assert guilty == []


def test_the_page_of_who_may_do_what_is_current():
    printed = StringIO()
    call_command("who_may_do_what", stdout=printed)
    assert printed.getvalue() == (ROOT / "docs/who-may-do-what.md").read_text()


@pytest.mark.parametrize(("title", "workflow"), list(workflows()), ids=[title for title, _ in workflows()])
def test_every_step_ends_where_another_can_begin_or_the_life_ends(title, workflow):
    """A target that is no state of the table's own rows would strand a row."""
    named = {source for step in workflow.steps.values() for source in step.sources if source}
    targets = {step.target for step in workflow.steps.values() if step.target is not SAME}
    assert named <= targets | named
    assert all(step.label for step in workflow.steps.values())


def test_the_description_of_the_api_has_no_warning():
    call_command("spectacular", fail_on_warn=True, validate=True, file=str(ROOT / "var" / "schema.yml"))


def test_no_address_of_anything_outside_in_a_page():
    """Pages load nothing from elsewhere; plain links the visitor clicks are data of the fund."""
    loading = re.compile(r"""(src|href|url\()\s*=?\s*["'(]?\s*(https?:)?//""")
    guilty = [
        f"{path.relative_to(ROOT)}"
        for folder in ("templates", "static/css", "static/js")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in {".html", ".css", ".js"} and loading.search(path.read_text())
    ]
    assert guilty == []


def test_nothing_from_people_is_marked_safe():
    marks = re.compile(r"\|\s*safe\b|autoescape off|mark_safe\(")
    allowed = {"core/charts.py": "draws SVG from escaped parts"}
    files = [*code_files(), *(ROOT / "templates").rglob("*.html")]
    guilty = [str(path.relative_to(ROOT)) for path in files if marks.search(path.read_text())]
    assert [one for one in guilty if one not in allowed] == []
