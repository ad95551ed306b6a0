"""Checks that all run even if one fails, and cleaning that takes nothing else."""

import subprocess
import sys

import pytest

from tools import check, clean
from tools.places import fingerprint, say
from tools.services import Instance


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


# check


def test_a_check_says_ok_and_how_long_it_took(monkeypatch, capsys):
    monkeypatch.setitem(check.CHECKS, "story", [sys.executable, "-c", "print('not shown')"])

    assert check.passes("story", development={})
    said = capsys.readouterr().err
    assert said.startswith("story            ok      ")
    assert "not shown" not in said


def test_a_check_that_fails_shows_what_its_tool_said(monkeypatch, capsys):
    monkeypatch.setitem(
        check.CHECKS, "story", [sys.executable, "-c", "import sys; print('line 3 is wrong'); sys.exit(1)"]
    )

    assert not check.passes("story", development={})
    said = capsys.readouterr().err
    assert "failed" in said
    assert "line 3 is wrong" in said


def test_the_settings_are_judged_as_in_production_and_the_others_as_in_development(monkeypatch):
    seen = {}

    def noting(command, **options):
        seen[command[0]] = options["env"].get("ISF_ENV")
        return subprocess.CompletedProcess(command, 0, stdout="")

    monkeypatch.setattr(check.subprocess, "run", noting)
    monkeypatch.setitem(check.CHECKS, "settings", ["settings"])
    monkeypatch.setitem(check.CHECKS, "ruff", ["ruff"])

    assert check.passes("settings", development={"ISF_ENV": "development"})
    assert check.passes("ruff", development={"ISF_ENV": "development"})
    assert seen == {"settings": "production", "ruff": "development"}


def test_all_are_tried_even_if_the_first_fails_and_the_failed_are_named(monkeypatch, capsys):
    tried = []
    monkeypatch.setattr(check, "CHECKS", {"one": [], "two": [], "three": []})
    monkeypatch.setattr(check, "ensure", lambda instance: {})
    monkeypatch.setattr(check, "release", lambda instance: tried.append("released"))
    monkeypatch.setattr(check, "passes", lambda name, development: tried.append(name) or name == "two")

    assert check.main() == 1
    assert tried == ["one", "two", "three", "released"]
    assert "Failed: one, three." in capsys.readouterr().err


def test_the_servers_are_released_when_a_check_itself_breaks(monkeypatch):
    released = []

    def breaking(name, development):
        raise OSError("no such tool")

    monkeypatch.setattr(check, "ensure", lambda instance: {})
    monkeypatch.setattr(check, "release", released.append)
    monkeypatch.setattr(check, "passes", breaking)

    with pytest.raises(OSError, match="no such tool"):
        check.main()
    assert released == ["test"]


# clean


def test_cleaning_takes_what_was_used_here_and_nothing_else(monkeypatch, tmp_path):
    checkout, outside, stranger = tmp_path / "checkout", tmp_path / "outside", tmp_path / "stranger"
    for folder in (checkout / "var" / "demo", checkout / "var" / "test", outside / "demo", stranger / "demo"):
        folder.mkdir(parents=True)
        (folder / "users.lock").touch()
    (checkout / "var" / "files").mkdir()
    discarded = []
    monkeypatch.setattr(clean, "CHECKOUT", checkout)
    monkeypatch.setattr(Instance, "homes", lambda self: (checkout / "var", outside))
    monkeypatch.setattr(clean, "discard", lambda instance: discarded.append(instance.name))

    clean.main()

    assert sorted(discarded) == ["demo", "demo", "test"]
    assert not outside.exists()
    assert (stranger / "demo").exists()
    assert (checkout / "var" / "files").exists()


# places


def test_a_tool_speaks_beside_the_output_of_its_command(capsys):
    say("A sentence.")

    assert capsys.readouterr() == ("", "A sentence.\n")


def test_each_checkout_has_its_own_mark(tmp_path):
    assert fingerprint(tmp_path) == fingerprint(tmp_path)
    assert fingerprint(tmp_path) != fingerprint(tmp_path / "other")
    assert len(fingerprint(tmp_path)) == 12
