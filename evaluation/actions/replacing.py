"""Who of a pool does not come, and who could come instead: asked for the page of the pool, in as many questions for one
as for hundreds."""

from dataclasses import dataclass

from accounts.models import User
from accounts.roles import is_evaluator
from core.days import day_of
from evaluation.actions.availability import Availability
from evaluation.models import PoolMember, RegisterEntry

MOST, CANDIDATES = 25, 3  # replaced on the page; offered for each


@dataclass(frozen=True)
class Gap:
    """`member` does not come; `others` could: [(person, what both know)], who knows most of it first."""

    member: PoolMember
    others: list


def gaps_in(call, user, at):
    """A Gap for each of the pool who declined, went, is silent after the last day, or accepted and is away now."""
    rows = PoolMember.objects.visible_to(user).of_call(call).with_names()
    available = Availability()
    missing = list(rows.to_replace(day_of(at)).order_by("person__name")[:MOST])
    missing += [one for one in rows.accepted().order_by("person__name") if is_away(one.person_id, available)]
    if not missing:
        return []
    free = free_for(call, available)
    return [Gap(one, best_instead(one.person_id, free, available.entries)) for one in missing[:MOST]]


def is_away(person, available):
    """By the rule of assigning: on half of the days or more that somebody assigned now would have."""
    entry = available.entries.get(person)
    return bool(entry and available.absent(person, entry))


def free_for(call, available):
    """Evaluators whom nobody has asked for this call, and who are there."""
    asked = PoolMember.objects.of_call(call).asked().values("person")
    people = User.objects.of(is_evaluator).exclude(pk__in=asked).filter(pk__in=RegisterEntry.objects.kept().people())
    return [one for one in people.defer("password") if not is_away(one.pk, available)]


def best_instead(person, free, entries):
    known = said_in(entries.get(person))
    shared = [(one, sorted(known & said_in(entries.get(one.pk)))) for one in free]
    return sorted(shared, key=lambda pair: (-len(pair[1]), pair[0].name, str(pair[0].pk)))[:CANDIDATES]


def said_in(entry):
    """Keywords, action types and languages, in one set."""
    return {*entry.keywords, *entry.actions, *entry.languages} if entry else set()
