"""Contents of every format ever written are read; what proves a receipt is its content as it was stored."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from applications import formats
from applications.actions import open_application
from applications.content import content_of, digest, says_the_same
from applications.formats import UnknownFormat, read, reads, today
from applications.models import Application, Attachment, Receipt
from applications.shown import proposal_received
from tests.applications.factories import a_complete_draft, a_submitted, an_owner
from tests.factories import AFTER, NOON, a_call, an_applicant, an_organisation, the_clock

STORED = Path(__file__).parent / "receipts"


def stored(name):
    kept = json.loads((STORED / name).read_text())
    return kept["content"], kept["sha256"]


@pytest.fixture
def a_next_format():
    """Format 2, registered as a part would: the acronym moves into a list of names."""
    number = today()

    @reads(number)
    def names_are_a_list(content):
        identity = dict(content["identity"])
        return {**content, "identity": {**identity, "title": identity["title"].upper()}}

    yield number + 1
    formats.READERS.pop(number)


def test_today_is_one_more_than_there_are_readers():
    assert today() == formats.FIRST + len(formats.READERS)
    assert set(formats.READERS) == set(range(formats.FIRST, today()))


@pytest.mark.parametrize("path", sorted(STORED.glob("*.json")), ids=lambda path: path.stem)
def test_every_stored_receipt_keeps_its_hash_and_is_read(path):
    content, sha256 = stored(path.name)
    before = json.dumps(content, sort_keys=True)
    assert digest(content) == sha256
    assert read(content)["format"] == today()
    assert json.dumps(content, sort_keys=True) == before  # reading changes nothing of what is stored


def test_there_is_a_stored_receipt_of_every_format():
    found = {stored(path.name)[0]["format"] for path in STORED.glob("*.json")}
    assert found == set(range(formats.FIRST, today() + 1))


def test_an_older_content_is_read_step_by_step(a_next_format):
    content, _sha256 = stored("format_1.json")

    @reads(a_next_format)
    def and_another_step(content):
        return {**content, "identity": {**content["identity"], "title": content["identity"]["title"] + "!"}}

    try:
        said = read(content)
        assert said["format"] == today() == a_next_format + 1
        assert said["identity"]["title"] == content["identity"]["title"].upper() + "!"
        assert read(said) == said
    finally:
        formats.READERS.pop(a_next_format)


@pytest.mark.parametrize("number", [0, -1, 99, "1", None])
def test_a_content_of_a_later_edition_is_not_guessed_at(number):
    with pytest.raises(UnknownFormat, match="This edition reads the formats 1 to"):
        read({"format": number})


@pytest.mark.parametrize("number", [0, 5])
def test_a_reader_leaves_no_gap_and_no_format_has_two(number):
    with pytest.raises(ValueError, match="a gap or a double"):
        reads(number)(dict)
    assert number not in formats.READERS


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(STORED.glob("*.json")), ids=lambda path: path.stem)
def test_an_application_is_opened_from_the_stored_receipt_as_it_was_received(path):
    """A row for each id that the receipt names; all it says comes back, and in the format of today with its hash."""
    content, sha256 = stored(path.name)
    application = as_it_stood_at_closing(content, sha256)
    opened = open_application(application, by=the_clock(), at=AFTER)
    assert says_the_same(content_of(opened), content)
    assert digest(content_of(opened)) == digest(read(content))
    assert sha256 == opened.sent_hash
    assert [part["name"] for part in proposal_received(opened.receipts.get())] == list(content_parts(content))


def content_parts(content):
    order = ("identity", "partners", "content", "timetable", "budget", "attachments", "declarations")
    return [name for name in order if name in content]


def as_it_stood_at_closing(content, sha256):
    """A submitted application that was edited beyond recognition after this receipt."""
    owner = an_applicant(an_organisation(pk=UUID(content["applicant"])))
    application = a_complete_draft(by=owner, call=a_call(reference=content["call"]), file=False)
    lead = application.partners.get(is_coordinator=True)
    said = next(one for one in content["partners"] if one["is_coordinator"])
    application.lines.all().delete()
    application.partners.all().delete()
    type(lead).objects.create(
        pk=said["id"], application=application, is_coordinator=True, name=said["name"], country=said["country"],
        kind=said["kind"],
    )  # fmt: skip
    for file in content["attachments"]:
        values = {**file, "crc32": int(file["crc32"], 16)}
        Attachment.objects.create(application=application, uploaded_by=owner, uploaded_at=NOON, **values)
    Receipt.objects.create(
        application=application, version=1, issued_at=NOON, submitted_by=owner, content=content, sha256=sha256
    )
    Application.objects.filter(pk=application.pk).update(
        status="SUBMITTED", reference=f"{content['call']}-0001", submitted_at=NOON, versions=1, sent_hash=sha256
    )
    application.refresh_from_db()
    return application


@pytest.mark.django_db
def test_a_receipt_of_before_keeps_its_content_and_hash_when_the_format_moves_on(a_next_format):
    owner = an_owner()
    application = a_submitted(by=owner)
    receipt = application.receipts.get()
    assert receipt.content["format"] == a_next_format
    old = {**receipt.content, "format": a_next_format - 1}
    Receipt.objects.filter(pk=receipt.pk).update(content=old, sha256=digest(old))
    receipt.refresh_from_db()
    assert digest(receipt.content) == receipt.sha256
    assert digest(read(receipt.content)) != receipt.sha256
    open_application(application, by=the_clock(), at=AFTER)
    receipt.refresh_from_db()
    assert (receipt.content, receipt.sha256) == (old, digest(old))
