"""Several files at once, each judged by itself; one in the place of another, and the way back; nothing is deleted."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from applications.actions import (
    add_attachment,
    put_back_attachment,
    remove_attachment,
    replace_attachment,
    submit_application,
    withdraw_application,
)
from applications.models import Application, Attachment
from audit.models import AuditRecord
from core import clock
from core.errors import Incomplete, NotAllowed, WrongState
from reports.proofs import PROOFS
from tests.applications.factories import PDF, a_complete_draft, a_draft, a_file, an_owner
from tests.applications.pages import edit_url
from tests.applications.test_races import an_open_call
from tests.factories import AFTER, NOON, a_call, an_applicant, an_officer

pytestmark = pytest.mark.django_db
TWO_KINDS = ["DESCRIPTION", "BUDGET"]


@pytest.fixture
def owner(client):
    owner = an_owner()
    client.force_login(owner)
    return owner


@pytest.fixture
def draft(owner):
    return a_draft(by=owner, call=an_open_call(required_attachments=TWO_KINDS), at=clock.now())


def another(number, name="description.pdf"):
    """A PDF of other bytes."""
    return a_file(PDF + b"%" + str(number).encode(), name)


def there(application):
    return {file.name: file.kind for file in application.attachments.present()}


def kept_files(settings):
    return sum(path.is_file() for path in settings.FILES_ROOT.rglob("*"))


def text_of(answer):
    return answer.content.decode().replace("\u00a0", " ")


def attach(client, draft, *uploads, kind="OTHER", **headers):
    return client.post(reverse("attachment_add", args=[draft.pk]), {"kind": kind, "file": list(uploads)}, **headers)


# several at once


def test_several_files_come_with_one_form(client, draft):
    answer = attach(client, draft, another(1, "a.pdf"), another(2, "b.pdf"), another(3, "c.pdf"), kind="MANDATE")

    assert answer.url == edit_url(draft, "attachments")
    assert there(draft) == {"a.pdf": "MANDATE", "b.pdf": "MANDATE", "c.pdf": "MANDATE"}
    assert "3 files are attached." in text_of(client.get(answer.url))
    assert AuditRecord.objects.of_chain(draft.chain).filter(act="application.edit").count() == 3


def test_those_that_pass_are_kept_and_each_other_has_its_own_sentence(client, draft, settings):
    bad = [a_file(b"", "empty.pdf"), a_file(b"MZ" * 40, "setup.exe"), a_file(PDF, "letter.docx")]

    answer = attach(client, draft, another(1, "a.pdf"), *bad, another(2, "b.pdf"))

    assert answer.status_code == 400
    assert answer.context["refused"] == [
        "empty.pdf: This file is empty. Choose the file again.",
        "setup.exe: This kind of file is not accepted. Use PDF, DOCX, XLSX, ODT, ODS, PNG or JPEG.",
        "letter.docx: “letter.docx” is really a .pdf file. Give it that ending, or choose the right file.",
    ]
    assert "2 files are attached." in text_of(answer)
    assert "Nothing was changed yet" not in text_of(answer)
    assert answer.context["form"]["kind"].value() == "OTHER"  # for the next try
    assert set(there(draft)) == {"a.pdf", "b.pdf"}
    assert kept_files(settings) == 2


def test_two_of_one_name_are_both_named(client, draft):
    answer = attach(client, draft, a_file(b"", "a.pdf"), a_file(b"MZ", "a.pdf"))

    assert [sentence[:7] for sentence in answer.context["refused"]] == ["a.pdf: ", "a.pdf: "]


@pytest.mark.parametrize("said", [{"kind": "OTHER"}, {"kind": "POEM", "file": [b""]}], ids=["no file", "no kind"])
def test_without_a_file_or_a_kind_nothing_comes(client, draft, said):
    if "file" in said:
        said = {**said, "file": a_file()}

    answer = client.post(reverse("attachment_add", args=[draft.pk]), said)

    assert answer.status_code == 400
    assert answer.context["form"].errors
    assert there(draft) == {}


def test_the_eighty_first_is_named_and_the_eighty_stay(client, draft, owner):
    for number in range(78):
        Attachment.objects.create(
            application=draft, kind="OTHER", name=f"{number}.pdf", content_type="", size=1, sha256=f"{number}", crc32=0,
            path=f"{number}", uploaded_by=owner, uploaded_at=NOON,
        )  # fmt: skip

    answer = attach(client, draft, another(1, "79.pdf"), another(2, "80.pdf"), another(3, "81.pdf"))

    assert answer.context["refused"] == ["81.pdf: At most 80 files: join or remove some."]
    assert draft.attachments.present().count() == 80


def test_the_script_sends_one_and_is_told_in_json(client, draft):
    kept = attach(client, draft, another(1, "a.pdf"), headers={"X-Upload": "3"})
    refused = attach(client, draft, a_file(b"", "b.pdf"), headers={"X-Upload": "1"})
    nothing = client.post(reverse("attachment_add", args=[draft.pk]), {"kind": "OTHER"}, headers={"X-Upload": "1"})

    assert (kept.status_code, kept.json()) == (201, {"detail": ""})
    assert (refused.status_code, refused.json()["detail"]) == (400, "This file is empty. Choose the file again.")
    assert (nothing.status_code, nothing.json()["detail"]) == (400, "Give an answer here.")
    assert "3 files are attached." in text_of(client.get(edit_url(draft, "attachments")))


@pytest.mark.parametrize("told", ["0", "-1", "9999", "²", "x"])
def test_a_script_that_counts_nonsense_is_told_nothing(client, draft, told):
    assert attach(client, draft, another(1), headers={"X-Upload": told}).status_code == 201
    assert "attached." not in text_of(client.get(edit_url(draft, "attachments")))


def test_sent_again_because_no_answer_came_it_is_there_once(client, draft, settings):
    attach(client, draft, another(1, "a.pdf"))
    again = attach(client, draft, another(1, "a.pdf"), another(1, "the same under another name.pdf"))

    assert again.context["refused"] == ["a.pdf: “a.pdf” is attached already, letter by letter."]
    assert set(there(draft)) == {"a.pdf", "the same under another name.pdf"}
    assert kept_files(settings) == 2


def test_when_the_call_has_closed_meanwhile_each_is_refused_and_nothing_is_left(client, draft, settings):
    type(draft.call).objects.filter(pk=draft.call_id).update(closes_at=draft.call.opens_at + timedelta(days=1))

    answer = attach(client, draft, another(1, "a.pdf"), another(2, "b.pdf"))

    assert answer.status_code == 409
    assert all("too late" in sentence for sentence in answer.context["refused"])
    assert (there(draft), kept_files(settings)) == ({}, 0)


def test_when_a_colleague_has_withdrawn_it_the_page_says_so(client, draft, owner):
    withdraw_application(draft, by=owner, reason="Our partner left.")

    assert attach(client, draft, another(1)).status_code == 409
    assert there(draft) == {}


# one document is not two of those required


def test_the_same_bytes_for_two_required_kinds_are_refused_and_the_other_is_named(owner, draft, settings):
    add_attachment(draft, another(1, "all.pdf"), kind="DESCRIPTION", by=owner)

    with pytest.raises(Incomplete) as refused:
        add_attachment(draft, another(1, "budget.pdf"), kind="BUDGET", by=owner)

    assert refused.value.in_short == (
        "“budget.pdf” is the very file that stands as “description of the action (annex)” (all.pdf). "
        "Attach another one here."
    )
    assert kept_files(settings) == 1
    add_attachment(draft, another(1, "all.pdf"), kind="OTHER", by=owner)  # nobody requires that one
    add_attachment(draft, another(2, "budget.pdf"), kind="BUDGET", by=owner)


def test_nor_do_they_come_in_by_replacing_or_putting_back(owner, draft):
    add_attachment(draft, another(1, "all.pdf"), kind="DESCRIPTION", by=owner)
    add_attachment(draft, another(2, "budget.pdf"), kind="BUDGET", by=owner)
    budget, description = draft.attachments.get(kind="BUDGET"), draft.attachments.get(kind="DESCRIPTION")

    with pytest.raises(Incomplete, match="is missing or wrong"):
        replace_attachment(draft, budget.pk, another(1, "new.pdf"), by=owner)
    remove_attachment(draft, description.pk, by=owner)
    replace_attachment(draft, budget.pk, another(1, "new.pdf"), by=owner)
    with pytest.raises(Incomplete) as refused:
        put_back_attachment(draft, description.pk, by=owner)

    assert "stands as “budget estimate” (new.pdf)" in refused.value.in_short
    assert there(draft) == {"new.pdf": "BUDGET"}


# one in the place of another, and back


@pytest.fixture
def replaced(draft, owner):
    """Three versions of the description, the last one there."""
    add_attachment(draft, another(1), kind="DESCRIPTION", by=owner)
    for number in (2, 3):
        replace_attachment(draft, draft.attachments.present().get().pk, another(number), by=owner)
    return draft


def by_size(draft):
    """{number of the version: whether it is there}"""
    files = {default_storage.open(file.path).read()[-1:].decode(): file for file in draft.attachments.all()}
    return {number: file.removed_at is None for number, file in sorted(files.items())}


def version(draft, number):
    end = f"%{number}".encode()
    return next(file for file in draft.attachments.all() if default_storage.open(file.path).read().endswith(end))


def test_a_replaced_file_keeps_its_bytes_and_the_record_tells_of_both(replaced, settings):
    assert by_size(replaced) == {"1": False, "2": False, "3": True}
    assert {file.kind for file in replaced.attachments.all()} == {"DESCRIPTION"}
    assert kept_files(settings) == 3
    told = AuditRecord.objects.of_chain(replaced.chain).order_by("sequence").last().changes
    assert told["attachments · description.pdf"] == [
        {"kind": "DESCRIPTION", "name": "description.pdf", "sha256": version(replaced, number).sha256}
        for number in (2, 3)
    ]
    assert list(PROOFS["attachments have their bytes"]()) == []


def test_an_earlier_one_is_put_back_in_the_place_of_the_present_one(client, replaced):
    page = client.get(edit_url(replaced, "attachments"))
    assert [file["instead"] for file in page.context["earlier"]] == ["description.pdf", "description.pdf"]
    assert "Put back in place of description.pdf" in text_of(page)

    answer = client.post(reverse("attachment_put_back", args=[version(replaced, 1).pk]))

    assert answer.url == edit_url(replaced, "attachments")
    assert by_size(replaced) == {"1": True, "2": False, "3": False}
    client.post(reverse("attachment_put_back", args=[version(replaced, 3).pk]))  # and the way back from there
    assert by_size(replaced) == {"1": False, "2": False, "3": True}


def test_one_that_was_taken_out_is_put_back_beside_the_others(client, draft, owner):
    add_attachment(draft, another(1, "a.pdf"), kind="OTHER", by=owner)
    add_attachment(draft, another(2, "b.pdf"), kind="OTHER", by=owner)
    first = draft.attachments.get(name="a.pdf")
    remove_attachment(draft, first.pk, by=owner)
    assert client.get(edit_url(draft, "attachments")).context["earlier"][0]["instead"] == ""

    client.post(reverse("attachment_put_back", args=[first.pk]))

    assert set(there(draft)) == {"a.pdf", "b.pdf"}
    before = Application.objects.get(pk=draft.pk).stamp
    client.post(reverse("attachment_put_back", args=[first.pk]))  # pressed twice
    assert Application.objects.get(pk=draft.pk).stamp == before


def test_until_the_call_closes_also_after_a_submission(owner):
    sent = submit_application(a_complete_draft(by=owner, at=NOON), by=owner, at=NOON)
    first = sent.attachments.get()
    replace_attachment(sent, first.pk, another(2, "second.pdf"), by=owner, at=NOON)

    put_back_attachment(sent, first.pk, by=owner, at=NOON)

    assert set(there(sent)) == {"description.pdf"}
    replace_attachment(sent, first.pk, another(3, "third.pdf"), by=owner, at=NOON)
    with pytest.raises(WrongState, match="too late"):
        put_back_attachment(sent, first.pk, by=owner, at=AFTER)


def test_two_people_replace_the_same_file_and_the_second_is_told(owner, draft, settings):
    add_attachment(draft, another(1), kind="DESCRIPTION", by=owner)
    seen = draft.attachments.get().pk
    replace_attachment(draft, seen, another(2, "from ana.pdf"), by=owner)

    with pytest.raises(Incomplete) as refused:
        replace_attachment(draft, seen, another(3, "from ben.pdf"), by=owner)

    assert refused.value.in_short == (
        "“description.pdf” is not in the application any more: somebody has taken it out."
    )
    assert there(draft) == {"from ana.pdf": "DESCRIPTION"}
    assert kept_files(settings) == 2


def test_by_the_same_bytes_nothing_is_replaced(owner, draft):
    add_attachment(draft, another(1), kind="DESCRIPTION", by=owner)

    with pytest.raises(Incomplete) as refused:
        replace_attachment(draft, draft.attachments.get().pk, another(1, "copy.pdf"), by=owner)

    assert refused.value.in_short == "“copy.pdf” is the very file that is there already."


def test_the_page_replaces_and_names_what_it_could_not(client, draft, owner):
    add_attachment(draft, another(1), kind="DESCRIPTION", by=owner)
    address = reverse("attachment_replace", args=[draft.attachments.get().pk])

    nothing = client.post(address)
    bad = client.post(address, {"file": a_file(b"MZ", "x.pdf")})
    done = client.post(address, {"file": another(2, "new.pdf")})

    assert (nothing.status_code, bad.status_code, done.status_code) == (400, 400, 302)
    assert nothing.context["refused"] == ["description.pdf: Choose the file that takes its place."]
    assert bad.context["refused"][0].startswith("description.pdf: This kind of file is not accepted.")
    assert there(draft) == {"new.pdf": "DESCRIPTION"}


def test_a_file_of_another_application_is_neither_replaced_nor_put_back(owner, draft):
    other = a_complete_draft(by=owner, call=a_call(), at=NOON).attachments.get()

    for act in (
        lambda: replace_attachment(draft, other.pk, another(2), by=owner),
        lambda: put_back_attachment(draft, other.pk, by=owner),
    ):
        with pytest.raises(Incomplete) as refused:
            act()
        assert refused.value.in_short == "This file is not in the application."


@pytest.mark.parametrize("make", [an_applicant, an_officer])
@pytest.mark.parametrize("address", ["attachment_replace", "attachment_put_back"])
def test_nobody_else_replaces_or_puts_back(client, replaced, make, address):
    client.force_login(make())

    assert client.post(reverse(address, args=[version(replaced, 1).pk]), {"file": another(9)}).status_code == 404
    with pytest.raises(NotAllowed):
        put_back_attachment(replaced, version(replaced, 1).pk, by=make())


# what the page says, and the API


def test_each_file_says_its_size_its_hash_who_attached_it_and_that_nobody_scanned_it(client, replaced, owner):
    page = text_of(client.get(edit_url(replaced, "attachments")))

    for number in (1, 2, 3):
        assert version(replaced, number).sha256 in page
    assert page.count("not scanned for viruses") == page.count("1 page ·") == 3
    assert page.count(f"attached by {owner.name}") == 3
    assert page.count("out since") == 2


def test_through_the_api_too(client, draft):
    address = f"/api/applications/{draft.pk}/attachments/"
    first = client.post(address, {"kind": "DESCRIPTION", "file": another(1, "a.pdf")}).json()["content"]["attachments"]
    neither = client.post(address, {"file": another(2)})
    second = client.post(address, {"replaces": first[0]["id"], "file": another(2, "b.pdf")})

    assert (neither.status_code, second.status_code) == (400, 201)
    assert there(draft) == {"b.pdf": "DESCRIPTION"}
    back = client.post(f"{address}{first[0]['id']}/")
    assert (back.status_code, [file["name"] for file in back.json()["content"]["attachments"]]) == (200, ["a.pdf"])
