"""Rules that every template of a page keeps, whoever writes it."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
ON_PAPER = {"letters", "mails", "papers"}  # drawn as PDF or sent, never served as a page
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if not ON_PAPER & set(path.relative_to(TEMPLATES).parts))
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
CLASSES = set(
    re.findall(r"\.(gp-[\w-]+)", " ".join(sheet.read_text() for sheet in (ROOT / "static/css").glob("*.css")))
)
MARKERS = {"gp-list", "gp-menu__item", "gp-path__part", "gp-pager__count", "gp-card__text", "gp-file__now"}


def short(path):
    return str(path.relative_to(TEMPLATES))


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_nothing_that_the_content_policy_refuses(path):
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "|safe" not in text or path.name == "help_and_errors.html"  # help texts are ours


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_components_are_there_and_see_only_what_they_are_given(path):
    for included, rest in re.findall(r'{% include "(components/[\w.]+)"([^%]*)%}', path.read_text()):
        assert (TEMPLATES / included).exists(), included
        assert rest.rstrip().endswith("only"), included


@pytest.mark.parametrize("path", COMPONENTS, ids=short)
def test_a_component_says_what_it_takes_and_is_listed(path):
    assert re.match(r"{# .+Needs: .+ #}", path.read_text())
    documented = (ROOT / "docs/components.md").read_text()
    assert f"`{path.name}`" in documented or f'"components/{path.name}"' in parts_of_components()


def parts_of_components():
    return " ".join(path.read_text() for path in COMPONENTS)


@pytest.mark.parametrize("path", PAGES, ids=short)
def test_every_class_of_ours_is_drawn(path):
    text = re.sub(r"{[%{#].*?[%}#]}", " ", path.read_text())
    used = {name for value in re.findall(r'class="([^"]*)"', text) for name in value.split() if name.startswith("gp-")}
    assert {name for name in used if not name.endswith(("-", "--"))} <= CLASSES | MARKERS
