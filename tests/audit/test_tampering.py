"""Somebody with every right on the database and the triggers off changes the trail: it is found and named.

Each way is tried against the house's own command and against the script that has nothing but the download.
"""

import ast
import csv
import importlib.util
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit.hashing import FORMATS, Columns, hash_of, hashed_columns, newest_format
from audit.models import AuditRecord
from core.export import COMMA, SEMICOLON
from reports.about import About
from reports.catalogue import REPORTS
from tests.audit.factories import a_trail
from tests.downloads import csv_bytes
from tests.factories import an_auditor

pytestmark = pytest.mark.django_db
SCRIPT = Path(__file__).parents[2] / "tools" / "verify_trail.py"
WAYS = {}


def way(expected):
    """A way to tamper, and the sentence that must name it."""

    def register(function):
        WAYS[function.__name__] = (function, expected)
        return function

    return register


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def rehash(record, **changes):
    """Write a record anew with a hash that fits it."""
    for name, value in changes.items():
        setattr(record, name, value)
    record.hash = hash_of(record)
    sql(
        "UPDATE audit_auditrecord SET reason = %s, at = %s, previous_hash = %s, hash = %s WHERE id = %s",
        record.reason, record.at, record.previous_hash, record.hash, record.pk,
    )  # fmt: skip


def edit(column, value):
    def tamper(chain):
        sql(f"UPDATE audit_auditrecord SET {column} = {value} WHERE id = %s", chain[1].pk)  # noqa: S608

    return tamper


CHANGED = "was changed after it was written"
for column, value in {
    "at": "at + interval '1 microsecond'",
    "act": "'application.other'",
    "subject_type": "'x.y'",
    "subject_id": "'0'",
    "subject_name": "subject_name || ' '",
    "actor_id": "gen_random_uuid()::text",
    "actor_name": "'Somebody Else'",
    "actor_role": "'APPLICANT'",
    "door": "'API'",
    "request_id": "'0'",
    "status_before": "'DRAFT'",
    "status_after": "'ELIGIBLE'",
    "reason": "''",
    "changes": """jsonb_set(changes, '{n,1}', '9')""",
    "written_at": "written_at - interval '1 day'",
    "hash": "repeat('0', 64)",
}.items():
    WAYS[f"edit_{column}"] = (edit(column, value), CHANGED)
for kind in ("fund", "call", "application", "member_state"):
    WAYS[f"take_the_{kind}_out_of_the_scope"] = (edit("scope", f"scope - '{kind}'"), CHANGED)
    WAYS[f"put_another_{kind}_into_the_scope"] = (edit("scope", f"""scope || '{{"{kind}": "x"}}'"""), CHANGED)
    WAYS[f"empty_the_{kind}_in_the_scope"] = (edit("scope", f"""scope || '{{"{kind}": null}}'"""), CHANGED)
WAYS["put_another_kind_into_the_scope"] = (edit("scope", """scope || '{"grant": "x"}'"""), CHANGED)
WAYS["call_it_an_older_format"] = (edit("format", "1"), CHANGED)
WAYS["call_it_an_unknown_format"] = (edit("format", "4"), "has the format 4, which nobody knows")
WAYS["call_it_no_format"] = (edit("format", "0"), "has the format 0, which nobody knows")


@way("does not continue the record before it")
def edit_previous_hash(chain):
    edit("previous_hash", "repeat('0', 64)")(chain)


@way("record 2")
def delete_from_the_middle(chain):
    sql("DELETE FROM audit_auditrecord WHERE id = %s", chain[1].pk)


@way("record 1")
def delete_the_first(chain):
    sql("DELETE FROM audit_auditrecord WHERE id = %s", chain[0].pk)


@way("does not continue the record before it")
def delete_and_close_the_gap(chain):
    sql("DELETE FROM audit_auditrecord WHERE id = %s", chain[1].pk)
    sql("UPDATE audit_auditrecord SET sequence = sequence - 1 WHERE chain = %s AND sequence > 2", chain[0].chain)


@way(CHANGED)
def swap_what_two_records_say(chain):
    sql(
        "UPDATE audit_auditrecord a SET reason = b.reason, changes = b.changes FROM audit_auditrecord b"
        " WHERE a.id IN (%s, %s) AND b.id IN (%s, %s) AND a.id <> b.id",
        chain[1].pk, chain[2].pk, chain[1].pk, chain[2].pk,
    )  # fmt: skip


