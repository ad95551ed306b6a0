"""What a change costs: made for real on a scratch copy of the checkout, and told as a story there.

Each story lies in `tests/scratch/` beside the files that a colleague would write for the change.
"""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from django.db import connection

ROOT = Path(__file__).parents[2]
SCRATCH = ROOT / "tests" / "scratch"
LEFT_OUT = ignore_patterns(".*", "var", "__pycache__", "docs", "node_modules")


class ScratchCopy:
    """The checkout in a folder of its own, on the test database of this run; `touched` are the files of a change."""

    def __init__(self, folder):
        self.folder = copytree(ROOT, folder, ignore=LEFT_OUT)
        (self.folder / "var").mkdir()
        (self.folder / "var" / "fonts").symlink_to(house_fonts_of(ROOT))  # cut once, which takes half a minute
        self.touched = []

    def write(self, path, text):
        """A new file, or a changed one."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        self.touched.append(path)

    def tell(self, story):
        """Run a story of `tests/scratch/` in the copy; gives how it ended and what it printed."""
        return self.run(f"tests/scratch/{story}")

    def run(self, *tests):
        """Run tests in the copy; gives how they ended and what they printed."""
        name = connection.settings_dict["NAME"].removeprefix("test_")
        surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-n", "0", "-q", "-x", "--reuse-db", *tests],
            cwd=self.folder, env={**surroundings, "TEST_DB": name}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr


def house_fonts_of(root):
    place = root / "var" / "fonts"
    place.mkdir(parents=True, exist_ok=True)
    return place


@pytest.fixture
def scratch_copy(django_db_setup, tmp_path):
    return ScratchCopy(tmp_path / "checkout")


def test_a_new_part_of_a_proposal_is_one_file_and_its_template(scratch_copy):
    scratch_copy.write("applications/parts/risks.py", (SCRATCH / "risks.py").read_text())
    template = "applications/shown/risks.html"
    scratch_copy.write(f"templates/{template}", (SCRATCH / template).read_text())
    ended, printed = scratch_copy.tell("story_of_a_new_part.py")
    assert ended == 0, printed
    assert "7 passed" in printed
    assert len(scratch_copy.touched) == 2


def test_the_story_is_told_by_the_part_and_by_nothing_else(scratch_copy):
    """Without the part the same story ends at once: it does not pass by accident."""
    ended, printed = scratch_copy.tell("story_of_a_new_part.py")
    assert ended == 1
    assert "KeyError: 'risks'" in printed


def test_a_new_report_is_one_file(scratch_copy):
    """Menu, page, CSV, XLSX, PDF, interface for programs, record and past follow by themselves."""
    scratch_copy.write("reports/catalogue/fresh.py", (SCRATCH / "fresh.py").read_text())
    ended, printed = scratch_copy.tell("story_of_a_new_report.py")
    assert ended == 0, printed
    assert "5 passed" in printed
    assert len(scratch_copy.touched) == 1


def test_the_story_of_a_report_is_told_by_the_report_and_by_nothing_else(scratch_copy):
    ended, printed = scratch_copy.tell("story_of_a_new_report.py")
    assert ended == 1
    assert "KeyError: 'call-itself'" in printed


def roles_with_an_observer(*, in_groups):
    """accounts/roles.py with one more role; `in_groups`: with the rights it shares."""
    text = (ROOT / "accounts" / "roles.py").read_text()
    changes = [('    SYSTEM = "SYSTEM"', '    OBSERVER = "OBSERVER", _("observer")\n    SYSTEM = "SYSTEM"')]
    if in_groups:
        changes += [
            ("# Those who share", 'is_observer = group("is_observer", R.OBSERVER)\n\n# Those who share'),
            ('group("sees_whole_calls",     ', 'group("sees_whole_calls", R.OBSERVER, '),
            ('group("is_appointed",         ', 'group("is_appointed", R.OBSERVER, '),
        ]
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return text


def test_a_new_role_is_one_file(scratch_copy):
    scratch_copy.write("accounts/roles.py", roles_with_an_observer(in_groups=True))
    ended, printed = scratch_copy.tell("story_of_a_new_role.py")
    assert ended == 0, printed
    assert "5 passed" in printed
    assert len(scratch_copy.touched) == 1


def test_whatever_is_forgotten_of_a_role_turns_red(scratch_copy):
    scratch_copy.write("accounts/roles.py", roles_with_an_observer(in_groups=False))
    ended, printed = scratch_copy.tell("story_of_a_forgotten_role.py")
    assert ended == 0, printed
    assert "3 passed" in printed
