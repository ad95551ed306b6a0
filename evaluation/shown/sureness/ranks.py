"""The ranks each application could have, beside the one it has."""

from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from core.cells import Cell
from core.formats import percent
from evaluation.shown.spans import Row, spans_chart
from evaluation.sureness import MOVED

NOBODY_MOVES = 90  # per cent of the draws that make a decision firm


def ranks_table(judged, found, lines):
    columns = [
        _("Application"), _("Rank on the list"), _("Decision"), _("Without one evaluator"),
        _("One weight %(part)s up or down") % {"part": percent(MOVED)}, _("Half a step of noise"),
        _("Funded in"),
    ]  # fmt: skip
    return columns, [row_of(judged, found, line) for line in lines]


def row_of(judged, found, line):
    one = judged.proposals[line]
    spans = [said(span, line) for span in spans_of(found)]
    share = percent(round(found.share[line] * 100, 1))
    return [application(one), figure_of(one.rank), decision(one.is_funded), *spans, share]


def application(one):
    """Its number, which leads to it."""
    return Cell(one.number, url=reverse("application", args=[one.key]))


def ranks_file(judged, found):
    """All lines, their figures as numbers; a rank that is none is empty."""
    columns = [
        _("Application"), _("Rank on the list"), _("Decision"), _("Best without one evaluator"),
        _("Worst without one evaluator"), _("Best with a weight moved"), _("Worst with a weight moved"),
        _("Best with noise"), _("Worst with noise"), _("Funded in per cent of draws"),
    ]  # fmt: skip
    return columns, [
        [one.number, one.rank, decision(one.is_funded), *limits(found, line),
         Decimal(str(round(found.share[line] * 100, 1)))]
        for line, one in enumerate(judged.proposals)
    ]  # fmt: skip


def limits(found, line):
    ranks = [int(rank[line]) for span in spans_of(found) for rank in (span.best, span.worst)]
    return [rank if rank <= len(found.share) else None for rank in ranks]


def spans_of(found):
    return found.evaluators, found.weights, found.noise


def said(span, line):
    """3 – 7, or 3 where nothing moves it; who could miss a threshold has a dash."""
    lines = len(span.best)
    best, worst = (figure_of(rank if rank <= lines else None) for rank in (int(span.best[line]), int(span.worst[line])))
    return best if best == worst else _("%(best)s to %(worst)s") % {"best": best, "worst": worst}


def figure_of(rank):
    return _("no rank") if rank is None else str(rank)


def decision(is_funded):
    return _("funded") if is_funded else _("not funded")


def ranks_part(judged, found, lines):
    """The picture of these lines; the sentence is about all."""
    lines = list(lines)
    names = [
        _("without one evaluator"), _("one weight %(part)s up or down") % {"part": percent(MOVED)},
        _("half a step of noise: nine of ten draws"),
    ]  # fmt: skip
    rows = [
        Row(
            judged.proposals[line].number,
            tuple((int(span.best[line]), int(span.worst[line])) for span in spans_of(found)),
            int(found.base.ranks[line]),
        )
        for line in lines
    ]
    chart = spans_chart(
        _("Ranks that each application could have"), rows, names=names, whole=True,
        show=lambda rank: figure_of(rank if rank <= len(found.share) else None),
        table=ranks_table(judged, found, lines),
    )  # fmt: skip
    return {"chart": chart, "sentence": sentence_of(judged, found)}


def sentence_of(judged, found):
    funded = found.base.funded
    words = {
        "funded": int(funded.sum()), "firm": int((funded & (found.share * 100 >= NOBODY_MOVES)).sum()),
        "near": int((~funded & (found.share * 100 > 100 - NOBODY_MOVES)).sum()),
    }  # fmt: skip
    return (
        _("With half a step of noise on every score, %(firm)d of the %(funded)d funded stay funded in at least nine "
          "of ten draws; of the others %(near)d would be funded in more than one of ten.") % words
    )  # fmt: skip
