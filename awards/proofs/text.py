"""What the drawn letter says, against the facts it was drawn from: each figure that it must show is there, and no
number that stands in none of them."""

import re
from datetime import date
from html import unescape

from django.utils.translation import gettext as _

from core.formats import as_decimal, brussels_day, euro, percent, points

NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")
TAG = re.compile(r"<[^>]*>")
OF_THE_TEMPLATES = {"1", "2", "15", "256"}  # Annex 1 and 2, 2 months, 2 years, 15 calendar days, SHA-256


def numbers_in(text):
    return set(NUMBER.findall(text))


def text_of(page):
    """The words of a page of HTML, each element on a line of its own."""
    return unescape(TAG.sub("\n", page))


def faults_of_text(page, facts, *, digest):
    """Sentences on what the page says and the facts do not, or the other way round."""
    text = text_of(page)
    for number in sorted(numbers_in(text) - numbers_of(facts, digest=digest)):
        yield _("The letter shows “%(number)s”, which is no figure of the file.") % {"number": number}
    whole = " ".join(text.split(" "))
    for what, figure in to_be_shown(facts):
        if figure and figure not in whole:
            yield _("The letter does not show “%(figure)s” for %(what)s.") % {"figure": figure, "what": what}


def numbers_of(facts, *, digest):
    found = numbers_in(digest) | OF_THE_TEMPLATES
    for leaf in leaves(facts):
        for text in written(leaf):
            found |= numbers_in(text)
    for one in (facts["report"] or {"criteria": []})["criteria"]:
        if one["points"] is not None:
            found |= numbers_in(points(as_decimal(one["points"]) * as_decimal(one["weight"])))
    return found


def leaves(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif value is not None and not isinstance(value, bool):
        yield value


def written(leaf):
    """Every way in which a letter writes it."""
    text = str(leaf)
    yield text
    if as_decimal(text) is not None:
        yield from (euro(text), points(text), percent(text))
    if day := day_in(text):
        yield brussels_day(day)


def day_in(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def to_be_shown(facts):
    """(what, how it is written) of what no letter may leave out."""
    yield _("the decision"), facts["decision"]["number"]
    yield _("the application"), facts["application"]["reference"]
    yield _("the addressee"), facts["addressee"][0]
    yield _("the signatory"), facts["signatory"]["name"]
    yield _("the date"), brussels_day(day_in(facts["date"]))
    if facts["outcome"]["rank"] and facts["kind"] != "AWARD":
        yield _("the place"), str(facts["outcome"]["rank"])
    if facts["hearing"]:
        yield _("the notice"), facts["hearing"]["reference"]
    if facts["grant"]:
        yield _("the maximum grant"), euro(facts["grant"]["contribution"])
        yield _("the co-financing rate"), percent(facts["grant"]["rate"])
        yield _("the total costs"), euro(facts["grant"]["total"])
    if facts["report"]:
        yield _("the total"), points(facts["report"]["total"])
        yield _("the threshold"), points(facts["report"]["threshold"])
