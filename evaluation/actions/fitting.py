"""What of an evaluator's expertise an application touches: keywords in its title or summary, and action types.

Whole words are compared, in one spelling (`core.spelling`); "forensics" does not find "forensic". The reasons are
words that a person can look up in the application, so that "why her?" has an answer.
"""

import re
from collections import defaultdict
from functools import cached_property

from applications.models import Application
from core.spelling import folded
from evaluation.shown.register import code_of

WORD = re.compile(r"\w+")


def words_of(text):
    return WORD.findall(folded(text))


class Expertise:
    """`entries` of the register by person, and the ids of the applications; read when first asked."""

    def __init__(self, applications, entries):
        self.ids, self.entries = set(applications), entries
        self.phrases = defaultdict(list)  # {first word: [(all its words between spaces, keyword, person)]}
        for person, entry in entries.items():
            for keyword in entry.keywords:
                if words := words_of(keyword):
                    self.phrases[words[0]].append((spaced(words), keyword, person))

    def fits(self):
        """{application: {person: how many of the person's words and action types it touches}}, where any."""
        found = {pk: {person: len(facts) for person, facts in self.of(pk).items()} for pk in sorted(self.ids)}
        return {pk: people for pk, people in found.items() if people}

    def of(self, application):
        """{person: [keyword or action type, ...]} of one application."""
        found = defaultdict(list)
        words = words_of(self.texts.get(application, ""))
        text = spaced(words)
        for first in sorted(self.phrases.keys() & set(words)):
            for phrase, keyword, person in self.phrases[first]:
                if phrase in text:
                    found[person].append(keyword)
        for action in self.actions.get(application, ()):
            for person in self.people_of_action[action]:
                found[person].append(code_of(action))
        return dict(found)

    @cached_property
    def texts(self):
        """Nothing is read where nobody gave a word."""
        if not self.phrases:
            return {}
        rows = Application.objects.filter(pk__in=self.ids).values_list("pk", "title", "summary")
        return {pk: f"{title} {summary}" for pk, title, summary in rows}

    @cached_property
    def actions(self):
        """{application: its action types as the register names them}"""
        found = defaultdict(list)
        if self.people_of_action:
            links = Application.actions.through.objects.filter(application__in=self.ids)
            for pk, fund, code in links.values_list("application", "passage__fund__code", "passage__code"):
                found[pk].append(f"{fund}:{code}")
        return {pk: sorted(codes) for pk, codes in found.items()}

    @cached_property
    def people_of_action(self):
        found = defaultdict(list)
        for person, entry in self.entries.items():
            for action in entry.actions:
                found[action].append(person)
        return found


def spaced(words):
    return f" {' '.join(words)} "
