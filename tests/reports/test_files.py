"""Files of reports: asked, drawn by the worker, kept with their hash, fetched; the same data give the same bytes."""

import csv
import hashlib
import io
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from audit.checkpoints import place_records
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, TooMany, WrongState
from core.sheets import letters
from promises.keeping import keep_promise
from promises.models import Promise
from reports import documents, workbook
from reports.about import CALL
from reports.actions import ask_for_report, fetch_report
from reports.actions.files import MOST_WAITING
from reports.catalogue import REPORTS
from reports.documents import draw_file
from reports.models import ReportFile
from reports.source import source_of
from tests.evaluation.factories import an_assigned
from tests.factories import (
    a_call,
    a_national_auditor,
    an_admin,
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
)
from tests.reports.factories import about, an_application, bytes_of, text_of
from tests.reports.test_looks import looked

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).parents[2] / "tools" / "verify_trail.py"


def asked(report, call, form="csv", *, by=None):
    """About the call, or about the house where the report knows no calls."""
    wanted = about(call if is_about_calls(report) else None).as_data()
    return ask_for_report(ReportFile(report=report, about=wanted, form=form), by=by or an_auditor())


def is_about_calls(report):
    return report not in REPORTS or CALL in REPORTS[report].asked_of


def drawn(report, call, form="csv", *, by=None):
    file = asked(report, call, form, by=by)
    draw_file(file)
    file.refresh_from_db()
    return file


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
@pytest.mark.parametrize("slug", list(REPORTS))
def test_every_report_is_drawn_in_every_form_and_kept_with_its_hash(reviewed, slug, form):
    decided = reviewed
    looked(decided.entries[0], "OFFICER")  # the access log holds something, too
    place_records()
    file = drawn(slug, decided.call, form)
    content = bytes_of(file)
    assert file.status == "DRAWN"
    assert hashlib.sha256(content).hexdigest() == file.sha256
    assert (file.size, file.row_count > 0) == (len(content), True)
    assert content.startswith({"csv": b"\xef\xbb\xbf", "xlsx": b"PK", "pdf": b"%PDF-"}[form])
    assert file.name.startswith(f"{slug}_{decided.call.reference if is_about_calls(slug) else 'all'}_")
    assert file.name.endswith(f"_{file.rows_sha256[:12]}.{form}")
    if form == "csv":
        assert file.sha256 == file.rows_sha256


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
@pytest.mark.parametrize("slug", ["ranked-list", "statistics"])
def test_the_same_data_give_the_same_bytes(decided, slug, form):
    """Whoever of the same role asks, and however often."""
    first, second = (drawn(slug, decided.call, form, by=an_auditor()) for _ in range(2))
    assert first.sha256 == second.sha256
    assert bytes_of(first) == bytes_of(second)


def test_with_semicolons_it_is_the_same_rows_under_another_name(decided):
    plain, other = (drawn("award-decision", decided.call, form) for form in ("csv", "csv-semicolon"))
    assert plain.rows_sha256 == other.rows_sha256 != other.sha256
    assert other.name == plain.name.removesuffix("csv") + "semicolon.csv"
    rows, others = (
        list(csv.reader(io.StringIO(bytes_of(file).decode("utf-8-sig")), delimiter=separator))
        for file, separator in ((plain, ","), (other, ";"))
    )
    place = rows[0].index("Maximum EU contribution (EUR)")
    assert rows[0] == others[0]
    assert [row[place].replace(".", ",") for row in rows[1:]] == [row[place] for row in others[1:]]
    assert "," in others[1][place]


def test_the_rows_of_all_three_forms_are_the_same(decided):
    files = {form: drawn("ranked-list", decided.call, form) for form in ("csv", "xlsx", "pdf")}
    assert len({file.rows_sha256 for file in files.values()}) == 1
    rows = list(csv.reader(io.StringIO(bytes_of(files["csv"]).decode("utf-8-sig"))))
    book = CalamineWorkbook.from_filelike(io.BytesIO(bytes_of(files["xlsx"])))
    sheet = book.get_sheet_by_name("Rows").to_python()
    assert [str(cell) for cell in sheet[0]] == rows[0]
    assert [row[2] for row in sheet[1:]] == [row[2] for row in rows[1:]]
    paper = text_of(files["pdf"])
    assert all(row[2] in paper for row in rows[1:])


