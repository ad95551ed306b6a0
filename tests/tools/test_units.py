"""The house without containers: systemd's units say the same as docker-compose.yml, and systemd understands them."""

import re
import shutil
import subprocess
from collections import defaultdict

import pytest
import yaml

from isf_police.environment import REQUIRED_IN_PRODUCTION, SECRETS
from tools.places import CHECKOUT

FOLDER = CHECKOUT / "deploy" / "systemd"
SERVICES = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())["services"]
SERVING, OWNERS = ["web", "worker", "beat", "proxy"], ["migrate", "backup"]
EVERY = [*SERVING, *OWNERS]
BIN = "/opt/isf-police/.venv/bin"


def unit(name):
    """section: name: all values in their order."""
    found, section = defaultdict(lambda: defaultdict(list)), None
    for line in (FOLDER / name).read_text().splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            found[section][key].append(value)
    return found


def service(part):
    return unit(f"isf-police-{part}.service")["Service"]


def words(text):
    return re.findall(r"[^\s\"']+", text)


@pytest.mark.parametrize("part", ["worker", "beat", *OWNERS])
def test_each_unit_does_what_its_container_does(part):
    here = words(service(part)["ExecStart"][0].removeprefix(f"{BIN}/"))

    there = [word for word in SERVICES[part]["command"] if not word.startswith(("--schedule", "/backups"))]
    assert [word for word in here if not word.startswith(("--schedule", "/var/lib/isf-police/backups"))] == there


def test_the_web_is_the_images_own_but_for_where_it_listens():
    image = re.search(r"^CMD \[(.*?)\]", (CHECKOUT / "Dockerfile").read_text(), re.MULTILINE | re.DOTALL)[1]
    there = re.findall(r'"([^"]+)"', image)

    here = words(service("web")["ExecStart"][0].removeprefix(f"{BIN}/"))

    assert set(here) ^ set(there) == {"--bind=127.0.0.1:8000", "--bind=0.0.0.0:8000"}


@pytest.mark.parametrize("part", EVERY)
def test_a_unit_can_do_as_little_as_its_container(part):
    found = service(part)

    bounds = ["CAP_NET_BIND_SERVICE"] if part == "proxy" else [""]
    assert found["CapabilityBoundingSet"] == bounds
    assert (found["NoNewPrivileges"], found["ProtectSystem"], found["PrivateTmp"]) == (["yes"], ["strict"], ["yes"])
    assert found["TasksMax"] == [str(SERVICES[part]["pids_limit"])]
    assert found["MemoryMax"] == [SERVICES[part]["mem_limit"].upper()]
    assert found["User"] == ([] if part == "proxy" else ["isf"])
    assert bool(found["DynamicUser"]) == (part == "proxy")


@pytest.mark.parametrize("part", EVERY)
def test_a_unit_sees_the_secrets_that_its_container_sees_and_says_none(part):
    found = service(part)
    seen = [one.partition(":") for one in found["LoadCredential"]]
    named = dict(re.findall(r"(\w+)_FILE=%d/(\w+)", " ".join(found["Environment"])))

    assert sorted(name for name, _, _ in seen) == sorted(SERVICES[part]["secrets"])
    assert all(path == f"/etc/isf-police/secrets/{name}" for name, _, path in seen)
    assert part == "proxy" or sorted(named.values()) == sorted(SERVICES[part]["secrets"])
    assert set(named) <= set(SECRETS)


def test_servers_begin_after_the_migration_and_again_when_they_end():
    for part in ("web", "worker", "beat"):
        said = unit(f"isf-police-{part}.service")
        assert said["Unit"]["Requires"] == ["isf-police-migrate.service"]
        assert "isf-police-migrate.service" in said["Unit"]["After"][0]
    assert all(service(part)["Restart"] == ["always"] for part in SERVING)
    assert all(service(part)["Type"] == ["oneshot"] for part in OWNERS)
    assert [part for part in EVERY if "DATABASE_AS_OWNER=1" in service(part)["Environment"]] == OWNERS


def test_the_target_wants_every_server():
    wanted = unit("isf-police.target")["Unit"]["Wants"][0].split()

    assert sorted(wanted) == sorted(f"isf-police-{part}.service" for part in SERVING)


def test_the_environment_says_all_that_is_needed_and_no_secret():
    lines = (FOLDER / "environment.example").read_text().splitlines()
    said = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}

    assert set(REQUIRED_IN_PRODUCTION) - said == {"SECRET_KEY", "CHECKPOINT_KEY", "EMAIL_URL"}
    assert not any(re.search(r"PASSWORD|SECRET|://[^@/]*:[^@/]*@", line) for line in lines[1:])


def test_a_command_is_run_as_the_servers_account_with_the_servers_secrets(tmp_path):
    """A program in place of systemd-run tells what it was asked for."""
    (tmp_path / "bin").mkdir()
    stand_in = tmp_path / "bin" / "systemd-run"
    stand_in.write_text('#!/bin/sh\nfor word; do echo "$word"; done\n')
    stand_in.chmod(0o755)

    command = ["sh", str(FOLDER / "manage.sh"), "appoint_admin", "name@example.eu", "--name", "Ada Lovelace"]
    found_first = {"PATH": f"{tmp_path}/bin:/usr/bin:/bin"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=found_first)

    said = done.stdout.splitlines()
    assert "--uid=isf" in said
    credentials = {word.partition("=")[2].partition(":")[0] for word in said if word.startswith("LoadCredential=")}
    assert credentials == set(SERVICES["worker"]["secrets"])  # a command tells no figures
    assert said[-4:] == ["appoint_admin", "name@example.eu", "--name", "Ada Lovelace"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="There is no systemd here.")
def test_systemd_understands_each_unit(tmp_path):
    """It looks for the programs too, so they stand in a folder of the test."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("python", "gunicorn", "celery"):
        (programs / name).write_text("#!/bin/sh\n")
        (programs / name).chmod(0o755)
    for path in FOLDER.glob("isf-police*"):
        (tmp_path / path.name).write_text(path.read_text().replace(BIN, str(programs)))

    command = ["systemd-analyze", "verify", "--man=no", *sorted(map(str, tmp_path.glob("isf-police*")))]
    done = subprocess.run(command, check=False, capture_output=True, text=True)

    assert (done.returncode, [line for line in done.stderr.splitlines() if "isf-police" in line]) == (0, [])
