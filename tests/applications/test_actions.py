"""The acts: what each does, and that a refused one changes nothing and is not recorded."""

import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from applications.actions import (
    accept_application,
    add_attachment,
    add_condition,
    confirm_check,
    edit_application,
    exclude_application,
    open_application,
    override_check,
    remove_attachment,
    restore_application,
    set_aside_application,
    start_application,
    submit_application,
    withdraw_application,
)
from applications.actions.sending import SIGNS
from applications.content import content_of, digest
from applications.models import Application, Attachment, BudgetLine, Check, Milestone, Partner, Receipt
from audit.models import AuditRecord
from core.errors import Incomplete, NotAllowed, Refused, WrongState
from promises.models import Mail, Promise
from tests.applications.factories import a_complete_draft, a_draft, a_file, a_submitted, an_owner, heard
from tests.factories import AFTER, CLOSES, NOON, OPENS, a_call, an_applicant, an_evaluator, an_officer, the_clock

pytestmark = pytest.mark.django_db
MILLISECOND = timedelta(milliseconds=1)
TABLES = (Application, Attachment, BudgetLine, Check, Milestone, Partner, Receipt, AuditRecord, Mail, Promise)


def the_whole_truth():
    return {model: sorted(model.objects.values_list(), key=str) for model in TABLES}


def refused(expected, act, **details):
    """The refusal of an act; nothing has changed and nothing was recorded."""
    before = the_whole_truth()
    with pytest.raises(expected) as refusal:
        act(**details) if not isinstance(act, tuple) else act[0](act[1], **details)
    assert the_whole_truth() == before
    return refusal.value


def last_record(application):
    return AuditRecord.objects.of_chain(application.chain).last()


# starting


def test_a_draft_begins_with_its_coordinator_and_a_reminder():
    owner, call = an_owner(), a_call()
    application = start_application(Application(call=call, applicant=owner.organisation), by=owner, at=NOON)
    lead = application.partners.get()
    assert (application.status, application.reference, application.stamp) == ("DRAFT", None, 0)
    assert (lead.name, lead.country, lead.is_coordinator) == (owner.organisation.name, "EL", True)
    assert Promise.objects.get(kind="remind_drafts").due_at == CLOSES - timedelta(days=7)
    assert last_record(application).act == "application.start"


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (OPENS - MILLISECOND, "opens on"),
        (CLOSES, "0.000 seconds too late"),
        (CLOSES + timedelta(seconds=1), "1.000 seconds too late"),
        (AFTER, "1 hour too late"),
    ],
)
def test_nobody_starts_outside_the_two_times(at, says):
    owner, call = an_owner(), a_call()
    new = Application(call=call, applicant=owner.organisation)
    assert says in str(refused(WrongState, (start_application, new), by=owner, at=at).sentence)


def test_nobody_starts_for_an_unpublished_call():
    owner = an_owner()
    new = Application(call=a_call(status="DRAFT"), applicant=owner.organisation)
    assert "not published" in str(refused(WrongState, (start_application, new), by=owner, at=NOON).sentence)


def test_nobody_starts_for_another_organisation():
    new = Application(call=a_call(), applicant=an_owner().organisation)
    refused(NotAllowed, (start_application, new), by=an_owner(), at=NOON)


# editing


def test_an_edit_is_one_record_with_what_changed():
    owner = an_owner()
    application = a_complete_draft(by=owner)
    lead = str(application.partners.get(is_coordinator=True).pk)
    before = AuditRecord.objects.count()
    application = edit_application(
        application, by=owner, at=NOON, identity={"title": "New title"},
        budget={"lines": [{"partner": lead, "category": "A", "amount": "10.00"}]},
    )  # fmt: skip
    assert AuditRecord.objects.count() == before + 1
    changes = last_record(application).changes
    assert changes["title"] == ["Joint analysis of online fraud", "New title"]
    assert changes[f"budget · {owner.organisation.name} · A"] == ["200000.00", "10.00"]
    assert changes["budget · Il-Korp tal-Pulizija ta' Malta · C"] == ["100000.00", None]
    assert changes["sections"] == [None, ["budget", "identity"]]
    assert changes["stamp"] == [application.stamp - 1, application.stamp]


def test_saving_what_is_there_already_is_no_act():
    owner = an_owner()
    application = a_complete_draft(by=owner)
    before = the_whole_truth()
    again = edit_application(application, by=owner, at=NOON, identity={"acronym": "NETWATCH"}, timetable={"months": 24})
    assert again.stamp == application.stamp
    assert the_whole_truth() == before


