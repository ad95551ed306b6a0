"""Scenarios laid out beside the ranked list, which stands first and is the only one that counts."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from core.cells import Cell
from core.formats import euro
from evaluation.models import Scenario
from evaluation.scoring import figure
from evaluation.shown.sureness.ranks import application, decision, figure_of
from evaluation.sureness import Supposed


@dataclass(frozen=True)
class Side:
    """One scenario, computed now: `entries` in its order, `is_same` as when it was saved."""

    scenario: Scenario
    supposed: Supposed
    entries: list
    is_same: bool

    @property
    def by_line(self):
        return {one.line: one for one in self.entries}


def moved_lines(judged, sides):
    """The lines of the list that stand elsewhere in one of them."""
    found = {
        one.line for side in sides for one in side.entries if one.moved(judged.proposals[one.line])
    }  # fmt: skip
    return sorted(found)


# the rows, for the page and for files


def columns(sides):
    return [
        _("Application"), _("Ranked list – the one that counts: place"), _("Ranked list: money"),
        *(f"{side.scenario.name}: {kind}" for side in sides for kind in (_("place"), _("money"))),
    ]  # fmt: skip


def rows(judged, sides, lines):
    found = [side.by_line for side in sides]
    return [row_of(judged.proposals[line], [one[line] for one in found]) for line in lines]


def row_of(proposal, beside):
    cells = [cell for one in beside for cell in (place_cell(proposal, one), money_cell(proposal, one))]
    return [application(proposal), figure_of(proposal.rank), decision(proposal.is_funded), *cells]


def place_cell(proposal, one):
    if one.rank == proposal.rank:
        return figure_of(one.rank)
    words = {"now": figure_of(one.rank), "was": figure_of(proposal.rank)}
    return Cell(_("%(now)s, not %(was)s") % words, tone="info")


def money_cell(proposal, one):
    if one.is_part:
        return Cell(part_words(proposal, one), tone="warning")
    if one.is_funded == proposal.is_funded:
        return decision(one.is_funded)
    said = _("funded: into the money") if one.is_funded else _("not funded: out of the money")
    return Cell(said, tone="warning")


def part_words(proposal, one):
    words = {"amount": euro(one.amount), "asked": euro(proposal.contribution)}
    return _("in part: %(amount)s of %(asked)s") % words


def file_columns(sides):
    kinds = (_("place"), _("decision"), _("EUR"), _("total"), _("moved"))
    return [
        _("What this is"), _("Application"), _("Ranked list – the one that counts: place"),
        _("Ranked list: decision"), _("Ranked list: EUR"),
        *(f"{side.scenario.name}: {kind}" for side in sides for kind in kinds),
    ]  # fmt: skip


def file_rows(judged, sides):
    """Each row says what it is: whoever cuts one out of the file takes the words along."""
    found, words = [side.by_line for side in sides], not_the_list()
    for line, proposal in enumerate(judged.proposals):
        cells = [cell for one in found for cell in file_cells(proposal, one[line])]
        yield [words, proposal.number, proposal.rank, decision(proposal.is_funded), granted(proposal), *cells]


def file_cells(proposal, one):
    said = _("funded in part") if one.is_part else decision(one.is_funded)
    return [one.rank, said, one.amount, one.total, _("yes") if one.moved(proposal) else _("no")]


def granted(proposal):
    return proposal.contribution if proposal.is_funded else 0


def not_the_list():
    return _("Scenarios: not the ranked list")


# in words


def told(judged, entries):
    """How much is another, and the money."""
    pairs = [(judged.proposals[one.line], one) for one in entries]
    words = {
        "moved": sum(one.moved(proposal) for proposal, one in pairs), "all": len(pairs),
        "gained": sum(one.is_funded and not proposal.is_funded for proposal, one in pairs),
        "lost": sum(proposal.is_funded and not one.is_funded for proposal, one in pairs),
        "used": euro(sum(one.amount for one in entries)),
    }  # fmt: skip
    said = _("Of %(all)d applications %(moved)d would stand elsewhere: %(gained)d would be funded that are not, %(lost)d would not be funded that are. The main list would use %(used)s.") % words  # fmt: skip  # noqa: E501
    return f"{said} {told_of_part(pairs)}".strip()


def told_of_part(pairs):
    for proposal, one in pairs:
        if one.is_part:
            words = {"number": proposal.number, "amount": euro(one.amount), "asked": euro(proposal.contribution)}
            return _("%(number)s would be funded in part: %(amount)s of the %(asked)s it asked for.") % words
    return ""


def told_of_digest(side):
    """Whether a reader sees what its author saw."""
    if side.is_same:
        return _("Computed anew for this page: the same outcome as when it was saved.")
    return _("Computed anew for this page, and it is another outcome than when it was saved: points, assessments or terms of the call have changed since.")  # fmt: skip  # noqa: E501


# what is supposed


def terms_table(judged, terms, sides):
    """(columns, rows): what the call announced, then what each supposes; what differs is marked."""
    names = names_of({pk for side in sides for pk in side.supposed.left_out})
    each = [words_of(judged, side.supposed, names) for side in sides]
    labels = [_("Term"), _("As announced"), *(side.scenario.name for side in sides)]
    return labels, [
        [label, usual, *(marked(said[place][1], usual) for said in each)]
        for place, (label, usual) in enumerate(announced_terms(judged, terms))
    ]


def names_of(people):
    found = User.objects.filter(pk__in=people).values_list("pk", "name") if people else ()
    return {str(pk): name for pk, name in found}


def marked(said, usual):
    return said if said == usual else Cell(said, tone="info")


def announced_terms(judged, terms):
    factors = {one.code: (one.weight, one.threshold) for one in judged.criteria}
    return words_of(judged, Supposed(factors, terms.tie_break, judged.overall, judged.budget), {})


def words_of(judged, supposed, names):
    """[(term, how it is said)], the same terms in the same order for whatever is supposed of a list."""
    lines = [
        pair for one in judged.criteria if one.code in supposed.factors
        for pair in factor_words(one, *supposed.factors[one.code])
    ]  # fmt: skip
    without = sorted(names.get(pk, pk) for pk in supposed.left_out)
    return [
        *lines,
        (_("Overall threshold"), figure(supposed.overall)),
        (_("Budget"), euro(supposed.budget)),
        (_("Equal totals are decided by"), ", ".join(supposed.tie_break)),
        (_("Partial funding"), partial_words(supposed)),
        (_("Without these evaluators"), ", ".join(without) or _("nobody is left out")),
    ]


def factor_words(criterion, weight, least):
    words = {"criterion": f"{criterion.code} {criterion.title}"}
    return [
        (_("Weight of %(criterion)s") % words, figure(weight)),
        (_("Threshold of %(criterion)s") % words, _("none") if least is None else figure(least)),
    ]


def partial_words(supposed):
    if supposed.part_from is None:
        return _("no")
    return _("what is left, from %(least)s on") % {"least": euro(supposed.part_from)}
