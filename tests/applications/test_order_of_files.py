"""The order of the files of an application, and the pages that a call allows: moved, kept, counted, refused."""

import json
import zipfile
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from applications.actions import (
    add_attachment,
    move_attachment,
    open_application,
    put_back_attachment,
    remove_attachment,
    replace_attachment,
    submit_application,
)
from applications.content import content_of, digest
from applications.models import Application
from audit.models import AuditRecord
from core import clock
from core.errors import Incomplete
from programmes.actions import edit_call
from programmes.form_parts import page_limits, usual_parts, with_page_limits
from programmes.models import Call
from tests.applications.factories import PDF, a_complete_draft, a_file, an_owner
from tests.applications.test_races import an_open_call
from tests.factories import a_call, an_applicant, an_officer, the_clock
from tests.papers import a_pdf, a_picture
from tests.programmes.test_views import form_of as typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    owner = an_owner()
    client.force_login(owner)
    return owner


@pytest.fixture
def draft(owner):
    """With the files description.pdf, one.pdf, two.pdf."""
    draft = a_complete_draft(by=owner, call=an_open_call(), at=clock.now())
    for number in ("one", "two"):
        draft = add_attachment(draft, a_file(PDF + number.encode(), f"{number}.pdf"), kind="OTHER", by=owner)
    return draft


def names(application):
    content = content_of(Application.objects.get(pk=application.pk))
    return [file["name"].removesuffix(".pdf") for file in content["attachments"]]


def file_of(application, name):
    return application.attachments.get(name=f"{name}.pdf", removed_at=None)


def moved(client, application, name, direction):
    """By the button on the page."""
    page = client.get(f"/applications/{application.pk}/edit/attachments/")
    line = next(one for one in page.context["files"] if one["name"] == f"{name}.pdf")
    return client.post(f"/attachments/{line['id']}/move/", {"before": line[direction]})


def test_a_file_is_moved_up_and_down_by_buttons_and_the_record_tells(client, draft):
    assert names(draft) == ["description", "one", "two"]
    answer = moved(client, draft, "two", "up")
    assert answer.url.endswith(f"#file-{file_of(draft, 'two').pk}")
    assert names(draft) == ["description", "two", "one"]
    moved(client, draft, "description", "down")
    assert names(draft) == ["two", "description", "one"]
    moved(client, draft, "description", "down")
    assert names(draft) == ["two", "one", "description"]
    told = AuditRecord.objects.of_chain(draft.chain).order_by("sequence").last().changes["attachments · order"]
    assert told == [["two.pdf", "description.pdf", "one.pdf"], ["two.pdf", "one.pdf", "description.pdf"]]
    page = client.get(f"/applications/{draft.pk}/edit/attachments/")
    assert [(line["up"] is None, line["down"] is None) for line in page.context["files"]] == [
        (True, False), (False, False), (False, True),
    ]  # fmt: skip


