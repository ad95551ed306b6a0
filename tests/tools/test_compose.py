"""The containers: complete, without secrets that have a default, and documented variable by variable."""

import os
import re
import shutil
import stat
import subprocess
import sys

import pytest
import yaml

from isf_police.environment import REQUIRED_IN_PRODUCTION, SECRETS
from tools import health
from tools.places import CHECKOUT

TEXT = (CHECKOUT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
VARIABLE = re.compile(r"(?<!\$)\$\{([A-Z_]+)(:[-?])?([^}]*)\}")
SECRET = re.compile(r"SECRET|PASSWORD|TOKEN|KEY$|EMAIL_URL")
HOUSE = ["migrate", "web", "worker", "beat"]
OWNERS = ["migrate", "backup"]  # they end by themselves
GIVEN = {"LOG_LEVEL": "INFO", "LOG_FORMAT": "json", "SITE_HOST": "grants.example.eu", "WORKER_SLOTS": "3"}
IN_FILES = {"email_url": "smtp://mail.example.eu:587", "database_app_password": "of the app", "secret_key": "s" * 60}
START = """
import django; django.setup()
from django.conf import settings
print(settings.DATABASES["default"]["USER"], settings.DATABASES["default"]["PASSWORD"], settings.REDIS_URL, sep="|")
"""


def documented():
    lines = (CHECKOUT / ".env.example").read_text().splitlines()
    return {match[1] for line in lines if (match := re.match(r"#?([A-Z_]+)=", line))}


def read_by_the_settings():
    code = "".join((CHECKOUT / "isf_police" / name).read_text() for name in ("settings.py", "environment.py"))
    asked = set(re.findall(r"""\benv\.\w+\(\s*['"]([A-Z_]+)['"]""", code))
    return asked | set(REQUIRED_IN_PRODUCTION) | set(SECRETS)


def read_by_the_tools():
    files = [*(CHECKOUT / "tools").rglob("*.py"), CHECKOUT / "Makefile", CHECKOUT / "tests" / "conftest.py"]
    return set(re.findall(r"\b[A-Z]{2,}(?:_[A-Z]+)*\b", "".join(path.read_text() for path in files)))


def filled_in(value):
    """What compose would pass on when every variable is given."""
    return VARIABLE.sub(lambda match: GIVEN.get(match[1], "given"), str(value))


def test_every_part_of_the_house_has_its_container():
    assert set(SERVICES) == {*HOUSE, "backup", "proxy", "postgres", "redis"}


def test_each_volume_that_is_used_is_declared_and_none_is_left_over():
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())}

    assert {name for name in used if not name.startswith(".")} == set(COMPOSE["volumes"])
    assert all((CHECKOUT / name).is_file() for name in used if name.startswith("."))


def test_a_backup_is_made_when_somebody_asks_for_one_by_the_owner_of_the_tables():
    backup = SERVICES["backup"]
    assert (backup["profiles"], backup["restart"]) == (["backup"], "no")
    assert backup["command"] == ["python", "manage.py", "backup", "/backups"]
    assert backup["volumes"] == ["files:/srv/files", "backups:/backups"]
    assert backup["environment"]["DATABASE_AS_OWNER"] == "1"


@pytest.mark.parametrize("name", HOUSE)
def test_nothing_stands_in_the_way_of_a_second_container(name):
    assert "container_name" not in SERVICES[name]


def test_the_proxy_alone_is_reached_from_outside():
    assert {name for name, service in SERVICES.items() if service.get("ports")} == {"proxy"}
    assert SERVICES["proxy"]["ports"] == ["80:80", "443:443", "443:443/udp"]


def test_database_and_broker_have_no_way_out_and_the_proxy_none_to_them():
    closed = {name for name, network in COMPOSE["networks"].items() if (network or {}).get("internal")}

    assert SERVICES["postgres"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]
    assert closed == {"inside", "front"}
    assert "inside" not in SERVICES["proxy"]["networks"]
    assert set(SERVICES["proxy"]["networks"]) & set(SERVICES["web"]["networks"]) == {"front", "outside"}


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_writes_into_its_volumes_and_tmp_alone_and_gains_no_rights(name):
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["tmpfs"][0].split(":")[0] == "/tmp"  # noqa: S108 - the container's own
    assert service["cap_drop"] == ["ALL"]
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