@way("does not continue the record before it")
def swap_two_places(chain):
    sql("UPDATE audit_auditrecord SET sequence = 99 WHERE id = %s", chain[1].pk)
    sql("UPDATE audit_auditrecord SET sequence = 2 WHERE id = %s", chain[2].pk)
    sql("UPDATE audit_auditrecord SET sequence = 3 WHERE id = %s", chain[1].pk)


@way("does not continue the record before it")
def slip_a_back_dated_record_in_between(chain):
    sql("UPDATE audit_auditrecord SET sequence = sequence + 100 WHERE chain = %s AND sequence > 2", chain[0].chain)
    sql("UPDATE audit_auditrecord SET sequence = sequence - 99 WHERE chain = %s AND sequence > 100", chain[0].chain)
    append(chain, after=chain[1], at=chain[1].at + timedelta(seconds=1))


@way("is dated before the record before it")
def append_a_back_dated_record_with_fitting_hashes(chain):
    append(chain, after=chain[-1], at=chain[0].at)


@way("is written in an older format than the record before it")
def append_a_record_in_a_format_that_hashes_less(chain):
    forged = forged_after(chain[-1], at=chain[-1].at)
    forged.format, forged.written_at = 1, None
    put(forged)


@way("does not continue the record before it")
def change_a_record_and_hash_it_anew(chain):
    rehash(chain[1], reason="agreed by all")


def append(chain, *, after, at):
    put(forged_after(after, at=at))


def forged_after(record, *, at):
    forged = AuditRecord.objects.get(pk=record.pk)
    forged.pk, forged._state.adding = None, True
    forged.sequence, forged.previous_hash, forged.at = record.sequence + 1, record.hash, at
    return forged


def put(forged):
    forged.hash = hash_of(forged)
    forged.save(force_insert=True)


@pytest.fixture
def chain():
    """The records of an application, on a database whose triggers are off."""
    application = a_trail()
    sql("ALTER TABLE audit_auditrecord DISABLE TRIGGER ALL")
    return list(AuditRecord.objects.of_chain(application.chain))


def download(way=COMMA):
    """The trail as an auditor takes it away."""
    report = REPORTS["audit-trail"]
    return csv_bytes(report.labels(About()), report.values(About(), an_auditor()), way)


