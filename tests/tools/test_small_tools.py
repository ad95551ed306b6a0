"""The small tools: locking, cleaning, several commands in one start, checks that all run even if one fails."""

import sys

import pytest
from django.core.management import CommandError

from tools import commands, lock
from tools.places import CHECKOUT


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A program of this name, found first; it notes its words and ends with a code."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    notes = tmp_path / "notes.txt"

    def make(name, *, code=0):
        path = tmp_path / name
        path.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> "{notes}"\nexit {code}\n')
        path.chmod(0o755)
        return lambda: notes.read_text().splitlines() if notes.exists() else []

    return make


# lock


def test_each_list_is_resolved_into_its_lock_with_hashes(program, monkeypatch, capsys):
    said = program("uv")
    monkeypatch.setattr(sys, "argv", ["lock", "--upgrade"])

    lock.main()

    first, second = said()
    assert first.startswith("pip compile --universal --python-version 3.11 --generate-hashes")
    assert first.endswith("--upgrade requirements.in -o requirements.txt")
    assert second.endswith("--upgrade requirements-dev.in -o requirements-dev.txt")
    assert "Locking requirements.in …" in capsys.readouterr().err


def test_a_lock_that_cannot_be_resolved_says_which_command_failed_and_goes_no_further(program, monkeypatch):
    said = program("uv", code=3)
    monkeypatch.setattr(sys, "argv", ["lock"])

    with pytest.raises(SystemExit) as refused:
        lock.main()

    assert "uv pip compile' failed with code 3: the message above says why." in str(refused.value)
    assert len(said()) == 1


def test_the_uv_of_the_system_is_used_where_there_is_one(program, tmp_path):
    program("uv")

    assert lock.uv_command(tmp_path) == [str(tmp_path / "uv")]


def test_the_locks_of_this_checkout_name_no_address_and_a_hash_for_everything():
    for name in lock.NAMES:
        lines = (CHECKOUT / f"{name}.txt").read_text().splitlines()
        assert not [line for line in lines if "://" in line or line.startswith("--")]
        pinned = [line for line in lines if line and not line.startswith((" ", "#"))]
        assert pinned
        assert all("==" in line for line in pinned)
        assert sum("--hash=sha256:" in line for line in lines) >= len(pinned)


# commands


def test_several_commands_run_in_their_order_with_their_own_words(monkeypatch):
    run = []
    monkeypatch.setattr(commands, "execute_from_command_line", run.append)

    commands.main(["migrate", "--no-input", "--", "grant_rights", "--", "load_funds"])

    assert run == [["manage.py", "migrate", "--no-input"], ["manage.py", "grant_rights"], ["manage.py", "load_funds"]]


@pytest.mark.parametrize("words", [[], ["--"], ["--", "--"]])
def test_no_command_is_no_work(monkeypatch, words):
    run = []
    monkeypatch.setattr(commands, "execute_from_command_line", run.append)

    commands.main(words)

    assert run == []


def test_the_first_failure_ends_the_row(monkeypatch):
    run = []

    def failing(words):
        run.append(words)
        raise CommandError("the database is gone")

    monkeypatch.setattr(commands, "execute_from_command_line", failing)

    with pytest.raises(CommandError):
        commands.main(["migrate", "--", "load_funds"])
    assert run == [["manage.py", "migrate"]]