def test_a_program_moves_a_file_too(client, draft):
    url = f"/api/applications/{draft.pk}/attachments/{file_of(draft, 'two').pk}/"
    before = str(file_of(draft, "description").pk)
    answer = client.patch(url, {"before": before}, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["content"]["attachments"][0]["name"] == "two.pdf"
    assert client.patch(url, {"before": None}, content_type="application/json").status_code == 200
    assert names(draft) == ["description", "one", "two"]
    assert client.patch(url, {}, content_type="application/json").status_code == 400


def test_receipt_zip_and_readers_have_the_order_and_moving_is_an_edit(client, owner, draft):
    move_attachment(draft, file_of(draft, "two").pk, before=file_of(draft, "description").pk, by=owner)
    sent = submit_application(draft, by=owner)
    receipt = sent.receipts.get()
    assert [file["name"] for file in receipt.files] == ["two.pdf", "description.pdf", "one.pdf"]
    bundle = b"".join(client.get(f"/receipts/{receipt.pk}/proposal.zip").streaming_content)
    with zipfile.ZipFile(BytesIO(bundle)) as archive:
        assert [name for name in archive.namelist() if name.startswith("files/")] == [
            "files/01-two.pdf", "files/02-description.pdf", "files/03-one.pdf",
        ]  # fmt: skip
        assert digest(json.loads(archive.read("proposal.json"))) == receipt.sha256
    move_attachment(sent, file_of(draft, "one").pk, before=file_of(draft, "two").pk, by=owner)
    side = client.get(f"/applications/{draft.pk}/edit/budget/").context["side"]
    assert [str(line["label"]) for line in side.lines if line["marks"]] == ["Attachments"]


def test_going_back_to_what_was_received_brings_its_order_back(owner, draft):
    move_attachment(draft, file_of(draft, "two").pk, before=file_of(draft, "description").pk, by=owner)
    sent = submit_application(draft, by=owner)
    moved = move_attachment(sent, file_of(draft, "two").pk, before=None, by=owner)
    remove_attachment(moved, file_of(draft, "one").pk, by=owner)
    assert names(draft) == ["description", "two"]
    call = draft.call
    opened = open_application(Application.objects.get(pk=draft.pk), by=the_clock(), at=call.opened_from)
    assert names(opened) == ["two", "description", "one"]
    assert digest(content_of(Application.objects.get(pk=draft.pk))) == opened.sent_hash


def test_one_that_replaces_another_stands_where_that_stood_and_goes_back_there(owner, draft):
    first = file_of(draft, "description")
    draft = move_attachment(draft, first.pk, before=None, by=owner)
    draft = move_attachment(draft, file_of(draft, "two").pk, before=None, by=owner)
    assert names(draft) == ["one", "description", "two"]
    draft = replace_attachment(draft, first.pk, a_file(PDF + b"new", "new.pdf"), by=owner)
    assert names(draft) == ["one", "new", "two"]
    put_back_attachment(draft, first.pk, by=owner)
    assert names(draft) == ["one", "description", "two"]


def test_files_of_before_stand_by_their_ids_and_their_digest_is_the_one_it_was(draft):
    """Before there was an order, the content had them by their ids."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute('UPDATE "applications_attachment" SET "order" = 0')
    ids = [file["id"] for file in content_of(Application.objects.get(pk=draft.pk))["attachments"]]
    assert ids == sorted(ids)


def test_what_is_gone_meanwhile_is_not_moved_and_nobody_else_moves(client, owner, draft):
    one, two = file_of(draft, "one"), file_of(draft, "two")
    remove_attachment(draft, two.pk, by=owner)
    with pytest.raises(Incomplete) as refused:
        move_attachment(draft, one.pk, before=two.pk, by=owner)
    assert "somebody has taken it out" in str(refused.value.gaps)
    with pytest.raises(Incomplete):
        move_attachment(draft, one.pk, before=uuid4(), by=owner)
    client.force_login(an_applicant())
    assert client.post(f"/attachments/{one.pk}/move/", {"before": ""}).status_code == 404
    assert client.get(f"/attachments/{one.pk}/move/").status_code == 405


# pages


def with_limit(**limits):
    return an_open_call(parts=with_page_limits(usual_parts(), limits))


def of_pages(number, name="long.pdf"):
    return a_file(a_pdf(pages=number), name)


def test_the_pages_of_a_kind_are_counted_together_and_too_many_are_refused(client, owner):
    draft = a_complete_draft(by=owner, call=with_limit(DESCRIPTION=5), at=clock.now())  # one page is there
    draft = add_attachment(draft, of_pages(3), kind="DESCRIPTION", by=owner)
    page = client.get(f"/applications/{draft.pk}/edit/attachments/").content.decode()
    assert "description of the action (annex): 4 of at most 5 pages" in page
    with pytest.raises(Incomplete) as refused:
        add_attachment(draft, of_pages(2, "more.pdf"), kind="DESCRIPTION", by=owner)
    assert "“more.pdf” has 2 pages. At most 5 may be attached" in str(refused.value.gaps)
    assert "4 are there" in str(refused.value.gaps)
    add_attachment(draft, of_pages(2, "more.pdf"), kind="OTHER", by=owner)
    replace_attachment(draft, file_of(draft, "long").pk, of_pages(4, "longer.pdf"), by=owner)
    with pytest.raises(Incomplete) as refused:
        add_attachment(draft, a_file(a_picture("PNG"), "p.png"), kind="DESCRIPTION", by=owner)
    assert "are counted, so send a PDF" in str(refused.value.gaps)


def test_an_officer_sets_the_limit_and_publishing_freezes_it(client, owner):
    officer = an_officer()
    client.force_login(officer)
    call = a_call(status="DRAFT", published_at=None)
    said = typed(call, pages_BUDGET="3", pages_DESCRIPTION="")
    assert client.post(reverse("call_edit", args=[call.pk]), said).status_code == 302
    call = Call.objects.get(pk=call.pk)
    assert page_limits(call.parts) == {"BUDGET": 3}
    assert client.get(reverse("call_edit", args=[call.pk])).context["form"]["pages_BUDGET"].value() == 3
    assert "budget estimate: 3" in client.get(call.get_absolute_url()).content.decode()
    without = typed(call, pages_BUDGET="3", parts=["identity", "partners", "budget"], required_attachments=[])
    answer = client.post(reverse("call_edit", args=[call.pk]), without)
    assert "the form must ask for attachments" in answer.content.decode()
    for wrong in ({"BUDGET": 0}, {"NOTHING": 3}, {"BUDGET": "3"}, [3]):
        with pytest.raises(Incomplete):
            edit_call(call, by=officer, values={"parts": with_page_limits(call.parts, wrong)})
