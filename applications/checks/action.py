"""What is to be done, and when."""

from datetime import date

from django.utils.translation import gettext as _

from core.days import day_of
from core.formats import brussels_day


def keeps_duration(case):
    months, most = case.content["timetable"]["months"], case.call.max_months
    return (
        _("The action lasts at most %(number)d months.") % {"number": most},
        _("Planned: %(number)d months.") % {"number": months or 0},
        bool(months) and months <= most,
    )


def starts_later(case):
    starts = case.content["timetable"]["starts_on"]
    day = day_of(case.at)
    found = _("No start is given.")
    if starts:
        words = {"start": brussels_day(date.fromisoformat(starts)), "day": brussels_day(day)}
        found = _("Planned start: %(start)s; submitted on %(day)s.") % words
    passed = bool(starts) and date.fromisoformat(starts) >= day
    return _("The action does not start before the application is submitted."), found, passed


def is_in_scope(case):
    said = case.content["content"]
    outside = sorted(set(said["objectives"]) - case.objectives) + sorted(set(said["actions"]) - case.actions)
    chosen = bool(said["objectives"]) and bool(said["actions"])
    words = {
        "objectives": ", ".join(said["objectives"]) or "–", "actions": ", ".join(said["actions"]) or "–",
        "outside": ", ".join(outside),
    }  # fmt: skip
    found = (
        _("Not of this call: %(outside)s.") if outside else _("Objectives %(objectives)s; action types %(actions)s.")
    )
    return (
        _("The objectives and action types are among those of the call."), found % words, chosen and not outside
    )  # fmt: skip