@pytest.mark.parametrize("name", SERVICES)
def test_no_container_takes_the_whole_machine(name):
    service = SERVICES[name]

    assert service["pids_limit"] == 200
    assert in_megabytes(service["mem_limit"]) > sum(map(tmpfs_size, service["tmpfs"]))
    assert set(service["logging"]["options"]) == {"max-size", "max-file"}


def in_megabytes(text):
    return int(text[:-1]) * {"m": 1, "g": 1024}[text[-1]]


def tmpfs_size(place):
    return in_megabytes(place.partition("size=")[2])


@pytest.mark.parametrize("name", SERVICES)
def test_who_serves_is_started_again_and_who_ends_is_not(name):
    assert SERVICES[name]["restart"] == ("no" if name in OWNERS else "unless-stopped")


@pytest.mark.parametrize("name", ["proxy", "postgres", "redis"])
def test_what_others_made_is_of_one_version(name):
    assert re.fullmatch(r"[a-z/]+:\d+\.\d+(\.\d+)?-[a-z]+(@sha256:[0-9a-f]{64})?", SERVICES[name]["image"])


def test_the_image_of_the_house_stands_on_one_version_too():
    bases = re.findall(r"^FROM (\S+)", (CHECKOUT / "Dockerfile").read_text(), re.MULTILINE)

    assert len(bases) == 2
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.11\.\d+-slim-bookworm(@sha256:[0-9a-f]{64})?", bases[0])


@pytest.mark.parametrize("name", ["web", "worker", "beat", "proxy", "postgres", "redis"])
def test_a_container_can_be_asked_whether_it_is_well(name):
    asked = SERVICES[name]["healthcheck"]

    assert asked["test"]
    assert {"interval", "timeout"} <= set(asked)


def test_a_web_server_that_answers_nobody_is_not_well_and_the_proxy_asks_whether_one_lives():
    caddyfile = (CHECKOUT / "docker" / "Caddyfile").read_text()

    assert SERVICES["web"]["healthcheck"]["test"] == ["CMD", "python", "-m", "tools.health", "web"]
    assert health.WEB == "http://127.0.0.1:8000"
    assert SERVICES["proxy"]["healthcheck"]["test"][-1] == "http://127.0.0.1:8081/"
    assert "HEALTH_PORT:8081} {\n\tbind 127.0.0.1\n\trewrite * /live/\n" in caddyfile


def test_the_image_asks_the_web_server_itself():
    assert re.search(r"^HEALTHCHECK .*tools\.health.*web", (CHECKOUT / "Dockerfile").read_text(), re.MULTILINE)


# secrets


def test_no_secret_is_in_the_environment_and_each_file_is_one_that_the_container_sees():
    said = [(name, *pair) for name, service in SERVICES.items() for pair in (service.get("environment") or {}).items()]
    secrets = [(service, name, value) for service, name, value in said if SECRET.search(name)]

    assert len(secrets) > 20
    assert [one for one in secrets if not one[1].endswith("_FILE")] == []
    assert [one for one in secrets if one[2].removeprefix("/run/secrets/") not in SERVICES[one[0]]["secrets"]] == []
    assert re.findall(r"://[^@/\s]*:[^@/\s]*@", TEXT.partition("x-environment")[2]) == []


def test_a_container_sees_no_secret_that_it_does_not_read():
    for service in SERVICES.values():
        asked = str(service.get("command")) + str(service.get("environment")) + str(service.get("healthcheck"))
        mounted = "".join(volume.split(":")[0] for volume in service.get("volumes", ()) if volume.startswith("./"))
        read = asked + (CHECKOUT / "docker" / "create-app-role.sh").read_text() * ("create-app-role" in mounted)
        assert [name for name in service["secrets"] if f"/run/secrets/{name}" not in read] == []


