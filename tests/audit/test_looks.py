"""Who looked: each page of a proposal that was handed in, each file, each refusal, each sign-in leaves one row."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from audit import looks
from audit.blocks import seal_looks, take_up_late_ones
from audit.models import AuditRecord, Look, LookBlock
from audit.spool import folder
from core import clock
from reports.proofs.looks import looks as proof
from reports.schedule import forget_tonight, seal_what_was_looked_at
from tests.applications.factories import a_draft
from tests.factories import PASSWORD, a_call, an_applicant, an_auditor, an_officer
from tests.reports.factories import an_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return an_application(a_call("EVALUATION"))


def kinds():
    return [(one.kind, one.page, one.status) for one in Look.objects.order_by("pk")]


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


# what leaves a row


def test_a_page_of_a_proposal_leaves_one_row_that_says_who_what_when_and_how(client, application):
    officer, before = an_officer(), clock.now()
    client.force_login(officer)
    answer = client.get(reverse("application", args=[application.pk]))
    look = Look.objects.get()
    assert (look.kind, look.door, look.page, look.status) == ("VIEW", "WEB", "application", 200)
    assert (look.person_id, look.person_name, look.person_role) == (str(officer.pk), officer.name, officer.role)
    assert (look.chain, look.subject_name) == (application.chain, str(application))
    assert (look.scope["call"], look.member_state) == (str(application.call_id), application.applicant.member_state)
    assert before <= look.at <= clock.now()
    assert look.request_id == answer["X-Request-Id"]


def test_a_program_that_reads_leaves_one_too(client, application):
    client.force_login(an_officer())
    client.get(reverse("api-applications-detail", args=[application.pk]), headers={"Accept": "application/json"})
    assert [(one.kind, one.door) for one in Look.objects.all()] == [("VIEW", "API")]


def test_a_draft_is_its_owners_alone_and_leaves_none(client):
    draft = a_draft()
    client.force_login(an_applicant(draft.applicant))
    assert client.get(reverse("application", args=[draft.pk])).status_code == 200
    assert kinds() == []


def test_whoever_is_refused_leaves_a_row_that_names_what_it_wanted(client):
    draft, stranger = a_draft(), an_applicant()
    client.force_login(stranger)
    assert client.get(reverse("application", args=[draft.pk])).status_code == 404
    assert client.get(reverse("reports")).status_code == 404
    assert kinds() == [("REFUSED", "application", 404), ("REFUSED", "reports", 404)]
    wanted, nothing = Look.objects.order_by("pk")
    assert (wanted.chain, nothing.chain) == (draft.chain, "")


def test_a_file_and_a_list_that_leave_are_named_and_nothing_that_was_typed_is(client, application):
    client.force_login(an_auditor())
    client.get(reverse("applications"), {"format": "csv", "q": "a secret word"})
    client.force_login(an_applicant(application.applicant))
    client.get(reverse("proposal_zip", args=[application.pk]))
    export, file = Look.objects.order_by("pk")
    assert (export.kind, export.file.endswith(".csv")) == ("EXPORT", True)
    assert (file.kind, file.chain, file.file.endswith(".zip")) == ("FILE", application.chain, True)
    assert "secret" not in json.dumps(list(Look.objects.values()), default=str)


def test_signing_in_and_failing_to(client):
    officer = an_officer()
    officer.set_password(PASSWORD)
    officer.save()
    for email, password in ((officer.email, "wrong"), ("Nobody@example.org", "wrong"), (officer.email, PASSWORD)):
        client.post(reverse("account_login"), {"login": email, "password": password})
    wrong, unknown, right = Look.objects.order_by("pk")
    assert [one.kind for one in (wrong, unknown, right)] == ["SIGN_IN_FAILED", "SIGN_IN_FAILED", "SIGN_IN"]
    assert wrong.person_id == right.person_id == str(officer.pk)
    assert (unknown.person_id, unknown.subject_id) == ("", looks.digest_of_address("nobody@EXAMPLE.org "))
    assert "nobody" not in json.dumps(list(Look.objects.values()), default=str).lower()


# when it cannot be written


def test_while_the_database_takes_no_writing_looks_wait_in_a_file(client, application, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    client.force_login(an_officer())
    sql("ALTER TABLE audit_look RENAME TO away")
    with connection.execute_wrapper(without_the_log):
        assert client.get(reverse("application", args=[application.pk])).status_code == 200
    sql("ALTER TABLE away RENAME TO audit_look")
    (waiting,) = folder().glob("*.json")
    kept = waiting.read_text()
    take_up_late_ones()
    assert not list(folder().glob("*"))
    waiting.write_text(kept)  # as if the worker had died in between
    take_up_late_ones()
    look = Look.objects.get()
    assert (look.is_late, look.chain) == (True, application.chain)
    seal_looks()
    assert list(proof()) == []


def without_the_log(execute, statement, params, many, context):
    if str(statement).startswith("INSERT INTO audit_look"):
        raise OperationalError("no space left on device")
    return execute(statement, params, many, context)


def test_where_nothing_can_wait_nothing_is_shown(client, application, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "a file"
    settings.FILES_ROOT.write_text("")
    client.raise_request_exception = False
    client.force_login(an_officer())
    with connection.execute_wrapper(without_the_log):
        answer = client.get(reverse("application", args=[application.pk]))
    assert answer.status_code == 503
    assert application.acronym not in answer.content.decode()


# seals


def test_each_minute_is_sealed_and_each_hour_its_head_stands_in_the_trail(client, application):
    client.force_login(an_officer())
    for _ in range(2):
        client.get(reverse("application", args=[application.pk]))
        seal_what_was_looked_at("")
    first, second = LookBlock.objects.all()
    assert second.previous == first.sha256
    head = AuditRecord.objects.get(act="lookblock.keep_head")
    assert head.changes == {"number": [None, 1], "head": [None, first.sha256]}
    assert seal_looks() is None
    assert list(proof()) == []


def test_what_is_past_its_time_is_forgotten_and_its_digests_stay(client, application, settings):
    client.force_login(an_officer())
    client.get(reverse("application", args=[application.pk]))
    seal_what_was_looked_at("")
    sql("ALTER TABLE audit_look DISABLE TRIGGER USER")
    sql("ALTER TABLE audit_lookblock DISABLE TRIGGER USER")
    years = timedelta(days=settings.ACCESS_LOG_DAYS + 1)
    for one in (Look.objects.get(), LookBlock.objects.get()):
        type(one).objects.filter(pk=one.pk).update(at=one.at - years)
    look, block = Look.objects.get(), LookBlock.objects.get()
    reseal(block, look)
    sql("ALTER TABLE audit_look ENABLE TRIGGER USER")
    forget_tonight("")
    assert not Look.objects.exists()
    assert LookBlock.objects.get().looks == [look.pk]
    told = AuditRecord.objects.get(act="lookblock.forget")
    assert told.changes == {"number": [None, 1], "looks": [None, 1]}
    assert [one for one in proof() if "gone" in one] == []
    forget_tonight("")
    assert AuditRecord.objects.filter(act="lookblock.forget").count() == 1


def reseal(block, look):
    from audit.blocks import digest_of, hash_of_block

    block.digests = [digest_of(look)]
    block.sha256 = hash_of_block(block)
    LookBlock.objects.filter(pk=block.pk).update(digests=block.digests, sha256=block.sha256)


def test_nothing_younger_can_be_taken_away(client, application):
    client.force_login(an_officer())
    client.get(reverse("application", args=[application.pk]))
    seal_looks()
    sql("SELECT forget_looks(1, 1)")
    assert Look.objects.count() == 1
    with pytest.raises(Exception, match="kept for its time"):
        Look.objects.all().delete()
