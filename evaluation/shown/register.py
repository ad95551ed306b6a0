"""An entry in the register of evaluators, in words."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.languages import names_of
from core.formats import brussels, brussels_day


def facts_of(entry):
    """(label, text) of everything that an evaluator says in the register."""
    person = entry.person
    return [
        (_("Organisation, entity or State"), person.organisation_name or person.entity or person.state),
        (_("Keywords"), ", ".join(entry.keywords)),
        (_("Action types"), ", ".join(entry.actions)),
        (_("Languages"), names_of(entry.languages)),
        (_("Assessments in one call, at most"), entry.most or _("no limit")),
        (_("Absences"), "; ".join(in_words(entry.absences))),
        (_("Kept"), brussels(entry.kept_at)),
    ]


def in_words(absences, *, since=None):
    """“20 December 2026 – 6 January 2027” of each that is not over by `since`."""
    spans = (tuple(map(date.fromisoformat, one.split("/"))) for one in absences)
    return [
        f"{brussels_day(first)} – {brussels_day(last)}" for first, last in spans if since is None or last >= since
    ]  # fmt: skip


def code_of(action):
    """“isf-police:a” as an application names it: “(a)”."""
    return f"({action.rpartition(':')[2]})"
