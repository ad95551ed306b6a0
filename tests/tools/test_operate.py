"""What an operator is told to type exists: files, containers, secrets, commands, addresses, limits."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import yaml
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from promises.lanes import LATE
from tools.places import CHECKOUT

PAGES = ["README.md", "SECURITY.md", "CONTRIBUTING.md", "docs/operate.md", "docs/backup.md"]
TOLD = {name: (CHECKOUT / name).read_text() for name in PAGES}
COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
OPERATE = TOLD["docs/operate.md"]
FOLDERS = sorted(path.name for path in CHECKOUT.iterdir() if path.is_dir() and not path.name.startswith("."))


@pytest.mark.parametrize("page_name", PAGES)
def test_every_link_leads_to_a_file_of_the_house(page_name):
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", TOLD[page_name]) if not urlsplit(link).scheme]

    assert [link for link in links if not (CHECKOUT / page_name).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("page_name", PAGES)
def test_every_file_that_is_named_is_there(page_name):
    named = re.findall(rf"`((?:{'|'.join(FOLDERS)})/[\w/.-]+)`", TOLD[page_name])

    assert [name for name in named if not (CHECKOUT / name).exists()] == []


@pytest.mark.parametrize("page_name", PAGES)
def test_every_command_of_the_house_exists(page_name):
    asked = re.findall(r"manage\.(?:py|sh) ([a-z_]+)", TOLD[page_name])

    assert set(asked) - set(get_commands()) == set()


@pytest.mark.parametrize("page_name", PAGES)
def test_every_container_that_is_spoken_to_exists(page_name):
    asked = re.findall(r"docker compose (?:exec|cp|logs|run --rm(?: -T| --no-deps)*) ([a-z]+)", TOLD[page_name])

    assert set(asked) <= set(COMPOSE["services"])


def test_every_secret_has_its_line_under_keys_and_no_other():
    rows = re.search(r"\n## Keys\n(.*?)\n## ", OPERATE, re.DOTALL)[1]

    assert set(re.findall(r"^\| `(\w+)` \|", rows, re.MULTILINE)) == set(COMPOSE["secrets"])


def test_the_sizes_are_those_of_the_containers():
    rows = re.search(r"\n## How large\n(.*?)\n## ", OPERATE, re.DOTALL)[1]
    told = re.findall(r"^\| ([a-z, ]+?)(?:, each)? \| ([\d.]+) ([MG])B(?: each)? \| (\d+) MB \|", rows, re.MULTILINE)
    said = {name: (size(f"{most}{unit}"), f"{tmp}m") for names, most, unit, tmp in told for name in names.split(", ")}

    here = {
        name: (size(one["mem_limit"]), one["tmpfs"][0].partition("size=")[2])
        for name, one in COMPOSE["services"].items()
    }
    assert said == here


def size(text):
    """Megabytes, of “1.5G” as of “1536m”."""
    return float(text[:-1]) * {"m": 1, "g": 1024}[text[-1].lower()]


def test_whoever_watches_asks_at_addresses_that_exist():
    asked = re.findall(r"`(?:GET )?(/[a-z/]+/)`", OPERATE)

    assert len(asked) >= 4
    for address in asked:
        try:
            resolve(address)
        except Resolver404:
            pytest.fail(f"docs/operate.md names {address}, which is nothing.")


def test_what_counts_as_late_is_what_the_page_says():
    told = re.search(
        r"openings (\d+) s, timed steps and receipts (\d+) min, mails (\d+) min, letters (\d+) min, files (\d+) h",
        OPERATE,
    )
    seconds, clock, mails, papers, hours = map(int, told.groups())

    opening, step, proof, mail, paper, file = LATE.values()
    assert opening == timedelta(seconds=seconds)
    assert step == proof == timedelta(minutes=clock)
    assert (mail, paper) == (timedelta(minutes=mails), timedelta(minutes=papers))
    assert file == timedelta(hours=hours)


@pytest.mark.parametrize("page_name", PAGES)
def test_no_secret_is_part_of_a_command_that_a_shell_remembers(page_name):
    """The mail server's address is the one exception, and its password is called that."""
    assert re.findall(r"(?:PASSWORD|SECRET_KEY)=(?!unused)\S+", TOLD[page_name]) == []