def test_anything_incomplete_is_saved():
    owner = an_owner()
    application = edit_application(a_draft(by=owner), by=owner, at=NOON, content={"summary": "x" * 3000}, budget={})
    assert len(application.summary) == 3000


@pytest.mark.parametrize(
    ("sections", "gap"),
    [
        ({"identity": {"acronym": "LONGER THAN TEN"}}, "identity.acronym"),
        ({"content": {"actions": ["a", "zz"]}}, "content.actions"),
        ({"budget": {"requested": "-1"}}, "budget.requested"),
        ({"budget": {"requested": "1.001"}}, "budget.requested"),
        ({"budget": {"requested": "NaN"}}, "budget.requested"),
        ({"budget": {"requested": "9" * 15}}, "budget.requested"),
        ({"budget": {"lines": [{"partner": str(uuid4()), "category": "A", "amount": 1}]}}, "budget.lines"),
        (
            {"timetable": {"milestones": [{"title": "x", "first_month": 0, "last_month": 2}]}},
            "timetable.milestones.first_month",
        ),
        ({"declarations": ["TRUE", "ANYTHING"]}, "declarations.declarations"),
        ({"partners": [{"name": "x", "country": "MT", "kind": "LAW"}] * 41}, "partners.partners"),
        ({"attachments": {"remove": [uuid4()]}}, "attachments.file"),
    ],
)  # fmt: skip
def test_what_cannot_be_stored_is_refused_by_field(sections, gap):
    owner = an_owner()
    refusal = refused(Incomplete, (edit_application, a_draft(by=owner)), by=owner, at=NOON, **sections)
    assert gap in refusal.gaps


def test_a_partner_without_country_is_refused_and_its_sisters_are_not_saved():
    owner = an_owner()
    said = [{"name": "Good", "country": "MT", "kind": "LAW"}, {"name": "Bad", "country": "XX", "kind": "LAW"}]
    refusal = refused(Incomplete, (edit_application, a_draft(by=owner)), by=owner, at=NOON, partners=said)
    assert [name.rpartition(".")[2] for name in refusal.gaps] == ["country"]


def test_nobody_takes_a_partner_of_another_application():
    owner = an_owner()
    foreign = a_complete_draft().partners.get(is_coordinator=False)
    said = [{"id": str(foreign.pk), "name": "Mine now", "country": "MT", "kind": "LAW"}]
    refused(Incomplete, (edit_application, a_draft(by=owner)), by=owner, at=NOON, partners=said)


def test_a_partner_that_leaves_takes_its_budget_along_and_the_coordinator_stays():
    owner = an_owner()
    application = edit_application(a_complete_draft(by=owner), by=owner, at=NOON, partners=[])
    assert [one.is_coordinator for one in application.partners.all()] == [True]
    assert [line.category for line in application.lines.all()] == ["A"]


def test_a_new_partner_keeps_the_id_it_was_given_so_that_saving_twice_makes_one():
    owner, key = an_owner(), str(uuid4())
    application = a_draft(by=owner)
    said = [{"id": key, "name": "Policía Nacional", "country": "ES", "kind": "LAW"}]
    for _time in range(2):
        application = edit_application(application, by=owner, at=NOON, partners=said)
    assert str(application.partners.get(is_coordinator=False).pk) == key


def test_the_coordinator_keeps_its_registered_name():
    owner = an_owner()
    application = a_draft(by=owner)
    lead = application.partners.get()
    said = [{"id": str(lead.pk), "name": "Somebody else", "country": "DE", "contact_name": "Αννα"}]
    edit_application(application, by=owner, at=NOON, partners=said)
    lead.refresh_from_db()
    assert (lead.name, lead.country, lead.contact_name) == (owner.organisation.name, "EL", "Αννα")


def test_who_saves_over_a_colleague_is_told_who_and_when():
    owner = an_owner("MT")
    colleague = an_applicant(owner.organisation, name="Carmen Borg")
    application = a_draft(by=owner)
    loaded = application.stamp
    edit_application(application, by=colleague, at=NOON, identity={"title": "Hers"})
    refusal = refused(
        WrongState, (edit_application, application), by=owner, at=NOON, base=loaded, identity={"title": "His"}
    )
    assert "Carmen Borg saved this part at 12:00:00 (Brussels time)" in str(refusal.sentence)
    # another part may be saved at the same time
    saved = edit_application(application, by=owner, at=NOON, base=loaded, content={"summary": "His"})
    assert (saved.title, saved.summary) == ("Hers", "His")
    # and with the new stamp his own goes through
    assert edit_application(saved, by=owner, at=NOON, base=saved.stamp, identity={"title": "His"}).title == "His"


