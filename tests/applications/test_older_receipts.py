"""A part is added while calls are running: every receipt from before is opened, restored, shown, judged, reported."""

import pytest
from django.urls import reverse

from applications.actions import (
    accept_application,
    edit_application,
    open_application,
    override_check,
    restore_application,
    submit_application,
    withdraw_application,
)
from applications.actions.sections import restore_content
from applications.checks import case_of, warnings
from applications.completeness import gaps_in, progress_of
from applications.content import content_of, digest, is_as_sent, says_the_same
from applications.documents import draw_receipt
from applications.models import Application
from applications.parts import PARTS
from applications.schedule import open_call
from applications.shown import proposal, proposal_received
from programmes.form_parts import USUAL, form_of
from programmes.models import Call, Round
from reports.proofs import statuses, submissions
from tests.applications.factories import a_submitted, an_owner
from tests.evaluation.factories import an_open
from tests.factories import AFTER, NOON, a_call, an_auditor, an_officer, the_clock
from tests.scratch.risks import PART

pytestmark = pytest.mark.django_db
RISKS = {"overview": "The server may be late.", "rows": [{"title": "Delivery", "likely": "HIGH"}]}


@pytest.fixture
def sent_before(a_call_as_draft, new_part):
    """An application received before the part existed, whose call asks for it now."""
    owner = an_owner()
    application = a_submitted(by=owner, call=a_call_as_draft)
    asks_for_risks(a_call_as_draft)
    return Application.objects.get(pk=application.pk), owner


@pytest.fixture
def a_call_as_draft():
    return a_call()


def asks_for_risks(call):
    """As a migration would change the form of a call that runs: the guard of published forms stands aside."""
    Call.objects.filter(pk=call.pk).update(status="DRAFT")
    Call.objects.filter(pk=call.pk).update(parts=form_of([*USUAL, "risks"]))
    Call.objects.filter(pk=call.pk).update(status="PUBLISHED")


def test_the_part_is_in_no_content_before_its_call_asks_for_it(new_part):
    application = a_submitted()
    assert "risks" not in application.receipts.get().content
    assert "risks" not in content_of(application)


def test_it_is_opened_and_what_is_judged_is_what_was_received(sent_before):
    application, _owner = sent_before
    opened = open_application(application, by=the_clock(), at=AFTER)
    assert opened.status == "CHECKING"
    assert says_the_same(content_of(opened), opened.receipts.get().content)
    assert opened.sent_hash == opened.receipts.get().sha256
    assert "risks" not in opened.receipts.get().content


def test_the_whole_call_is_opened_by_the_clock(sent_before):
    application, _owner = sent_before
    Call.objects.filter(pk=application.call_id).update(closes_at=NOON)
    open_call(application.call_id)
    application.refresh_from_db()
    assert application.status == "CHECKING"


def test_what_was_written_into_the_new_part_and_never_sent_is_set_aside(sent_before):
    application, owner = sent_before
    edited = edit_application(application, by=owner, at=NOON, risks=RISKS, identity={"acronym": "LATER"})
    assert not is_as_sent(edited, content_of(edited))
    opened = open_application(edited, by=the_clock(), at=AFTER)
    assert content_of(opened)["risks"] == PART.empty
    assert opened.acronym == "NETWATCH"


def test_nothing_counts_as_unsent_only_because_a_part_was_added(sent_before, client):
    application, owner = sent_before
    client.force_login(owner)
    assert is_as_sent(application, content_of(application))
    page = client.get(reverse("application", args=[application.pk])).content.decode()
    assert "you have edits that are not submitted" not in page
    again = submit_application(application, by=owner, at=NOON)
    assert (again.versions, again.receipts.count()) == (1, 1)


def test_it_is_taken_up_again_with_the_new_part_to_fill_in(sent_before):
    application, owner = sent_before
    withdrawn = withdraw_application(application, by=owner, at=NOON, reason="A mistake")
    draft = restore_application(withdrawn, by=owner, at=NOON)
    assert gaps_in(content_of(draft), draft.call) == {"risks.overview": "Say what may go wrong."}
    filled = edit_application(draft, by=owner, at=NOON, risks=RISKS)
    sent = submit_application(filled, by=owner, at=NOON)
    assert (sent.versions, sent.receipts.first().content["risks"]) == (2, RISKS)
    assert "risks" not in sent.receipts.last().content