@pytest.fixture
def draw(tmp_path):
    """Run docker/secrets.sh in a checkout of its own."""
    (tmp_path / "docker").mkdir()
    shutil.copy(CHECKOUT / "docker" / "secrets.sh", tmp_path / "docker")

    def run(*words):
        command = ["sh", str(tmp_path / "docker" / "secrets.sh"), *words]
        return subprocess.run(command, check=False, capture_output=True, text=True, cwd="/")

    return run


def test_one_command_draws_every_secret_once(draw, tmp_path):
    assert draw("smtp://mail.example.eu:587").returncode == 0

    folder = tmp_path / "secrets"
    drawn = {path.name: path.read_text().strip() for path in folder.iterdir()}
    assert set(drawn) == set(COMPOSE["secrets"])
    assert {f"./secrets/{name}" for name in drawn} == {one["file"] for one in COMPOSE["secrets"].values()}
    assert drawn.pop("email_url") == "smtp://mail.example.eu:587"
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{48}", secret) for secret in drawn.values())
    assert len(set(drawn.values())) == len(drawn)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o444}

    assert draw("smtp://other.example.eu:25").returncode == 0
    assert {path.name: path.read_text().strip() for path in folder.iterdir()}.items() > drawn.items()
    assert (folder / "email_url").read_text() == "smtp://mail.example.eu:587\n"


def test_without_a_mail_server_nothing_is_drawn_and_the_command_says_what_to_give(draw, tmp_path):
    done = draw()

    assert done.returncode == 2
    assert "Give the mail server's address" in done.stderr
    assert not (tmp_path / "secrets").exists()


@pytest.mark.parametrize("name", [".gitignore", ".dockerignore"])
def test_secrets_enter_neither_the_history_nor_the_image(name):
    assert {".env", "secrets"} <= {line.rstrip("/") for line in (CHECKOUT / name).read_text().splitlines()}


def test_only_who_acts_for_the_owner_knows_the_owner():
    knowing = [name for name, service in SERVICES.items() if "DATABASE_OWNER_URL" in service.get("environment", {})]
    seeing = [name for name, service in SERVICES.items() if "database_owner_password" in service["secrets"]]

    assert knowing == OWNERS
    assert seeing == [*OWNERS, "postgres"]


def test_the_application_starts_after_the_migration():
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert SERVICES["proxy"]["depends_on"] == {"web": {"condition": "service_healthy"}}


def test_every_variable_is_documented():
    asked = {match[1] for match in VARIABLE.finditer(TEXT)}

    assert (asked | read_by_the_settings()) - documented() == set()


def test_what_a_person_writes_into_env_reaches_the_web():
    """Compose reads `.env` for itself: a container sees of it what its own list names."""
    sections = re.split(r"^# --- ", (CHECKOUT / ".env.example").read_text(), flags=re.MULTILINE)
    offered = {
        name
        for section in sections
        if section.startswith(("Containers", "Needed", "Optional"))
        for name in re.findall(r"^#?([A-Z_]+)=", section, re.MULTILINE)
    }
    asked = {match[1] for match in VARIABLE.finditer(TEXT)}

    assert len(offered) > 12
    assert offered - set(SECRETS) - set(SERVICES["web"]["environment"]) - asked == set()


def test_every_documented_variable_is_read():
    asked = {match[1] for match in VARIABLE.finditer(TEXT)}

    assert documented() - asked - read_by_the_settings() - read_by_the_tools() == set()


@pytest.mark.parametrize("name", HOUSE)
def test_production_settings_are_content_with_the_containers_environment(name, tmp_path):
    for secret in COMPOSE["secrets"]:
        (tmp_path / secret).write_text(IN_FILES.get(secret, f"{secret} of the file") + "\n")
    given = {
        key: filled_in(value).replace("/run/secrets", str(tmp_path))
        for key, value in SERVICES[name]["environment"].items()
        if value is not None
    }

    done = subprocess.run(
        [sys.executable, "-c", START],
        check=False,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "isf_police.settings", **given},
    )

    assert done.returncode == 0, done.stderr
    user, password, broker = done.stdout.strip().split("|")
    assert (user, password) == (
        ("owner", "database_owner_password of the file") if name == "migrate" else ("isf_app", "of the app")
    )
    assert broker == "redis://:redis_password%20of%20the%20file@redis:6379/0"