@pytest.mark.parametrize("at", [CLOSES, AFTER])
def test_nothing_is_edited_after_the_call_closed(at):
    owner = an_owner()
    refused(WrongState, (edit_application, a_draft(by=owner)), by=owner, at=at, identity={"title": "late"})


def test_a_file_is_attached_and_taken_out_and_its_bytes_stay():
    owner = an_owner()
    application = add_attachment(a_draft(by=owner), a_file(), kind="BUDGET", by=owner, at=NOON)
    file = application.attachments.get()
    remove_attachment(application, file.pk, by=owner, at=NOON)
    file.refresh_from_db()
    assert file.removed_at == NOON
    assert f"attachments · {file.name}" in last_record(application).changes


def test_no_unknown_kind_of_document(settings):
    owner = an_owner()
    application = a_draft(by=owner)
    with pytest.raises(Incomplete):
        add_attachment(application, a_file(), kind="SECRET", by=owner, at=NOON)
    assert not application.attachments.exists()
    assert [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()] == []


# submitting


def test_a_submission_gets_number_receipt_promise_and_mails():
    owner = an_owner()
    an_applicant(owner.organisation, email="c@example.gr")
    call = a_call()
    application = a_submitted(by=owner, call=call)
    receipt = application.receipts.get()
    assert (application.status, application.versions) == ("SUBMITTED", 1)
    assert re.fullmatch(rf"{call.reference}-[{SIGNS}]{{6}}", application.reference)
    assert (receipt.issued_at, receipt.sha256, receipt.submitted_by) == (NOON, digest(content_of(application)), owner)
    assert [file["name"] for file in receipt.files] == ["description.pdf"]
    assert Promise.objects.filter(kind="receipt", subject_id=receipt.pk).exists()
    mails = Mail.objects.filter(subject__contains=application.reference)
    assert {mail.to for mail in mails} == {owner.email, "c@example.gr"}
    body = mails.first().body
    for fact in (
        receipt.sha256,
        "2020-12-01 12:00:00.000+01:00 (Brussels time)",
        "2020-12-01 11:00:00.000 UTC",
        "description.pdf",
        f"/receipts/{receipt.pk}/",
    ):
        assert fact in body


def test_submitting_the_same_twice_is_once():
    owner = an_owner()
    application = a_submitted(by=owner)
    before = the_whole_truth()
    assert submit_application(application, by=owner, at=NOON).versions == 1
    assert submit_application(application, by=owner, at=AFTER).versions == 1  # a replay after closing does no harm
    assert the_whole_truth() == before


def test_submitting_again_with_edits_makes_a_second_version_under_the_same_number():
    owner = an_owner()
    application = a_submitted(by=owner)
    edited = edit_application(application, by=owner, at=NOON, identity={"acronym": "SECOND"})
    again = submit_application(edited, by=owner, at=NOON)
    assert (again.versions, again.reference) == (2, application.reference)
    assert [receipt.version for receipt in again.receipts.all()] == [2, 1]


def test_only_the_complete_is_submitted_and_the_gaps_are_named():
    owner = an_owner()
    refusal = refused(Incomplete, (submit_application, a_draft(by=owner)), by=owner, at=NOON)
    assert {
        "identity.acronym",
        "content.summary",
        "timetable.months",
        "budget.requested",
        "attachments.DESCRIPTION",
        "declarations.HONOUR",
    } <= set(refusal.gaps)


def test_conditions_of_eligibility_do_not_stop_a_submission():
    owner = an_owner()
    application = edit_application(a_complete_draft(by=owner), by=owner, at=NOON, partners=[])
    application = edit_application(
        application, by=owner, at=NOON,
        budget={"requested": "1.00"}, timetable={"months": 30},
    )  # fmt: skip
    assert submit_application(application, by=owner, at=NOON).status == "SUBMITTED"


@pytest.mark.parametrize(
    ("at", "late"),
    [
        (CLOSES, "0.000 seconds"),
        (CLOSES + MILLISECOND, "0.001 seconds"),
        (CLOSES + timedelta(seconds=1), "1.000 seconds"),
        (CLOSES + timedelta(minutes=90), "1 hour 30 minutes"),
    ],
)
def test_one_moment_late_is_late_and_the_refusal_says_by_how_much(at, late):
    owner = an_owner()
    sentence = str(refused(WrongState, (submit_application, a_complete_draft(by=owner)), by=owner, at=at).sentence)
    assert f"{late} too late" in sentence
    assert "closed on 21 January 2021, 17:00:00 (Brussels time)" in sentence


