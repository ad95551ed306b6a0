from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings

from accounts.actions.adopting import adopt_rows
from accounts.models import AccessLine, AccessReview
from awards.actions import file_redress
from core import clock
from evaluation.models import PoolMember, Ruling
from programmes.models import Question, Reply
from reports.models import Pack
from tests.factories import NOON, an_auditor
from tests.findings import a_sent_finding
from tests.reports.factories import a_decided_call, clarified


@pytest.fixture(scope="package", autouse=True)
def own_files(tmp_path_factory):
    """Files of these tests lie in a folder of their own."""
    folder = tmp_path_factory.mktemp("files")
    backend = {**settings.STORAGES["default"], "OPTIONS": {"location": folder}}
    with override_settings(STORAGES={**settings.STORAGES, "default": backend}):
        yield folder


@pytest.fixture(scope="package")
def decided(own_files, django_db_setup, django_db_blocker):
    """One call, decided by the acts; the package shares it, and each test's own changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield a_decided_call()
        transaction.set_rollback(True)


@pytest.fixture
def reviewed(decided):
    """Whoever stands on the reserve list has asked for a review; somebody had asked a question on the call, and the
    office one about an application; an auditor was given a pack
    and found something."""
    asker, asked = decided.entries[0].applicant.users.get(), "May a ferry count as a building?"
    question = Question.objects.create(
        call=decided.call, asked_by=asker, asked_at=NOON, text=asked, status="ANSWERED", number=1
    )
    Reply.objects.create(
        question=question, version=1, asked=asked, text="If it is moored.", replied_at=NOON, replied_by=decided.officer
    )
    clarified(decided.entries[0], by=decided.officer)
    people_found(decided)
    made = {"status": "MADE", "path": "x", "sha256": "0" * 64, "asked_at": NOON, "made_at": NOON}
    Pack.objects.create(call=decided.call, asked_by=an_auditor(), **made)
    a_sent_finding(application=decided.entries[0].reference)
    letter = decided.decision.letters.get(application=decided.entries[2])
    file_redress(
        letter, by=letter.application.applicant.users.get(), at=letter.sent_at + timedelta(days=5),
        ground="INCOHERENCE", text="The comment on relevance praises what the points take away.",
    )  # fmt: skip
    return decided


def people_found(decided):
    """Somebody was invited to the call, a conflict that was found was lifted, and access was reviewed."""
    person, by = decided.evaluators[0], decided.officer
    PoolMember.objects.create(
        call=decided.call, person=person, status="TAKEN_BACK", task="Six proposals.", answer_by=NOON.date(),
        invited_by=by, invited_at=NOON, ended_at=NOON,
    )  # fmt: skip
    Ruling.objects.create(
        application=decided.entries[0], person=person, status="LIFTED", grounds=["house"], found="The same name.",
        reason="Another house.", ruled_by=by, ruled_at=NOON,
    )  # fmt: skip
    review = AccessReview.objects.create(
        opened_by=by, opened_at=NOON, decide_by=NOON.date(), ended_by=by, ended_at=NOON, status="CLOSED"
    )
    AccessLine.objects.create(
        review=review, person=person, membership=person.memberships.first(), name="As it was", email=person.email,
        role="EVALUATOR", from_at=NOON, has_factor=False, status="KEPT", decided_by=by, decided_at=NOON,
    )  # fmt: skip


@pytest.fixture
def people_of_before(decided):
    """The people of these tests are rows that no act made: as if they were older than the acts on people."""
    applied = clock.now() + timedelta(days=1)
    MigrationRecorder.Migration.objects.filter(app="accounts").update(applied=applied)
    adopt_rows()
