"""The budget as a workbook, out and in: looked at before anything is saved, merged amount by amount, nothing lost."""

import io
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from applications.actions import edit_application, withdraw_application
from applications.models import Application
from applications.workbook.back import amount_text
from applications.workbook.out import AMOUNT, BASE, KEY, SHEET
from audit.models import AuditRecord
from core import clock
from tests.applications.factories import a_complete_draft, a_draft, an_owner
from tests.applications.pages import edit_url, post
from tests.applications.test_races import an_open_call
from tests.factories import an_applicant, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    owner = an_owner()
    client.force_login(owner)
    return owner


@pytest.fixture
def draft(owner):
    return a_complete_draft(by=owner, call=an_open_call(), at=clock.now(), timetable={"starts_on": "2099-01-01"})


def taken(client, draft):
    """The workbook as it is downloaded: {sheet: rows of cells}."""
    answer = client.get(reverse("budget_workbook", args=[draft.pk]))
    content = b"".join(answer.streaming_content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def packed(sheets):
    """As a spreadsheet program saves it."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(line, place, value)
    book.close()
    return SimpleUploadedFile("budget.xlsx", kept.getvalue())


def line_of(sheets, key):
    return next(place for place, row in enumerate(sheets[SHEET]) if row[0] == key)


def typed(sheets, cells):
    """{(key of the row, head): value} typed into the sheet."""
    heads = sheets[SHEET][0]
    for (key, head), value in cells.items():
        sheets[SHEET][line_of(sheets, key)][heads.index(head)] = value
    return sheets


def hand_in(client, draft, sheets):
    return client.post(reverse("budget_file", args=[draft.pk]), {"file": packed(sheets)})


def confirm(client, draft, preview):
    said = {"changes": preview.context["changes"], "saving": preview.context["saving"], "stay": "1"}
    return client.post(edit_url(draft, "budget"), said)


def lead_and_second(draft):
    partners = draft.partners.all()
    return str(partners.get(is_coordinator=True).pk), str(partners.get(is_coordinator=False).pk)


def amounts(draft):
    return {f"{line.partner_id}-{line.category}": line.amount for line in draft.lines.all()}


def lines(preview):
    return [
        [cell, *(one.replace("\u00a0", " ") for one in said)] for cell, _label, *said in preview.context["found"].lines
    ]


# out


def test_the_workbook_says_the_budget_and_adds_it_up(client, draft):
    sheets = taken(client, draft)
    lead, second = lead_and_second(draft)
    rows = sheets[SHEET]

    assert rows[0] == [KEY, "", "A", "B", "C", "D", "E", AMOUNT]
    assert rows[line_of(sheets, lead)][2:] == [200000.0, "", "", "", "", 200000.0]
    assert rows[line_of(sheets, second)][2:] == ["", "", 100000.0, "", "", 100000.0]
    totals = {row[1]: row[-1] for row in rows if row[1]}
    assert totals["Direct costs"] == 300000
    assert totals["Indirect costs (7\u00a0% of those)"] == 21000
    assert totals["Total costs"] == 321000
    assert [row[-1] for row in rows if row[0] in ("requested", "own_resources", "other_resources")] == [
        288900, 32100, 0,
    ]  # fmt: skip
    assert totals["Still missing (below 0: too much)"] == 0
    assert AuditRecord.objects.filter(act="download").count() == 1


def test_formulas_follow_and_only_amounts_can_be_typed(client, draft):
    answer = client.get(reverse("budget_workbook", args=[draft.pk]))
    kept = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(kept)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        workbook = book.read("xl/workbook.xml").decode()
    assert "<sheetProtection" in sheet
    for formula in ("SUM(C3:G3)", "SUM(C3:C4)", "ROUND(H5*7.00/100,2)", "H5+H6", "ROUNDDOWN(H7*90.00/100,2)"):
        assert formula in sheet, formula
    assert 'name="Base" sheetId="2" state="hidden"' in workbook


def test_the_same_budget_gives_the_same_bytes(client, draft):
    twice = [b"".join(client.get(reverse("budget_workbook", args=[draft.pk])).streaming_content) for _time in range(2)]

    assert twice[0] == twice[1]


def test_a_name_is_never_a_formula(client, owner):
    draft = a_draft(by=owner, call=an_open_call(), at=clock.now())
    edit_application(draft, by=owner, partners=[{"is_coordinator": True}, {"name": "=cmd()|' /C calc'!A0"}])

    assert "=cmd()|' /C calc'!A0" in [row[1] for row in taken(client, draft)[SHEET]]


# in


def test_nothing_is_saved_before_it_is_confirmed(client, draft):
    lead, second = lead_and_second(draft)
    before, stamp = amounts(draft), Application.objects.get(pk=draft.pk).stamp
    sheets = typed(taken(client, draft), {
        (lead, "A"): 210000.5, (lead, "B"): "1.234,56", (second, "C"): "", ("requested", AMOUNT): 290000,
    })  # fmt: skip

    preview = hand_in(client, draft, sheets)

    assert lines(preview) == [
        ["C3", "200 000.00", "200 000.00", "210 000.50", ""],
        ["D3", "–", "–", "1 234.56", ""],
        ["E4", "100 000.00", "100 000.00", "–", ""],
        ["H9", "288 900.00", "288 900.00", "290 000.00", ""],
    ]
    assert preview.context["found"].unread == []
    assert amounts(draft) == before
    assert Application.objects.get(pk=draft.pk).stamp == stamp

    answer = confirm(client, draft, preview)

    assert answer.url == edit_url(draft, "budget")
    assert amounts(draft) == {f"{lead}-A": Decimal("210000.50"), f"{lead}-B": Decimal("1234.56")}
    assert Application.objects.get(pk=draft.pk).requested == 290000
    confirm(client, draft, preview)  # sent twice: done once
    assert Application.objects.get(pk=draft.pk).stamp == stamp + 1


def test_an_untouched_workbook_changes_nothing(client, draft):
    preview = hand_in(client, draft, taken(client, draft))

    assert (preview.context["found"].lines, preview.context["found"].unread) == ([], [])
    assert "Nothing that can be read in it differs" in preview.content.decode()


def test_what_cannot_be_read_is_named_by_its_cell_and_the_others_are_taken(client, draft):
    lead, second = lead_and_second(draft)
    sheets = typed(taken(client, draft), {
        (lead, "A"): "about 5", (lead, "B"): 1.234, (lead, "C"): -5, (second, "D"): "1.234", (second, "E"): True,
        (lead, "E"): 0.1 + 0.2,
    })  # fmt: skip

    preview = hand_in(client, draft, sheets)

    assert {cell: sentence for cell, _label, _text, sentence in preview.context["found"].unread} == {
        "C3": "The spaces in this number stand in unusual places; write it as 1 234.56.",
        "D3": "Ensure that there are no more than 2 decimal places.",
        "E3": "Ensure this value is greater than or equal to 0.",
        "F4": "1.234 can be read in two ways: write 1 234 if you mean thousands, 1.23 if not.",
        "G4": "Write a number in figures, for example 1 234.56.",
    }
    assert lines(preview) == [["G3", "–", "–", "0.30", ""]]
    confirm(client, draft, preview)
    assert amounts(draft)[f"{lead}-A"] == 200000
    assert amounts(draft)[f"{lead}-E"] == Decimal("0.30")


def test_an_error_and_a_formula_without_a_value_take_no_amount_away(client, draft):
    """A workbook saved by a program that does not calculate, or with a sheet gone that a formula looked at."""
    lead, second = lead_and_second(draft)
    sheets = taken(client, draft)
    sheets = typed(sheets, {(lead, "A"): "=1+1", (second, "C"): "=#REF!", ("requested", AMOUNT): "=5"})
    file = resaved(
        packed(sheets).read(),
        (b"<f>1+1</f><v>0</v>", b"<f>1+1</f><v></v>"),
        (b"<f>5</f><v>0</v>", b"<f>5</f>"),
        (b"><f>#REF!</f><v>0</v>", b' t="e"><f>#REF!</f><v>#REF!</v>'),
    )

    preview = client.post(reverse("budget_file", args=[draft.pk]), {"file": SimpleUploadedFile("budget.xlsx", file)})

    assert preview.context["found"].lines == []
    assert {cell: text for cell, _label, text, _sentence in preview.context["found"].unread} == {
        "C3": "=1+1", "E4": "#REF!", "H9": "=5",
    }  # fmt: skip


def resaved(content, *changes):
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(kept, "w") as again:
        for one in book.infolist():
            part = book.read(one)
            for was, now in changes:
                part = part.replace(was, now)
            again.writestr(one.filename, part)
    return kept.getvalue()


def test_a_colleague_s_newer_amount_is_not_overwritten(client, draft, owner):
    lead, _second = lead_and_second(draft)
    sheets = typed(taken(client, draft), {(lead, "A"): 210000, (lead, "B"): 500})
    colleague = an_applicant(owner.organisation)
    client.force_login(colleague)
    post(client, draft, "budget", **{f"{lead}-A": "205000", f"{lead}-D": "9"})
    client.force_login(owner)

    preview = hand_in(client, draft, sheets)

    assert lines(preview) == [
        ["C3", "200 000.00", "205 000.00", "210 000.00", "Changed meanwhile: both are kept, and you decide."],
        ["D3", "–", "–", "500.00", ""],
    ]
    page = client.get(confirm(client, draft, preview).url)
    assert amounts(draft)[f"{lead}-A"] == 205000  # beside it waits what the workbook says
    assert [kept["said"] for kept in page.context["kept"]] == ["210 000.00"]
    assert (amounts(draft)[f"{lead}-B"], amounts(draft)[f"{lead}-D"]) == (500, 9)


def test_an_amount_of_an_organisation_that_was_taken_out_is_kept_to_be_decided(client, draft, owner):
    lead, second = lead_and_second(draft)
    sheets = typed(taken(client, draft), {(second, "C"): 120000})
    edit_application(draft, by=owner, partners=[{"id": lead}])

    preview = hand_in(client, draft, sheets)

    assert lines(preview)[0][-1] == "This organisation was taken out meanwhile: the amount is kept, and you decide."
    confirm(client, draft, preview)
    assert amounts(draft) == {f"{lead}-A": 200000}
    assert [(kept.name, kept.value) for kept in draft.kept_changes.all()] == [(f"{second}-C", "120000.00")]


def test_rows_may_be_sorted_and_deleted_and_columns_moved(client, draft):
    lead, second = lead_and_second(draft)
    sheets = typed(taken(client, draft), {(second, "C"): 120000})
    rows = sheets[SHEET]
    del rows[line_of(sheets, lead)]
    sheets[SHEET] = [[*row[:2], *reversed(row[2:])] for row in [rows[0], *reversed(rows[1:])]]

    assert [said[-2:] for said in lines(hand_in(client, draft, sheets))] == [["120 000.00", ""]]


def test_what_is_named_twice_or_never_was_is_not_read(client, draft):
    lead, _second = lead_and_second(draft)
    sheets = taken(client, draft)
    rows = sheets[SHEET]
    rows.append([*rows[line_of(sheets, lead)]])
    rows.append(["11111111-1111-4111-8111-111111111111", "Somebody", 5, "", "", "", "", ""])

    unread = hand_in(client, draft, sheets).context["found"].unread

    assert unread[0][3] == "C3 is the same answer: keep one."
    assert unread[-1][3] == "This cell is not of the workbook that was taken here."


def test_a_row_that_was_made_up_is_refused_when_it_is_confirmed(client, draft):
    made_up = "11111111-1111-4111-8111-111111111111"
    sheets = taken(client, draft)
    sheets[SHEET].append([made_up, "Somebody", 5, "", "", "", "", ""])
    sheets[BASE].append([f"{made_up}-A", ""])

    preview = hand_in(client, draft, sheets)

    assert confirm(client, draft, preview).status_code == 400
    assert f"{made_up}-A" not in amounts(draft)


def test_what_was_typed_and_is_no_amount_yet_goes_along(client, draft):
    lead, _second = lead_and_second(draft)
    post(client, draft, "budget", **{f"{lead}-B": "about 12"})
    sheets = taken(client, draft)
    assert sheets[SHEET][line_of(sheets, lead)][3] == "about 12"

    assert hand_in(client, draft, sheets).context["found"].unread == []
    confirm(client, draft, hand_in(client, draft, typed(sheets, {(lead, "B"): 12})))
    assert amounts(draft)[f"{lead}-B"] == 12
    assert Application.objects.get(pk=draft.pk).as_typed == {}


# what is no workbook of ours


def test_the_workbook_of_another_budget_is_refused(client, draft, owner):
    other = a_draft(by=owner, call=an_open_call(), at=clock.now())

    answer = hand_in(client, draft, taken(client, other))

    assert answer.status_code == 400
    assert "This is not the workbook of this budget." in answer.content.decode()


@pytest.mark.parametrize("content", [b"a;b\n1;2", b"PK\x03\x04 broken", b"\0" * (1024 * 1024 + 1)])
def test_what_is_no_workbook_is_refused_in_words(client, draft, content):
    file = SimpleUploadedFile("budget.xlsx", content)

    answer = client.post(reverse("budget_file", args=[draft.pk]), {"file": file})

    assert answer.status_code == 400
    assert any(words in answer.content.decode() for words in ("cannot be read", "at most"))


def test_a_sheet_without_its_heads_or_without_the_hidden_one_is_refused(client, draft):
    for gone in (BASE, SHEET):
        sheets = taken(client, draft)
        del sheets[gone]
        answer = hand_in(client, draft, sheets)
        assert answer.status_code == 400 or answer.context["found"].lines == []


# who and when


@pytest.mark.parametrize("make", [an_applicant, an_officer])
@pytest.mark.parametrize("name", ["budget_workbook", "budget_file"])
def test_nobody_else_has_it(client, draft, make, name):
    client.force_login(make())

    assert client.get(reverse(name, args=[draft.pk])).status_code == 404


def test_a_colleague_s_withdrawal_or_the_closing_in_between_refuses_and_keeps_all(client, draft, owner):
    lead, _second = lead_and_second(draft)
    preview = hand_in(client, draft, typed(taken(client, draft), {(lead, "A"): 5}))
    withdraw_application(draft, by=owner, reason="Our partner left.")

    assert confirm(client, draft, preview).status_code == 409
    assert client.get(reverse("budget_workbook", args=[draft.pk])).status_code == 409
    assert amounts(draft)[f"{lead}-A"] == 200000


@pytest.mark.parametrize(("cell", "text"), [
    (5.0, "5"), (0.1 + 0.2, "0.3"), (1234.5, "1234.5"), (1.234, "1.2340"), (1234567.891, "1234567.8910"), (-5.0, "-5"),
    (999999999999.99, "999999999999.99"), (1e-9, "0"), (True, "True"), ("1.234", "1.234"), ("", ""),
])  # fmt: skip
def test_a_number_is_read_by_its_digits(cell, text):
    assert amount_text(cell) == text
