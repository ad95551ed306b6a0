"""Conflicts of interest that the system can see by itself: pure, from names and codes (FR Art. 61)."""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Party:
    """An organisation in an application: the applicant or a partner."""

    name: str
    state: str
    latin_name: str = ""
    key: str = ""  # the organisation's id, where it is registered


@dataclass(frozen=True)
class Person:
    """`states`, `houses` (names of organisations and entities) and `keys` (ids of organisations): of each role held.
    `domain`: what stands behind the @ of the e-mail address."""

    name: str
    states: frozenset = frozenset()
    houses: frozenset = frozenset()
    keys: frozenset = frozenset()
    domain: str = ""


def conflict_between(person, parties, *, same_state_conflicts):
    """The sentence that refuses this person for an application of these parties, or None."""
    for party in parties:
        if of_the_same_house(person, party):
            return _("%(person)s belongs to %(party)s, which takes part in this application.") % words(person, party)
    for party in parties:
        if same_state_conflicts and party.state in person.states:
            return _("%(person)s is from %(state)s, like %(party)s: this call refuses that.") % words(person, party)
    return None


def of_the_same_house(person, party):
    if party.key and party.key in person.keys:  # two that have none are not the same
        return True
    houses = {plain(name) for name in person.houses} - {""}
    return bool(houses & {plain(party.name), plain(party.latin_name)})


class Crowd:
    """Many people, found by what could put them in conflict (`grounds.py`). `people` is {key: Person}."""

    def __init__(self, people):
        self.people = people
        self.houses, self.keys, self.states, self.domains = (defaultdict(set) for _ in range(4))
        for one, person in people.items():
            for index, values in (
                (self.domains, {person.domain} - {""}),
                (self.houses, {plain(name) for name in person.houses} - {""}),
                (self.keys, person.keys - {""}),
                (self.states, person.states),
            ):
                for value in values:
                    index[value].add(one)

    def of_house(self, party):
        names = {plain(party.name), plain(party.latin_name)}
        return set().union(self.keys.get(party.key, ()), *(self.houses.get(name, ()) for name in names))


@lru_cache(maxsize=10_000)
def plain(name):
    """One spelling of a name: compatibility forms, case, punctuation and spaces do not matter."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", name).casefold()).strip()


def words(person, party):
    return {"person": person.name, "party": party.name, "state": party.state}
