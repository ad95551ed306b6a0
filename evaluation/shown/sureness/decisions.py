"""The decisions that would be others, each with what it hangs on."""

from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluation.shown.sureness.ranks import application, decision, figure_of

NAMED = 3  # causes on the page; the file has all


def decisions_words(judged, found):
    """In one sentence: how many hang, and on what."""
    alone, score = ({one.line for one in found.hanging if (one.of is None) is kind} for kind in (True, False))
    words = {
        "all": len(judged.proposals), "number": len(alone | score), "alone": len(alone), "score": len(score),
    }  # fmt: skip
    if not alone | score:
        return _("No decision hangs on one evaluator or on one score: each would be the same without any one of them.")
    return _("Of %(all)d decisions %(number)d would be others: %(alone)d without one evaluator, %(score)d with one score one step different.") % words  # fmt: skip  # noqa: E501


def decisions_table(judged, found, names, *, most):
    """One row for each decision, with the first things it hangs on."""
    rows = [
        [application(judged.proposals[line]), *begun(judged, found, line), summed(causes)]
        for line, causes in causes_of(judged, found, names)[:most]
    ]  # fmt: skip
    return columns(), rows


def decisions_file(judged, found, names):
    """One row for each thing that a decision hangs on."""
    rows = [
        [judged.proposals[line].number, *begun(judged, found, line), cause]
        for line, causes in causes_of(judged, found, names) for cause in causes
    ]  # fmt: skip
    return columns(), rows


def columns():
    return [_("Application"), _("Rank on the list"), _("Decision"), _("It would be"), _("Hangs on")]


def causes_of(judged, found, names):
    """[(line, [what it hangs on])] down the list."""
    by_line = sorted(found.hanging, key=lambda one: one.line)
    return [
        (line, [cause_of(judged, one, names[one.person]) for one in run])
        for line, run in groupby(by_line, key=lambda one: one.line)
    ]  # fmt: skip


def begun(judged, found, line):
    funded = bool(found.base.funded[line])
    return [figure_of(judged.proposals[line].rank), decision(funded), decision(not funded)]


def cause_of(judged, hanging, name):
    if hanging.of is None:
        return _("without %(name)s") % {"name": name}
    words = {
        "name": name, "criterion": judged.criteria[hanging.criterion].code,
        "number": judged.proposals[hanging.of].number,
    }  # fmt: skip
    if hanging.steps > 0:
        return _("%(criterion)s of %(number)s one step higher by %(name)s") % words
    return _("%(criterion)s of %(number)s one step lower by %(name)s") % words


def summed(causes):
    left = len(causes) - NAMED
    said = "; ".join(causes[:NAMED])
    if left <= 0:
        return said
    return ngettext("%(said)s; and %(left)d more", "%(said)s; and %(left)d more", left) % {"said": said, "left": left}
