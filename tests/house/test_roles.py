"""A role's rights stand in accounts/roles.py; nobody else names a role, and no role is forgotten anywhere."""

import ast
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from accounts.models import User
from accounts.models.standing import standing_of
from accounts.roles import GROUPS, Role, is_system
from tests.attack.world import people_of
from tests.factories import an_applicant, an_evaluator, an_officer, an_organisation, everybody
from tests.house.test_house import ROOT, code_files

LABELS = {
    "audit/record.py": "writes the role's name on the record, for reading only",
    "audit/looks.py": "writes it on the look, for reading only",
}
MATRIX = ROOT / "tests" / "attack" / "matrix.txt"
IN_TEMPLATE = re.compile(rf"\.roles?\b|[\"'](?:{'|'.join(Role.values)})[\"']")


def role_literals(source):
    """(line, what) of every place in Python that names a role or asks for one directly."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in {"role", "roles"}:
            yield node.lineno, f".{node.attr}"
        elif isinstance(node, ast.Constant) and node.value in Role.values:
            yield node.lineno, node.value
        elif isinstance(node, ast.ImportFrom) and "Role" in {one.name for one in node.names}:
            yield node.lineno, "import Role"


def test_no_role_is_named_outside_the_accounts():
    guilty = [
        f"{path.relative_to(ROOT)}:{line}: {what}"
        for path in code_files()
        if path.relative_to(ROOT).parts[0] != "accounts" and str(path.relative_to(ROOT)) not in LABELS
        for line, what in role_literals(path.read_text())
    ]
    assert guilty == []


def test_no_template_names_a_role():
    pages = sorted((ROOT / "templates").rglob("*.html"))
    assert [str(one.relative_to(ROOT)) for one in pages if IN_TEMPLATE.search(one.read_text())] == []


@pytest.mark.parametrize(
    "source",
    [
        "from accounts.roles import Role",
        "if user.role == wanted: pass",
        "allowed = user.roles",
        'OFFICE = {"OFFICER"}',
        'User.objects.filter(role="ADMIN")',
    ],
)
def test_the_search_finds_a_role_literal(source):
    assert list(role_literals(source))


@pytest.mark.parametrize("text", ['{% if user.role == "X" %}', "{% if 'OFFICER' in who %}", "{{ user.roles }}"])
def test_the_search_finds_a_role_in_a_template(text):
    assert IN_TEMPLATE.search(text)


# no role is forgotten


def without_a_right(roles, groups):
    return set(roles) - frozenset().union(*(one.roles for one in groups))


def missing_from(people, roles):
    return set(roles) - frozenset().union(*(person.roles for person in people if person is not None))


def test_every_role_is_in_a_group():
    assert without_a_right(Role, GROUPS.values()) == set()


def test_a_role_in_no_group_is_noticed():
    assert without_a_right([*Role, "OBSERVER"], GROUPS.values()) == {"OBSERVER"}


def test_every_group_asked_by_name_exists():
    asked = re.compile(r"belongs_to\(\"(\w+)\"\)")
    names = {name for path in code_files() for name in asked.findall(path.read_text())}
    assert names
    assert names <= set(GROUPS)


@pytest.mark.django_db
def test_every_role_stands_in_the_golden_tables():
    assert missing_from(everybody(an_organisation()).values(), Role) == set()


@pytest.mark.django_db
def test_every_role_tries_every_door():
    owner, officer, evaluator = an_applicant(), an_officer(), an_evaluator()
    world = SimpleNamespace(
        owner=owner, stranger=an_applicant(), officer=officer, decided=SimpleNamespace(evaluators=[evaluator])
    )  # fmt: skip
    people = people_of(world)
    assert missing_from(people.values(), set(Role) - is_system.roles) == set()
    assert MATRIX.read_text().splitlines()[0].split() == list(people)


def test_a_role_without_its_person_is_noticed():
    officer = User(standing=standing_of(role="OFFICER"))
    assert missing_from([None, officer], {"OFFICER", "OBSERVER"}) == {"OBSERVER"}


def test_the_roles_page_is_the_only_one_that_defines_groups():
    guilty = [
        str(path.relative_to(ROOT))
        for path in code_files()
        if path != Path(ROOT / "accounts/roles.py") and re.search(r"import .*\bgroup\b|has_role", path.read_text())
    ]
    assert guilty == []


def questions_about_the_account(source):
    """Lines that ask whether an account is open instead of asking for a right, which a closed one has none of."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Attribute) and node.attr == "is_active")
        or (isinstance(node, ast.keyword) and (node.arg or "").endswith("is_active"))
    ]


def test_whether_an_account_is_open_is_asked_in_one_place():
    """`User.places`: rights, mails and lists all come from there."""
    guilty = [str(path.relative_to(ROOT)) for path in code_files() if questions_about_the_account(path.read_text())]
    assert set(guilty) <= {"accounts/models/people.py", "accounts/lists/people.py"}


@pytest.mark.parametrize("source", ["if user.is_active: pass", "users.filter(person__is_active=True)"])
def test_a_question_about_the_account_is_noticed(source):
    assert questions_about_the_account(source)
