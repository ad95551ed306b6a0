"""The auditor at the browser: reads, takes every file away, proves the trail from the file alone."""

import csv
import io
import subprocess
import sys
from pathlib import Path

from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests.journeys.words import REFERENCE, number_of

SCRIPT = Path(__file__).parents[2] / "tools" / "verify_trail.py"
SHELF = ("ranked-list", "award-decision", "score-matrix", "statistics", "audit-trail")


def sheets_of(data):
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])


def pages_of(data):
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def words_of(data):
    return data.decode("utf-8-sig")


TELLS = {"csv": words_of, "xlsx": sheets_of, "pdf": pages_of}


def look_around(auditor, *, decision, ranked_list):
    """Reads everything; nothing here is a button that changes anything."""
    for address in ("/desk/", "/applications/", "/evaluation/", ranked_list, decision, "/letters/", "/reports/trail/"):
        auditor.goes_to(address)
        auditor.looks()
        assert auditor.page.locator("main form[method=post]:not([action^='/reports/'])").count() == 0, address
    auditor.finds_nothing_at("/people/", "/promises/")


def take_reports(auditor, call, keep_promises):
    """Each report in each form: {(report, form): bytes}."""
    auditor.goes_to(f"/reports/?call={call.pk}")
    auditor.looks()
    taken = {}
    for slug in SHELF:
        asked = {form: ask(auditor, call, slug, form) for form in TELLS}
        keep_promises()
        taken |= {(slug, form): take(auditor, address) for form, address in asked.items()}
    return taken


def ask(auditor, call, slug, form):
    auditor.goes_to(f"/reports/{slug}/?call={call.pk}")
    if form == "csv":
        auditor.looks()
    auditor.click(auditor.page.locator(f"main button[name=form][value={form}]"), form)
    auditor.sees("The file is being drawn; it stays in your list of files.")
    return auditor.page.url


def take(auditor, address):
    auditor.goes_to(address)
    auditor.sees("ready", "SHA-256")
    return auditor.takes(auditor.page.locator("main a[href$='/bytes/']").get_attribute("href"))


def read(files):
    """Each file says the same in each of its forms, and the list names the applications in their places."""
    first, second = number_of("NETWATCH"), number_of("SAFEPORT")
    said = dict(zip(SHELF, (first, second, first, "All applications", "application.submit"), strict=True))
    for (slug, form), data in files.items():
        text = TELLS[form](data).replace("\n", "")
        assert said[slug] in text, f"{slug}.{form}: {text[:500]}"
    ranks = list(csv.DictReader(io.StringIO(TELLS["csv"](files["ranked-list", "csv"]))))
    places = [next(cell for cell in row.values() if cell.startswith(REFERENCE)) for row in ranks]
    assert places[:2] == [first, second]


def prove(trail, folder):
    """The script knows nothing of us but the file."""
    path = folder / "trail.csv"
    path.write_bytes(trail)
    said = subprocess.run([sys.executable, SCRIPT, path], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "all whole" in said.stdout
    return list(csv.DictReader(io.StringIO(trail.decode("utf-8-sig"))))
