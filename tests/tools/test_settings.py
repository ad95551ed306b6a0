"""The settings as processes of their own read them: what production is made of."""

import os
import subprocess
import sys

from tools.check import PRODUCTION
from tools.places import CHECKOUT

# As in the production image: whoever imports the demo finds no such folder.
WITHOUT_THE_DEMO = """
import sys
sys.modules["demo"] = None
import django
django.setup()
from django.core.management import call_command, get_commands
call_command("check")
print(*sorted(get_commands()))
"""


def python(program, environment):
    """Run a program as a process that knows nothing of this test run; gives what it said and how it ended."""
    words = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", program],
        check=False, capture_output=True, text=True, cwd=CHECKOUT,
        env=words | {"DJANGO_SETTINGS_MODULE": "isf_police.settings"} | environment,
    )  # fmt: skip


def test_the_demo_never_enters_a_real_installation():
    done = python(WITHOUT_THE_DEMO, PRODUCTION)

    assert done.returncode == 0, done.stderr
    commands = done.stdout.splitlines()[-1].split()
    assert "load_funds" in commands
    assert not {"load_demo", "demo_logins"} & set(commands)


def test_the_image_is_built_without_the_demo():
    left_out = (CHECKOUT / ".dockerignore").read_text().splitlines()

    assert {"demo", "tests", "benchmarks"} <= set(left_out)