def test_a_workbook_shows_money_rates_and_moments_as_such_and_can_be_filtered(decided):
    package = zipfile.ZipFile(io.BytesIO(bytes_of(drawn("award-decision", decided.call, "xlsx"))))
    book = CalamineWorkbook.from_filelike(io.BytesIO(bytes_of(drawn("award-decision", decided.call, "xlsx"))))
    labels, *rows = book.get_sheet_by_name("Rows").to_python()
    awarded = next(row for row in rows if row[labels.index("Rank")] == 1)
    line = decided.decision.lines.get(rank=1)
    assert awarded[labels.index("Maximum EU contribution (EUR)")] == float(line.contribution)
    assert awarded[labels.index("Maximum co-financing rate (%)")] == float(line.rate) / 100
    forms = package.read("xl/styles.xml").decode()
    assert all(f'formatCode="{code}"' in forms or f'numFmtId="{known}"' in forms for code, known in FORMS_SHOWN)
    assert (
        f'<autoFilter ref="A1:{letters(len(labels))}{len(rows) + 1}"/>'
        in package.read("xl/worksheets/sheet1.xml").decode()
    )
    figures = dict(book.get_sheet_by_name("Figures").to_python())
    assert figures == {str(label): str(text) for label, text in figures_of("award-decision", decided.call)}

    book = CalamineWorkbook.from_filelike(io.BytesIO(bytes_of(drawn("submissions", decided.call, "xlsx"))))
    labels, row, *_rest = book.get_sheet_by_name("Rows").to_python()
    assert any(isinstance(cell, datetime) for cell in row), labels
    assert "Figures" not in book.sheet_names


FORMS_SHOWN = [("#,##0.00", 4), ("0.00%", 10)]  # each by its words, or by the number that every spreadsheet knows


def figures_of(slug, call):
    return REPORTS[slug].figures(about(call), an_auditor())


