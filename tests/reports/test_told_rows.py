"""`manage.py prove` against somebody with every right on the database: each row is what the trail tells of it."""

from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import BooleanField, DateField, DateTimeField, DecimalField, IntegerField, JSONField

from accounts.actions.adopting import adopt_rows, adopted_tables
from applications.models import Application, Receipt
from audit.models import AuditRecord, ChangedRow
from audit.record import record
from audit.rows import told_tables
from core import clock
from reports.proofs import PROOFS
from tests.factories import NOON, a_call, an_officer

pytestmark = pytest.mark.django_db


def faults():
    return list(PROOFS["rows are what the trail tells of them"]())


def by_hand(statement, *values, triggers="origin"):
    """Somebody with every right on the database, with the triggers on or put away (`replica`)."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL session_replication_role = {triggers}")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def house(decided):
    """A call from its first day to its letters, made by the acts, and the rows that stood before them taken up."""
    adopt_rows()
    before = transaction.savepoint()
    yield decided
    transaction.savepoint_rollback(before)  # what is torn out by hand leaves rows behind that point at nothing


WANTED = {  # where a column or a constraint wants something of a bare row
    "accounts_invitation": {"role": "OFFICER"},
    "applications_participation": {"row": UUID(int=7), "status": "INVITED"},
}


@pytest.fixture
def rows_of_the_rest(reviewed):
    """One row of each table that has none yet."""
    tables = {model._meta.db_table: model for model in apps.get_models()}
    for table in told_tables():
        if not tables[table]._base_manager.exists():
            bare(tables[table], **WANTED.get(table, {}))


def bare(model, **said):
    """A row with the least that its columns want; what it points at is whatever row stands there."""
    wanted = [one for one in model._meta.concrete_fields if one.name not in said and not one.has_default()]
    values = {one.name: least(one) for one in wanted if not one.null and not one.primary_key}
    return model._base_manager.create(**values, **said)


def least(field):
    if field.is_relation:
        return field.related_model._base_manager.first() or bare(field.related_model)
    if field.choices:
        return field.choices[0][0]
    kinds = {
        DateTimeField: NOON, DateField: NOON.date(), IntegerField: 1, DecimalField: 1, JSONField: {},
        BooleanField: True,
    }  # fmt: skip
    return next((value for kind, value in kinds.items() if isinstance(field, kind)), "x")


# fmt: off
CHANGES = {  # what the owner changes: table, column
    "an award's amount":            ("awards_decisionline", "contribution = contribution + 1"),
    "an award's reason":            ("awards_decisionline", "reason = 'Another'"),
    "a decision's signatory":       ("awards_decision", "decided_at = decided_at - interval '1 day'"),
    "the day a letter was sent":    ("awards_letter", "sent_at = sent_at - interval '1 day'"),
    "a letter's facts":             ("awards_letter", "facts = '{}'"),
    "a letter's bytes":             ("awards_letter", "pdf_sha256 = repeat('0', 64)"),
    "a signed list":                ("evaluation_rankedentry", "total = total + 1"),
    "a signed list's hash":         ("evaluation_rankedlist", "sha256 = repeat('0', 64)"),
    "the committee's order":        ("evaluation_rankedlist", "tie_decisions = '[{}]'"),
    "a signed score":               ("evaluation_score", "points = points + 1"),
    "an assessment's day":          ("evaluation_assessment", "signed_at = signed_at - interval '1 day'"),
    "agreed points":                ("evaluation_consensusscore", "comment = 'Another'"),
    "a check's result":             ("applications_check", "passed = NOT passed"),
    "what was submitted":           ("applications_receipt", "content = content || '{\"x\": 1}'"),
    "a receipt with its hash":      ("applications_receipt", "sha256 = repeat('0', 64)"),
    "a receipt's time":             ("applications_receipt", "issued_at = issued_at - interval '1 hour'"),
    "a receipt's paper":            ("applications_receipt", "pdf_sha256 = repeat('0', 64)"),
    "a proposal's title":           ("applications_application", "title = 'Another'"),
    "a budget line":                ("applications_budgetline", "amount = amount + 1"),
    "the deadline":                 ("programmes_call", "closes_at = closes_at + interval '1 hour'"),
    "a call's budget":              ("programmes_call", "budget = budget + 1"),
    "a criterion's weight":         ("programmes_criterion", "weight = weight + 1"),
    "a role":                       ("accounts_membership", "role = 'ADMIN'"),
    "a person's name":              ("accounts_user", "name = 'Another'"),
    "an organisation's name":       ("accounts_organisation", "name = name || ' II'"),
}
# fmt: on


def test_what_the_acts_made_is_what_the_trail_tells(house):
    assert faults() == []


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("triggers", ["origin", "replica"])
def test_a_change_by_hand_is_named_with_its_field(house, what, triggers):
    """With the triggers on, the database keeps a version of the change, so only the row is named."""
    table, change = CHANGES[what]
    with connection.cursor() as cursor:
        some = "WHERE outcome = 'AWARD'" if table == "awards_decisionline" else ""
        cursor.execute(f"SELECT id::text FROM {table} {some} ORDER BY id LIMIT 1")  # noqa: S608
        (row_id,) = cursor.fetchone()
    try:
        with transaction.atomic():
            by_hand(f"UPDATE {table} SET {change} WHERE id::text = %s", row_id, triggers=triggers)  # noqa: S608
    except DatabaseError:
        assert triggers == "origin"  # a trigger forbids it: nothing to be found
        return
    (said,) = [one for one in faults() if row_id in one]
    assert table in said
    if triggers == "replica":
        assert change.split(" = ")[0] in said


@pytest.mark.parametrize("table", sorted(told_tables()))
def test_a_row_taken_away_is_named_in_whatever_table(rows_of_the_rest, house, table):
    """A table that comes tomorrow is tried here without another line."""
    with connection.cursor() as cursor:
        told = "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'is_told%%' AND tgrelid = %s::regclass"
        cursor.execute(told, [table])
        assert cursor.fetchone() == (3,)
        cursor.execute(f"SELECT id::text FROM {table} ORDER BY id LIMIT 1")  # noqa: S608
        (row_id,) = cursor.fetchone()
    by_hand(f"DELETE FROM {table} WHERE id::text = %s", row_id, triggers="replica")  # noqa: S608
    assert any(row_id in said and table in said and "is gone" in said for said in faults())


def test_a_row_put_in_is_named(house):
    receipt = Receipt.objects.first()
    by_hand(
        "INSERT INTO applications_receipt SELECT (r).* FROM (SELECT jsonb_populate_record(r, jsonb_build_object("
        "'id', gen_random_uuid(), 'version', 99)) r FROM applications_receipt r WHERE id = %s) made",
        receipt.pk, triggers="replica",
    )  # fmt: skip
    assert [said.split("(")[1] for said in faults()] == ["applications_receipt) is there, but no record tells of it."]


def test_an_application_taken_away_with_all_its_rows_is_named_row_by_row(house):
    gone = Application.objects.first()
    receipts = list(gone.receipts.values_list("pk", flat=True))
    by_hand("DELETE FROM applications_receipt WHERE application_id = %s", gone.pk, triggers="replica")
    by_hand("DELETE FROM applications_application WHERE id = %s", gone.pk, triggers="replica")
    said = "\n".join(faults())
    assert all(str(one) in said for one in [gone.pk, *receipts])


def test_a_record_that_tells_of_other_rows_does_not_pass(house):
    told = AuditRecord.objects.exclude(rows=[]).first()
    by_hand("UPDATE audit_auditrecord SET rows = '[]' WHERE id = %s", told.pk, triggers="replica")
    (said,) = PROOFS["chains of the audit trail are whole"]()
    assert "does not tell of the rows that it told of when it was written" in said


def test_nothing_is_left_untold_by_the_acts(house):
    assert not ChangedRow.objects.exists()


# the role of the servers


def as_the_application(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE isf_app")
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programmes_call SET title = 'Another'",
        "UPDATE applications_check SET passed = NOT passed",
        "DELETE FROM evaluation_approval",
    ],
)
def test_the_application_s_role_changes_nothing_that_no_record_tells_of(house, statement):
    with pytest.raises(DatabaseError, match="was changed and no record tells of it"):
        as_the_application(statement)
    assert faults() == []


@pytest.mark.parametrize("statement", ["DELETE FROM audit_changedrow", "INSERT INTO audit_changedrow DEFAULT VALUES"])
def test_it_cannot_put_the_note_of_a_change_away(house, statement):
    with pytest.raises(DatabaseError, match="permission denied"):
        as_the_application(statement)


def test_a_change_with_its_record_passes():
    call, officer = a_call(), an_officer()
    record("call.note", call, by=officer, at=clock.now())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE isf_app")
        cursor.execute("UPDATE programmes_call SET title = 'Told' WHERE id = %s", [call.pk])
        told = record("call.note", call, by=officer, at=clock.now())
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert [row[:2] for row in told.rows] == [["programmes_call", str(call.pk)]]


# rows of before


def test_rows_of_before_are_taken_up_once(decided):
    assert any("no record tells of it" in said for said in faults())
    taken = adopt_rows()
    assert set(taken) == set(told_tables()) == adopted_tables()
    assert faults() == []
    by_hand("UPDATE awards_decisionline SET reason = 'Another'", triggers="replica")
    assert adopt_rows() == {}, "what is changed afterwards is not taken up"
    assert faults() != []


def test_taking_up_is_said_by_the_command(decided, capsys):
    call_command("adopt_rows")
    assert "are told of from now on" in capsys.readouterr().out
    call_command("adopt_rows")
    assert capsys.readouterr().out == ""


def test_a_table_that_grows_by_a_column_keeps_what_was_told_of_it(house):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE programmes_call ADD COLUMN colour text DEFAULT 'blue'")
    call_command("grant_rights")
    assert faults() == []
    by_hand("UPDATE programmes_call SET title = 'Another'", triggers="replica")
    assert faults() != []
