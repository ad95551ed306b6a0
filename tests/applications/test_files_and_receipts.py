"""Files and receipts: who finds them, how they are given out, and when they are drawn."""

import pytest
from django.urls import reverse

from applications.actions import (
    add_attachment,
    open_application,
)
from applications.documents import draw_receipt
from applications.models import Application, Attachment
from core import clock
from core.errors import Incomplete
from tests.applications.factories import PDF, a_complete_draft, a_draft, a_file, a_submitted, an_owner
from tests.applications.test_races import an_open_call
from tests.factories import (
    AFTER,
    NOON,
    a_national_auditor,
    an_applicant,
    an_auditor,
    an_officer,
    the_clock,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def as_person(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def text_of(answer):
    return answer.content.decode().replace("\u00a0", " ")


def opened(sent):
    """The call has closed; the checks are made."""
    type(sent.call).objects.filter(pk=sent.call_id).update(status="CHECKING")
    return open_application(sent, by=the_clock(), at=AFTER)


# files


def test_a_file_is_taken_out_and_nobody_else_finds_it_any_more(as_person, owner):
    sent = a_submitted(by=owner)
    file = sent.attachments.get()
    call = sent.call
    client = as_person(owner)
    Application.objects.filter(pk=sent.pk).update(status="CHECKING")
    type(call).objects.filter(pk=call.pk).update(status="CHECKING")
    Attachment.objects.filter(pk=file.pk).update(removed_at=NOON)

    assert client.get(reverse("attachment", args=[file.pk])).status_code == 200  # the receipt names it
    for reader in (an_officer(), an_auditor(), a_national_auditor("EL")):
        assert as_person(reader).get(reverse("attachment", args=[file.pk])).status_code == 404


def test_a_download_is_never_opened_in_the_page(as_person, owner):
    file = a_complete_draft(by=owner).attachments.get()

    answer = as_person(owner).get(reverse("attachment", args=[file.pk]))

    assert b"".join(answer) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="description.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize("address", ["attachment_remove", "attachment_add"])
def test_files_are_changed_by_a_button_alone(as_person, owner, address):
    draft = a_complete_draft(by=owner)
    row = draft.attachments.get() if address == "attachment_remove" else draft

    assert as_person(owner).get(reverse(address, args=[row.pk])).status_code == 405
    assert draft.attachments.present().count() == 1


@pytest.mark.parametrize("make", [an_applicant, an_officer, an_auditor])
def test_nobody_touches_the_files_of_a_draft_but_its_house(as_person, owner, make):
    draft = a_complete_draft(by=owner, call=an_open_call(), at=clock.now(), timetable={"starts_on": "2099-01-01"})
    file, client = draft.attachments.get(), as_person(make())

    assert client.post(reverse("attachment_remove", args=[file.pk])).status_code == 404
    more = {"kind": "OTHER", "file": a_file()}
    assert client.post(reverse("attachment_add", args=[draft.pk]), more).status_code == 404
    assert client.get(reverse("attachment", args=[file.pk])).status_code == 404
    assert draft.attachments.present().count() == 1


def test_after_the_closing_no_file_comes_or_goes(as_person, owner):
    sent = a_submitted(by=owner)  # of a call that closed years ago
    file, client = sent.attachments.get(), as_person(owner)

    taken_out = client.post(reverse("attachment_remove", args=[file.pk]))
    added = client.post(reverse("attachment_add", args=[sent.pk]), {"kind": "OTHER", "file": a_file()})
    for answer in (taken_out, added):
        assert answer.status_code == 409
        assert "too late" in text_of(answer)
    assert [one.pk for one in sent.attachments.present()] == [file.pk]


def test_a_file_of_a_kind_that_nobody_knows_is_not_kept(owner):
    draft = a_draft(by=owner)

    with pytest.raises((Incomplete, ValueError)):
        add_attachment(draft, a_file(), kind="POEM", by=owner, at=NOON)
    assert not draft.attachments.exists()


# receipts


def test_a_receipt_that_is_being_drawn_is_a_proof_already(as_person, owner):
    receipt = a_submitted(by=owner).receipts.get()
    client = as_person(owner)

    waiting = client.get(reverse("receipt_pdf", args=[receipt.pk]))
    assert waiting.status_code == 409
    assert "Try again in a moment; the page itself is the proof." in text_of(waiting)
    assert receipt.sha256 in text_of(client.get(reverse("receipt", args=[receipt.pk])))


def test_the_paper_of_a_receipt_is_drawn_once_and_given_out_as_a_file(as_person, owner, settings, tmp_path):
    receipt = a_submitted(by=owner).receipts.get()
    draw_receipt(receipt.pk)
    receipt.refresh_from_db()
    kept = receipt.pdf_sha256
    draw_receipt(receipt.pk)
    receipt.refresh_from_db()

    answer = as_person(owner).get(reverse("receipt_pdf", args=[receipt.pk]))

    assert b"".join(answer).startswith(b"%PDF")
    assert receipt.pdf_sha256 == kept
    assert f"receipt-{receipt.application.reference}-v1.pdf".replace("/", "-") in answer["Content-Disposition"]


@pytest.mark.parametrize("name", ["receipt", "receipt_pdf", "receipt_json"])
@pytest.mark.parametrize("make", [an_applicant, an_officer, an_auditor])
def test_before_the_opening_a_receipt_is_its_owners_alone(as_person, owner, name, make):
    receipt = a_submitted(by=owner).receipts.get()

    assert as_person(make()).get(reverse(name, args=[receipt.pk])).status_code == 404
