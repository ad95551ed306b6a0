"""The servers' database role does no more than the acts do: each table by SQL, each frozen row, each row below one."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from applications.models import Clarification
from core import clock
from isf_police.rights import ABOVE, FROZEN, RIGHTS
from promises.models import Mail
from reports.models import Pack, ProofRun, ReportFile
from tests.factories import an_auditor
from tests.findings import a_sent_finding
from tests.reports.test_told_rows import by_hand
from tests.samples import a_population, announced, drawn

pytestmark = pytest.mark.django_db


def tables():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position) FROM information_schema.columns"
            " JOIN information_schema.tables USING (table_schema, table_name)"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' GROUP BY table_name"
        )
        return dict(cursor.fetchall())


def refusal(statement, *values):
    """What the database says to the servers' role; nothing when it does it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE isf_app")
            cursor.execute(statement, values)
            transaction.set_rollback(True)
    except DatabaseError as refused:
        return str(refused)
    return ""


# what is granted


@pytest.mark.parametrize("table", sorted(RIGHTS))
def test_a_table_grants_what_its_line_says_and_no_more(table):
    rights, columns = RIGHTS[table], tables()[table]
    named = {*rights.but, *(rights.changes or ())}
    assert named <= set(columns), "a line names columns that there are"
    for column in columns:
        said = refusal(f'UPDATE {table} SET "{column}" = DEFAULT WHERE false')  # noqa: S608
        assert ("permission denied" in said) is (column not in rights.columns(columns)), column
    assert bool(refusal(f"DELETE FROM {table} WHERE false")) is not rights.rows_go  # noqa: S608
    said = refusal(f"INSERT INTO {table} SELECT * FROM {table} WHERE false")  # noqa: S608
    assert ("permission denied" in said) is not rights.rows_come
    assert "denied" in refusal(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", ["audit_auditrecord", "awards_letterevent"])
def test_the_trail_and_versions_are_put_in_and_read(table):
    assert not refusal(f"INSERT INTO {table} SELECT * FROM {table} WHERE false")  # noqa: S608
    for statement in (f"DELETE FROM {table} WHERE false", f"TRUNCATE {table} CASCADE"):  # noqa: S608
        assert "denied" in refusal(statement)


def test_what_was_granted_before_is_taken_back():
    with connection.cursor() as cursor:
        cursor.execute("GRANT ALL ON awards_letter TO isf_app")
    assert not refusal("DELETE FROM awards_letter WHERE false")
    call_command("grant_rights")
    assert "denied" in refusal("DELETE FROM awards_letter WHERE false")


# what is frozen


@pytest.fixture
def frozen_rows(decided):
    """At least one row of each table in the state that freezes it."""
    at, auditor = clock.now(), an_auditor()
    by_hand("UPDATE applications_receipt SET drawn_at = now(), pdf_path = 'x', pdf_sha256 = 'x'", triggers="replica")
    by_hand(
        "INSERT INTO applications_draftpaper (id, stamp, application_id, status, asked_by_id, asked_at, drawn_at,"
        " sha256, typed, pdf_path, pdf_sha256)"
        " VALUES (gen_random_uuid(), 0, %s, 'DRAWN', %s, now(), now(), 'x', 0, 'x', 'x')",
        decided.entries[0].pk, auditor.pk, triggers="replica",
    )  # fmt: skip
    Clarification.objects.create(
        application=decided.entries[0], status="ANSWERED", text="x", due_on=at.date(), asked_by=auditor, asked_at=at,
        answer="y", answered_by=auditor, answered_at=at,
    )  # fmt: skip
    Mail.objects.create(to="a@example.eu", subject="x", body="x", written_at=at, sent_at=at)
    drawn(announced(a_population(decided.call, by=auditor), by=auditor))
    a_sent_finding(application=decided.entries[0].reference)
    ProofRun.objects.create(status="PROVED", begun_by=auditor, begun_at=at, ended_at=at)
    Pack.objects.create(
        call=decided.call, status="MADE", asked_by=auditor, asked_at=at, made_at=at, path="x", sha256="0" * 64, head=1
    )
    ReportFile.objects.create(
        report="checks", form="csv", status="DRAWN", asked_by=auditor, asked_at=at, drawn_at=at, data_at=at,
        path="x", sha256="0" * 64,
    )  # fmt: skip
    return decided


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda one: one.table)
def test_a_frozen_row_keeps_each_of_its_columns(frozen_rows, frozen):
    kept = frozen.columns.split()
    where = frozen.condition.replace("OLD.", "")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, {', '.join(kept)} FROM {frozen.table} WHERE {where} LIMIT 1")  # noqa: S608
        row_id, *values = cursor.fetchone()
    filled = [column for column, value in zip(kept, values, strict=True) if value is not None]
    assert filled
    for column in filled:
        said = refusal(f"UPDATE {frozen.table} SET {column} = NULL WHERE id = %s", row_id)  # noqa: S608
        assert frozen.sentence in said or "permission denied" in said, column
    assert not any(refusal(f"UPDATE {frozen.table} SET {column} = {column} WHERE id = %s", row_id)  # noqa: S608
                   for column in filled if column in RIGHTS[frozen.table].columns(kept))  # fmt: skip


@pytest.mark.parametrize("above", ABOVE, ids=lambda one: one.table)
def test_rows_below_a_frozen_one_neither_come_nor_change_nor_go(decided, above):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT b.id::text FROM {above.table} b JOIN {above.parent} p ON p.id = b.{above.column}"  # noqa: S608
            " WHERE p.status = ANY(%s) LIMIT 1", [list(above.states)],
        )  # fmt: skip
        (row_id,) = cursor.fetchone()
    new = "null" if row_id.isdigit() else '"00000000-0000-0000-0000-000000000009"'
    copied = f"SELECT (jsonb_populate_record(t, '{{\"id\": {new}}}')).* FROM {above.table} t WHERE id::text = %s"  # noqa: S608
    assert above.sentence in refusal(f"INSERT INTO {above.table} {copied}", row_id)
    changed = refusal(f"UPDATE {above.table} SET id = id WHERE id::text = %s", row_id)  # noqa: S608
    gone = refusal(f"DELETE FROM {above.table} WHERE id::text = %s", row_id)  # noqa: S608
    assert all(above.sentence in said or "permission denied" in said for said in (changed, gone))
    for column in RIGHTS[above.table].columns(tables()[above.table]):
        said = refusal(f'UPDATE {above.table} SET "{column}" = "{column}" WHERE id::text = %s', row_id)  # noqa: S608
        assert above.sentence in said, column


def test_the_owner_who_migrates_is_not_in_the_way(decided):
    by_hand("UPDATE evaluation_score SET comment = comment || '.'")
    by_hand("UPDATE programmes_call SET legal = '{}' WHERE status <> 'DRAFT'")
