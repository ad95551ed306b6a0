"""What an act of mending would do, said before it is confirmed: what falls, and how far ranks and money could move."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.cells import Cell
from core.formats import brussels
from evaluation.models import Consensus, RankedEntry, RankedList
from evaluation.ranking import ranked
from evaluation.scoring import figure
from evaluation.states import AssessmentPhase, ConsensusPhase, RankedListPhase

PLACES = dict(RankedEntry.Place.choices)
MOST = 25


def falls_with(row):
    """Sentences on what rests on an assessment or report; `row` is one of them, or nothing rests on it yet."""
    if isinstance(row, Consensus):
        reports = Consensus.objects.filter(pk=row.pk)
    elif row.stands_in(AssessmentPhase.SIGNED):
        reports = Consensus.objects.beside(row).standing()
    else:
        return []
    reports = list(reports)
    sentences = [report_falls(one) for one in reports]
    concluded = any(one.stands_in(ConsensusPhase.APPROVED) for one in reports)
    return sentences + (lists_fall(row.application.call) if concluded else [])


def report_falls(report):
    words = {"report": report, "status": report.get_status_display(), "given": report.approvals.count()}
    if report.total is None:
        return _("The %(report)s (%(status)s, %(given)d approvals) is set aside; the evaluators agree anew.") % words
    words |= {"total": figure(report.total)}
    return _("The %(report)s (%(status)s, %(total)s points) is set aside; the evaluators agree anew.") % words


def lists_fall(call):
    lists = RankedList.objects.filter(call=call)
    standing = lists.drawn() | lists.filter(pk__in=lists.in_force().values("pk"))
    return [sentence for one in standing.order_by("drawn_at") for sentence in list_falls(one)]


def list_falls(ranked_list):
    seats = ranked_list.call.seats.sitting().filter(signed_sha256=ranked_list.sha256)
    found = [list_falls_with(ranked_list, seats.count())]
    if ranked_list.stands_in(RankedListPhase.DRAWN):
        return found
    return [
        *found,
        _("No award decision can be taken on it. One that was taken stays in force until a later one follows."),
    ]


def list_falls_with(ranked_list, number):
    words = {"at": brussels(ranked_list.drawn_at), "number": number}
    if not number:
        return _("The ranked list drawn up on %(at)s is set aside; another one is drawn up and signed.") % words
    sentence = ngettext(
        "The ranked list drawn up on %(at)s is set aside, with one signature; another one is drawn up and signed.",
        "The ranked list drawn up on %(at)s is set aside, with %(number)d signatures; another one is drawn up and "
        "signed.",
        number,
    )
    return sentence % words


# ranks


def moves_of(application, candidates, terms):
    """(label, now, judged highest, judged lowest, without it) of this application and of each that changes place."""
    candidates = list(candidates)
    own = str(application.pk)
    if own not in {one.key for one in candidates}:
        return []
    best = {one.code: one.maximum for one in terms.criteria}
    worst = dict.fromkeys(best, Decimal(0))
    others = [one for one in candidates if one.key != own]
    mine = next(one for one in candidates if one.key == own)
    now, *cases = [
        {entry.candidate.key: entry for entry in ranked(rows, terms)}
        for rows in (candidates, [*others, replace(mine, points=best)], [*others, replace(mine, points=worst)], others)
    ]
    changed = [key for key in now if key == own or any(differs(now[key], case.get(key)) for case in cases)]
    return [[now[key].candidate.number, *(place_in(case, key) for case in (now, *cases))] for key in changed[:MOST]]


def differs(before, after):
    return after is not None and before.place != after.place


def place_in(case, key):
    entry = case.get(key)
    if entry is None:
        return Cell("–")
    return Cell(f"{entry.rank}. {PLACES[entry.place]}" if entry.rank else PLACES[entry.place])


def columns_of_moves():
    return [_("Application"), _("Now"), _("If judged highest"), _("If judged lowest"), _("Without it")]
