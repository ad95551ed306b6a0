"""What the page and the files of a sample say: the definition, the seed, how to draw it again."""

from collections import Counter

from django.utils.translation import gettext as _

from core.formats import milliseconds, thousands
from reports.models import Sample
from reports.sampling import AMOUNT, COLUMN, shares_of, ticket

SCRIPT = "draw_sample.py"


def facts_of(sample):
    facts = [
        (_("Population"), sample.file.name),
        (_("SHA-256 of the population"), sample.population_sha256),
        (_("Applications in the population"), thousands(sample.population_size)),
        (_("Size of the sample"), thousands(sample.size)),
        (_("Strata"), str(sample.get_strata_display())),
        *([(_("Bounds of the bands (EUR)"), bounds_of(sample))] if sample.bounds else []),
        (_("Your words"), sample.phrase),
        (_("Announced"), milliseconds(sample.announced_at)),
    ]
    return facts + (drawn_facts(sample) if sample.drawn_at else [])


def drawn_facts(sample):
    return [
        (_("Checkpoint that took up the announcement"), str(sample.checkpoint)),
        (_("Its root"), sample.root),
        (_("Seed"), sample.seed),
        (_("Drawn"), milliseconds(sample.drawn_at)),
        (_("Draw it again"), command(sample)),
    ]


def bounds_of(sample):
    return ",".join(str(one) for one in sample.bounds)


def command(sample):
    """As it is typed where the population lies."""
    by = {Sample.Strata.MEMBER_STATE: "member_state", Sample.Strata.STATUS: "status", Sample.Strata.AMOUNT: "amount"}
    strata = f" --by {by[sample.strata]}" if sample.strata else ""
    bounds = f" --bounds {bounds_of(sample)}" if sample.bounds else ""
    return f"python3 {SCRIPT} {sample.file.name} {sample.size} --seed {sample.seed}{strata}{bounds}"


def strata_of(sample, units):
    """[stratum, in the population, in the sample]"""
    counts, shares = Counter(one.stratum for one in units), shares_of(units, sample.size)
    return [[name, counts[name], share] for name, share in shares.items()]


def rows_of(sample, units):
    """[number, stratum, applicant, Member State, status, amount, ticket] of each that was drawn."""
    drawn = set(sample.numbers)
    heads = ("Applicant", COLUMN["MEMBER_STATE"], COLUMN["STATUS"], AMOUNT)
    return [
        [one.number, one.stratum, *(one.row[head] for head in heads), ticket(sample.seed, one.number)]
        for one in units if one.number in drawn
    ]  # fmt: skip


def labels():
    return [
        _("Number"),
        _("Stratum"),
        _("Applicant"),
        _("Member State"),
        _("Status"),
        _("Requested (EUR)"),
        _("Ticket"),
    ]
