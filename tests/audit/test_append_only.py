"""Nobody rewrites the trail or the versions of rows: triggers stop the owner, rights stop the application's role."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from accounts.models import Organisation
from audit.checkpoints import place_records
from audit.management.commands.grant_rights import append_only_tables
from audit.models import AuditRecord, Checkpoint
from audit.record import record
from core import clock
from tests.audit.factories import a_trail
from tests.factories import a_call, an_officer, an_organisation

pytestmark = pytest.mark.django_db
VERSIONS = "accounts_organisationevent"


def refused(statement, *values):
    """Give what the database says when it refuses; the test's own transaction goes on."""
    with pytest.raises(DatabaseError) as answer, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(answer.value)


@pytest.fixture
def as_the_application():
    """The rest of the test speaks with the rights the servers have."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")
        yield cursor
        cursor.execute("RESET ROLE")


def test_the_trigger_refuses_to_change_or_delete_even_for_the_owner():
    a_trail()
    assert "Cannot update or delete" in refused("UPDATE audit_auditrecord SET reason = 'x'")
    assert "Cannot update or delete" in refused("DELETE FROM audit_auditrecord")
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditRecord.objects.update(actor_name="somebody else")
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditRecord.objects.first().delete()
    assert AuditRecord.objects.count() == 6


def test_the_trigger_refuses_to_empty_the_trail():
    """The suite itself empties tables between tests, so its database has this trigger off; here it is on again."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditrecord ENABLE TRIGGER ALL")
    assert "append-only" in refused("TRUNCATE audit_auditrecord")
    assert "append-only" in refused("TRUNCATE audit_auditrecord CASCADE")


def test_the_trigger_refuses_to_change_or_delete_a_version():
    an_organisation()
    assert refused(f"UPDATE {VERSIONS} SET name = 'x'")  # noqa: S608
    assert refused(f"DELETE FROM {VERSIONS}")  # noqa: S608


def test_the_tables_in_question_are_the_trail_and_every_version():
    tables = append_only_tables()
    assert "audit_auditrecord" in tables
    assert VERSIONS in tables
    assert {"applications_applicationevent", "evaluation_scoreevent", "awards_letterevent"} <= set(tables)
    assert not {"applications_application", "promises_promise", "reports_trailrecord"} & set(tables)


@pytest.mark.parametrize("statement", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_has_no_right_to_rewrite_a_version(as_the_application, statement):
    for table in append_only_tables():
        if table.endswith("event") or not table.startswith("audit_"):
            assert "permission denied" in refused(statement.format(table)), table


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditrecord SET reason = 'x'",
        "DELETE FROM audit_auditrecord",
        "TRUNCATE audit_auditrecord",
        "UPDATE audit_checkpoint SET root = 'x'",
        "DELETE FROM audit_checkpoint",
        "TRUNCATE audit_treenode",
        "UPDATE audit_treenode SET sha256 = 'x'",
        "UPDATE audit_unplaced SET record = 1",
        "UPDATE audit_look SET file = 'x'",
        "DELETE FROM audit_look",
        "TRUNCATE audit_look",
    ],
)
def test_the_application_has_no_right_to_rewrite_the_trail(as_the_application, statement):
    assert "permission denied" in refused(statement)


def test_the_application_may_give_records_their_place(as_the_application):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        call, officer = a_call(), an_officer()
        record("call.note", call, by=officer, at=clock.now())  # tells of the rows that the test itself has made
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")
    written = record("call.note", call, by=officer, at=clock.now())
    assert place_records() == 1
    assert Checkpoint.objects.holding(written.hash).exists()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit_auditrecord DISABLE TRIGGER ALL",
        "DROP TRIGGER pgtrigger_append_only_74d69 ON audit_auditrecord",
        "DROP TABLE audit_auditrecord CASCADE",
        "SET session_replication_role = replica",
        "CREATE RULE quiet AS ON INSERT TO audit_auditrecord DO INSTEAD NOTHING",
    ],
)
def test_the_application_cannot_put_its_guards_away(as_the_application, statement):
    answer = refused(statement)
    assert "permission denied" in answer or "must be owner" in answer


@pytest.fixture
def a_call_with_its_trail():
    return a_trail().call


def test_the_application_may_still_write_records_and_versions(a_call_with_its_trail, as_the_application):
    """What the guards leave it is what it needs: adding."""
    record("call.note", a_call_with_its_trail, by=an_officer(), at=clock.now())
    assert AuditRecord.objects.count() == 7
    organisation = an_organisation(name="Before")
    Organisation.objects.filter(pk=organisation.pk).update(name="After")
    as_the_application.execute(f"SELECT name FROM {VERSIONS} WHERE pgh_obj_id = %s ORDER BY pgh_id", [organisation.pk])  # noqa: S608
    assert [name for (name,) in as_the_application.fetchall()] == ["Before", "After"]


def test_a_bulk_update_and_plain_sql_leave_versions_too():
    organisation = an_organisation(name="One")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_organisation SET name = 'Two' WHERE id = %s", [organisation.pk])
    assert list(organisation.events.order_by("pgh_id").values_list("name", flat=True)) == ["One", "Two"]
