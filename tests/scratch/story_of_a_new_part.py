"""Run in a scratch copy of the checkout to which a colleague has added one part: `parts/risks.py` and its template.

Not collected in the checkout itself: `tests/house/test_yardstick.py` runs it where the part is.
"""

import io

import pypdf
import pytest
from django.core.management import call_command
from django.urls import reverse
from rest_framework.test import APIClient

from applications.actions import edit_application, open_application, submit_application
from applications.content import content_of, digest, says_the_same
from applications.documents import draw_receipt
from applications.models import Application
from core import clock
from core.errors import Incomplete
from core.files import read
from programmes.form_parts import USUAL, form_of
from programmes.models import Call
from tests.applications.conftest import own_files  # noqa: F401 - files of tests in a folder of their own
from tests.applications.factories import a_complete_draft, an_owner
from tests.applications.test_races import an_open_call
from tests.factories import an_officer, the_clock

pytestmark = pytest.mark.django_db
SAID = {"overview": "The server may be late.", "rows": [{"title": "A late delivery", "likely": "HIGH"}]}


def a_draft_asking_for(*parts, by):
    call = an_open_call(parts=form_of(parts))
    return a_complete_draft(by=by, call=call, at=clock.now(), timetable={"starts_on": "2099-01-01"})


def asked_from_now_on(call, *parts):
    """As a migration would change the form of a call that runs: the guard of published forms stands aside."""
    for fields in ({"status": "DRAFT"}, {"parts": form_of(parts)}, {"status": "PUBLISHED"}):
        Call.objects.filter(pk=call.pk).update(**fields)


def closed(application):
    Call.objects.filter(pk=application.call_id).update(status="CHECKING")
    return Application.objects.get(pk=application.pk)


def page(client, name, row, *more):
    return client.get(reverse(name, args=[row.pk, *more])).content.decode()


@pytest.fixture
def owner(client):
    owner = an_owner()
    client.force_login(owner)
    return owner


@pytest.fixture
def draft(owner):
    return a_draft_asking_for(*USUAL, "risks", by=owner)


def test_it_is_asked_for_and_missing_until_it_is_filled_in(client, owner, draft):
    assert "What may go wrong" in page(client, "application_edit", draft, "risks")
    assert "Say what may go wrong." in page(client, "application_missing", draft)
    with pytest.raises(Incomplete) as refusal:
        submit_application(draft, by=owner)
    assert list(refusal.value.gaps) == ["risks.overview"]


def test_it_is_filled_in_on_its_page_by_the_public_act_and_by_a_program(client, owner, draft):
    address = reverse("application_edit", args=[draft.pk, "risks"])
    drawn = client.get(address).context["form"].drawn
    typed = {"drawn": drawn, "overview": "Typed.", "first": "By hand", "likely": "LOW"}
    assert client.post(address, typed).status_code == 302
    with pytest.raises(Incomplete) as refusal:
        edit_application(draft, by=owner, risks={"rows": [{"title": "x", "likely": "PERHAPS"}]})
    assert list(refusal.value.gaps) == ["risks.rows.0.likely"]
    edit_application(draft, by=owner, risks={"overview": SAID["overview"]})
    api = APIClient()
    api.force_authenticate(owner)
    saved = api.patch(
        f"/api/applications/{draft.pk}/", {"risks": {"rows": SAID["rows"]}}, format="json", headers={"If-Match": "*"}
    )
    assert (saved.status_code, saved.json()["content"]["risks"]) == (200, SAID)


def test_it_is_received_shown_drawn_and_opened_as_it_was_received(client, owner, draft):
    sent = submit_application(edit_application(draft, by=owner, risks=SAID), by=owner)
    receipt = sent.receipts.get()
    assert (receipt.content["risks"], digest(receipt.content)) == (SAID, receipt.sha256)
    assert "A late delivery" in page(client, "receipt", receipt)
    assert "A late delivery" in words_on_paper(receipt)

    edit_application(sent, by=owner, risks={"overview": "Never sent.", "rows": []})
    opened = open_application(closed(sent), by=the_clock())
    assert opened.answers["risks"] == SAID
    client.force_login(an_officer())
    assert "A late delivery" in page(client, "application", opened)


def words_on_paper(receipt):
    draw_receipt(receipt.pk)
    receipt.refresh_from_db()
    paper = pypdf.PdfReader(io.BytesIO(read(receipt.pdf_path)))
    return " ".join(" ".join(sheet.extract_text() for sheet in paper.pages).split())


def test_what_was_received_before_is_opened_all_the_same(client, owner):
    sent = submit_application(a_draft_asking_for(*USUAL, by=owner), by=owner)
    receipt = sent.receipts.get()
    assert "risks" not in receipt.content
    asked_from_now_on(sent.call, *USUAL, "risks")
    opened = open_application(closed(sent), by=the_clock())
    assert (opened.status, opened.sent_hash) == ("CHECKING", digest(receipt.content))
    assert says_the_same(content_of(opened), receipt.content)
    client.force_login(an_officer())
    assert "Nothing written." in page(client, "application", opened)


def test_a_call_that_does_not_name_it_knows_nothing_of_it(client, owner):
    draft = a_draft_asking_for(*USUAL, by=owner)
    assert client.get(reverse("application_edit", args=[draft.pk, "risks"])).status_code == 404
    with pytest.raises(Incomplete):
        edit_application(draft, by=owner, risks=SAID)


def test_officers_may_name_it_and_programs_find_it_described(client, tmp_path):
    call = an_open_call()
    Call.objects.filter(pk=call.pk).update(status="DRAFT")
    client.force_login(an_officer())
    assert 'value="risks"' in page(client, "call_edit", call)
    schema = tmp_path / "schema.yml"
    call_command("spectacular", fail_on_warn=True, file=str(schema))
    assert "overview" in schema.read_text()


def test_it_needs_no_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