def test_more_rows_than_a_sheet_holds_are_named(decided, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    file = drawn("checks", decided.call, "xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(bytes_of(file)))
    assert len(book.get_sheet_by_name("Rows").to_python()) == 3
    source = dict(book.get_sheet_by_name("Source").to_python())
    assert source["Left out"] == f"A sheet holds 2 of the {file.row_count} rows; all stand in the CSV."


def test_each_file_says_what_it_was_made_from(decided):
    auditor = a_national_auditor("EL")
    newest = (
        AuditRecord.objects.within(call=decided.call.pk, member_state="EL")
        .exclude(act__startswith="reportfile")
        .order_by("-at", "-pk")
        .first()
    )
    files = {form: drawn("award-decision", decided.call, form, by=auditor) for form in ("xlsx", "pdf")}
    book = CalamineWorkbook.from_filelike(io.BytesIO(bytes_of(files["xlsx"])))
    source = dict(book.get_sheet_by_name("Source").to_python())
    assert source["Call"] == f"{decided.call.reference} – {decided.call.title}"
    assert "Greece only" in source["Filter"]
    assert newest.hash in source["State of the data"]
    assert source["SHA-256 of the rows as CSV"] == files["xlsx"].rows_sha256
    assert files["xlsx"].data_at == newest.at
    paper = text_of(files["pdf"]).replace("\n", "")
    assert files["pdf"].rows_sha256 in paper
    assert "Greece only" in paper


def test_a_new_act_changes_the_state_of_the_data_that_is_printed(decided):
    before = drawn("ranked-list", decided.call)
    letter = decided.decision.letters.get(application=decided.entries[1])
    from awards.actions import confirm_letter_read

    confirm_letter_read(letter, by=letter.application.applicant.users.get())
    after = drawn("ranked-list", decided.call)
    assert after.data_at > before.data_at
    assert after.rows_sha256 == before.rows_sha256, "the list itself did not change"
    assert after.name != before.name


@pytest.mark.parametrize("slug", list(REPORTS))
def test_no_formula_in_any_workbook(decided, slug):
    """Titles of the call begin with = and @: cells are texts, in the whole package no formula and no link."""
    package = zipfile.ZipFile(io.BytesIO(bytes_of(drawn(slug, decided.call, "xlsx"))))
    for name in package.namelist():
        content = package.read(name)
        assert b"<f>" not in content, name
        assert b"<f " not in content, name
        assert b"<hyperlink" not in content, name


def test_paper_is_tagged_and_carries_no_program(decided):
    reader = PdfReader(io.BytesIO(bytes_of(drawn("statistics", decided.call, "pdf"))))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"]
    assert "/JavaScript" not in str(reader.trailer["/Root"])


def test_a_report_too_long_for_paper_says_so_and_names_the_whole(decided, monkeypatch):
    monkeypatch.setattr(documents, "MOST_ROWS_ON_PAPER", 2)
    file = drawn("checks", decided.call, "pdf")
    paper = text_of(file).replace("\n", "")
    assert f"The first 2 of {file.row_count} rows" in paper
    assert file.rows_sha256 in paper


def test_the_trail_as_a_file_is_proved_by_the_script(decided, tmp_path):
    """Real acts of every app, letters and all; for everybody who may take it."""
    for reader in (an_auditor(), a_national_auditor("EL"), an_officer()):
        content = bytes_of(drawn("audit-trail", decided.call, by=reader))
        (tmp_path / "trail.csv").write_bytes(content)
        done = subprocess.run(
            [sys.executable, "-I", SCRIPT, "trail.csv"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
        assert "all whole" in done.stdout


def test_whoever_sees_a_part_reads_no_share_of_the_whole_budget(decided):
    statistics = REPORTS["statistics"]
    whole, part = (
        dict(statistics.figures_of(about(decided.call), one)) for one in (an_auditor(), a_national_auditor("EL"))
    )
    assert {"Available", "Requested for each euro available", "Applications"} <= whole.keys()
    assert not {"Available", "Requested for each euro available", "Applications"} & part.keys()
    assert int(part["Applications that you may see"]) < int(whole["Applications"])
    assert next(iter(statistics.values(about(decided.call), a_national_auditor("EL"))))[1] == "All that you may see"


def test_the_last_day_is_the_laws_and_a_planned_one_is_called_so(decided):
    call = decided.call
    type(call).objects.filter(pk=call.pk).update(inform_by=call.closes_at.date())
    call.refresh_from_db()
    told = {slug: dict(REPORTS[slug].figures_of(about(call), an_auditor())) for slug in ("statistics", "time-limits")}
    last = "Last day to inform applicants"
    assert told["statistics"][last] == told["time-limits"][last]
    assert told["statistics"]["Planned day to inform applicants"] != told["statistics"][last]


# asking, fetching, records


@pytest.mark.parametrize("slug", list(REPORTS))
def test_asking_and_fetching_are_recorded_with_the_hash(decided, slug):
    auditor = an_auditor()
    file = asked(slug, decided.call, by=auditor)
    assert Promise.objects.open().about(file).count() == 1
    draw_file(file)
    fetch_report(ReportFile.objects.get(pk=file.pk), by=auditor)
    acts = AuditRecord.objects.filter(actor_id=str(auditor.pk)).order_by("pk")
    assert [record.act for record in acts] == ["reportfile.ask", "reportfile.fetch"]
    file.refresh_from_db()
    assert acts.last().changes["sha256"] == [None, file.sha256]
    told = {str(decided.call.pk)} if is_about_calls(slug) else {None}
    assert {record.scope.get("call") for record in acts} == told


def test_who_has_ten_files_waiting_is_told_to_wait_and_others_are_not(decided):
    auditor = an_auditor()
    files = [asked("statistics", decided.call, by=auditor) for _one in range(MOST_WAITING)]
    with pytest.raises(TooMany) as refusal:
        asked("statistics", decided.call, by=auditor)
    assert "wait until one is ready" in str(refusal.value.sentence)
    assert Promise.objects.open().filter(kind="report_file").count() == MOST_WAITING
    asked("statistics", decided.call)
    draw_file(files[0])
    asked("statistics", decided.call, by=auditor)


def test_the_page_says_it_in_words(client, decided):
    auditor = an_auditor()
    for _one in range(MOST_WAITING):
        asked("statistics", decided.call, by=auditor)
    client.force_login(auditor)
    page = client.post("/reports/statistics/", {"call": decided.call.pk, "form": "csv"})
    assert page.status_code == 429
    assert "still being drawn" in page.content.decode()


def test_the_worker_draws_what_was_promised(decided):
    file = asked("statistics", decided.call, "xlsx")
    promise = Promise.objects.about(file).get()
    keep_promise(promise.pk)
    promise.refresh_from_db()
    file.refresh_from_db()
    assert (promise.status, promise.last_error, file.status) == ("KEPT", "", "DRAWN")


def test_a_file_is_drawn_once(decided):
    """The promise may be kept twice; the second finds the file and leaves it."""
    file = drawn("ranked-list", decided.call)
    path = file.path
    draw_file(ReportFile.objects.get(pk=file.pk))
    stale = asked("ranked-list", decided.call)
    again = ReportFile.objects.get(pk=stale.pk)
    draw_file(stale)
    draw_file(again)  # a second worker that had read the row before
    stale.refresh_from_db()
    file.refresh_from_db()
    assert file.path == path
    _folders, files = default_storage.listdir(str(Path(stale.path).parent))
    assert files.count(Path(stale.path).name) == 1
    assert len([name for name in files if name.startswith(Path(stale.path).name)]) == 1


@pytest.mark.parametrize("somebody", [an_applicant, an_evaluator, an_admin])
def test_others_may_not_ask(decided, somebody):
    with pytest.raises(NotAllowed):
        asked("ranked-list", decided.call, by=somebody())
    assert not ReportFile.objects.exists()


def test_a_national_auditor_may_not_ask_for_the_committee(decided):
    with pytest.raises(NotAllowed):
        asked("committee", decided.call, by=a_national_auditor())


def test_what_is_not_far_enough_unknown_or_without_a_call_is_refused_in_words():
    open_call = a_call()
    with pytest.raises(WrongState, match="nothing to say yet"):
        asked("ranked-list", open_call)
    with pytest.raises(Incomplete) as refused:
        asked("ranked-list", None)
    assert set(refused.value.gaps) == {"call"}
    with pytest.raises(Incomplete) as refused:
        asked("no-such-report", open_call)
    assert set(refused.value.gaps) == {"report"}
    with pytest.raises(Incomplete) as refused:
        asked("audit-trail", None, form="exe")
    assert set(refused.value.gaps) == {"form"}
    assert not ReportFile.objects.exists()
    assert not Promise.objects.filter(kind="report_file").exists()
    assert not AuditRecord.objects.filter(act__startswith="reportfile.").exists()


def test_nobody_fetches_the_file_of_another(decided):
    file = drawn("ranked-list", decided.call, by=an_auditor())
    for other in (an_auditor(), an_authorising_officer()):
        with pytest.raises(NotAllowed):
            fetch_report(file, by=other)
        assert not ReportFile.objects.visible_to(other).filter(pk=file.pk).exists()


def test_a_file_not_yet_drawn_is_not_fetched(decided):
    auditor = an_auditor()
    file = asked("ranked-list", decided.call, by=auditor)
    with pytest.raises(WrongState):
        fetch_report(file, by=auditor)


def test_what_is_withheld_from_an_officer_is_said_and_no_part_is_called_the_whole(decided):
    """Two officers, two totals: the paper of the one in conflict says that it is less (FR Art. 61)."""
    barred, other, call = an_officer(), an_officer(), a_call(status="EVALUATION")
    one, _another = (an_application(call, status="ELIGIBLE") for _place in range(2))
    conflict = an_assigned(one, evaluator=barred)
    type(conflict).objects.filter(pk=conflict.pk).update(status="CONFLICT")
    report = REPORTS["statistics"]
    told = {user: dict(report.figures_of(about(call), user)) for user in (barred, other)}
    assert (told[other]["Applications"], told[barred]["Applications that you may see"]) == ("2", "1")
    assert "Available" in told[other]
    assert "Available" not in told[barred]
    filters = {user: dict(source_of(report, about(call), user).facts())["Filter"] for user in (barred, other)}
    assert "less what is withheld from this reader" in filters[barred]
    assert "less" not in filters[other]
    elsewhere = dict(source_of(report, about(decided.call), barred).facts())
    assert "less" not in elsewhere["Filter"], "another call is another matter"
