"""The budget as it leaves: partners by categories with working totals, who pays, and what its page said then."""

import tempfile
from datetime import UTC, datetime

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell as cell_name

from applications.budget import most_for
from applications.models import BudgetLine
from applications.parts.budget import SOURCES
from core.changes import AsTyped
from core.formats import percent
from core.language import house_words
from core.sheets import printable

SHEET, BASE = "Budget", "Base"  # what is read when the workbook comes back
KEY, AMOUNT, APPLICATION = "key", "amount", "application"  # in cells that nobody sees: what the others mean
EPOCH = datetime(2014, 1, 1, tzinfo=UTC)  # instead of the clock: the same budget gives the same bytes
CODES = BudgetLine.Category.values
LAST = len(CODES) + 2  # the column of totals
MONEY = {"num_format": "#,##0.00", "valign": "top"}


@house_words()
def workbook_of(application, form, budget):
    """An open temporary file of what the part's form says; `budget` is the arithmetic of the same content."""
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(kept, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": str(application), "created": EPOCH})
    Sheet(book, form).write(application.call, budget)
    write_base(book.add_worksheet(BASE), application, form)
    notes = book.add_worksheet(str(_("Notes")))
    notes.set_column(0, 0, 100)
    for line, sentence in enumerate(notes_for_filling_in()):
        notes.write_string(line, 0, sentence, book.add_format({"text_wrap": True, "valign": "top"}))
    book.close()
    kept.seek(0)
    return kept


class Sheet:
    """The sheet that is filled in: amounts may be typed, everything else is locked."""

    def __init__(self, book, form):
        self.form, self.line = form, 2
        self.sheet = book.add_worksheet(SHEET)
        self.plain = book.add_format({"text_wrap": True, "valign": "top"})
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.total = book.add_format({**MONEY, "bold": True})
        self.open = book.add_format({**MONEY, "locked": False, "bg_color": "#FFFBE0", "border": 1})

    def write(self, call, budget):
        self.write_heads()
        for partner in self.form.content["partners"]:
            self.write_partner(partner, budget)
        direct = self.write_direct(budget)
        share = f"ROUND({direct}*{call.indirect_rate}/100,2)"
        words = {"rate": percent(call.indirect_rate)}
        indirect = self.sum(_("Indirect costs (%(rate)s of those)") % words, share, budget.indirect)
        total = self.sum(_("Total costs"), f"{direct}+{indirect}", budget.total)
        self.line += 1
        paid = [self.write_source(name) for name in SOURCES]
        self.line += 1
        words, most = {"rate": percent(call.max_rate)}, most_for(budget.total, call.max_rate)
        self.sum(_("Most that %(rate)s of the total allows") % words, f"ROUNDDOWN({total}*{call.max_rate}/100,2)", most)
        self.sum(_("Still missing (below 0: too much)"), f"{total}-SUM({paid[0]}:{paid[-1]})", budget.missing)

    def write_heads(self):
        self.sheet.protect(options={"format_columns": True, "format_rows": True})
        self.sheet.freeze_panes(2, 2)
        self.sheet.set_column(0, 0, None, None, {"hidden": True})
        self.sheet.set_column(1, 1, 42)
        self.sheet.set_column(2, LAST, 18)
        self.sheet.set_row(0, None, None, {"hidden": True})
        labels = [_("Organisation"), *(label for _code, label in BudgetLine.Category.choices), _("Total (EUR)")]
        for place, (key, label) in enumerate(zip([KEY, "", *CODES, AMOUNT], ["", *labels], strict=True)):
            self.sheet.write_string(0, place, key)
            self.sheet.write_string(1, place, str(label), self.bold)

    def write_partner(self, partner, budget):
        self.label(partner["id"], partner["name"] or _("(no name yet)"))
        for place, code in enumerate(CODES, 2):
            self.amount(place, f"{partner['id']}-{code}")
        first, last = cell_name(self.line, 2), cell_name(self.line, LAST - 1)
        self.formula(LAST, f"SUM({first}:{last})", budget.of_partner(partner["id"]))
        self.line += 1

    def write_direct(self, budget):
        """The foot of the table; gives the cell of its total."""
        self.label("", _("Direct costs"), self.bold)
        for place, code in enumerate([*CODES, None], 2):
            span = f"SUM({cell_name(2, place)}:{cell_name(self.line - 1, place)})"
            self.formula(place, span, budget.of_category(code) if code else budget.direct)
        self.line += 1
        return cell_name(self.line - 1, LAST)

    def write_source(self, name):
        self.label(name, self.form.fields[name].label)
        self.amount(LAST, name)
        self.line += 1
        return cell_name(self.line - 1, LAST)

    def sum(self, label, formula, value):
        self.label("", label, self.bold)
        self.formula(LAST, formula, value)
        self.line += 1
        return cell_name(self.line - 1, LAST)

    def label(self, key, text, shape=None):
        self.sheet.write_string(self.line, 0, key)
        self.sheet.write_string(self.line, 1, printable(str(text)), shape or self.plain)

    def formula(self, place, formula, value):
        self.sheet.write_formula(self.line, place, f"={formula}", self.total, float(value))

    def amount(self, place, name):
        """A number, nothing, or what is no amount yet as it was typed."""
        value = self.form.standing.get(name, "")
        if isinstance(value, AsTyped):
            self.sheet.write_string(self.line, place, printable(value.text), self.open)
        elif value:
            self.sheet.write_number(self.line, place, float(value), self.open)
        else:
            self.sheet.write_blank(self.line, place, None, self.open)


def write_base(sheet, application, form):
    """What each answer said when the workbook was taken, for what comes back to say what it rests on."""
    sheet.hide()
    said = {APPLICATION: str(application.pk), **{name: form.drawn_at(name) for name in form.standing}}
    for line, pair in enumerate(said.items()):
        for place, text in enumerate(pair):
            sheet.write_string(line, place, printable(str(text)))


def notes_for_filling_in():
    return [
        _("Type amounts in the yellow cells; totals follow by themselves. An empty cell means nothing."),
        _("Hand the workbook in where you took it from. What would change is shown first; nothing is saved before you "
          "confirm it."),
        _("What a colleague has saved meanwhile is not overwritten: where you both changed the same amount, both stand "
          "side by side until somebody decides."),
        _("Organisations are added and taken out on the page “Partners”. A row that you delete here changes nothing."),
    ]  # fmt: skip
