"""Whether people may take on one assessment more, from what they say of themselves in the register of evaluators: the
same question for one pair by hand, for a file and for a distribution. A call that has invited anybody asks its pool.

Who has no entry has said nothing that stands in the way.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.languages import names_of
from core import clock
from core.days import day_of
from core.formats import brussels_day
from evaluation.models import Assessment, PoolMember, RegisterEntry
from evaluation.states import PoolMemberPhase

DAYS_TO_ASSESS = timedelta(days=21)


@dataclass(frozen=True)
class Period:
    """From the first to the last day in Brussels that somebody has for an assessment."""

    first: date
    last: date

    @property
    def days(self):
        return (self.last - self.first).days + 1

    def of(self, interval):
        """How many of its days an absence takes."""
        first, last = days_of(interval)
        return max((min(last, self.last) - max(first, self.first)).days + 1, 0)


def period_of(at=None, until=None):
    at = at or clock.now()
    return Period(day_of(at), day_of(until or at + DAYS_TO_ASSESS))


class Availability:
    """`people`: the ids of those who are asked about, None for everybody; what counts is asked when first needed.
    `languages`: that everybody must read, where an officer asks for some."""

    def __init__(self, people=None, *, period=None, languages=()):
        self.people, self.asked, self.languages, self.loads = people, period, set(languages), {}
        self.pools, self.bounds, self.waited_for = {}, {}, {}

    def refusal(self, person, call):
        """The sentence that keeps this person from one assessment more of this call, or an empty text."""
        return self.out(person, call) or self.too_many(person, call)

    def out(self, person, call):
        """The sentence of a rule that holds for all applications of the call alike."""
        entry = self.entries.get(person.pk)
        away = self.absent(person, entry) if entry else ""
        return self.outside(person, call) or self.unread(person, entry) or away

    def outside(self, person, call):
        """A call that has invited anybody chooses among those who accepted; any other among all."""
        pool = self.pool_of(call)
        if pool is None or person.pk in pool:
            return ""
        words = {"person": person, "call": call}
        if person.pk in self.waited_for.get(call.pk, ()):
            return (
                _("%(person)s is invited to %(call)s and has not accepted yet: choose somebody who accepted.") % words
            )
        return _("%(person)s is not in the pool of %(call)s: invite first, or choose somebody who accepted.") % words

    def pool_of(self, call):
        """{person: most assessments accepted, or None} of those who accepted; None where nobody was ever invited."""
        if call.pk not in self.pools:
            rows = list(PoolMember.objects.of_call(call).asked().only("person_id", "status", "most"))
            accepted = {one.person_id: one.most for one in rows if one.stands_in(PoolMemberPhase.ACCEPTED)}
            self.waited_for[call.pk] = {one.person_id for one in rows if one.stands_in(PoolMemberPhase.INVITED)}
            self.pools[call.pk] = accepted if rows else None
        return self.pools[call.pk]

    def unread(self, person, entry):
        """Who says nothing in the register reads nothing that is asked for."""
        missing = self.languages - set(entry.languages if entry else ())
        words = {"person": person, "languages": names_of(sorted(missing))}
        return _("%(person)s does not read all that is asked for: %(languages)s.") % words if missing else ""

    def absent(self, person, entry):
        """Away on half of the days or more; absences do not overlap."""
        away = sum(self.period.of(one) for one in entry.absences)
        if not away or 2 * away < self.period.days:
            return ""
        words = {"person": person, "away": away, "days": self.period.days, "until": brussels_day(self.period.last)}
        return _("%(person)s is away on %(away)d of the %(days)d days until %(until)s.") % words

    def too_many(self, person, call):
        most = self.limits(call).get(person.pk)
        if most is None or self.load(person, call) < most:
            return ""
        words = {"person": person, "most": most, "load": self.load(person, call)}
        return _("%(person)s takes at most %(most)d assessments in a call and has %(load)d in this one.") % words

    def limits(self, call):
        """{person: the most assessments of this call}, who set one, in the register or with the invitation."""
        if call.pk not in self.bounds:
            given = [(pk, entry.most) for pk, entry in self.entries.items()]
            given += [(pk, most) for pk, most in (self.pool_of(call) or {}).items()]
            said = sorted(((pk, most) for pk, most in given if most is not None), key=lambda one: -one[1])
            self.bounds[call.pk] = dict(said)  # the least of them comes last
        return self.bounds[call.pk]

    def load(self, person, call):
        if call.pk not in self.loads:
            self.loads[call.pk] = loads_of(call, list(self.limits(call)))
        return self.loads[call.pk][person.pk]

    def take(self, person, call):
        """One more, so that the next question counts it; who has no limit is not counted."""
        if person.pk in self.limits(call):
            self.load(person, call)
            self.loads[call.pk][person.pk] += 1

    @cached_property
    def entries(self):
        rows = RegisterEntry.objects.kept()
        rows = rows if self.people is None else rows.of(self.people)
        return {one.person_id: one for one in rows}

    @cached_property
    def period(self):
        return self.asked or period_of()


def loads_of(call, people):
    """Counter of the assessments of a call that count, by evaluator."""
    mine = Assessment.objects.of_call(call).current().counting().filter(evaluator__in=people).order_by()
    return Counter(dict(mine.values_list("evaluator").annotate(Count("pk"))))


def days_of(interval):
    """(first, last) of an absence."""
    first, last = interval.split("/")
    return date.fromisoformat(first), date.fromisoformat(last)
