"""What decided a tie, in words for both sides of it."""

from dataclasses import replace
from itertools import pairwise

from django.utils.translation import gettext as _

from core.formats import euro, milliseconds
from evaluation.ranking.terms import MEASURES, deciding, measure
from evaluation.scoring import figure
from programmes.ties import AMOUNT, TIME


def with_tie_breaks(entries, terms):
    """Each entry of a tie says what put it after the one above and before the one below."""
    sentences = {entry.rank: [] for entry in entries}
    for above, below in pairwise(entries):
        if above.total == below.total:
            above_said, below_said = said_of(above, below, terms)
            sentences[above.rank].append(above_said)
            sentences[below.rank].append(below_said)
    return [replace(entry, tie_break=" ".join(sentences[entry.rank])) for entry in entries]


def said_of(above, below, terms):
    if below.candidate.key in above.equal_to:
        return open_between(below), open_between(above)
    decided = what_decided(above.candidate, below.candidate, terms)
    return before(below, decided), after(above, decided)


def open_between(other):
    words = {"total": figure(other.total), "other": other.candidate.number}
    return _("Same total (%(total)s) as %(other)s and equal by all that the call announced: the committee decides.") % words  # fmt: skip  # noqa: E501


def before(below, decided):
    words = {"total": figure(below.total), "other": below.candidate.number, "decided": decided}
    return _("Same total (%(total)s) as %(other)s; ranked before it by %(decided)s.") % words


def after(above, decided):
    words = {"total": figure(above.total), "other": above.candidate.number, "decided": decided}
    return _("Same total (%(total)s) as %(other)s; ranked after it by %(decided)s.") % words


def what_decided(above, below, terms):
    for rule in deciding(terms):
        if measure(rule, above, terms) != measure(rule, below, terms):
            return by_rule(rule, above, below) if rule in MEASURES else by_criterion(rule, above, below, terms)
    keys = {above.key, below.key}
    reason = next(one.reason for equal, one in terms.decided.items() if keys <= equal)
    return _("decision of the evaluation committee (%(reason)s)") % {"reason": reason.strip().rstrip(".")}


def by_criterion(code, above, below, terms):
    titles = {one.code: one.title for one in terms.criteria}
    words = {
        "criterion": f"{code} {titles[code]}", "more": figure(above.points[code]), "less": figure(below.points[code])
    }  # fmt: skip
    return _("criterion %(criterion)s: %(more)s against %(less)s points") % words


def by_rule(rule, above, below):
    if rule == TIME:
        words = {"early": milliseconds(above.submitted_at), "late": milliseconds(below.submitted_at)}
        return _("earlier submission: %(early)s against %(late)s") % words
    if rule == AMOUNT:
        words = {"less": euro(above.contribution), "more": euro(below.contribution)}
        return _("smaller requested contribution: %(less)s against %(more)s") % words
    words = {"first": ", ".join(above.topics), "second": ", ".join(below.topics)}
    return _("action type by priority: %(first)s against %(second)s") % words
