"""The settings as processes of their own read them: what production is made of."""

import os
import subprocess
import sys

import pytest

from tools.check import PRODUCTION
from tools.places import CHECKOUT
from tools.services import Instance, discard, postgres

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

LISTENING = """
import sys
heard = set()
sys.addaudithook(lambda event, words: heard.add(event))
import django
django.setup()
begun = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.exec", "os.system", "socket.connect"}
print(sorted(heard & begun), sorted(name for name in sys.modules if name.startswith("tools")))
"""
DEVELOPMENT = {"ISF_ENV": "development", "SECRET_KEY": "a text"}
# Nobody lives there: whoever would ask gets no answer.
ADDRESSES = {"DATABASE_URL": "postgresql://isf_app@nowhere.invalid/isf_police", "REDIS_URL": "redis://nowhere.invalid"}


def python(program, environment):
    """Run a program as a process that knows nothing of this test run; gives what it said and how it ended."""
    return run(["-c", program], {"DJANGO_SETTINGS_MODULE": "isf_police.settings"} | environment)


def run(words, environment):
    known = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *words], check=False, capture_output=True, text=True, cwd=CHECKOUT, env=known | environment
    )  # fmt: skip


def test_the_demo_never_enters_a_real_installation():
    done = python(WITHOUT_THE_DEMO, PRODUCTION)

    assert done.returncode == 0, done.stderr
    commands = done.stdout.splitlines()[-1].split()
    assert "load_funds" in commands
    assert not {"load_demo", "demo_logins"} & set(commands)


@pytest.mark.parametrize("environment", [PRODUCTION, DEVELOPMENT | ADDRESSES], ids=["production", "development"])
def test_importing_the_settings_starts_nothing_and_calls_nobody(environment):
    done = python(LISTENING, environment)

    assert (done.stdout.strip(), done.returncode) == ("[] []", 0), done.stderr


@pytest.mark.parametrize("missing", ["DATABASE_URL", "REDIS_URL"])
def test_without_an_address_the_settings_say_in_one_sentence_what_to_do(missing):
    given = {name: value for name, value in ADDRESSES.items() if name != missing}

    done = python("import isf_police.settings", DEVELOPMENT | given)

    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 1
    assert f"There is no {missing}: use manage.py" in last
    assert "tools.services run" in last
    assert last.endswith(".")


def test_production_names_every_variable_that_is_missing():
    done = python("import isf_police.settings", PRODUCTION | {"SITE_URL": "", "EMAIL_URL": ""})

    assert done.returncode == 1
    assert "SITE_URL: the address people type" in done.stderr
    assert "EMAIL_URL: smtp://" in done.stderr
    assert "REDIS_URL:" not in done.stderr


def test_manage_starts_the_private_servers_and_hands_on_their_addresses():
    instance = Instance(f"manage{os.getpid()}")
    try:
        words = ["manage.py", "showmigrations", "audit", "--plan"]
        done = run(words, {"ISF_ENV": "development", "ISF_INSTANCE": instance.name})
        assert done.returncode == 0, done.stderr
        assert postgres.is_ready(instance)
    finally:
        discard(instance)


def test_the_image_is_built_without_the_demo():
    left_out = (CHECKOUT / ".dockerignore").read_text().splitlines()

    assert {"demo", "tests", "benchmarks"} <= set(left_out)
