"""The receipt proves what was submitted: on the page, on paper, by mail, and by anybody's own calculation."""

import hashlib
import io

import pypdf
import pytest
from django.template.loader import render_to_string

from applications.actions import edit_application, submit_application
from applications.content import canonical
from applications.documents import receipt_facts, submission_record
from audit.models import AuditRecord
from core.files import read
from core.pdf import closed_fetcher, soften, workshop
from core.qr import qr_of
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


# the mail and the page that turns


def test_the_mail_carries_the_paper(owner, keep_promises, mailoutbox):
    receipt = the_receipt(owner)
    keep_promises()
    receipt.refresh_from_db()

    (sent,) = [one for one in mailoutbox if one.to == [owner.email]]
    ((name, content, kind),) = sent.attachments
    assert (name, kind) == (receipt.file_name, "application/pdf")
    assert hashlib.sha256(content).hexdigest() == receipt.pdf_sha256


def test_the_page_turns_until_the_paper_is_drawn_and_then_no_more(client, owner, keep_promises):
    receipt = the_receipt(owner)
    address = f"/receipts/{receipt.pk}/"
    assert 'id="receipt-paper" aria-live="polite" data-turns' in client.get(address).content.decode()
    keep_promises()
    page = client.get(address).content.decode()
    assert "data-turns" not in page
    assert f"{address}pdf/" in page


# whoever holds it checks it


def asked(client, number, sha256):
    client.logout()
    return client.get("/receipts/check/", {"number": number, "sha256": sha256})


def test_a_stranger_checks_content_paper_and_files_by_their_hashes(client, owner, keep_promises):
    receipt = the_receipt(owner)
    keep_promises()
    receipt.refresh_from_db()
    number = receipt.application.reference
    for sha256 in (receipt.sha256, receipt.pdf_sha256, receipt.files[0]["sha256"]):
        assert asked(client, number, sha256).context["stands"] is True
    spelled = f" {receipt.sha256[:32].upper()} {receipt.sha256[32:]} "
    assert asked(client, number, spelled).context["stands"] is True


def test_what_does_not_stand_is_said_in_the_same_words_whatever_is_wrong(client, owner):
    """Neither whether the number is given, nor whose it is, nor that the hash is that of another."""
    receipt, other = the_receipt(owner), the_receipt(an_owner())
    number, sha256 = receipt.application.reference, receipt.sha256
    pages = [
        asked(client, number, "0" * 64), asked(client, "ISFP-0000", sha256),
        asked(client, other.application.reference, sha256),
    ]  # fmt: skip
    assert [page.context["stands"] for page in pages] == [False, False, False]
    told = {text_after_the_form(page) for page in pages}
    assert len(told) == 1
    for page in pages:
        assert owner.name not in page.content.decode()
        assert receipt.application.title not in page.content.decode()


def text_after_the_form(page):
    return page.content.decode().split("<main")[1].split("<form")[0]


def test_what_cannot_be_a_hash_is_no_question(client):
    answer = asked(client, "ISFP-0000", "not a hash")
    assert (answer.status_code, answer.context["stands"]) == (400, None)
    assert "64 figures and letters" in answer.content.decode()


def test_the_check_page_asks_before_it_answers(client):
    page = client.get("/receipts/check/")
    assert (page.status_code, page.context["stands"]) == (200, None)
    assert client.post("/receipts/check/").status_code == 405


def test_an_earlier_version_stands_too_and_a_withdrawn_one(client, owner):
    receipt = the_receipt(owner)
    application = edit_application(receipt.application, by=owner, at=NOON, identity={"title": "Another"})
    submit_application(application, by=owner, at=NOON)
    assert asked(client, receipt.application.reference, receipt.sha256).context["stands"] is True


# long names


@pytest.mark.parametrize("letter", ["W", "Ἀ", "m"])
def test_nothing_leaves_the_paper_however_long_a_name_is(owner, letter):
    person = an_owner(name=letter * 70)  # longer words are broken, wherever they stand
    receipt = the_receipt(person, identity={"title": letter * 70})

    for width, texts in texts_on(receipt):
        assert [text for left, right, text in texts if left < 0 or right > width] == []


def texts_on(receipt):
    """[(width, [(left, right, text)])] of each page as it is laid out."""
    weasyprint, stylesheet, fonts = workshop()
    page = render_to_string("letters/receipt.html", receipt_facts(receipt) | {"title": "Receipt", "language": "en"})
    html = weasyprint.HTML(string=page, url_fetcher=closed_fetcher())
    soften(html.etree_element)
    document = html.render(stylesheets=[stylesheet], font_config=fonts)
    for laid_out in document.pages:
        boxes = [box for box in laid_out._page_box.descendants() if getattr(box, "text", "")]
        yield laid_out.width, [(box.position_x, box.position_x + box.width, box.text) for box in boxes]


def test_the_paper_leads_whoever_scans_it_to_its_check(owner):
    receipt = the_receipt(owner)
    facts = receipt_facts(receipt)
    assert receipt.sha256 in facts["code_address"]
    assert facts["code"] == qr_of(facts["code_address"])
