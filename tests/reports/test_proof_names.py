"""A fault in what nobody may read yet is told, and what it is called is not."""

import pytest

from applications.models import Attachment
from reports.proofs import attachments, submissions
from tests.applications.factories import a_submitted
from tests.reports.test_proofs import sql

pytestmark = pytest.mark.django_db


def test_what_is_sealed_is_named_by_its_id_alone():
    sent = a_submitted()
    sql("DELETE FROM applications_attempt WHERE application_id = %s", sent.pk)
    sql("DELETE FROM applications_receipt WHERE application_id = %s", sent.pk)
    file = Attachment.objects.filter(application=sent).first()
    sql("UPDATE applications_attachment SET path = 'gone' WHERE id = %s", file.pk)
    said = [*submissions(), *attachments()]
    assert said == [
        f"The application {sent.pk} (unread) was submitted but has no receipt of version 1.",
        f"The attachment {file.pk} (unread) of {sent.pk} (unread) has lost its bytes: gone cannot be read.",
    ]


def test_what_is_opened_is_named_as_people_know_it(decided):
    first = decided.entries[0]
    sql("DELETE FROM applications_attempt WHERE application_id = %s", first.pk)
    sql("DELETE FROM applications_receipt WHERE application_id = %s", first.pk)
    assert list(submissions()) == [f"The application {first.reference} was submitted but has no receipt of version 1."]
