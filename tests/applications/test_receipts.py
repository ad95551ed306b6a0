"""The receipt proves what was submitted: on the page, on paper, by mail, and by anybody's own calculation."""

import hashlib
import io

import pypdf
import pytest

from applications.actions import edit_application, submit_application
from applications.content import canonical
from applications.documents import submission_record
from audit.models import AuditRecord
from core.files import read
from tests.applications.factories import a_submitted, an_owner
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    owner = an_owner()
    client.force_login(owner)
    return owner


def the_receipt(owner, **options):
    return a_submitted(by=owner, **options).receipts.get()


def text_of(pdf):
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_the_page_says_what_proves_it(client, owner):
    receipt = the_receipt(owner)
    record = AuditRecord.objects.of_chain(receipt.chain).get(act="application.submit")
    page = client.get(f"/receipts/{receipt.pk}/").content.decode()
    for fact in (
        receipt.application.reference,
        receipt.sha256,
        record.hash,
        "2020-12-01 12:00:00.000+01:00",
        "11:00:00.000 UTC",
        "description.pdf",
    ):
        assert fact in page, fact


def test_the_paper_says_the_same_and_is_kept_with_its_hash(client, owner, keep_promises):
    receipt = the_receipt(owner)
    assert client.get(f"/receipts/{receipt.pk}/pdf/").status_code == 409
    keep_promises()
    receipt.refresh_from_db()
    answer = client.get(f"/receipts/{receipt.pk}/pdf/")
    pdf = b"".join(answer.streaming_content)
    assert hashlib.sha256(pdf).hexdigest() == receipt.pdf_sha256 == hashlib.sha256(read(receipt.pdf_path)).hexdigest()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    record = AuditRecord.objects.of_chain(receipt.chain).get(act="application.submit")
    text = "".join(text_of(pdf).split())
    for fact in (
        receipt.application.reference,
        receipt.sha256,
        record.hash,
        "12:00:00.000",
        "description.pdf",
        owner.organisation.name,
    ):
        assert "".join(fact.split()) in text, fact


def test_the_downloaded_content_has_the_hash_of_the_receipt(client, owner):
    receipt = the_receipt(owner)
    answer = client.get(f"/receipts/{receipt.pk}/content.json")
    assert hashlib.sha256(answer.content).hexdigest() == receipt.sha256
    assert answer.content == canonical(receipt.content)


def test_hostile_words_are_only_words(client, owner, keep_promises):
    """Markup and formulas of a proposal reach page and paper as text."""
    title = "<script>alert(1)</script>=cmd()"
    receipt = the_receipt(owner, identity={"title": title})
    keep_promises()
    receipt.refresh_from_db()
    page = client.get(f"/receipts/{receipt.pk}/").content.decode()
    assert "<script>alert(1)" not in page
    assert "<script>alert(1)</script>" in text_of(read(receipt.pdf_path)).replace("\n", "")


def test_each_version_keeps_its_own_head_of_the_chain(client, owner):
    application = a_submitted(by=owner)
    first = application.receipts.get()
    edited = edit_application(application, by=owner, at=NOON, identity={"acronym": "TWO"})
    submit_application(edited, by=owner, at=NOON)
    second = application.receipts.get(version=2)
    assert submission_record(first).sequence < submission_record(second).sequence
    assert first.sha256 != second.sha256


def test_a_stranger_gets_no_receipt(client, owner):
    receipt = the_receipt(an_owner())
    for path in ("", "pdf/", "content.json"):
        assert client.get(f"/receipts/{receipt.pk}/{path}").status_code == 404
