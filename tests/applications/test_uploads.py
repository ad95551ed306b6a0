"""Each kind of bad file has a declared outcome; none is accepted silently, none leaves anything behind."""

import hashlib
import io
import zipfile
import zlib
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile

from applications.actions import add_attachment
from applications.models import Attachment
from audit.models import AuditRecord
from core import clock
from core.errors import Incomplete, WrongState
from core.files import clean_name, store
from tests.applications.factories import PDF, a_draft, a_submitted, an_owner
from tests.factories import AFTER, NOON, a_call
from tests.papers import a_packed_pdf, a_picture

PNG, JPEG = a_picture("PNG"), a_picture("JPEG")
EXE = b"MZ\x90\0" + b"\0" * 60
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
OOXML = "application/vnd.openxmlformats-officedocument"


def an_archive(members, *, method=zipfile.ZIP_DEFLATED):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return kept.getvalue()


def an_office_file(part, **more):
    types = f'<Types><Override ContentType="{OOXML}.{part}.main+xml"/></Types>'
    return an_archive({"[Content_Types].xml": types, **more})


DOCX = an_office_file("wordprocessingml.document")
XLSX = an_office_file("spreadsheetml.sheet")
ODT = an_archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}, method=0)
MACRO = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'


def a_link_archive():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return kept.getvalue()


