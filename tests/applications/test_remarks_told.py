"""Comments between colleagues told by mail and written by programs."""

from datetime import timedelta

import pytest

from accounts.actions import choose_mails
from applications.actions import leave_participation, resolve_remark, withdraw_application
from applications.models import Remark
from core import clock
from promises.models import Promise
from tests.accounts.test_api import program_of
from tests.applications.test_duties import anna, bram, draft, given  # noqa: F401
from tests.applications.test_partners_in_browser import row  # noqa: F401 - a partner taking part, the call open
from tests.applications.test_remarks import SECRET, said
from tests.factories import an_applicant, an_officer
from tests.notices import told

pytestmark = pytest.mark.django_db


def told_of(*remarks):
    """{address: how many mails} of what is looked at now and told when what belongs together is gathered."""
    at = clock.now()
    found = told(at, *remarks)
    for later in (timedelta(minutes=6), timedelta(days=1)):
        for address, subjects in told(at + later).items():
            found.setdefault(address, []).extend(subjects)
    return found


def test_a_comment_is_told_to_those_who_write_it_and_says_none_of_its_words(draft, anna, bram, mailoutbox):  # noqa: F811
    first = said(draft, anna)
    assert Promise.objects.filter(kind="tell", subject_id=first.pk).exists()
    title = "Comments between colleagues on applications that you write"
    assert told_of(first) == {bram.email: [f"{title}: Anna Berg on “Objectives and description” of {draft}"]}
    (mail,) = mailoutbox
    assert f"/applications/{draft.pk}/edit/content/#remarks" in mail.body
    assert SECRET not in mail.body
    assert told_of(first) == {}
    answer = said(draft, bram, "I shall mend it.", thread=first)
    assert set(told_of(answer)) == {anna.email}


def test_nobody_is_told_of_what_is_resolved_answered_withdrawn_or_not_wanted(draft, anna, bram):  # noqa: F811
    first = said(draft, anna)
    said(draft, bram, "Yes", thread=first)
    assert told_of(first) == {}
    second = said(draft, anna)
    resolve_remark(second, by=bram)
    assert told_of(second) == {}
    choose_mails(by=bram, mails={"remark": "OFF"})
    assert told_of(said(draft, anna)) == {}
    choose_mails(by=bram, mails={"remark": "DAILY"})
    third, fourth = said(draft, anna), said(draft, anna, "Another", part="identity")
    assert told_of(third, fourth) == {bram.email: ["Comments between colleagues on applications that you write: 2"]}
    fifth = said(draft, anna)
    withdraw_application(draft, by=anna, reason="Not now")
    assert told_of(fifth) == {}


def test_of_a_partner_only_who_has_its_part_or_spoke_is_told_and_only_of_its_part(row):  # noqa: F811
    application, partner, owner = row.application, row.answered_by, row.invited_by
    other = an_applicant(row.organisation)
    coordinators = said(application, owner, part="budget")
    about_its = {"part": "partners", "name": f"{row.row}-contact_email"}
    asked = said(application, owner, "Is it right?", **about_its)
    assert told_of(coordinators, asked) == {}
    given(application, owner, partner, "partners", participation=row)
    again = said(application, owner, "Is it?", **about_its)
    assert partner.email in told_of(again)
    answered = said(application, other, "It is.", thread=asked, participation=row)
    assert set(told_of(answered)) == {owner.email, partner.email}
    assert set(told_of(said(application, owner, "Thank you.", thread=asked))) == {partner.email, other.email}
    last = said(application, owner, "And the telephone?", **about_its)
    leave_participation(row, by=partner, reason="We take no part.")
    assert told_of(last) == {}


def test_programs_read_say_answer_and_resolve(draft, anna, bram, row):  # noqa: F811
    mine, brams, stranger = program_of(anna), program_of(bram), program_of(an_applicant())
    new = {"application": str(draft.pk), "part": "content", "name": "summary", "text": SECRET}
    made = mine.post("/api/remarks/", new, format="json")
    assert made.status_code == 201, made.content
    remark = made.json()
    answer = brams.post("/api/remarks/", {"thread": remark["id"], "text": "Yes"}, format="json").json()
    assert (answer["thread"], answer["part"], answer["steps"]) == (remark["id"], "content", [])
    listed = mine.get("/api/remarks/", {"application": str(draft.pk)}).json()
    assert [one["text"] for one in listed] == [SECRET, "Yes"]
    address = f"/api/remarks/{remark['id']}/"
    assert mine.get(address).json()["steps"] == ["resolve"]
    resolved = brams.post(f"{address}steps/resolve/", {"stamp": 0}, format="json").json()
    assert (resolved["status"], resolved["resolved_by"]) == ("RESOLVED", "Bram Bakker")
    assert mine.post(f"{address}steps/resolve/", {"stamp": 0}, format="json").status_code == 409
    assert mine.post(f"{address}steps/reopen/", {"stamp": 1}, format="json").json()["status"] == "OPEN"
    for program in (stranger, program_of(an_officer()), program_of(row.answered_by)):
        assert program.get(address).status_code == 404
        assert program.post("/api/remarks/", {"thread": remark["id"], "text": "No"}, format="json").status_code == 404
        assert program.post("/api/remarks/", new, format="json").status_code == 404
    assert mine.post("/api/remarks/", {"text": "Nowhere"}, format="json").status_code == 400
    assert Remark.objects.filter(application=draft).count() == 2


def test_a_partners_program_says_what_is_about_its_own_part(row):  # noqa: F811
    partner = program_of(row.answered_by)
    new = {"participation": str(row.pk), "part": "partners", "text": "Our address has changed"}
    assert partner.post("/api/remarks/", new, format="json").status_code == 201
    owner = program_of(row.invited_by)
    (read,) = owner.get("/api/remarks/").json()
    assert read["text"] == new["text"]
    assert partner.post("/api/remarks/", {"thread": read["id"], "text": "Again"}, format="json").status_code == 201
    refused = partner.post("/api/remarks/", {**new, "part": "identity", "name": "title"}, format="json")
    assert refused.status_code == 403
