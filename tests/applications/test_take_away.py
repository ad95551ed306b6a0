"""The whole proposal taken away at any time: the draft as a PDF that says it is one, and everything as a ZIP."""

import json
import subprocess
import zipfile
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from rest_framework.test import APIClient

from applications.actions import (
    ask_for_paper,
    draw_draft_paper,
    edit_application,
    remove_attachment,
    submit_application,
    withdraw_application,
)
from applications.actions.copies import ask_for_new_paper
from applications.content import canonical, content_of, digest
from applications.documents import draw_receipt
from applications.models import Application, Attachment, DraftPaper
from applications.schedule import draw_paper_of_draft
from applications.states import DRAFT_PAPER, DraftPaperStatus
from audit.models import AuditRecord
from core import clock, files
from core.errors import NotAllowed, WrongState
from core.zips import AnotherFile
from promises.lanes import Lane
from promises.models import Promise
from tests.applications.factories import a_complete_draft, a_file, a_submitted, an_owner
from tests.applications.test_races import an_open_call
from tests.factories import AFTER, an_applicant, an_auditor, an_officer, everybody, golden_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def draft(owner):
    return a_complete_draft(by=owner, call=an_open_call(), at=clock.now(), timetable={"starts_on": "2099-01-01"})


@pytest.fixture
def signed_in(client, owner):
    client.force_login(owner)
    return client


def the_zip(answer):
    content = b"".join(answer.streaming_content)
    assert len(content) == int(answer["Content-Length"])
    archive = zipfile.ZipFile(BytesIO(content))
    assert archive.testzip() is None
    return archive


def zip_of_draft(client, application):
    return the_zip(client.get(f"/applications/{application.pk}/take-away/proposal.zip"))