def judged(tmp_path, content, earlier=None, script=SCRIPT):
    """What the script says of a download, run as an auditor runs it: without Django, without our code."""
    paths = []
    for name, bytes_of in {"trail.csv": content, "earlier.csv": earlier}.items():
        if bytes_of is not None:
            (tmp_path / name).write_bytes(bytes_of)
            paths.append(name)
    done = subprocess.run(
        [sys.executable, "-I", "-S", script, *paths], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_a_whole_trail_is_whole(chain, tmp_path):
    said = StringIO()
    call_command("verify_trail", stdout=said)
    assert "6 records verified" in said.getvalue()
    assert judged(tmp_path, download()) == (0, "6 records in 2 chains: all whole.\n")


# A record that seems to belong to an application nobody knows is shown to nobody: the file lacks it.
NOT_SHOWN = {"put_another_application_into_the_scope": "record 2 was expected here; one is missing"}


@pytest.mark.parametrize("name", WAYS)
def test_every_way_to_tamper_is_found_and_named(chain, name, tmp_path):
    tamper, expected = WAYS[name]
    tamper(chain)
    with pytest.raises(CommandError, match=chain[0].chain) as found:
        call_command("verify_trail", stdout=StringIO())
    status, said = judged(tmp_path, download())
    assert status == 1
    assert chain[0].chain in said
    assert NOT_SHOWN.get(name, expected) in said, said
    assert expected in str(found.value)


def test_the_cut_off_end_shows_against_an_earlier_download(chain, tmp_path):
    """A chain alone cannot know that it was longer; whoever holds an earlier file does."""
    earlier = download()
    sql("DELETE FROM audit_auditrecord WHERE id = %s", chain[-1].pk)
    assert judged(tmp_path, download())[0] == 0
    status, said = judged(tmp_path, download(), earlier)
    assert status == 1
    assert f"{chain[-1].chain} record {chain[-1].sequence}: stood in earlier.csv, is gone" in said


def test_a_chain_written_anew_shows_against_an_earlier_download(chain, tmp_path):
    earlier, previous = download(), ""
    for record in chain:
        rehash(record, reason="all is well", previous_hash=previous)
        previous = record.hash
    assert judged(tmp_path, download())[0] == 0
    status, said = judged(tmp_path, download(), earlier)
    assert status == 1
    assert said.count("is gone") == len(chain)


def test_an_earlier_download_of_a_trail_that_only_grew_is_no_fault(chain, tmp_path):
    earlier = download()
    append(chain, after=chain[-1], at=chain[-1].at + timedelta(hours=1))
    assert judged(tmp_path, download(), earlier)[0] == 0


# the file itself


def test_a_trail_with_semicolons_is_proved_as_well(chain, tmp_path):
    """What is guarded there lies inside the changes, too: a comma begins a cell for another program."""
    content = download(SEMICOLON)
    assert b",'" in content
    assert judged(tmp_path, content) == judged(tmp_path, download())
    assert judged(tmp_path, content)[0] == 0
    status, said = judged(tmp_path, content.replace(b"=cmd()", b"=cmd(1)"))
    assert (status, "was changed after it was written" in said) == (1, True)
    assert judged(tmp_path, content, earlier=download())[0] == 0


@pytest.fixture
def rows(chain):
    return list(csv.reader(StringIO(download().decode("utf-8-sig"), newline="")))


def as_file(rows):
    written = StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


@pytest.mark.parametrize("column", hashed_columns())
def test_a_changed_cell_is_named(rows, column, tmp_path):
    place = rows[0].index(column)
    line = next(n for n, row in enumerate(rows) if row[rows[0].index("act")] == "application.note") + 1
    rows[line][place] += "0"
    status, said = judged(tmp_path, as_file(rows))
    assert status == 1
    assert "application.note" in said or column in {"act", "chain"}


def test_a_row_taken_out_and_two_rows_swapped_are_named(rows, tmp_path):
    without = [row for n, row in enumerate(rows) if n != 2]
    assert (
        "is missing" in judged(tmp_path, as_file(without))[1]
        or "one is missing" in judged(tmp_path, as_file(without))[1]
    )
    rows[1], rows[2] = rows[2], rows[1]
    assert "was expected here" in judged(tmp_path, as_file(rows))[1]


def test_a_cell_written_in_another_way_does_not_pass(rows, tmp_path):
    """JSON allows a name twice; a reader would see the first, the hash would know the second."""
    place = rows[0].index("changes")
    line = next(n for n, row in enumerate(rows) if '"n"' in row[place])
    rows[line][place] = '{"n":[7,7],' + rows[line][place][1:]
    assert "was changed" in judged(tmp_path, as_file(rows))[1]


@pytest.mark.parametrize("cell", ["", "x", "12e", "None"])
def test_a_broken_cell_gets_a_sentence_and_no_crash(rows, cell, tmp_path):
    for column in ("sequence", "at", "changes", "scope", "format"):
        broken = [list(row) for row in rows]
        broken[2][rows[0].index(column)] = cell
        status, said = judged(tmp_path, as_file(broken))
        assert status == 1
        assert "record" in said


@pytest.mark.parametrize("content", [b"", b"a,b\r\n1,2\r\n", b"chain,sequence\r\n"])
def test_another_file_is_refused_in_words(content, tmp_path):
    status, said = judged(tmp_path, content)
    assert status == 1
    assert "no download of the audit trail" in said


def test_texts_that_start_like_a_formula_are_proved_all_the_same(chain, rows):
    """The guard's apostrophe is not part of what was said; a text that begins with one of its own is."""
    reasons = [row[rows[0].index("reason")] for row in rows[1:]]
    assert any(reason.startswith("'=cmd()") for reason in reasons)


def test_the_script_is_short_and_needs_only_python():
    lines = SCRIPT.read_text().splitlines()
    assert len(lines) <= 145
    imported = {line.split()[1] for line in lines if line.startswith(("import ", "from "))}
    assert imported <= sys.stdlib_module_names
    assert ast.parse(SCRIPT.read_text(), feature_version=(3, 8))


def test_the_script_and_the_house_know_the_same_formats():
    spec = importlib.util.spec_from_file_location("verify_trail", SCRIPT)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert set(script.FORMATS) == set(FORMATS)
    assert {number: one for number, one in FORMATS.items() if number > 1} == {
        number: Columns(one) for number, one in script.FORMATS.items() if number > 1
    }
    assert hashed_columns() == FORMATS[newest_format()]
