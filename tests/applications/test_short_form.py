"""A call with a short form: what it does not name is neither asked, shown, required nor in the content."""

import io

import pypdf
import pytest
from django.urls import reverse

from applications.actions import add_attachment, edit_application, open_application, submit_application
from applications.documents import draw_receipt
from applications.models import Application
from core import clock
from core.errors import Incomplete
from core.files import read
from programmes.form_parts import form_of
from programmes.models import Call
from tests.applications.factories import a_draft, a_file, an_owner, the_sections
from tests.applications.test_races import an_open_call
from tests.factories import an_officer, the_clock

pytestmark = pytest.mark.django_db
SHORT = ("identity", "partners", "budget")
UNASKED = ("content", "timetable", "attachments", "declarations")


@pytest.fixture
def owner(client):
    owner = an_owner()
    client.force_login(owner)
    return owner


@pytest.fixture
def draft(owner):
    call = an_open_call(parts=form_of(SHORT), required_attachments=[])
    draft = a_draft(by=owner, call=call, at=clock.now())
    said = {name: part for name, part in the_sections(draft).items() if name in SHORT}
    return edit_application(draft, by=owner, **said)


def page(client, name, row, *more):
    return client.get(reverse(name, args=[row.pk, *more])).content.decode()


def test_the_pages_ask_for_the_three_parts_and_for_no_other(client, draft):
    page_of_it = page(client, "application", draft)
    start = page(client, "application_start", draft.call)
    for name, label in (("identity", "Identity"), ("partners", "Partners"), ("budget", "Budget")):
        assert reverse("application_edit", args=[draft.pk, name]) in page_of_it
        assert f"<li>{label}</li>" in start
    for name in UNASKED:
        assert reverse("application_edit", args=[draft.pk, name]) not in page_of_it
        assert client.get(reverse("application_edit", args=[draft.pk, name])).status_code == 404
    assert "<li>Timetable</li>" not in start


def test_the_last_part_leads_back_to_the_application(client, draft):
    assert "Part 3 of 3" in page(client, "application_edit", draft, "budget")
    assert "Save and go on" not in page(client, "application_edit", draft, "budget")
    answer = client.post(
        reverse("application_edit", args=[draft.pk, "budget"]), {"stamp": draft.stamp, "next": "1", "requested": "1"}
    )
    assert answer.url == draft.get_absolute_url()


def test_no_file_is_attached_where_none_is_asked_and_its_bytes_do_not_stay(client, owner, draft, settings):
    with pytest.raises(Incomplete) as refusal:
        add_attachment(draft, a_file(), kind="OTHER", by=owner)
    assert list(refusal.value.gaps) == ["attachments"]
    assert [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()] == []
    posted = client.post(reverse("attachment_add", args=[draft.pk]), {"kind": "OTHER", "file": a_file()})
    assert posted.status_code == 404


def test_it_is_received_drawn_and_opened_with_what_was_asked(client, owner, draft):
    sent = submit_application(draft, by=owner)
    receipt = sent.receipts.get()
    assert set(receipt.content) == {"format", "call", "applicant", *SHORT}
    assert receipt.files == []
    received = page(client, "receipt", receipt)
    assert 'id="part-budget"' in received
    assert not any(f'id="part-{name}"' in received for name in UNASKED)
    draw_receipt(receipt.pk)
    receipt.refresh_from_db()
    paper = " ".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(read(receipt.pdf_path))).pages)
    assert "Declarations" not in paper

    Call.objects.filter(pk=sent.call_id).update(status="CHECKING")
    opened = open_application(Application.objects.get(pk=sent.pk), by=the_clock())
    codes = set(opened.checks.values_list("code", flat=True))
    assert {"RATE", "PARTNERS", "COMPLETE"} <= codes
    assert not codes & {"DOCUMENTS", "DURATION", "START", "SCOPE", "AUDIT_REPORT", "HONOUR"}
    client.force_login(an_officer())
    assert 'id="part-declarations"' not in page(client, "application", opened)


def test_a_program_is_told_which_part_was_not_asked(client, draft):
    answer = client.patch(
        f"/api/applications/{draft.pk}/",
        {"timetable": {"months": 3}, "stamp": draft.stamp},
        content_type="application/json",
    )
    assert answer.status_code == 400
    assert answer.json()["gaps"] == {"timetable": "The call does not ask for this part; leave it out."}
    assert set(client.get(f"/api/applications/{draft.pk}/").json()["content"]) & set(UNASKED) == set()
