"""A fund's file, laid out for its page: figures become rows, each with how sure we are of it."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.cells import Cell
from core.formats import euro, percent

SURE = {
    "read": (gettext_lazy("read in the act"), "good"),
    "computed": (gettext_lazy("computed"), "neutral"),
    "excerpt": (gettext_lazy("seen in an excerpt"), "info"),
    "unverified": (gettext_lazy("not verified"), "warning"),
}
KINDS = {
    "floor": gettext_lazy("minimum"),
    "ceiling": gettext_lazy("maximum"),
    "advance": gettext_lazy("advance payment"),
}


def sure(one):
    """How sure a figure is, as a cell; what says nothing was not verified."""
    label, tone = SURE[one.get("verified", "unverified")]
    return Cell(label, tone=tone)


def money_rows(sheet):
    """Every sum the fund's law or history names, the law's first."""
    parts = [sheet["envelope"], *sheet.get("split", []), *sheet.get("top_ups", []), *sheet.get("later_figures", [])]
    if "amount" in sheet.get("commission_technical_assistance", {}):
        parts.append(sheet["commission_technical_assistance"])
    return [[one["label"], euro(one["amount"]), one.get("reference", ""), sure(one)] for one in parts]


def split_of(sheet):
    return [(one.get("short", one["label"]), Decimal(one["amount"])) for one in sheet.get("split", [])]


def rate_rows(sheet):
    return [[one["label"], percent(one["rate"]), one["reference"], sure(one)] for one in sheet["rates"]]


def limit_rows(sheet):
    return [[one["label"], KINDS[one["kind"]], share_text(one), one["reference"], sure(one)] for one in sheet["limits"]]


def share_text(limit):
    share = percent(limit["share"])
    return f"{share} + {euro(limit['plus'])}" if "plus" in limit else share


def time_rows(sheet):
    """Deadlines of the procedure and how long papers are kept."""
    deadlines = [[one["label"], span(one), one["from"], one["reference"], sure(one)] for one in sheet["deadlines"]]
    kept = [
        [_("%(who)s keeps the papers") % {"who": one["label"]}, span(one), one["from"], one["reference"], sure(one)]
        for one in sheet["retention"]
    ]
    return deadlines + kept


def span(one):
    if "years" in one:
        return _("%(number)s years") % {"number": one["years"]}
    if "months" in one:
        return _("%(number)s months") % {"number": one["months"]}
    return _("%(number)s calendar days") % {"number": one["days"]}


def regulation_rows(sheet):
    """Which Financial Regulation a call follows, by its date."""
    return [
        [one["short"], one["applies_from"], one.get("applies_until", ""), one.get("note", ""), sure(one)]
        for one in sheet["financial_regulations"]
    ]
