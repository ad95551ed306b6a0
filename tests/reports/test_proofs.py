"""`manage.py prove` on a call that the acts decided; then each thing it proves is broken, and it says so."""

from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from applications.models import Application
from audit.record import record
from core import clock
from reports.actions import ask_for_report
from reports.documents import draw_file
from reports.models import ReportFile
from reports.proofs import statuses
from tests.factories import NOON, an_auditor
from tests.reports.factories import about

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people_of_before")]


def said():
    """(all is well, everything that was printed)"""
    out, err = StringIO(), StringIO()
    try:
        call_command("prove", stdout=out, stderr=err)
    except CommandError as broken:
        return False, f"{out.getvalue()}{err.getvalue()}{broken}"
    return True, out.getvalue()


def sql(statement, *values):
    """Somebody with every right on the database and the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def overwrite(path):
    with default_storage.open(path, "wb") as kept:
        kept.write(b"other bytes")


@pytest.fixture
def file(decided):
    file = ask_for_report(ReportFile(report="checks", about=about(decided.call).as_data(), form="csv"), by=an_auditor())
    draw_file(file)
    file.refresh_from_db()
    return file


@pytest.fixture(autouse=True)
def bytes_survive(decided):
    """What a test overwrites is put back: the rows are rolled back, files are not."""
    letter, attachment = decided.decision.letters.first(), decided.entries[0].attachments.first()
    before = {}
    for path in (letter.pdf_path, attachment.path):
        with default_storage.open(path) as kept:
            before[path] = kept.read()
    yield
    for path, content in before.items():
        with default_storage.open(path, "wb") as kept:
            kept.write(content)


def test_what_the_acts_made_is_proved(decided, file):
    assert said() == (
        True,
        "proved: submitted applications have their receipts\n"
        "proved: the ledger of attempts agrees with the receipts\n"
        "proved: standing orders ended before their calls were opened\n"
        "proved: calls were opened again before anything was read\n"
        "proved: clarifications were answered in time\n"
        "proved: observations came in time, before what was decided\n"
        "proved: published questions have their answers\n"
        "proved: awards rest on a signed list and evaluation\n"
        "proved: nobody was forgotten when a call was decided\n"
        "proved: signed lists have the seal of their places\n"
        "proved: what was done for many was done for each\n"
        "proved: statuses have the records that led to them\n"
        "proved: rows are what the trail tells of them\n"
        "proved: letters and receipts have their papers\n"
        "proved: attachments have their bytes\n"
        "proved: report files have their bytes\n"
        "proved: chains of the audit trail are whole\n"
        "proved: every record has its place in the tree\n"
        "proved: the access log is whole\n"
        "Everything was proved.\n",
    )


def broken(decided, file):
    """(name, how, what must be said)"""
    letter = decided.decision.letters.order_by("pk").first()
    first = decided.entries[0]
    attachment = first.attachments.first()
    return {
        "receipt lost": (
            lambda: [
                sql(f"DELETE FROM applications_{table} WHERE application_id = %s", first.pk)  # noqa: S608
                for table in ("attempt", "receipt")
            ],
            f"The application {first.reference} was submitted but has no receipt of version 1.",
        ),
        "receipt's content changed": (
            lambda: sql(
                "UPDATE applications_receipt SET content = jsonb_set(content, '{identity,title}', '\"x\"')"
                " WHERE application_id = %s", first.pk,
            ),
            f"The content of the receipt {first.reference} v1 does not have the SHA-256",
        ),
        "attempt taken out of the ledger": (
            lambda: sql("DELETE FROM applications_attempt WHERE application_id = %s", first.pk),
            f"The receipt {first.reference} v1 was given, but no attempt in the ledger led to it.",
        ),
        "attempt's content changed": (
            lambda: sql("UPDATE applications_attempt SET sha256 = repeat('0', 64) WHERE application_id = %s", first.pk),
            "was accepted for another content than its receipt's.",
        ),
        "attempt led to another's receipt": (
            lambda: sql(
                "UPDATE applications_attempt SET receipt_id = (SELECT id FROM applications_receipt WHERE application_id"
                " <> %s LIMIT 1) WHERE application_id = %s", first.pk, first.pk,
            ),
            "names the receipt of another application.",
        ),
        "place on the list lost": (
            lambda: sql("DELETE FROM evaluation_rankedentry WHERE application_id = %s", first.pk),
            f"The award to {first.reference} has no place on the signed ranked list behind it.",
        ),
        "consensus not approved": (
            lambda: sql("UPDATE evaluation_consensus SET status = 'DRAFT' WHERE application_id = %s", first.pk),
            f"The award to {first.reference} has no approved consensus report behind it.",
        ),
        "assessments unsigned": (
            lambda: sql("UPDATE evaluation_assessment SET status = 'OPEN' WHERE application_id = %s", first.pk),
            f"The award to {first.reference} has no signed assessment behind it.",
        ),
        "list unsigned": (
            lambda: sql("UPDATE evaluation_rankedlist SET status = 'DRAWN' WHERE call_id = %s", decided.call.pk),
            f"The award to {first.reference} rests on a ranked list that the committee did not sign.",
        ),
        "application left in the checks": (
            lambda: sql("UPDATE applications_application SET status = 'CHECKING' WHERE id = %s", first.pk),
            f"The application {first.reference} stands at CHECKING, but its call is decided.",
        ),
        "line of the decision lost": (
            lambda: sql("DELETE FROM awards_decisionline WHERE application_id = %s", first.pk),
            f"The application {first.reference} is in no decision, but its call is decided.",
        ),
        "letter never written": (
            lambda: sql("DELETE FROM awards_letter WHERE application_id = %s", first.pk),
            f"The decision on {first.reference} was issued, but no letter tells it.",
        ),
        "status moved without an act": (
            lambda: sql("UPDATE applications_application SET status = 'ELIGIBLE' WHERE id = %s", first.pk),
            f"applications.Application {first.pk} stands at ELIGIBLE, its last record at EVALUATED.",
        ),
        "last record cut off": (
            lambda: sql("DELETE FROM audit_auditrecord WHERE act = 'call.conclude_decision'"),
            f"programmes.Call {decided.call.pk} stands at DECIDED, its last record at RANKED.",
        ),
        "letter's paper changed": (
            lambda: overwrite(letter.pdf_path),
            f"The letter {letter.reference} does not have the SHA-256 that its row says",
        ),
        "letter's paper lost": (
            lambda: sql("UPDATE awards_letter SET pdf_path = 'gone' WHERE id = %s", letter.pk),
            f"The letter {letter.reference} has lost its bytes: gone cannot be read.",
        ),
        "attachment changed": (
            lambda: overwrite(attachment.path),
            f"The attachment “description.pdf” of {first.reference} does not have the SHA-256",
        ),
        "report file changed": (lambda: overwrite(file.path), f"The report file {file.name} does not have the SHA-256"),
        "record of the trail changed": (
            lambda: sql("UPDATE audit_auditrecord SET reason = 'x' WHERE act = 'decision.decide'"),
            "(decision.decide) was changed after it was written.",
        ),
    }  # fmt: skip


NAMES = [
    "receipt lost", "receipt's content changed", "attempt taken out of the ledger", "attempt's content changed",
    "attempt led to another's receipt", "place on the list lost", "consensus not approved",
    "assessments unsigned", "list unsigned", "application left in the checks",
    "line of the decision lost", "letter never written", "status moved without an act", "last record cut off",
    "letter's paper changed", "letter's paper lost", "attachment changed", "report file changed",
    "record of the trail changed",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_what_is_broken_is_named(decided, file, name):
    breaking, expected = broken(decided, file)[name]
    breaking()
    well, printed = said()
    assert not well
    assert expected in printed
    assert "faults were found" in printed


def test_every_way_is_tried(decided, file):
    assert list(broken(decided, file)) == NAMES


def test_a_row_that_no_act_made_is_found(decided):
    Application.objects.filter(pk=decided.withdrawn.pk).update(status="DRAFT")
    well, printed = said()
    assert not well
    assert f"applications.Application {decided.withdrawn.pk} stands at DRAFT, its last record at WITHDRAWN." in printed


def test_a_person_that_no_act_made_is_found_unless_there_were_no_such_acts_yet(decided):
    stranger = an_auditor()
    assert list(statuses()) == []
    MigrationRecorder.Migration.objects.filter(app="accounts").update(applied=NOON)
    assert f"accounts.User {stranger.pk} stands at OPEN, its last record at none." in list(statuses())


def test_a_person_of_before_whose_account_was_closed_by_sql_is_found(decided):
    """The first step that has a record counts, for old rows too."""
    person = an_auditor()
    record("user.reopen", person, by=an_auditor(), at=clock.now(), move=("CLOSED", "OPEN"))
    sql("UPDATE accounts_user SET status = 'CLOSED' WHERE id = %s", person.pk)
    assert list(statuses()) == [f"accounts.User {person.pk} stands at CLOSED, its last record at OPEN."]


def test_a_record_that_is_no_step_moves_nothing(decided):
    """Somebody downloads something about the call: where it stands is still what its last step said."""
    record("call.download", decided.call, by=an_auditor(), at=clock.now())
    assert list(statuses()) == []
