"""The demo's tables, each file read once."""

import tomllib
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
FILES = {
    "protect": ("protect_public_spaces", "protect_technical", "protect_broken_rules"),
    "thb": ("thb_first", "thb_second"),
    "organised_crime": ("organised_crime",),
    "environment": ("environment",),
    "corruption": ("corruption",),
    "worship": (),
}


@cache
def table(name):
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def organisations():
    return table("organisations")


def people():
    return table("people")["person"]


def comments():
    return table("comments")


def call_said(key):
    return table("calls")[key]


def proposals(key, only=()):
    """What applicants say, in the order in which it came in; `only` names the acronyms of a shorter demo."""
    every = [one for name in FILES[key] for one in table(name)["application"]]
    return [one for one in every if not only or one["acronym"] in only]


def applicants(only=()):
    """The keys of the organisations that hand something in."""
    return sorted({one["by"] for key in FILES for one in proposals(key, only)})


def mail_of(key):
    """`el-police` and `e.papageorgiou` give e.papageorgiou@police.el.example.eu."""
    state, _, house = key.partition("-")
    return f"{organisations()[key]['mail']}@{house}.{state}.example.eu"
