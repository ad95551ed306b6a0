"""A record is proved in the format it was written in, for ever; another column tomorrow is one more entry in a table.

`data/trail_of_format_1.csv` is a download of before records carried a format: it stays as it is.
"""

import csv
import json
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from audit import hashing
from audit.hashing import OF_THE_SCOPE, Columns, hash_of
from audit.models import AuditRecord
from audit.record import append, record
from reports.about import About
from reports.catalogue import REPORTS
from tests.audit.factories import START, a_trail
from tests.audit.test_tampering import CHANGED, SCRIPT, download, judged, sql
from tests.factories import a_call, an_officer
from tests.reports.factories import an_application

OLD = Path(__file__).parent / "data" / "trail_of_format_1.csv"


def old_rows():
    """What the records of the old download hold: the guard's apostrophe taken off, `changes` read."""
    rows = list(csv.DictReader(StringIO(OLD.read_bytes().decode("utf-8-sig"), newline="")))
    return [
        {name: cell[1:] if cell.startswith("'=") else cell for name, cell in row.items()}
        | {"changes": json.loads(row["changes"])}
        for row in rows
    ]  # fmt: skip


@pytest.fixture
def old_trail(db):
    """The records of the old download, as they stand in the database after the migration."""
    rows = old_rows()
    call = a_call(id=rows[0]["call_id"], status="EVALUATION")
    an_application(call, id=rows[0]["application_id"])
    for row in rows:
        scope = {kind: row.pop(column) for kind, column in OF_THE_SCOPE.items()}
        scope = {kind: value for kind, value in scope.items() if value}
        AuditRecord.objects.create(format=1, scope=scope, **row)
    return list(AuditRecord.objects.order_by("chain", "sequence"))


def whole():
    said = StringIO()
    call_command("verify_trail", stdout=said)
    return said.getvalue()


def continued(old_trail):
    """The old chain, written on today."""
    last = old_trail[3]
    written = AuditRecord(
        at=last.at, act="application.note", subject_type=last.subject_type, subject_id=last.subject_id,
        subject_name="=1+1", actor_name="Somebody", actor_role="OFFICER", door="WEB", reason="'=2",
        changes={"n": [5, 6]}, scope={"fund": "f", **last.scope},
    )  # fmt: skip
    return append(written, chain=last.chain)


def test_an_old_download_is_proved_by_the_script(tmp_path):
    assert judged(tmp_path, OLD.read_bytes()) == (0, "6 records in 2 chains: all whole.\n")


def test_old_records_are_proved_by_the_house_and_leave_in_todays_file(old_trail, tmp_path):
    assert [hash_of(one) for one in old_trail] == [one.hash for one in old_trail]
    assert "6 records verified" in whole()
    content = download()
    assert b"format" in content.splitlines()[0]
    assert judged(tmp_path, content) == (0, "6 records in 2 chains: all whole.\n")


def test_a_chain_of_old_and_new_records_is_whole_and_continues_the_old_download(old_trail, tmp_path):
    written = continued(old_trail)
    assert (written.format, written.sequence, written.previous_hash) == (3, 5, old_trail[3].hash)
    assert "7 records verified" in whole()
    assert judged(tmp_path, download(), OLD.read_bytes()) == (0, "7 records in 2 chains: all whole.\n")


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("format", "2", CHANGED),
        ("format", "4", "has the format 4, which nobody knows"),
        ("scope", "scope - 'application'", CHANGED),
        ("scope", """scope || '{"call": "x"}'""", CHANGED),
        ("scope", """scope || '{"member_state": "XX"}'""", CHANGED),
        ("scope", """scope || '{"fund": "x"}'""", CHANGED),
        ("scope", """scope || '{"grant": null}'""", CHANGED),
        ("scope", """jsonb_set(scope, '{call}', '["x"]')""", CHANGED),
        ("reason", "'x'", CHANGED),
    ],
)
def test_what_is_changed_in_an_old_record_is_found(old_trail, tmp_path, column, value, expected):
    """What it hashes as three columns stands as one now; nothing may hide in the rest of it."""
    sql("ALTER TABLE audit_auditrecord DISABLE TRIGGER ALL")
    sql(f"UPDATE audit_auditrecord SET {column} = {value} WHERE id = %s", old_trail[1].pk)  # noqa: S608
    with pytest.raises(CommandError, match=expected):
        whole()
    status, said = judged(tmp_path, download())
    assert (status, expected in said) == (1, True), said


