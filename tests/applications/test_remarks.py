"""Comments beside the parts of a proposal: who says and reads them, and that they never leave with it."""

import io
import zipfile
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from applications.actions import (
    leave_participation,
    open_application,
    reopen_remark,
    resolve_remark,
    say_remark,
    submit_application,
)
from applications.content import canonical
from applications.models import Application, Remark
from applications.schedule import open_call
from applications.states import REMARK, RemarkStatus
from audit.models import AuditRecord
from core import clock
from core.errors import Incomplete, NotAllowed, WrongState
from tests.applications.factories import a_complete_draft, a_submitted, an_owner
from tests.applications.pages import edit_url
from tests.applications.test_partners_in_browser import row  # noqa: F401 - a partner taking part, the call open
from tests.applications.test_races import an_open_call
from tests.factories import NOON, an_applicant, an_auditor, an_officer, everybody, golden_table, the_clock

pytestmark = pytest.mark.django_db
SECRET = "The second objective is thin"


@pytest.fixture
def anna():
    return an_owner("EL")


@pytest.fixture
def bram(anna):
    return an_applicant(anna.organisation, name="Bram Bakker")


@pytest.fixture
def draft(anna):
    return a_complete_draft(by=anna, call=an_open_call(), at=clock.now())


def said(application, by, text=SECRET, **about):
    return say_remark(Remark(application=application, **{"part": "content", "text": text, **about}), by=by)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def page(person, address):
    return signed_in(person).get(address).content.decode()


def test_who_may_do_what_with_a_remark(draft, anna):
    remark = Remark(application=draft)
    remark._state.adding = False

    def row_in(status):
        remark.status = status
        return remark

    table = golden_table(REMARK, RemarkStatus, everybody(anna.organisation), row_in)
    assert table == WHO_MAY_DO_WHAT.strip("\n")


WHO_MAY_DO_WHAT = """
          owner    stranger  officer  evaluator  authorising  auditor  national  admin  system
OPEN      resolve  -         -        -          -            -        -         -      -
RESOLVED  reopen   -         -        -          -            -        -         -      -
"""


def test_a_thread_is_said_answered_resolved_and_taken_up_again_on_the_page(draft, anna, bram):
    address, url = edit_url(draft, "content"), f"/applications/{draft.pk}/remarks/content/"
    answer = signed_in(anna).post(url, {"text": SECRET, "name": "summary"})
    assert answer.url == f"{address}#remarks"
    remark = Remark.objects.get()
    seen = page(bram, address)
    assert SECRET in seen
    assert f'href="{address}#id_summary"' in seen
    signed_in(bram).post(url, {"text": "I shall mend it.", "thread": remark.pk})
    told = signed_in(anna).get(address).context["threads"]
    assert [[one.text for one in thread["answers"]] for thread in told] == [["I shall mend it."]]
    back = signed_in(bram).post(f"/remarks/{remark.pk}/resolve/", {"next": f"{address}#remarks"})
    assert back.url == f"{address}#remarks"
    assert "Resolved by Bram Bakker" in page(anna, address)
    signed_in(anna).post(f"/remarks/{remark.pk}/reopen/")
    remark.refresh_from_db()
    assert (remark.status, remark.resolved_by) == (RemarkStatus.OPEN, None)


def test_the_list_of_parts_and_the_page_before_submitting_say_how_many_are_open(draft, anna):
    first, _second = said(draft, anna), said(draft, anna, name="title", part="identity")
    said(draft, anna, "Yes", thread=first)
    lines = signed_in(anna).get(edit_url(draft, "budget")).context["side"].lines
    assert {str(one["label"]): [str(words) for words, _tone in one["marks"]] for one in lines if one["marks"]} == {
        "Identity": ["1 comment open"], "Objectives and description": ["1 comment open"],
    }  # fmt: skip
    before = page(anna, f"/applications/{draft.pk}/submit/")
    assert "they stop nothing and are never submitted" in before
    assert 'name="submit"' in before
    resolve_remark(first, by=anna)
    assert "description: 1 comment open" not in page(anna, f"/applications/{draft.pk}/submit/")


