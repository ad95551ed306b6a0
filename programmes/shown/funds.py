"""A fund's file, laid out for its page: figures become rows, each with how sure we are of it."""

from decimal import Decimal
from typing import NamedTuple

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


class Table(NamedTuple):
    """A table of the sheet, as `components/table.html` takes it."""

    caption: str
    columns: list
    rows: list
    numeric: tuple = ()
    footer: list | None = None


def sure(one):
    """How sure a figure is, as a cell; what says nothing was not verified."""
    label, tone = SURE[one.get("verified", "unverified")]
    return Cell(label, tone=tone)


def money_table(sheet):
    """Every sum the fund's law or history names, the law's first."""
    parts = [sheet["envelope"], *sheet.get("split", []), *sheet.get("top_ups", []), *sheet.get("later_figures", [])]
    if "amount" in sheet.get("commission_technical_assistance", {}):
        parts.append(sheet["commission_technical_assistance"])
    rows = [[one["label"], euro(one["amount"]), one.get("reference", ""), sure(one)] for one in parts]
    return Table(_("Sums of the programme"), [_("What"), _("Amount"), _("Source"), _("How sure")], rows, (1,))


def split_of(sheet):
    return [(one.get("short", one["label"]), Decimal(one["amount"])) for one in sheet.get("split", [])]


def rate_table(sheet):
    rows = [[one["label"], percent(one["rate"]), one["reference"], sure(one)] for one in sheet["rates"]]
    return Table(_("Co-financing rates"), [_("For"), _("Rate"), _("Source"), _("How sure")], rows, (1,))


def limit_table(sheet):
    rows = [[one["label"], KINDS[one["kind"]], share_text(one), one["reference"], sure(one)] for one in sheet["limits"]]
    columns = [_("Of the amount of a Member State"), _("Kind"), _("Share"), _("Source"), _("How sure")]
    return Table(_("Floors, ceilings and advances"), columns, rows, (2,))


def share_text(limit):
    share = percent(limit["share"])
    return f"{share} + {euro(limit['plus'])}" if "plus" in limit else share


def time_table(sheet):
    """Deadlines of the procedure and how long papers are kept."""
    rows = [[one["label"], span(one), one["from"], one["reference"], sure(one)] for one in sheet["deadlines"]]
    for one in sheet["retention"]:
        who = _("Records are kept: %(who)s") % {"who": one["label"]}
        rows.append([who, span(one), one["from"], one["reference"], sure(one)])
    columns = [_("What"), _("How long"), _("Counted from"), _("Source"), _("How sure")]
    return Table(_("Times to respect"), columns, rows)


def span(one):
    if "years" in one:
        return _("%(number)s years") % {"number": one["years"]}
    if "months" in one:
        return _("%(number)s months") % {"number": one["months"]}
    return _("%(number)s calendar days") % {"number": one["days"]}


def regulation_table(sheet):
    """Which Financial Regulation a call follows, by its date."""
    rows = [
        [one["short"], one["applies_from"], one.get("applies_until", ""), one.get("note", ""), sure(one)]
        for one in sheet["financial_regulations"]
    ]
    columns = [_("Act"), _("From"), _("Until"), _("Note"), _("How sure of the article numbers")]
    return Table(_("Financial Regulation by date of the call"), columns, rows)