def a_lying_archive():
    """A header that says 10 bytes over a member that unpacks to 4 MB."""
    honest = an_archive({"[Content_Types].xml": b"\0" * 4_000_000})
    real = len(b"\0" * 4_000_000).to_bytes(4, "little")
    return honest.replace(real, (10).to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.PDF", PDF, "application/pdf"),
        ("late.pdf", b"\xef\xbb\xbf\r\n" + PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.jpeg", JPEG, "image/jpeg"),
        ("a.docx", DOCX, f"{OOXML}.wordprocessingml.document"),
        ("a.xlsx", XLSX, f"{OOXML}.spreadsheetml.sheet"),
        ("a.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("=cmd()|' /C calc'!A0.pdf", PDF, "application/pdf"),
        ("δήλωση.pdf", PDF, "application/pdf"),
    ],
)
def test_good_files_are_kept_as_they_came(name, content, kind):
    stored = store(SimpleUploadedFile(name, content))
    assert stored.content_type == kind
    assert (stored.size, stored.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert stored.crc32 == zlib.crc32(content)
    assert stored.pages == (1 if kind == "application/pdf" else None)
    with default_storage.open(stored.path) as kept:
        assert kept.read() == content


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.pdf", b"", "empty"),
        ("program.pdf", EXE, "not accepted"),
        ("program.exe", EXE, "not accepted"),
        ("virus.pdf", EICAR, "not accepted"),
        ("page.pdf", b"<html><script>alert(1)</script>", "not accepted"),
        ("picture.svg", b"<svg onload='alert(1)'/>", "not accepted"),
        ("late-magic.pdf", b" " * 1025 + PDF, "not accepted"),
        ("page-first.pdf", b"<html>" + PDF, "not accepted"),
        ("program-first.pdf", b"MZ" + PDF, "not accepted"),
        ("cut.pdf", PDF[:-9], "its end is missing"),
        ("no-picture.png", PNG[:30], "cannot be opened"),
        ("packed.pdf", a_packed_pdf(b"/OpenAction<</S/J#61vaScript/JS(x)>>"), "program"),
        ("paper.pdf.exe", PDF, "really a .pdf"),
        ("paper.docx", PDF, "really a .pdf"),
        ("picture.pdf", PNG, "really a .png"),
        ("noending", PDF, "really a .pdf"),
        ("letter.xlsx", DOCX, "really a .docx"),
        ("secret.pdf", PDF.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 5 0 R"), "protected"),
        ("secret2.pdf", PDF + b"0" * (1 << 20) + b"/Encrypt << /Filter /Standard >>", "protected"),
        ("script.pdf", PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(x)>>"), "program"),
        ("launch.pdf", PDF.replace(b"/Catalog", b"/Catalog/OpenAction<</S/Launch>>"), "program"),
        ("both.pdf", PDF + an_archive({"a.txt": "x"}), "two kinds"),
        ("archive.docx", an_archive({"a.txt": "x"}), "cannot be read"),
        ("broken.docx", DOCX[:-30], "cannot be read"),
        ("macro.docx", an_archive({"[Content_Types].xml": MACRO}), "cannot be read"),
        ("macro2.docx", an_office_file("wordprocessingml.document", **{"word/vbaProject.bin": "x"}), "macros"),
        ("slip.docx", an_archive({"../../etc/x": "x", "[Content_Types].xml": "x"}), "outside itself"),
        ("link.docx", a_link_archive(), "outside itself"),
        ("bomb.docx", an_archive({"[Content_Types].xml": "x", "bomb": b"\0" * 30_000_000}), "far more"),
        ("lying.docx", a_lying_archive(), "cannot be read"),
        ("many.docx", an_archive({str(n): "" for n in range(5_001)}, method=0), "too many parts"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_with_a_sentence_and_leave_nothing(settings, name, content, says):
    with pytest.raises(Incomplete) as refusal:
        store(SimpleUploadedFile(name, content))
    assert says in refusal.value.gaps["file"]
    assert list(settings.FILES_ROOT.rglob("*")) == []


def test_a_file_above_the_limit_is_refused_with_both_sizes(settings):
    settings.UPLOAD_LIMIT = 100
    with pytest.raises(Incomplete) as refusal:
        store(SimpleUploadedFile("a.pdf", PDF + b" " * 100))
    assert "100\xa0bytes" in refusal.value.gaps["file"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/abs/olute.pdf", "olute.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\0b\nc\r.pdf", "abc.pdf"),
        ("\u200b\u2066x.pdf", "x.pdf"),
        ("...hidden.pdf", "hidden.pdf"),
        ("", "file"),
        ("../", "file"),
        ("=cmd().pdf", "=cmd().pdf"),
        ("n" * 300 + ".pdf", "n" * 196 + ".pdf"),
        ("n" * 300, "n" * 200),
    ],
)
def test_names_are_cleaned(typed, kept):
    assert clean_name(typed) == kept


def test_the_kept_file_lies_under_a_random_name_within_the_folder(settings):
    upload = SimpleUploadedFile("x", PDF)
    upload._name = "../../x.pdf"
    stored = store(upload)
    assert stored.name == "x.pdf"
    (kept,) = [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()]
    assert kept.suffix == ""
    assert "x.pdf" not in str(kept)


@pytest.mark.django_db
def test_an_upload_to_an_application(client):
    owner = an_owner()
    application = a_draft(by=owner)
    add_attachment(application, SimpleUploadedFile("=cmd().pdf", PDF), kind="DESCRIPTION", by=owner, at=NOON)
    file = application.attachments.get()
    client.force_login(owner)
    answer = client.get(f"/attachments/{file.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="=cmd().pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_name_in_another_alphabet_is_given_out_as_it_is(client):
    owner = an_owner()
    application = a_draft(by=owner)
    add_attachment(application, SimpleUploadedFile("δήλωση.pdf", PDF), kind="OTHER", by=owner, at=NOON)
    client.force_login(owner)
    answer = client.get(f"/attachments/{application.attachments.get().pk}/")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%CE%B4")


@pytest.mark.django_db
def test_a_refused_upload_leaves_no_row_no_record_and_no_file(settings):
    owner = an_owner()
    application = a_submitted(by=owner)
    rows, records = Attachment.objects.count(), AuditRecord.objects.count()
    files = len(list(settings.FILES_ROOT.rglob("*")))
    with pytest.raises(WrongState):
        add_attachment(application, SimpleUploadedFile("a.pdf", PDF), kind="OTHER", by=owner, at=AFTER)
    assert (Attachment.objects.count(), AuditRecord.objects.count()) == (rows, records)
    assert len([one for one in settings.FILES_ROOT.rglob("*") if one.is_file()]) <= files


@pytest.mark.django_db
def test_strangers_and_officers_do_not_get_the_file(client, rf):
    from tests.factories import an_officer

    owner = an_owner()
    file = a_submitted(by=owner).attachments.get()
    for person in (an_owner(), an_officer()):
        client.force_login(person)
        assert client.get(f"/attachments/{file.pk}/").status_code == 404


@pytest.mark.django_db
def test_what_is_far_too_large_fills_no_disk_and_gets_its_sentence(client, settings, monkeypatch):
    """The bytes beyond the limit are counted, not kept."""
    settings.UPLOAD_LIMIT = 200_000
    written = []
    monkeypatch.setattr(TemporaryUploadedFile, "write", lambda self, data: written.append(len(data)), raising=False)
    owner = an_owner()
    now = clock.now()
    call = a_call(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    application = a_draft(by=owner, call=call, at=now)
    client.force_login(owner)
    large = SimpleUploadedFile("large.pdf", PDF + b"0" * 1_500_000)
    answer = client.post(f"/applications/{application.pk}/edit/attachments/add/", {"kind": "OTHER", "file": large})
    assert answer.status_code == 400
    assert "This file has 1.4\xa0MB; at most 195.3\xa0KB is possible." in answer.content.decode()
    assert 0 < sum(written) <= 200_000


@pytest.mark.django_db
def test_a_file_the_disk_has_lost_is_said_to_be(client):
    owner = an_owner()
    file = a_submitted(by=owner).attachments.get()
    default_storage.delete(file.path)
    client.force_login(owner)
    answer = client.get(f"/attachments/{file.pk}/")
    assert (answer.status_code, "cannot be read now" in answer.content.decode()) == (409, True)