def test_the_last_millisecond_is_in_time():
    owner = an_owner()
    assert submit_application(a_complete_draft(by=owner), by=owner, at=CLOSES - MILLISECOND).status == "SUBMITTED"


def test_what_changed_since_the_review_is_not_submitted():
    owner = an_owner()
    application = a_complete_draft(by=owner)
    edit_application(application, by=owner, at=NOON, identity={"title": "Changed"})
    refusal = refused(WrongState, (submit_application, application), by=owner, at=NOON, base=application.stamp)
    assert "after you opened it" in str(refusal.sentence)
    assert "Changed" in str(refusal.gaps["title"])


def test_a_number_tells_nobody_how_many_have_applied_and_stays():
    call = a_call()
    owner = an_owner()
    applications = [a_submitted(by=owner, call=call) for _one in range(3)]
    tails = {one.reference.removeprefix(f"{call.reference}-") for one in applications}
    assert len(tails) == 3
    assert all(set(tail) <= set(SIGNS) and len(tail) == 6 for tail in tails)
    first = applications[0]
    withdrawn = withdraw_application(first, by=owner, at=NOON, reason="mistake")
    restored = restore_application(withdrawn, by=owner, at=NOON)
    edited = edit_application(restored, by=owner, at=NOON, identity={"title": "Again"})
    assert submit_application(edited, by=owner, at=NOON).reference == first.reference


def test_a_number_given_by_the_old_count_stays_and_meets_no_new_one():
    """Those of before 27 November 2026 count up; they stand on receipts and letters, and stay."""
    call, owner = a_call(), an_owner()
    draft = a_complete_draft(by=owner, call=call)
    Application.objects.filter(pk=draft.pk).update(reference=f"{call.reference}-0001")
    draft.refresh_from_db()
    assert submit_application(draft, by=owner, at=NOON).reference == f"{call.reference}-0001"
    assert not set("01") & set(SIGNS)


def test_a_number_that_is_taken_is_drawn_again(monkeypatch):
    call = a_call()
    Application.objects.filter(pk=a_draft(call=call).pk).update(reference=f"{call.reference}-222222")
    drawn = iter("2" * 6 + "3" * 6)
    monkeypatch.setattr("applications.actions.sending.choice", lambda signs: next(drawn))
    assert a_submitted(call=call).reference == f"{call.reference}-333333"


# withdrawing and restoring


def test_withdrawn_restored_and_submitted_again_is_a_new_version():
    owner = an_owner()
    application = a_submitted(by=owner)
    withdrawn = withdraw_application(application, by=owner, at=NOON, reason="Our partner left.")
    assert (withdrawn.status, withdrawn.submitted_at, withdrawn.reference) == ("WITHDRAWN", None, application.reference)
    assert Mail.objects.filter(subject__startswith="Withdrawn").count() == 1
    restored = restore_application(withdrawn, by=owner, at=NOON)
    assert restored.status == "DRAFT"
    again = submit_application(restored, by=owner, at=NOON)
    assert (again.status, again.versions, again.reference) == ("SUBMITTED", 2, application.reference)


def test_withdrawing_needs_a_reason_and_an_open_call():
    owner = an_owner()
    application = a_submitted(by=owner)
    assert "reason" in refused(Incomplete, (withdraw_application, application), by=owner, at=NOON).gaps
    refused(WrongState, (withdraw_application, application), by=owner, at=AFTER, reason="too late")
    withdrawn = withdraw_application(application, by=owner, at=NOON, reason="now")
    refused(WrongState, (restore_application, withdrawn), by=owner, at=AFTER)


# opening and checks


def an_opened(**sections):
    owner = an_owner()
    return open_application(a_submitted(by=owner, **sections), by=the_clock(), at=AFTER)


def test_opening_proposes_every_check_with_what_was_found():
    application = an_opened()
    checks = list(application.checks.all())
    assert application.status == "CHECKING"
    assert [check.code for check in checks] == [
        "IN_TIME", "COMPLETE", "DOCUMENTS", "STATES", "PARTNERS", "MIN_STATES", "MIN_GRANT", "MAX_GRANT", "RATE",
        "BALANCE", "DURATION", "START", "SCOPE", "AUDIT_REPORT", "HONOUR",
    ]  # fmt: skip
    assert all(check.passed and check.found and check.status == "PROPOSED" for check in checks)


