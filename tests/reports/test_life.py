"""The life of one application on one page, for auditors and, as far as they see it, for the Commission."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditRecord
from evaluation.actions import reopen_assessment, sign_assessment
from evaluation.models import Assessment
from programmes.models import Corrigendum
from reports.shown.life import CHAPTERS
from tests.evaluation.factories import DAY, a_call_under_evaluation, a_signed, an_eligible_application
from tests.factories import (
    AFTER,
    NOON,
    a_national_auditor,
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
)

pytestmark = pytest.mark.django_db


def page_of(client, user, application):
    client.force_login(user)
    return client.get(reverse("application_life", args=[application.pk]))


def said_to(client, user, application):
    return page_of(client, user, application).content.decode()


def test_an_auditor_goes_along_the_whole_life(client, reviewed):
    awarded, contested, asked = reviewed.entries[1], reviewed.entries[2], reviewed.entries[0]
    auditor = an_auditor()
    client.force_login(auditor)
    assert reverse("application_life", args=[awarded.pk]) in client.get(awarded.get_absolute_url()).content.decode()
    said = said_to(client, auditor, awarded)
    titles = [f'id="{name}"' for name, *_more in CHAPTERS if f'id="{name}"' in said]
    assert [said.index(one) for one in titles] == sorted(said.index(one) for one in titles)
    assert {'id="call"', 'id="receipts"', 'id="checks"', 'id="assessments"', 'id="consensus"', 'id="places"',
            'id="decision"', 'id="letters"', 'id="looks"'} == set(titles)  # fmt: skip
    receipt = awarded.receipts.get()
    for word in [
        receipt.sha256, reverse("receipt", args=[receipt.pk]), "Evaluator Α", awarded.checks.first().criterion,
        awarded.assessments.first().declaration[:30], "Less travel.", "As the committee proposes, but for one.",
        reviewed.ranked_list.sha256, awarded.letters.get().reference, f"application:{str(awarded.pk)[:8]}",
    ]:  # fmt: skip
        assert word in said, word
    assert "Requests for review" in (of_contested := said_to(client, auditor, contested))
    assert "The comment on relevance praises" in of_contested
    assert "What is a ferry?" in said_to(client, auditor, asked)


def test_every_record_of_its_chain_is_there_with_its_place(client, decided):
    application = decided.entries[0]
    said = said_to(client, an_auditor(), application)
    records = AuditRecord.objects.of_chain(application.chain)
    assert all(f">{application.chain[:20]} {one.sequence}</a>" in said for one in records)


def test_what_was_signed_and_opened_again_is_told(client):
    application = an_eligible_application(a_call_under_evaluation())
    row = reopen_assessment(a_signed(application), by=an_officer(), at=DAY, reason="The wrong form was used.")
    sign_assessment(row, by=row.evaluator, at=DAY)
    said = said_to(client, an_auditor(), application)
    assert said.count(">Sign: ") == 2
    assert "Reopen the assessment" in said
    assert "The wrong form was used." in said
    assert "signed → being written" in said  # as pages say it, not as the database does
    assert "(the clock)" not in said  # who is called by the role is named once


def test_how_it_was_written_is_not_told(client, decided):
    application = decided.entries[0]
    assert AuditRecord.objects.of_chain(application.chain).filter(act="application.edit").exists()
    said = said_to(client, an_auditor(), application)
    assert ">Edit</div>" in said
    assert "Description" not in said.partition(">Edit</div>")[2].partition("In the trail")[0]


def test_the_text_of_the_call_is_told_as_of_its_time(client, decided):
    application = decided.entries[0]
    for number, moment in ((1, NOON - timedelta(hours=1)), (2, AFTER)):
        Corrigendum.objects.create(
            call=decided.call, number=number, published_at=moment, proposed_at=moment, reason=f"Correction {number}",
            changes={"title": ["Before", "Since"]},
        )  # fmt: skip
    said = said_to(client, an_auditor(), application)
    first, second = said.index("Correction 1"), said.index("Correction 2")
    assert "stood when the application came in" in said[first:second]
    assert "published after the application came in" in said[second:]
    assert "Title: Before → Since" in said


def test_a_national_auditor_reads_the_own_state_and_nothing_of_others(client, decided):
    of_greece, of_germany = decided.entries[0], decided.entries[1]
    auditor = a_national_auditor("EL")
    said = said_to(client, auditor, of_greece)
    assert decided.call.reference in said
    assert "Place on the ranked list" in said
    assert "CANARY" not in said
    assert of_germany.reference not in said
    assert page_of(client, auditor, of_germany).status_code == 404


def test_the_commission_reads_it_and_others_do_not(client, decided):
    application = decided.entries[0]
    for one in (decided.officer, an_authorising_officer()):
        assert page_of(client, one, application).status_code == 200
    for one in (application.applicant.users.get(), an_applicant(), decided.evaluators[0], an_evaluator()):
        assert page_of(client, one, application).status_code == 404


def test_whoever_is_still_to_assess_it_sees_nothing(client, decided):
    application, officer = decided.entries[0], an_officer()
    Assessment.objects.create(
        application=application, evaluator=officer, status="CONFLICT", assigned_by=decided.officer, assigned_at=DAY,
        due_at=DAY, ended_reason="A cousin.",
    )  # fmt: skip
    assert page_of(client, officer, application).status_code == 404


def test_a_page_costs_the_same_however_much_happened(client, decided):
    quiet, busy = decided.excluded, decided.entries[0]
    auditor = an_auditor()
    page_of(client, auditor, quiet)
    costs = []
    for application in (quiet, busy):
        with CaptureQueriesContext(connection) as asked:
            page_of(client, auditor, application)
        costs.append(len(asked))
    assert abs(costs[0] - costs[1]) <= 3, costs
