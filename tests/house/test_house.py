"""Rules on the code itself: what no single test of an app would notice. `test_the_tests.py` shows each of them fail."""

import subprocess
import sys
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import get_resolver

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
    "live/": "whoever restarts processes asks it",
    "ready/": "load balancers ask it",
    "accessibility/": "the accessibility statement",
    "status/": "whether the books were proved is public; never what a fault is about",
    "api/status/": "the same for programs",
    "checkpoints/": "the heads of the trail's tree are for everybody: whoever keeps one is a witness",
    "log/checkpoint": "the same for programs",
    "log/tile/<int:level>/<path:number>": "hashes of the tree: they tell nothing",
    "log/tile/entries/<path:number>": "when a leaf was made, and a hash",
    "log/records/<str:sha256>": "whoever holds the hash of a record is told where it stands",
    "log/consistency/<int:earlier>/<int:size>": "hashes of the tree",
    "language/": "a visitor too chooses in which language it reads",
    "register/": "a national authority registers itself",
    "invitations/<str:secret>/": "the secret in the mail is the key",
    "address/<str:secret>/": "the secret in the mail is the key",
    "provider/": "whoever signs in by OpenID Connect is nobody yet",
    "provider/back/": "the same, coming back; the answer is the key",
    "provider/join/": "whoever takes up an invitation is nobody yet",
    "api/schema/": "the description of the API",
    "api/problems/": "the kinds of refusals of the API",
    "api/docs/": "the description of the API",
    "api/docs/<slug:name>/": "the description of the API",
    "api/register/": "a national authority registers itself",
    "api/join/": "the secret in the mail is the key",
    "api/token/": "e-mail and password are the key",
    "published/": "who receives what is public (FR Art. 38)",
    "published/360giving.json": "the same, for programs",
    "common-grants/opportunities": "calls are public",
    "common-grants/opportunities/search": "calls are public",
    "common-grants/opportunities/<uuid:pk>": "calls are public",
    "calls/feed/": "calls are public",
    "funds/": "the programme is public",
    "funds/<slug:code>/": "the programme is public",
    "funds/<slug:code>/allocation/": "the programme is public",
    "receipts/check/": "whoever holds a receipt checks it; nothing but yes or no is told",
    "search/": "visitors search what is public",
    "calls/": "published calls are public",
    "calls/<uuid:pk>/": "published calls are public",
    "calls/<uuid:pk>/calendar.ics": "published calls are public",
    "calls/<uuid:pk>/questions/": "answers are for everybody",
}


def code_files():
    """Every file of our apps but the migrations, which are history."""
    return [path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]


@cache
def code():
    return [Source.at(path, root=ROOT) for path in code_files()]


def of(*kinds):
    """Files of these folders: `templates/*.html`."""
    return [Source.at(path, root=ROOT) for kind in kinds for path in sorted(ROOT.glob(kind)) if path.is_file()]


def guilty(rule, sources):
    return [found for source in sources for found in rule(source)]


def test_imports_go_one_way():
    assert lint_imports(ROOT) == ""


def lint_imports(folder):
    """What import-linter has against the code of a folder."""
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.django_db
def test_migrations_are_up_to_date():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_only_actions_write():
    assert guilty(rules.writing_outside_acts, code()) == []


def test_only_actions_ask_a_part_to_write():
    assert guilty(rules.asking_a_part_to_write, code()) == []


def test_every_open_door_is_named():
    """LoginRequiredMiddleware closes every page; this names the ones that were opened."""
    assert rules.open_doors(get_resolver().url_patterns) == set(OPEN_DOORS)


def test_core_knows_no_word_of_the_trade():
    core = [source for source in code() if source.path.startswith("core/")]
    assert guilty(rules.words_of_the_trade, core) == []


@pytest.mark.parametrize("app", ["audit", "promises"])
def test_what_is_recorded_and_owed_knows_no_word_of_the_floors_above(app):
    """Whoever stands above says what is sealed and who may see it: settings.SEALS, the groups of accounts/roles.py."""
    assert guilty(rules.words_of_the_floors_above, [one for one in code() if one.path.startswith(f"{app}/")]) == []


def test_no_name_that_nobody_says():
    assert rules.names_nobody_says(code(), of("templates/**/*.*", "benchmarks/*.py", "tools/**/*.py")) == []


def test_no_long_file_and_no_long_function():
    everything_once = "isf_police/settings.py"
    assert guilty(rules.too_long, [source for source in code() if source.path != everything_once]) == []


def test_nineteen_of_twenty_files_can_be_read_at_a_sitting():
    lengths = [len(source.text.splitlines()) for source in code() if source.text]
    assert rules.high_mark(lengths) <= rules.LONG_FILE


def test_a_day_is_a_day_in_brussels():
    """`core/days.py` reads the day off a moment, and whoever names another zone on the same line."""
    assert guilty(rules.days_in_greenwich, [source for source in code() if source.path != "core/days.py"]) == []


def test_the_page_of_who_may_do_what_is_current():
    assert who_may_do_what() == (ROOT / "docs/who-may-do-what.md").read_text()


def who_may_do_what():
    printed = StringIO()
    call_command("who_may_do_what", stdout=printed)
    return printed.getvalue()


def test_the_description_of_the_api_has_no_warning():
    describe_the_api()


def describe_the_api(**options):
    call_command("spectacular", fail_on_warn=True, validate=True, file=str(ROOT / "var" / "schema.yml"), **options)


def test_no_address_of_anything_outside_in_a_page():
    pages = of("templates/**/*.html", "static/css/*.css", "static/js/*.js")
    assert len(pages) > 100
    assert guilty(rules.addresses_outside, pages) == []


def test_nothing_from_people_is_marked_safe():
    assert guilty(rules.marked_safe, [*code(), *of("templates/**/*.html")]) == []
