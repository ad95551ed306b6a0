"""Files of reports: drawn by the worker from one moment of the data, kept with their SHA-256, drawn once.

Every form is made from the same rows: CSV holds nothing else, a workbook has them on its first sheet, paper shows the
columns it has room for. Each names the SHA-256 of the rows as CSV, so that any two can be compared.
"""

import hashlib
import tempfile
from itertools import islice

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.record import record
from awards.documents import letterhead
from core import clock
from core.export import CSV_FORMS, csv_lines
from core.formats import milliseconds
from core.past import as_of, one_moment
from core.pdf import render_pdf
from reports.about import About
from reports.catalogue import REPORTS
from reports.models import ReportFile
from reports.source import source_of
from reports.states import ReportFilePhase, ReportFileStatus
from reports.workbook import workbook_of

MOST_ROWS_ON_PAPER = 1_500  # about a hundred sheets; whoever wants all takes the CSV


def draw_file(file):
    """Draw and keep; a file already drawn stays as it is."""
    if file.stands_in(ReportFilePhase.DRAWN):
        return
    reader = file.asked_by  # a person of today, with the rights of today, whatever is read
    with tempfile.TemporaryFile() as kept:
        with one_moment(), as_of(file.at):
            source = source_of(REPORTS[file.report], About.read(file.about), reader, at=file.at)
            FORMS[file.form](kept, source, reader)
        keep(file, source, kept)


def keep(file, source, kept):
    """Mark the file as drawn; if two workers drew it, the first one's bytes stay."""
    digest, size = digest_of(kept)
    kept.seek(0)
    path = default_storage.save(f"reports/{file.pk.hex[:2]}/{file.pk.hex}", File(kept))
    with transaction.atomic():
        at = clock.now()
        first = ReportFile.objects.waiting().filter(pk=file.pk).update(
            status=ReportFileStatus.DRAWN, path=path, sha256=digest, size=size, name=source.file_name(file.form),
            rows_sha256=source.sha256, row_count=source.row_count, data_at=source.data_at, drawn_at=at,
        )  # fmt: skip
        if first:
            changes = {"sha256": [None, digest], "rows_sha256": [None, source.sha256]}
            record("reportfile.draw", file, by=User.objects.clock(), at=at, changes=changes)
    if not first:
        default_storage.delete(path)


def digest_of(kept):
    kept.seek(0)
    digest = hashlib.file_digest(kept, "sha256")
    return digest.hexdigest(), kept.tell()


def write_csv(kept, source, user, form="csv"):
    labels, values = source.report.labels(source.about), source.report.values(source.about, user)
    for part in csv_lines(labels, values, CSV_FORMS[form]):
        kept.write(part.encode())


def write_semicolons(kept, source, user):
    write_csv(kept, source, user, form="csv-semicolon")


def write_xlsx(kept, source, user):
    report, about = source.report, source.about
    rows, figures = report.values(about, user), report.figures_of(about, user)
    with workbook_of(source, report.columns_for(about), rows, figures) as book:
        while part := book.read(1 << 20):
            kept.write(part)


def write_pdf(kept, source, user):
    kept.write(render_pdf("reports/paper.html", paper_of(source, user), title=str(source.report.title)))


def paper_of(source, user):
    """What the printed report shows."""
    report, about = source.report, source.about
    columns = report.paper_columns(about)
    return {
        "sender": letterhead_for(about),
        "reference": " · ".join(filter(None, [report.number, str(about), as_of_words(source.at)])),
        "date": milliseconds(source.data_at) if source.data_at else "",
        "digest": source.sha256,
        "facts": source.facts(),
        "figures": report.figures_of(about, user),
        "charts": report.charts_of(about, user),
        "columns": [column.label for column in columns],
        "numeric": [place for place, column in enumerate(columns) if column.numeric],
        "rows": list(islice(report.texts(about, user), MOST_ROWS_ON_PAPER)),
        "note": note_on(source),
    }


def letterhead_for(about):
    fund = about.call.fund if about.call else about.fund
    return letterhead.letterhead_of(fund) if fund else letterhead.DEFAULT


def as_of_words(at):
    return _("as of %(moment)s") % {"moment": milliseconds(at)} if at else ""


def note_on(source):
    if source.row_count > MOST_ROWS_ON_PAPER:
        words = {"shown": MOST_ROWS_ON_PAPER, "all": source.row_count, "sha256": source.sha256}
        return _("The first %(shown)s of %(all)s rows; all stand in the CSV with SHA-256 %(sha256)s.") % words
    return _("Columns and long texts that paper has no room for stand in the CSV of the same rows.")


FORMS = {"csv": write_csv, "csv-semicolon": write_semicolons, "xlsx": write_xlsx, "pdf": write_pdf}
