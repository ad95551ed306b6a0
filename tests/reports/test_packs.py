"""Evidence packs: what is in one, that it proves itself under a bare Python, and who gets what."""

import ast
import json
import sys
import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from applications.actions import edit_application, open_application
from applications.documents import draw_receipt
from applications.models import Attachment
from audit.blocks import seal_looks
from audit.checkpoints import place_records
from audit.models import AuditRecord, Checkpoint
from audit.notes import verification_key
from core.errors import Incomplete, TooMany, WrongState
from programmes.actions import open_applications
from promises.models import Promise
from reports.actions import ask_for_pack, keep_head
from reports.catalogue import REPORTS
from reports.models import Pack, TrailRecord
from reports.packs import make_pack
from reports.proofs import PROOFS
from tests.applications.factories import a_submitted
from tests.factories import (
    AFTER,
    NOON,
    a_call,
    a_national_auditor,
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
    the_clock,
)
from tests.packs import SCRIPT, a_pack, entries_of, lines_of, verified
from tests.reports.factories import about, bytes_of
from tests.reports.test_pack_mutations import signed_anew, zipped

pytestmark = pytest.mark.django_db


def test_the_script_is_of_python_3_8_and_asks_for_nothing_else():
    tree = ast.parse(SCRIPT.read_text(), feature_version=(3, 8))
    names = {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names - {"socket", "urllib", "http", "ssl"}


def test_the_paper_of_a_receipt_is_proved_against_its_row_though_it_was_drawn_later(reviewed, tmp_path):
    application = reviewed.entries[0]
    receipt = application.receipts.get()
    draw_receipt(receipt.pk)
    place_records()
    whole = bytes_of(a_pack(reviewed.call, numbers=[application.reference]))

    code, said = verified(tmp_path, whole)
    assert code == 0, said
    assert "drawn after" not in said
    receipt.refresh_from_db()
    assert any(receipt.pdf_sha256 in line["row"] for line in lines_of(
        entries_of(whole), f"applications/{application.reference}/receipt-1/rows.jsonl"))  # fmt: skip


def test_a_checkpoint_that_was_signed_under_an_earlier_address_is_the_house_s(reviewed, tmp_path, settings):
    """The same key: whoever moves to another address has not become somebody else."""
    place_records()
    settings.SITE_URL = "https://elsewhere.example.eu"
    assert not verification_key().startswith(Checkpoint.objects.newest().note.split("\n")[0])
    code, said = verified(tmp_path, bytes_of(a_pack(reviewed.call)))
    assert code == 0, said


def test_a_pack_of_one_application_holds_everything_and_proves_itself(reviewed, tmp_path):
    application = reviewed.entries[0]
    pack = a_pack(reviewed.call, numbers=[application.reference])
    code, said = verified(tmp_path, bytes_of(pack))
    assert code == 0, said
    assert "Everything holds." in said
    held = entries_of(bytes_of(pack))
    folder = f"applications/{application.reference}"
    file, letter = application.attachments.get(), application.letters.get()
    with default_storage.open(file.path) as kept:
        assert held[f"{folder}/documents/01-{file.name}"] == kept.read()
    assert any(name.startswith(f"{folder}/letters/") for name in held)
    assert json.loads(held[f"{folder}/received/version-1.json"])["call"] == reviewed.call.reference
    acts = [line["record"]["act"] for line in lines_of(held, f"{folder}/records.jsonl")]
    assert {"application.submit", "application.open", "assessment.sign", "letter.send"} <= set(acts)
    rows = [json.loads(line["row"]) for line in lines_of(held, f"{folder}/rows.jsonl") if "row" in line]
    assert letter.pdf_sha256 in [row.get("pdf_sha256") for row in rows]
    assert {"evaluation_score", "evaluation_assessment", "applications_check", "awards_letter"} <= {
        line["table"] for line in lines_of(held, f"{folder}/rows.jsonl") if "row" in line
    }
    assert held["verify.py"] == SCRIPT.read_bytes()
    (sealed,) = (content for name, content in held.items() if "/ranked-list-" in name)
    assert reviewed.entries[1].reference in sealed.decode()


def test_who_looked_stands_in_a_pack_and_is_proved_up_to_the_trail(client, decided, tmp_path):
    application, auditor = decided.entries[0], an_auditor()
    client.force_login(an_officer(name="Officer Canary"))
    for _ in range(3):
        client.get(application.get_absolute_url())
        block = seal_looks()
    keep_head(block)
    client.get(application.get_absolute_url())  # not sealed yet: of a later pack
    place_records()
    content = bytes_of(a_pack(decided.call, numbers=[application.reference], by=auditor))
    held, name = entries_of(content), f"applications/{application.reference}/looks.jsonl"
    assert [line["look"]["person_name"] for line in lines_of(held, name)] == 3 * ["Officer Canary"]
    assert len(lines_of(held, "looks/blocks.jsonl")) == 3
    code, said = verified(tmp_path, content)
    assert (code, "looks, sealed in their blocks" in said) == (0, True), said
    for entry, before, after, fault in (
        (name, b"Officer Canary", b"Officer Nobody", "is not what was sealed in block 1"),
        ("looks/blocks.jsonl", b'"number":2', b'"number":7', "was changed after it was sealed"),
    ):
        changed = held | {entry: held[entry].replace(before, after)}
        code, said = verified(tmp_path, zipped(signed_anew(changed)))
        assert code == 1
        assert fault in said
    hidden = entries_of(bytes_of(a_pack(decided.call, numbers=[application.reference], left_out=["people"])))
    assert b"Canary" not in hidden[name]
    assert name not in entries_of(bytes_of(a_pack(decided.call, by=a_national_auditor("EL"))))


def test_the_same_state_gives_the_same_bytes(decided):
    one, other = a_pack(decided.call), a_pack(decided.call)
    assert one.sha256 == other.sha256
    assert one.asked_by != other.asked_by
    assert (one.size, one.entry_count) == (other.size, other.entry_count)
    assert one.name.startswith(f"pack_{decided.call.reference}_")


def test_a_whole_call_and_a_sample(decided, tmp_path):
    whole, sample = a_pack(decided.call), a_pack(decided.call, numbers=[one.reference for one in decided.entries[:2]])
    assert verified(tmp_path, bytes_of(whole))[0] == 0
    assert verified(tmp_path, bytes_of(sample))[0] == 0
    told = json.loads(entries_of(bytes_of(whole))["pack.json"])
    assert told["applications"] == sorted(one.reference for one in [*decided.entries, decided.excluded])
    assert len(json.loads(entries_of(bytes_of(sample))["pack.json"])["applications"]) == 2


def test_a_checkpoint_and_a_key_that_the_reader_kept(decided, tmp_path):
    place_records()
    kept = Checkpoint.objects.newest()
    (tmp_path / "kept.txt").write_text(kept.note)
    content = bytes_of(a_pack(decided.call, numbers=[decided.entries[0].reference]))
    code, said = verified(tmp_path, content, "kept.txt", verification_key())
    assert code == 0, said
    assert "the checkpoint that you kept" in said
    name, number, _root = kept.note.split("\n")[:3]
    (tmp_path / "forged.txt").write_text(f"{name}\n{number}\n{'A' * 43}=\n")
    code, said = verified(tmp_path, content, "forged.txt")
    assert code == 1
    assert "another one than the checkpoint that you kept" in said
    assert verified(tmp_path, content, "example.org/log+00000000+AAAA")[0] == 1


def test_what_is_withheld_stays_with_its_hash_and_the_rest_is_proved(decided, tmp_path):
    application = decided.entries[0]
    file = application.attachments.get()
    said = {"numbers": [application.reference], "left_out": ["people"], "documents_left_out": [file.sha256]}
    content = bytes_of(a_pack(decided.call, **said))
    code, told = verified(tmp_path, content)
    assert code == 0, told
    assert f"01-{file.name} – withheld as it was asked for (SHA-256 {file.sha256})" in told
    assert "records without names of people" in told
    held = entries_of(content)
    folder = f"applications/{application.reference}/"
    mine = b"".join(text for name, text in held.items() if name.startswith(folder))
    assert not any("/documents/" in name or "/letters/" in name for name in held)
    for word in ("Evaluator Α", application.partners.first().contact_email or "@", "contact_email"):
        assert word.encode() not in mine.replace(b'"about":["contact_email","contact_name"]', b""), word


def test_bytes_that_were_changed_or_lost_in_the_house_are_named(decided, tmp_path):
    application = decided.entries[0]
    file, letter = application.attachments.get(), application.letters.get()
    kept_file = Path(default_storage.path(file.path))
    before = kept_file.read_bytes()
    kept_file.unlink()
    with default_storage.open(letter.pdf_path, "r+b") as kept:
        kept.write(b"%PDX")
    try:
        code, said = verified(tmp_path, bytes_of(a_pack(decided.call, numbers=[application.reference])))
    finally:
        kept_file.write_bytes(before)
        with default_storage.open(letter.pdf_path, "r+b") as kept:
            kept.write(b"%PDF")
    assert code == 1
    assert "the house itself could not read it any more" in said
    assert f"{letter.reference}".replace("/", "_") in said.partition("BROKEN")[2]


def test_how_a_proposal_was_written_stays_its_owners_own():
    call, owner = a_call(), an_applicant()
    sent = a_submitted(by=owner, call=call, at=NOON)
    edit_application(sent, by=owner, at=NOON + timedelta(hours=1), content={"summary": "CANARY never sent"})
    open_applications(call, by=the_clock(), at=AFTER)
    sent.refresh_from_db()
    open_application(sent, by=the_clock(), at=AFTER)
    call.refresh_from_db()
    held = entries_of(bytes_of(a_pack(call)))
    told = [name for name, content in held.items() if b"CANARY" in content]
    assert told == [f"applications/{sent.reference}/records.jsonl"], "as R28 tells auditors what an edit changed"
    reasons = {line.get("withheld", "") for line in lines_of(held, f"applications/{sent.reference}/rows.jsonl")}
    assert any("the applicant's own work" in one for one in reasons)


def test_memory_does_not_grow_with_the_bytes(decided):
    """64 MB of a document cost the worker 10 MB of memory, and no more with any other."""
    application = decided.entries[0]
    file = application.attachments.get()
    path = default_storage.path("large")
    with open(path, "wb") as large:
        large.truncate(64 << 20)
    Attachment.objects.filter(pk=file.pk).update(path="large")
    pack = ask_for_pack(Pack(call=decided.call, numbers=[application.reference]), by=an_auditor())
    tracemalloc.start()
    make_pack(pack)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert Pack.objects.get(pk=pack.pk).size > 64 << 20
    assert peak < 10 << 20, peak


# who gets what


def gaps_of(pack, person):
    with pytest.raises(Incomplete) as refused:
        ask_for_pack(pack, by=person)
    return refused.value.gaps


def test_a_national_auditor_takes_the_own_state_and_nothing_of_others(decided, tmp_path):
    auditor = a_national_auditor("EL")
    refused = gaps_of(Pack(call=decided.call, numbers=[decided.entries[1].reference]), auditor)
    assert decided.entries[1].reference in refused["numbers"]
    content = bytes_of(a_pack(decided.call, by=auditor))
    code, said = verified(tmp_path, content)
    assert code == 0, said
    held = entries_of(content)
    own = {decided.entries[0].reference, decided.entries[3].reference}
    assert set(json.loads(held["pack.json"])["applications"]) == own
    assert not any(name.startswith("calls/") for name in held)
    everything = b"".join(held.values())
    for other in (decided.entries[1], decided.entries[2], decided.excluded):
        for word in (other.reference, other.title, str(other.pk), other.applicant.name):
            assert word.encode() not in everything, word
    assert "no application" in gaps_of(Pack(call=decided.call), a_national_auditor("PT"))["call"]


def test_pages_are_for_auditors_and_each_pack_for_its_own(client, decided):
    pack = a_pack(decided.call)
    doors = [reverse("packs"), *(reverse(name, args=[pack.pk]) for name in ("pack", "pack_progress", "pack_bytes"))]
    owner = decided.entries[0].applicant.users.get()
    for somebody in (decided.officer, an_authorising_officer(), an_evaluator(), owner):
        client.force_login(somebody)
        assert [client.get(door).status_code for door in doors] == [404] * 4
        assert client.post(doors[0], {"call": decided.call.pk}).status_code == 404
    for other in (an_auditor(), a_national_auditor("EL")):
        client.force_login(other)
        assert [client.get(door).status_code for door in doors] == [200, 404, 404, 404]


def test_what_is_audited_is_told_to_auditors_alone(decided):
    pack = a_pack(decided.call, numbers=[decided.entries[0].reference])
    acts = AuditRecord.objects.of_chain(pack.chain)
    assert [one.act for one in acts] == ["pack.ask", "pack.make"]
    seen = TrailRecord.objects.filter(act__startswith="pack.")
    assert seen.visible_to(an_auditor()).count() == 2
    assert not seen.visible_to(an_officer()).exists()
    assert not seen.visible_to(a_national_auditor("EL")).exists()
    assert decided.entries[0].reference not in Promise.objects.get(kind="pack").subject_name


def test_the_house_proves_that_it_still_has_each_pack(decided):
    pack = a_pack(decided.call, numbers=[decided.entries[0].reference])
    assert list(PROOFS["report files have their bytes"]()) == []
    with default_storage.open(pack.path, "r+b") as kept:
        kept.write(b"x")
    (fault,) = PROOFS["report files have their bytes"]()
    assert fault.startswith(f"The evidence pack {pack.name} does not have the SHA-256")


def test_the_register_tells_whether_a_pack_is_genuine(decided):
    national = a_national_auditor("EL")
    theirs, own = a_pack(decided.call), a_pack(decided.call, by=national)
    report = REPORTS["evidence-packs"]
    assert report.number == "R34"
    for reader, expected in ((an_auditor(), {theirs.sha256, own.sha256}), (national, {own.sha256})):
        assert {pack.sha256 for pack in report.rows(about(decided.call), reader)} == expected
    assert next(iter(report.values(about(None), national)))[-2] == own.sha256


# the pages


def test_from_the_application_to_the_file(client, decided, keep_promises):
    auditor, application = an_auditor(), decided.entries[0]
    client.force_login(auditor)
    life = client.get(reverse("application_life", args=[application.pk])).content.decode()
    asked = f"{reverse('packs')}?call={decided.call.pk}&amp;numbers={application.reference}"
    assert asked in life
    form = client.get(asked.replace("&amp;", "&")).content.decode()
    assert f">{application.reference}</textarea>" in form.replace("\n", "")
    answer = client.post(reverse("packs"), {"call": decided.call.pk, "numbers": application.reference})
    pack = Pack.objects.get(asked_by=auditor)
    assert answer["Location"] == pack.get_absolute_url()
    assert "Applications put into the pack" in client.get(answer["Location"]).content.decode()
    make_pack(pack)
    progress = client.get(reverse("pack_progress", args=[pack.pk])).json()
    assert progress == {"done": 1, "total": 1, "finished": True}
    pack.refresh_from_db()
    assert pack.sha256 in client.get(answer["Location"]).content.decode()
    assert pack.sha256 in client.get(reverse("packs")).content.decode()


def test_a_refusal_keeps_what_was_typed(client, decided):
    client.force_login(an_auditor())
    answer = client.post(reverse("packs"), {"call": decided.call.pk, "numbers": "NO-SUCH-NUMBER"})
    said = answer.content.decode()
    assert answer.status_code in {400, 422}
    assert "Not among the applications" in said
    assert ">NO-SUCH-NUMBER</textarea>" in said.replace("\n", "")


def test_a_download_that_broke_off_is_gone_on_with(client, decided):
    auditor = an_auditor()
    pack = a_pack(decided.call, by=auditor, numbers=[decided.entries[0].reference])
    client.force_login(auditor)
    address, whole = reverse("pack_bytes", args=[pack.pk]), bytes_of(pack)
    first = client.get(address)
    assert b"".join(first) == whole
    assert (first["Accept-Ranges"], first["ETag"]) == ("bytes", f'"{pack.sha256}"')
    half = len(whole) // 2
    rest = client.get(address, headers={"Range": f"bytes={half}-", "If-Range": first["ETag"]})
    assert (rest.status_code, rest["Content-Range"]) == (206, f"bytes {half}-{len(whole) - 1}/{len(whole)}")
    assert b"".join(rest) == whole[half:]
    assert b"".join(client.get(address, headers={"Range": "bytes=-10"})) == whole[-10:]
    assert b"".join(client.get(address, headers={"Range": "bytes=0-3"})) == whole[:4]
    assert client.get(address, headers={"Range": f"bytes={len(whole)}-"}).status_code == 416
    for asked in ({"Range": "bytes=5-2"}, {"Range": "bytes=0-1,4-5"}, {"Range": "bytes=0-1", "If-Range": '"other"'}):
        assert client.get(address, headers=asked).status_code == 200
    assert AuditRecord.objects.filter(act="pack.fetch", subject_id=str(pack.pk)).count() == 8


def test_what_cannot_be_asked_for_is_refused_with_a_sentence(decided):
    auditor = an_auditor()
    with pytest.raises(WrongState, match="can be read yet"):
        ask_for_pack(Pack(call=a_call()), by=auditor)
    refused = gaps_of(Pack(call=decided.call, left_out=["everything"]), auditor)
    assert "nothing that can be left out" in refused["left_out"]
    for _one in range(3):
        ask_for_pack(Pack(call=decided.call), by=auditor)
    with pytest.raises(TooMany, match="still being made"):
        ask_for_pack(Pack(call=decided.call), by=auditor)
