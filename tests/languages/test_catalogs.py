"""German and French are whole: every sentence of the house, with its placeholders, by the terms of the glossary."""

import csv
import re
from collections import defaultdict

import pytest
from django.conf import settings

from tools import messages

PLACE = re.compile(r"%\(\w+\)[sd]|%%|%[sd](?!\w)|\{\w*\}|</?\w+[^>]*>")
CATALOGS = [path.parent.parent.name for path in messages.catalogs()]


@pytest.fixture(scope="module")
def said():
    """{(context, sentence): its plural or None} of all that the house says today."""
    found = {}
    for message in messages.collected():
        if message.id:
            single, plural = message.id if message.pluralizable else (message.id, None)
            found[message.context, single] = plural
    return found


def kept(language):
    catalog = messages.catalog_of(messages.LOCALE / language / "LC_MESSAGES" / "django.po")
    return {(one.context, one.id[0] if one.pluralizable else one.id): one for one in catalog if one.id}


def forms(message):
    return message.string if isinstance(message.string, tuple | list) else (message.string,)


def test_each_language_that_is_offered_has_its_catalog():
    assert {code for code, _name in settings.LANGUAGES} == {"en", *CATALOGS}


@pytest.mark.parametrize("language", CATALOGS)
def test_every_sentence_is_translated_and_no_other_is_kept(language, said):
    """`make messages` collects them, and says what is missing."""
    there = kept(language)
    assert sorted(map(str, said.keys() - there.keys())) == []
    assert sorted(map(str, there.keys() - said.keys())) == []
    assert [key for key, message in there.items() if not all(forms(message))] == []
    assert [key for key, message in there.items() if message.fuzzy] == []


@pytest.mark.parametrize("language", CATALOGS)
def test_every_placeholder_and_mark_stands_in_the_translation(language):
    wrong = defaultdict(list)
    for (_context, single), message in kept(language).items():
        wanted = [sorted(PLACE.findall(one)) for one in (message.id if message.pluralizable else (single,))]
        for text in forms(message):
            if sorted(PLACE.findall(text)) not in wanted:
                wrong[single].append(text)
            if text[:1].isspace() != single[:1].isspace() or text[-1:].isspace() != single[-1:].isspace():
                wrong[single].append(text)
    assert dict(wrong) == {}


def test_the_glossary_has_every_term_in_every_language():
    with (messages.LOCALE / "glossary.csv").open(encoding="utf-8", newline="") as file:
        terms = list(csv.DictReader(file))
    assert list(terms[0]) == ["english", *CATALOGS]
    assert [term for term in terms if not all(term.values())] == []
