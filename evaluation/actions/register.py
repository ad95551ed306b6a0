"""The register of evaluators: each keeps the own entry, and what it says holds wherever somebody is assigned."""

from datetime import date
from functools import partial
from itertools import pairwise

from django.utils.translation import gettext as _

from accounts.languages import LANGUAGES
from core.errors import Incomplete, WrongState
from core.spelling import folded
from evaluation.actions.availability import days_of
from evaluation.models import RegisterEntry
from evaluation.states import ENTRY
from programmes.models import Passage

MOST_KEYWORDS, LONGEST_KEYWORD, MOST_ABSENCES, MOST_ASSESSMENTS = 20, 60, 5, 999
KNOWN_WORDS = 2000  # that are looked through for one of the same spelling


def keep_entry(*, by, said, at=None, base=None):
    """Enter the register, or correct the own entry. `said`: {keywords, actions, languages, most, absences}, as in
    RegisterEntry; what is left out stays."""
    entry = RegisterEntry.objects.filter(person=by).first()
    if entry is None:
        return enter_register(RegisterEntry(person=by), by=by, at=at, said=said)
    return correct_entry(entry, by=by, at=at, base=base, said=said)


@ENTRY.action("enter")
def enter_register(entry, *, by, at, said):
    if RegisterEntry.objects.filter(person=entry.person_id).exists():
        raise WrongState(_("You are in the register already: load the page again, then repeat what still holds."))
    write(entry, said, at=at)


@ENTRY.action("correct")
def correct_entry(entry, *, by, at, said):
    """What is assigned already stays with the evaluator: an officer takes it back where it cannot be done."""
    write(entry, said, at=at)


def write(entry, said, *, at):
    cleaned, gaps = {}, {}
    for name, clean in (CLEANED | {"keywords": partial(keywords_of, entry=entry)}).items():
        try:
            cleaned[name] = clean(said[name]) if name in said else getattr(entry, name)
        except Incomplete as refusal:
            gaps |= refusal.gaps
    if gaps:
        raise Incomplete(gaps)
    for name, value in cleaned.items():
        setattr(entry, name, value)
    entry.kept_at = at


def keywords_of(given, *, entry):
    """One spelling for all: a word that another has used already is taken as it stands there."""
    others = RegisterEntry.objects.exclude(pk=entry.pk).keywords_used(most=KNOWN_WORDS)
    known = {folded(word): word for word in reversed(others)}
    words = {folded(word): known.get(folded(word), word) for one in given if (word := " ".join(one.split()))}
    if len(words) > MOST_KEYWORDS:
        raise Incomplete({"keywords": _("Give at most %(most)d keywords.") % {"most": MOST_KEYWORDS}})
    if long := next((one for one in words.values() if len(one) > LONGEST_KEYWORD), None):
        words = {"word": long, "most": LONGEST_KEYWORD}
        raise Incomplete({"keywords": _("“%(word)s” is longer than %(most)d characters: say it shorter.") % words})
    return list(words.values())


def actions_of(given):
    offered = {value for value, _label in action_types()}
    if wrong := sorted(set(given) - offered):
        raise Incomplete({"actions": _("No fund has this action type: %s.") % ", ".join(wrong)})
    return sorted(set(given))


def action_types():
    """(“fund:code”, words) of each action type of the funds."""
    rows = Passage.objects.filter(kind=Passage.Kind.ACTION_TYPE).select_related("fund").order_by("fund__code", "order")
    return [(f"{one.fund.code}:{one.code}", f"{one.fund.short_name}, {one}") for one in rows]


def languages_of(given):
    if wrong := sorted(set(given) - LANGUAGES.keys()):
        raise Incomplete({"languages": _("No official language of the Union: %s.") % ", ".join(wrong)})
    return sorted(set(given))


def most_of(given):
    if given is None or 1 <= given <= MOST_ASSESSMENTS:
        return given
    raise Incomplete({"most": _("Give a number from 1 to %(most)d, or none.") % {"most": MOST_ASSESSMENTS}})


def absences_of(given):
    """In their order; two that overlap would count a day twice."""
    try:
        spans = sorted(days_of(one) for one in given)
    except ValueError as wrong:
        raise Incomplete({"absences": _("Write an absence as 2026-12-20/2027-01-06.")}) from wrong
    if len(spans) > MOST_ABSENCES:
        raise Incomplete({"absences": _("Give at most %(most)d absences.") % {"most": MOST_ABSENCES}})
    if any(last < first for first, last in spans):
        raise Incomplete({"absences": _("The last day of an absence lies before its first.")})
    if any(following <= last for (_first, last), (following, _last) in pairwise(spans)):
        raise Incomplete({"absences": _("Two absences overlap: make one of them.")})
    return [interval(first, last) for first, last in spans]


def interval(first, last):
    return f"{date.isoformat(first)}/{date.isoformat(last)}"


CLEANED = {"actions": actions_of, "languages": languages_of, "most": most_of, "absences": absences_of}
