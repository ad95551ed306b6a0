"""The assignments of a call as a workbook that comes back: what stands, whom and what there is to choose from, and how
to fill it in. Only what its reader may assign stands in it."""

import tempfile
from datetime import UTC, datetime

import xlsxwriter
from django.db.models import F
from django.utils.translation import gettext as _

from core.counting import number_of
from core.language import house_words
from core.sheets import printable
from evaluation.models import Assessment
from evaluation.shown.assigning import applications_to_assign, judges

SHEET = "Assignments"  # the one that is read when the workbook comes back
EPOCH = datetime(2014, 1, 1, tzinfo=UTC)  # instead of the clock: the same rows give the same bytes


@house_words()
def workbook_of(call, officer):
    """An open temporary file."""
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(kept, options)
    book.set_properties({"title": str(call), "created": EPOCH})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    applications = applications_to_assign(call, officer)
    for name, heads, rows in (
        (SHEET, ["application", "evaluator", _("name"), _("status")], standing(applications)),
        (_("Applications"), [_("application"), _("acronym"), _("applicant"), _("Member State"), _("assigned")],
         choice_of(applications)),
        (_("Evaluators"), [_("evaluator"), _("name"), _("assigned in this call"), _("at most"), _("languages"),
                           _("keywords")], people_of(call)),
        (_("Notes"), [_("How to fill it in")], [[sentence] for sentence in notes_on(call)]),
    ):  # fmt: skip
        write_sheet(book.add_worksheet(str(name)), heads, rows, bold)
    book.close()
    kept.seek(0)
    return kept


def standing(applications):
    rows = Assessment.objects.current().counting().filter(application__in=applications.values("pk"))
    rows = rows.select_related("evaluator").annotate(number=F("application__reference"))
    for one in rows.order_by("application__reference", "evaluator__email").iterator(chunk_size=2000):
        yield one.number, one.evaluator.email, one.evaluator.name, one.get_status_display()


def choice_of(applications):
    have = number_of(Assessment.objects.current().counting(), "application")
    names = ("reference", "acronym", "applicant__name", "applicant__member_state", "have")
    return applications.annotate(have=have).order_by("reference").values_list(*names)


def people_of(call):
    load = number_of(Assessment.objects.of_call(call).current().counting(), "evaluator")
    rows = judges().annotate(load=load).select_related("register_entry").defer("password").order_by("email")
    for person in rows.iterator(chunk_size=2000):
        entry = getattr(person, "register_entry", None)
        said = (entry.most or "", ", ".join(entry.languages), ", ".join(entry.keywords)) if entry else ("", "", "")
        yield person.email, person.name, person.load, *said


def notes_on(call):
    return [
        str(call),
        _("The first sheet says who assesses what: the number of an application and an evaluator's e-mail address, one "
          "pair a row. Add rows for those you want; the other columns are not read."),
        _("Hand the workbook in where you took it from. It is checked row by row and shown before anything is "
          "assigned: all its rows are taken, or none."),
        _("Pairs that are assigned already are left out. A row that you delete takes nothing back: that is done on the "
          "page of the assessment, or of its batch."),
        _("Nobody is assigned more than the register of evaluators says, nor while away on half of the days."),
        _("Each application needs %(wanted)d evaluators.") % {"wanted": call.evaluators_wanted},
    ]  # fmt: skip


def write_sheet(sheet, heads, rows, bold):
    sheet.freeze_panes(1, 0)
    for place, head in enumerate(heads):
        sheet.set_column(place, place, 100 if len(heads) == 1 else 32)
        sheet.write_string(0, place, str(head), bold)
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(line, place, value)
            else:
                sheet.write_string(line, place, printable(str(value)))