def test_nothing_of_it_leaves_with_the_proposal_and_the_office_never_reads_it(draft, anna):
    said(draft, anna)
    sent = submit_application(draft, by=anna)
    receipt = sent.receipts.get()
    assert SECRET.encode() not in canonical(receipt.content)
    bundle = b"".join(signed_in(anna).get(f"/receipts/{receipt.pk}/proposal.zip").streaming_content)
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        assert not any(SECRET.encode() in archive.read(name) for name in archive.namelist())
    opened = open_application(Application.objects.get(pk=draft.pk), by=the_clock(), at=draft.call.opened_from)
    for reader in (an_officer(), an_auditor()):
        assert not Remark.objects.visible_to(reader).exists()
        for address in (opened.get_absolute_url(), f"{opened.get_absolute_url()}life/"):
            assert SECRET not in page(reader, address)
    records = AuditRecord.objects.filter(act="remark.say")
    assert records.count() == 1
    assert SECRET not in str(records.get().changes)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM applications_remarkevent e WHERE to_jsonb(e)::text LIKE %s", [f"%{SECRET}%"]
        )
        assert cursor.fetchone() == (0,)


def test_a_partner_reads_and_says_what_is_about_its_own_part_and_nothing_else(row):  # noqa: F811
    application, partner, owner = row.application, row.answered_by, row.invited_by
    said(application, owner)
    about_its = said(application, owner, "Is the e-mail right?", part="partners", name=f"{row.row}-contact_email")
    assert about_its.participation == row
    address = f"/participations/{row.pk}/edit/partners/"
    seen = page(partner, address)
    assert "Is the e-mail right?" in seen
    assert SECRET not in seen
    signed_in(partner).post(f"/participations/{row.pk}/remarks/partners/", {"text": "It is.", "thread": about_its.pk})
    assert "It is." in page(owner, edit_url(application, "partners"))
    with pytest.raises(NotAllowed):
        said(application, partner, participation=row, part="identity", name="title")
    with pytest.raises(NotAllowed):
        said(application, partner, part="partners")
    third = an_applicant()
    assert signed_in(third).post(f"/remarks/{about_its.pk}/resolve/").status_code == 404
    leave_participation(row, by=partner, reason="We take no part.")
    assert not Remark.objects.visible_to(partner).exists()
    with pytest.raises(NotAllowed):
        resolve_remark(about_its, by=partner)


def test_what_cannot_stand_is_refused_and_the_words_stay_on_the_page(draft, anna):
    answer = signed_in(anna).post(f"/applications/{draft.pk}/remarks/content/", {"text": "Kept", "name": "nothing"})
    assert answer.status_code == 400
    assert ">\nKept</textarea>" in answer.content.decode()
    for wrong in ({"text": " "}, {"text": "x" * 2001}, {"part": "nothing"}):
        with pytest.raises(Incomplete):
            said(draft, anna, **wrong)
    first = said(draft, anna)
    answered = said(draft, anna, "Yes", thread=first)
    with pytest.raises(WrongState):
        said(draft, anna, "To an answer", thread=answered)
    with pytest.raises(WrongState):
        resolve_remark(answered, by=anna)
    resolve_remark(first, by=anna)
    with pytest.raises(WrongState):
        say_remark(Remark(application=draft, part="content", text="Late"), by=anna, at=draft.call.closes_at)
    with pytest.raises(WrongState):
        reopen_remark(first, by=anna, at=draft.call.closes_at)
    unknown = signed_in(anna).post(f"/applications/{draft.pk}/remarks/content/", {"text": "To", "thread": uuid4()})
    assert unknown.status_code == 404


def test_of_an_opened_application_the_office_reads_no_comment_either(anna):
    sent = a_submitted(by=anna, timetable={"months": 20})
    say_remark(Remark(application=sent, part="content", text=SECRET), by=anna, at=NOON)
    open_call(sent.call_id)
    for reader in (an_officer(), an_auditor()):
        assert SECRET not in page(reader, sent.get_absolute_url())
        assert Application.objects.visible_to(reader).filter(pk=sent.pk).exists()
        assert not Remark.objects.visible_to(reader).exists()