def test_an_old_records_empty_place_stays_empty(old_trail, tmp_path):
    """A null where nothing stood would hash the same, and would hide the record from those who look for none."""
    of_a_call = next(one for one in old_trail if "application" not in one.scope)
    sql("ALTER TABLE audit_auditrecord DISABLE TRIGGER ALL")
    sql("""UPDATE audit_auditrecord SET scope = scope || '{"application": null}' WHERE id = %s""", of_a_call.pk)
    with pytest.raises(CommandError, match=CHANGED):
        whole()
    assert CHANGED in judged(tmp_path, download())[1]


def test_the_format_of_tomorrow_is_one_entry_in_the_table(old_trail, tmp_path, monkeypatch):
    """One more column hashed: what was written before keeps its format, what comes has the new one, all is whole."""
    continued(old_trail)
    monkeypatch.setitem(hashing.FORMATS, 4, Columns((*hashing.FORMATS[3], "id_of_tomorrow")))
    monkeypatch.setattr(
        AuditRecord, "id_of_tomorrow", property(lambda self: f"{self.chain}/{self.sequence}"), raising=False
    )
    tomorrow = continued(old_trail)
    assert tomorrow.format == 4
    assert "8 records verified" in whole()
    assert [one.format for one in AuditRecord.objects.of_chain(tomorrow.chain)] == [1, 1, 1, 1, 3, 4]
    assert "id_of_tomorrow" in REPORTS["audit-trail"].labels(About())
    script = SCRIPT.read_text()
    entry = '3: (*SECOND, "rows_sha256")'
    assert script.count(entry) == 1
    tomorrows = tmp_path / "verify_tomorrow.py"
    tomorrows.write_text(script.replace(entry, f'{entry}, 4: (*SECOND, "rows_sha256", "id_of_tomorrow")'))
    assert judged(tmp_path, download(), script=tomorrows)[1] == "8 records in 2 chains: all whole.\n"
    status, said = judged(tmp_path, download())
    assert (status, "has the format 4, which nobody knows" in said) == (1, True)


@pytest.mark.django_db
def test_a_record_says_when_the_database_wrote_it_down():
    """The demo tells of years ago; `written_at` says when that was told."""
    written = record("call.note", a_call(), by=an_officer(), at=START)
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        assert written.written_at == cursor.fetchone()[0]
    assert written.written_at > START


@pytest.mark.django_db
def test_the_scope_says_whose_record_it_is_and_finds_it_again():
    application = a_trail()
    call = application.call
    found = AuditRecord.objects.within(application=application.pk)
    assert {one.chain for one in found} == {application.chain}
    assert found.first().scope == {
        "fund": str(call.fund_id), "call": str(call.pk), "application": str(application.pk), "member_state": "EL",
    }  # fmt: skip
    assert AuditRecord.objects.within(call=call.pk).count() == 6
    assert AuditRecord.objects.within(call=call.pk, member_state="FR").count() == 0
    note = AuditRecord.objects.of_chain(call.chain).first()
    assert note.scope == {"fund": str(call.fund_id), "call": str(call.pk)}, "no member_state: it is nobody's alone"


@pytest.mark.django_db
def test_the_migration_carries_every_record_over_without_touching_one():
    """Its own statements, there and back, with the guards of the trail on: every hash of before still fits."""
    migration = import_module("audit.migrations.0002_format_and_scope")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX records_by_scope")  # as the operations around these statements do
        cursor.execute(migration.PARTED)
        for row in old_rows():
            values = row | {"format": 1, "changes": json.dumps(row["changes"]), "call_id": row["call_id"] or None}
            values["application_id"] = row["application_id"] or None
            names, places = ", ".join(values), ", ".join(["%s"] * len(values))
            cursor.execute(f"INSERT INTO audit_auditrecord ({names}) VALUES ({places})", list(values.values()))  # noqa: S608
        cursor.execute(migration.JOINED)
    assert "6 records verified" in whole()
    records = list(AuditRecord.objects.order_by("chain", "sequence"))
    assert records[0].scope.keys() == {"application", "call", "member_state"}
    assert records[-1].scope.keys() == {"call"}
    migration.refuse_to_lose_new_records(apps, None)
    continued(records)
    with pytest.raises(RuntimeError, match="1 records were written in a later format"):
        migration.refuse_to_lose_new_records(apps, None)