def test_only_the_clock_opens_and_sets_aside():
    owner, officer = an_owner(), an_officer()
    application = a_submitted(by=owner)
    for person in (owner, officer, an_evaluator()):
        refused(NotAllowed, (open_application, application), by=person, at=AFTER)
        refused(NotAllowed, (set_aside_application, a_draft_of(owner)), by=person, at=AFTER)


def a_draft_of(owner):
    return Application.objects.filter(applicant=owner.organisation).first()


def test_accepting_confirms_what_nobody_decided():
    officer = an_officer()
    application = accept_application(an_opened(), by=officer, at=AFTER)
    assert application.status == "ELIGIBLE"
    assert {(check.status, check.officer) for check in application.checks.all()} == {("CONFIRMED", officer)}


def test_a_failed_check_forbids_accepting_and_an_override_with_a_reason_allows_it():
    officer = an_officer()
    application = an_opened(timetable={"months": 30})
    failed = application.checks.get(code="DURATION")
    assert not failed.passed
    assert "DURATION" in refused(Incomplete, (accept_application, application), by=officer, at=AFTER).gaps
    refused(Incomplete, (override_check, failed), by=officer, at=AFTER)
    decided = override_check(failed, by=officer, at=AFTER, reason="The call was prolonged by corrigendum 1.")
    assert (decided.passed, decided.status, decided.officer) == (True, "OVERRIDDEN", officer)
    assert accept_application(application, by=officer, at=AFTER).status == "ELIGIBLE"


def test_confirming_an_overridden_check_returns_to_the_system():
    officer = an_officer()
    check = an_opened().checks.get(code="RATE")
    check = override_check(check, by=officer, at=AFTER, reason="A mistake.")
    assert not check.passed
    check = confirm_check(check, by=officer, at=AFTER)
    assert (check.passed, check.status, check.reason) == (True, "CONFIRMED", "")


def test_nobody_is_excluded_without_a_condition_that_failed():
    officer = an_officer()
    application = an_opened()
    refusal = refused(Incomplete, (exclude_application, application), by=officer, at=AFTER, reason="I do not like it.")
    assert "checks" in refusal.gaps


def test_an_exclusion_names_each_announced_condition():
    officer = an_officer()
    application = an_opened(timetable={"months": 30}, budget={"requested": "240750.00"})
    refused(Incomplete, (exclude_application, application), by=officer, at=AFTER)
    excluded = exclude_application(application, by=officer, at=AFTER, reason="Two conditions are not met.")
    named = last_record(application).changes["failed conditions"][1]
    assert excluded.status == "INELIGIBLE"
    assert named == [
        "The requested contribution is at least EUR\xa0250\xa0000.00.",
        "The total costs equal the contribution, own and other resources.",
        "The action lasts at most 24 months.",
    ]


def test_an_officer_adds_a_condition_only_a_person_can_see():
    officer = an_officer()
    application = an_opened()
    refused(Incomplete, lambda **d: add_condition(application, **d), criterion=" ", found="x", by=officer, at=AFTER)
    check = add_condition(
        application, criterion="The work programme names the topic.", found="It does not.", by=officer, at=AFTER
    )
    assert (check.passed, check.status, check.officer) == (False, "CONFIRMED", officer)
    heard(application, by=officer, at=AFTER)
    assert exclude_application(application, by=officer, at=AFTER, reason="Out of topic.").status == "INELIGIBLE"


def test_settled_checks_cannot_be_changed():
    officer = an_officer()
    application = accept_application(an_opened(), by=officer, at=AFTER)
    check = application.checks.first()
    refused(WrongState, (override_check, check), by=officer, at=AFTER, reason="later")
    refused(Refused, lambda **d: add_condition(application, **d), criterion="x", found="y", by=officer, at=AFTER)


def test_evaluators_and_applicants_decide_no_check():
    check = an_opened().checks.first()
    for person in (an_evaluator(), an_owner()):
        refused(NotAllowed, (confirm_check, check), by=person, at=AFTER)


def test_amounts_keep_their_cents():
    owner = an_owner()
    application = edit_application(
        a_draft(by=owner), by=owner, at=NOON, budget={"requested": "0.10", "own_resources": 0.1}
    )
    assert (application.requested, application.own_resources) == (Decimal("0.10"), Decimal("0.10"))