def test_an_older_version_is_restored_and_gives_its_hash_apart_from_the_new_part(sent_before):
    application, owner = sent_before
    receipt = application.receipts.get()
    edit_application(application, by=owner, at=NOON, partners=[], risks=RISKS, declarations=[])
    again = Application.objects.get(pk=application.pk)
    restore_content(again, receipt.content, by=owner, at=NOON)
    again.save()
    content = content_of(Application.objects.get(pk=again.pk))
    assert content.pop("risks") == PART.empty
    assert digest(content) == receipt.sha256


def test_an_older_content_has_no_gap_no_progress_and_no_warning_in_what_was_not_asked(sent_before):
    application, _owner = sent_before
    content = application.receipts.get().content
    assert gaps_in(content, application.call) == {}
    assert list(progress_of(content, {}, application.call)) == list(USUAL)
    assert warnings(case_of(content, application.call, at=NOON)) == []


def test_it_is_shown_to_everybody_without_what_was_not_asked(sent_before, client):
    application, owner = sent_before
    receipt = application.receipts.get()
    assert [part["name"] for part in proposal_received(receipt)] == list(USUAL)
    assert [part["name"] for part in proposal(application, content_of(application))] == [*USUAL, "risks"]
    client.force_login(owner)
    page = client.get(reverse("receipt", args=[receipt.pk])).content.decode()
    assert 'id="part-timetable"' in page
    assert 'id="part-risks"' not in page
    draw_receipt(receipt.pk)
    receipt.refresh_from_db()
    assert receipt.pdf_sha256


@pytest.mark.parametrize("reader", [an_officer, an_auditor])
def test_the_commission_reads_it_with_the_new_part_empty(sent_before, client, reader):
    application, _owner = sent_before
    Call.objects.filter(pk=application.call_id).update(status="CHECKING")
    open_application(Application.objects.get(pk=application.pk), by=the_clock(), at=AFTER)
    client.force_login(reader())
    page = client.get(reverse("application", args=[application.pk])).content.decode()
    assert 'id="part-risks"' in page
    assert "Nothing written." in page


def test_an_evaluator_reads_and_judges_it(sent_before, client):
    application, _owner = sent_before
    opened = open_application(application, by=the_clock(), at=AFTER)
    Call.objects.filter(pk=opened.call_id).update(status="EVALUATION")
    Round.objects.create(call_id=opened.call_id, ordinal=1, cause="INITIAL", opened_at=AFTER, opened_by=the_clock())
    for check in opened.checks.filter(passed=False):
        override_check(check, by=an_officer(), at=AFTER, reason="Seen on paper.")
    accept_application(Application.objects.get(pk=opened.pk), by=an_officer(), at=AFTER)
    assessment = an_open(Application.objects.get(pk=opened.pk))
    client.force_login(assessment.evaluator)
    page = client.get(assessment.get_absolute_url()).content.decode()
    assert "A description." in page
    assert 'id="part-risks"' in page
    assert "Nothing written." in page


@pytest.mark.parametrize("slug", ["submissions", "checks", "statistics"])
def test_the_reports_of_its_call_are_drawn(sent_before, client, slug):
    application, _owner = sent_before
    Call.objects.filter(pk=application.call_id).update(status="CHECKING")
    open_application(Application.objects.get(pk=application.pk), by=the_clock(), at=AFTER)
    client.force_login(an_officer())
    page = client.get(reverse("report", args=[slug]), {"call": application.call_id}).content.decode()
    assert "Greece" in page or application.reference in page


def test_the_proofs_find_nothing_wrong(sent_before):
    application, _owner = sent_before
    assert list(submissions()) == []
    open_application(application, by=the_clock(), at=AFTER)
    assert [fault for fault in submissions() if str(application.pk) in fault] == []
    assert [fault for fault in statuses() if str(application.pk) in fault] == []


def test_a_part_is_known_once(new_part):
    from applications.parts import add

    with pytest.raises(ValueError, match="a part “risks” already"):
        add(PART)
    assert PARTS["risks"] is PART
