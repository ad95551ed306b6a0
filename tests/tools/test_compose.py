"""The containers: complete, without secrets that have a default, and documented variable by variable."""

import os
import re
import subprocess
import sys

import pytest
import yaml

from isf_police.environment import REQUIRED_IN_PRODUCTION
from tools.places import CHECKOUT

TEXT = (CHECKOUT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
VARIABLE = re.compile(r"(?<!\$)\$\{([A-Z_]+)(:[-?])?([^}]*)\}")
SECRET = re.compile(r"SECRET|PASSWORD|TOKEN")
HOUSE = ["migrate", "web", "worker", "beat"]
GIVEN = {
    "EMAIL_URL": "smtp://mail.example.eu:587", "LOG_LEVEL": "INFO", "SITE_URL": "https://grants.example.eu",
    "WORKER_SLOTS": "3",
}  # fmt: skip
START = "import django; django.setup(); from django.conf import settings; print(settings.DATABASES['default']['USER'])"


def documented():
    lines = (CHECKOUT / ".env.example").read_text().splitlines()
    return {match[1] for line in lines if (match := re.match(r"#?([A-Z_]+)=", line))}


def read_by_the_settings():
    code = "".join((CHECKOUT / "isf_police" / name).read_text() for name in ("settings.py", "environment.py"))
    asked = set(re.findall(r"""\benv\.\w+\(\s*['"]([A-Z_]+)['"]""", code))
    return asked | set(REQUIRED_IN_PRODUCTION)


def read_by_the_tools():
    files = [*(CHECKOUT / "tools").rglob("*.py"), CHECKOUT / "Makefile", CHECKOUT / "tests" / "conftest.py"]
    return set(re.findall(r"\b[A-Z]{2,}(?:_[A-Z]+)*\b", "".join(path.read_text() for path in files)))


def filled_in(value):
    """What compose would pass on when every variable is given."""
    return VARIABLE.sub(lambda match: GIVEN.get(match[1], "given"), str(value))


def test_every_part_of_the_house_has_its_container():
    assert set(SERVICES) == {*HOUSE, "backup", "proxy", "postgres", "redis"}
    assert {"backups", "database", "broker", "files"} <= set(COMPOSE["volumes"])


def test_a_backup_is_made_when_somebody_asks_for_one_by_the_owner_of_the_tables():
    backup = SERVICES["backup"]
    assert (backup["profiles"], backup["restart"]) == (["backup"], "no")
    assert backup["command"] == ["python", "manage.py", "backup", "/backups"]
    assert backup["volumes"] == ["files:/srv/files", "backups:/backups"]
    assert backup["environment"]["DATABASE_AS_OWNER"] == "1"


@pytest.mark.parametrize("name", HOUSE)
def test_nothing_stands_in_the_way_of_a_second_container(name):
    assert "container_name" not in SERVICES[name]
    assert "ports" not in SERVICES[name]


@pytest.mark.parametrize("name", ["worker", "beat", "proxy", "postgres", "redis"])
def test_a_container_can_be_asked_whether_it_is_well(name):
    assert SERVICES[name]["healthcheck"]["test"]


def test_the_image_asks_the_web_server_itself():
    assert re.search(r"^HEALTHCHECK .*tools\.health.*web", (CHECKOUT / "Dockerfile").read_text(), re.MULTILINE)


def test_no_secret_has_a_default_and_each_says_what_to_set():
    secrets = [match for match in VARIABLE.finditer(TEXT) if SECRET.search(match[1])]

    assert {match[1] for match in secrets} >= {"SECRET_KEY", "DATABASE_APP_PASSWORD", "REDIS_PASSWORD"}
    assert [match[0] for match in secrets if match[2] != ":?" or not match[3].startswith(f"set {match[1]}")] == []


def test_no_secret_is_written_down():
    values = [value for service in SERVICES.values() for value in (service.get("environment") or {}).items()]

    assert [name for name, value in values if SECRET.search(name) and not VARIABLE.match(value)] == []


def test_only_the_migration_knows_the_owner():
    knowing = [name for name in HOUSE if "DATABASE_OWNER_URL" in SERVICES[name]["environment"]]

    assert knowing == ["migrate"]


def test_the_application_starts_after_the_migration():
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_every_variable_is_documented():
    asked = {match[1] for match in VARIABLE.finditer(TEXT)}

    assert (asked | read_by_the_settings()) - documented() == set()


def test_every_documented_variable_is_read():
    asked = {match[1] for match in VARIABLE.finditer(TEXT)}

    assert documented() - asked - read_by_the_settings() - read_by_the_tools() == set()


@pytest.mark.parametrize("name", HOUSE)
def test_production_settings_are_content_with_the_containers_environment(name):
    given = {key: filled_in(value) for key, value in SERVICES[name]["environment"].items()}

    done = subprocess.run(
        [sys.executable, "-c", START],
        check=False,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "isf_police.settings", **given},
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ("owner" if name == "migrate" else "isf_app")