def words_of(paper, tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(files.read(paper.pdf_path))
    return subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout


# the draft as a PDF


WHO_MAY_DO_WHAT = """
       owner  stranger  officer  evaluator  authorising  auditor  national  admin  system
ASKED  -      -         -        -          -            -        -         -      draw
DRAWN  -      -         -        -          -            -        -         -      -
"""


def test_who_may_do_what_with_a_draft_on_paper(draft, owner):
    paper = DraftPaper(application=draft)
    may_ask = [name for name, one in everybody(owner.organisation).items() if DRAFT_PAPER.open_to(one, paper)]
    assert may_ask == ["owner"]
    paper._state.adding = False

    def row_in(status):
        paper.status = status
        return paper

    table = golden_table(DRAFT_PAPER, DraftPaperStatus, everybody(owner.organisation), row_in)
    assert table == WHO_MAY_DO_WHAT.strip("\n")


def test_a_draft_is_asked_for_drawn_by_the_worker_and_says_what_it_is(draft, owner, tmp_path):
    paper = ask_for_paper(draft, by=owner)
    assert (paper.status, paper.asked_by, paper.pdf_path) == ("ASKED", owner, "")
    assert Promise.objects.get(kind="draft_paper").lane == Lane.FILE
    draw_paper_of_draft(paper.pk)
    paper.refresh_from_db()
    assert paper.status == "DRAWN"
    assert paper.sha256 == digest(content_of(draft))
    assert paper.pdf_sha256 == sha256(files.read(paper.pdf_path)).hexdigest()
    said = words_of(paper, tmp_path)
    assert said.count("D\nR\nA\nF\nT\n") == said.count("\f"), "across each page"
    assert "This is a draft. It proves nothing" in said
    assert "Joint analysis of online fraud" in said
    assert paper.sha256 in said.replace("\n", "")
    told = AuditRecord.objects.filter(act__startswith="draftpaper.").order_by("sequence")
    assert [one.act for one in told] == ["draftpaper.ask", "draftpaper.draw"]
    assert told[1].changes["pdf_sha256"] == ["", paper.pdf_sha256]


def test_the_worker_draws_it_once(draft, owner):
    paper = ask_for_paper(draft, by=owner)
    draw_paper_of_draft(paper.pk)
    drawn = DraftPaper.objects.get()
    draw_paper_of_draft(paper.pk)
    assert DraftPaper.objects.get().pdf_path == drawn.pdf_path
    assert AuditRecord.objects.filter(act="draftpaper.draw").count() == 1


def test_the_same_draft_is_not_drawn_twice_and_an_edited_one_is(draft, owner):
    first = ask_for_paper(draft, by=owner)
    assert ask_for_paper(draft, by=owner) == first, "it is being drawn"
    draw_paper_of_draft(first.pk)
    assert ask_for_paper(draft, by=owner) == first, "it is drawn"
    edited = edit_application(draft, by=owner, identity={"title": "Another title"})
    assert ask_for_paper(edited, by=owner) != first


def test_what_is_no_answer_yet_stands_on_the_paper_as_it_was_typed(draft, owner, tmp_path):
    Application.objects.filter(pk=draft.pk).update(as_typed={"budget": {"requested": "about a million"}})
    paper = ask_for_paper(Application.objects.get(pk=draft.pk), by=owner)
    draw_paper_of_draft(paper.pk)
    paper.refresh_from_db()
    assert paper.typed == 1
    assert "about a million" in words_of(paper, tmp_path)
    assert ask_for_paper(Application.objects.get(pk=draft.pk), by=owner) != paper, (
        "its hash does not cover what is typed"
    )


def test_two_who_ask_at_once_get_one_drawing(draft, owner):
    paper = ask_for_paper(draft, by=owner)
    with pytest.raises(WrongState, match="is being drawn already"):
        ask_for_new_paper(DraftPaper(application=draft), by=owner)
    with pytest.raises(IntegrityError, match="one_draft_paper_is_drawn_at_a_time"), transaction.atomic():
        DraftPaper.objects.create(application=draft, status="ASKED", asked_by=owner, asked_at=paper.asked_at)


def test_the_database_keeps_no_drawn_paper_without_its_hashes(draft, owner):
    paper = ask_for_paper(draft, by=owner)
    with pytest.raises(IntegrityError, match="a_drawn_draft_is_kept_with_its_hashes"), transaction.atomic():
        DraftPaper.objects.filter(pk=paper.pk).update(status="DRAWN")


@pytest.mark.parametrize("somebody", [an_officer, an_auditor, an_applicant])
def test_nobody_else_asks_for_the_paper_of_a_draft(draft, somebody):
    with pytest.raises(NotAllowed):
        ask_for_paper(draft, by=somebody())
    assert not DraftPaper.objects.exists()


def test_nobody_but_the_worker_draws(draft, owner):
    with pytest.raises(NotAllowed):
        draw_draft_paper(ask_for_paper(draft, by=owner), by=owner)


def test_the_page_asks_waits_and_gives_the_paper(signed_in, draft):
    url = f"/applications/{draft.pk}/take-away/"
    assert "Draw the draft as a PDF" in signed_in.get(url).content.decode()
    assert signed_in.post(url, {"draw": "1"})["Location"] == url
    page_waiting = signed_in.get(url).content.decode()
    assert "data-turns" in page_waiting
    assert "Draw the draft as a PDF" not in page_waiting
    paper = DraftPaper.objects.get()
    early = signed_in.get(f"/draft-papers/{paper.pk}/pdf/")
    assert early.status_code == 409
    draw_paper_of_draft(paper.pk)
    turned = signed_in.get(url).content.decode().partition('<div id="draft-papers"')[2].partition("</div>")[0]
    assert f"/draft-papers/{paper.pk}/pdf/" in turned, "where the page that turns by itself looks for it"
    answer = signed_in.get(f"/draft-papers/{paper.pk}/pdf/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment")


def test_another_authority_and_the_commission_find_nothing_of_it(client, draft, owner):
    paper = ask_for_paper(draft, by=owner)
    draw_paper_of_draft(paper.pk)
    addresses = [
        f"/applications/{draft.pk}/take-away/",
        f"/applications/{draft.pk}/take-away/proposal.zip",
        f"/draft-papers/{paper.pk}/pdf/",
    ]
    for somebody in (an_applicant(), an_officer(), an_auditor()):
        client.force_login(somebody)
        assert [client.get(address).status_code for address in addresses] == [404, 404, 404]


def test_what_is_opened_is_the_commission_s_to_read_and_not_to_take_away(client, owner):
    sent = a_submitted(by=owner)
    Application.objects.filter(pk=sent.pk).update(status="CHECKING")
    type(sent.call).objects.filter(pk=sent.call_id).update(status="OPENED")
    client.force_login(an_officer())
    assert client.get(f"/applications/{sent.pk}/").status_code == 200
    assert client.get(f"/applications/{sent.pk}/take-away/").status_code == 403
    assert client.get(f"/receipts/{sent.receipts.get().pk}/proposal.zip").status_code == 403


# what was submitted


def test_what_was_submitted_is_taken_as_its_receipt_without_a_watermark(signed_in, draft, owner):
    sent = submit_application(draft, by=owner)
    receipt = sent.receipts.get()
    shown = signed_in.get(f"/applications/{sent.pk}/take-away/").content.decode()
    assert "the PDF is being drawn" in shown
    assert "Exactly this was submitted: take the version above." in shown
    draw_receipt(receipt.pk)
    shown = signed_in.get(f"/applications/{sent.pk}/take-away/").content.decode()
    assert f"/receipts/{receipt.pk}/pdf/" in shown
    assert f"/receipts/{receipt.pk}/proposal.zip" in shown
    edit_application(sent, by=owner, identity={"title": "Edited since"})
    assert "Draw the draft as a PDF" in signed_in.get(f"/applications/{sent.pk}/take-away/").content.decode()


def test_of_a_withdrawn_one_it_says_that_nothing_counts(signed_in, draft, owner):
    withdrawn = withdraw_application(submit_application(draft, by=owner), by=owner, reason="No money.")
    assert "Nothing of it counts now." in signed_in.get(f"/applications/{withdrawn.pk}/take-away/").content.decode()


def test_the_zip_of_a_receipt_has_exactly_what_was_received(signed_in, draft, owner):
    sent = submit_application(draft, by=owner)
    receipt = sent.receipts.get()
    draw_receipt(receipt.pk)
    edit_application(sent, by=owner, identity={"title": "Edited since"})
    remove_attachment(sent, sent.attachments.get().pk, by=owner)
    answer = signed_in.get(f"/receipts/{receipt.pk}/proposal.zip")
    archive = the_zip(answer)
    assert answer["Content-Disposition"] == f'attachment; filename="{sent.reference}-v1.zip"'
    paper = f"receipt-{sent.reference}-v1.pdf"
    assert archive.namelist() == [
        "proposal.json", "files/01-description.pdf", "receipt/version-1.json", f"receipt/{paper}",
    ]  # fmt: skip
    assert sha256(archive.read("proposal.json")).hexdigest() == receipt.sha256
    assert sha256(archive.read("files/01-description.pdf")).hexdigest() == receipt.files[0]["sha256"]
    receipt.refresh_from_db()
    assert sha256(archive.read(f"receipt/{paper}")).hexdigest() == receipt.pdf_sha256


# the draft as a ZIP


def test_the_zip_of_a_draft_has_its_content_and_its_files(signed_in, draft):
    archive = zip_of_draft(signed_in, draft)
    assert archive.namelist() == ["proposal.json", "files/01-description.pdf"]
    assert archive.read("proposal.json") == canonical(content_of(draft))
    assert json.loads(archive.read("proposal.json"))["format"] == content_of(draft)["format"]


def test_with_what_is_not_valid_yet_and_the_last_receipt(signed_in, draft, owner):
    sent = submit_application(draft, by=owner)
    Application.objects.filter(pk=sent.pk).update(as_typed={"budget": {"requested": "1000 €?"}})
    archive = zip_of_draft(signed_in, sent)
    assert archive.namelist()[1:] == ["not-valid-yet.json", "files/01-description.pdf", "receipt/version-1.json"]
    assert json.loads(archive.read("not-valid-yet.json")) == {"budget": {"requested": "1000 €?"}}


def test_the_same_draft_gives_the_same_bytes(signed_in, draft):
    url = f"/applications/{draft.pk}/take-away/proposal.zip"
    first, second = (b"".join(signed_in.get(url).streaming_content) for _time in range(2))
    assert first == second


def test_names_in_the_zip_stay_in_its_folder(signed_in, draft):
    """However a name came into the row, no program that unpacks the ZIP writes anywhere else."""
    Attachment.objects.update(name='..\\../etc/CON:"passwd".pdf')
    assert zip_of_draft(signed_in, draft).namelist()[1] == "files/01-_.._etc_CON__passwd_.pdf"


def test_taking_it_away_is_written_down_before_it_starts(signed_in, draft, owner):
    signed_in.get(f"/applications/{draft.pk}/take-away/proposal.zip")
    told = AuditRecord.objects.get(act="download")
    assert (told.actor_id, told.changes["file"][1]) == (str(owner.pk), f"draft-{draft.pk}.zip")


def test_a_file_that_is_lost_is_said_before_anything_is_sent(signed_in, draft):
    default_storage.delete(draft.attachments.get().path)
    answer = signed_in.get(f"/applications/{draft.pk}/take-away/proposal.zip")
    assert answer.status_code == 409
    assert "“description.pdf” cannot be read now" in answer.content.decode()
    assert not AuditRecord.objects.filter(act="download").exists()


def test_a_file_that_became_another_one_breaks_the_download_off(signed_in, draft):
    path = draft.attachments.get().path
    default_storage.delete(path)
    default_storage.save(path, a_file(b"%PDF-1.7 another"))
    answer = signed_in.get(f"/applications/{draft.pk}/take-away/proposal.zip")
    with pytest.raises(AnotherFile):
        b"".join(answer.streaming_content)


def test_it_is_taken_away_long_after_the_call_has_closed(signed_in, owner):
    late = a_complete_draft(by=owner)
    Application.objects.filter(pk=late.pk).update(status="UNSENT")
    assert late.call.closes_at + timedelta(hours=1) == AFTER < clock.now()
    assert zip_of_draft(signed_in, late).namelist()[0] == "proposal.json"
    late.refresh_from_db()
    assert ask_for_paper(late, by=owner).status == "ASKED"


# for programs


def test_programs_take_it_away_too(draft, owner):
    sent = submit_application(draft, by=owner)
    receipt = sent.receipts.get()
    draw_receipt(receipt.pk)
    api, url = APIClient(), f"/api/applications/{sent.pk}/"
    api.force_authenticate(owner)
    assert the_zip(api.get(f"{url}bundle/")).namelist()[0] == "proposal.json"
    assert sha256(the_zip(api.get(f"{url}receipts/{receipt.pk}/bundle/")).read("proposal.json")).hexdigest() == (
        receipt.sha256
    )
    asked = api.post(f"{url}papers/")
    assert (asked.status_code, asked.json()["status"]) == (202, "ASKED")
    assert api.get(f"{url}papers/{asked.json()['id']}/pdf/").status_code == 409
    draw_paper_of_draft(asked.json()["id"])
    assert [one["status"] for one in api.get(f"{url}papers/").json()] == ["DRAWN"]
    answer = api.get(f"{url}papers/{asked.json()['id']}/pdf/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    api.force_authenticate(an_officer())
    assert api.get(f"{url}bundle/").status_code == 404
