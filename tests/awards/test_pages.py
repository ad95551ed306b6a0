"""The pages of decisions and letters, as each role meets them."""

import json
from decimal import Decimal

import pytest
from django.urls import reverse

from audit.models import AuditRecord
from awards import schedule
from awards.actions import write_owed_letters
from awards.models import Decision, DecisionLine, Letter
from promises.keeping import keep_promise
from promises.models import Promise
from tests.awards.factories import (
    LIST,
    a_letter,
    a_prepared_decision,
    a_proposed_decision,
    a_ranked_call,
    a_taken_decision,
    an_issued_decision,
    with_readers,
)
from tests.awards.test_letters import poison, sent
from tests.factories import (
    a_national_auditor,
    an_admin,
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_user(client):
    def login(user):
        client.force_login(user)
        return client

    return login


def text_of(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


# who sees what


@pytest.mark.parametrize(
    ("person", "status"),
    [
        (an_officer, 200), (an_authorising_officer, 200), (an_auditor, 200), (a_national_auditor, 404),
        (an_applicant, 404), (an_evaluator, 404), (an_admin, 404),
    ],
)  # fmt: skip
def test_a_decision_in_preparation_is_the_commissions_own(as_user, person, status):
    decision = a_prepared_decision()
    assert as_user(person()).get(decision.get_absolute_url()).status_code == status


def test_a_national_auditor_sees_the_lines_of_its_own_member_state_once_taken(as_user):
    decision = a_taken_decision()
    mine = decision.lines.first()
    other = decision.lines.last()
    type(other.application.applicant).objects.filter(pk=other.application.applicant_id).update(member_state="MT")
    page = text_of(as_user(a_national_auditor("EL")).get(decision.get_absolute_url()))
    assert mine.application.reference in page
    assert other.application.reference not in page
    assert "Budget of" not in page


@pytest.mark.parametrize(
    ("person", "waiting", "arrived"),
    [(an_officer, 200, 200), (an_auditor, 200, 200), (a_national_auditor, 404, 200), (an_applicant, 404, 404)],
)
def test_who_sees_a_letter(as_user, person, waiting, arrived):
    letter = a_letter()
    browser = as_user(person())
    assert browser.get(letter.get_absolute_url()).status_code == waiting
    sent(letter)
    assert browser.get(letter.get_absolute_url()).status_code == arrived


def test_the_addressee_sees_its_letter_once_it_is_sent(as_user):
    letter = a_letter("RESERVE")
    browser = as_user(with_readers(letter, 1)[0])
    assert browser.get(letter.get_absolute_url()).status_code == 404
    sent(letter)
    page = text_of(browser.get(letter.get_absolute_url()))
    assert "Confirm that I have read this letter" in page
    assert "12 May 2021" in page  # last day for a review of a letter nobody opened
    assert letter.reference in text_of(browser.get(reverse("letters")))


# the decision


def test_from_the_list_of_decisions_to_a_prepared_one(as_user):
    call = a_ranked_call()
    browser = as_user(an_officer())
    assert reverse("prepare_decision", args=[call.pk]) in text_of(browser.get(reverse("awards")))
    page = text_of(browser.get(reverse("prepare_decision", args=[call.pk])))
    assert "EUR 800 000.00" in page
    answer = browser.post(reverse("prepare_decision", args=[call.pk]))
    assert answer.url == Decision.objects.get().get_absolute_url()
    assert browser.get(reverse("prepare_decision", args=[call.pk])).url == answer.url


@pytest.mark.parametrize("person", [an_applicant, an_evaluator, an_auditor, an_authorising_officer, an_admin])
def test_only_officers_come_to_the_preparation(as_user, person):
    call = a_ranked_call()
    for method in ("get", "post"):
        answer = getattr(as_user(person()), method)(reverse("prepare_decision", args=[call.pk]))
        assert answer.status_code == 403
    assert not Decision.objects.exists()


def test_an_unsigned_list_is_said_and_refused(as_user):
    call = a_ranked_call()
    call.ranked_lists.update(status="DRAWN")
    browser = as_user(an_officer())
    assert "has not signed the ranked list" in text_of(browser.get(reverse("prepare_decision", args=[call.pk])))
    answer = browser.post(reverse("prepare_decision", args=[call.pk]))
    assert answer.status_code == 409
    assert "has not signed the ranked list" in text_of(answer)


def test_the_page_says_who_may_decide_and_why_not(as_user):
    decision = a_proposed_decision()
    may, may_not = an_authorising_officer(name="May Judge"), an_authorising_officer(name="Not Judge")
    Decision.objects.filter(pk=decision.pk).update(evaluator_ids=[str(may_not.pk)])
    page = text_of(as_user(may).get(decision.get_absolute_url()))
    assert "May Judge" in page
    assert "may decide" in page
    assert "sat on its committee: another person must decide" in page
    assert "Take the award decision" in page
    page = text_of(as_user(may_not).get(decision.get_absolute_url()))
    assert f"{decision.get_absolute_url()}decide/" not in page


def test_deciding_by_the_button(as_user):
    decision = a_proposed_decision()
    judge = an_authorising_officer()
    address = reverse("decision_step", args=[decision.pk, "decide"])
    assert as_user(judge).post(address, {"reason": ""}).status_code == 400
    assert as_user(an_officer()).post(address, {"reason": "Mine."}).status_code == 403
    assert as_user(judge).post(address, {"reason": "As proposed."}).status_code == 302
    assert as_user(judge).post(address, {"reason": "Again."}).status_code == 409
    decision.refresh_from_db()
    assert (decision.status, decision.reasons) == ("DECIDED", "As proposed.")
    assert "As proposed." in text_of(as_user(judge).get(decision.get_absolute_url()))


def test_a_deviation_on_the_page(as_user):
    decision = a_prepared_decision()
    line = decision.lines.filter(outcome="AWARD").first()
    browser = as_user(an_officer())
    address = reverse("deviate", args=[line.pk])
    assert address in text_of(browser.get(decision.get_absolute_url()))
    assert "Left of the budget" in text_of(browser.get(address))
    answer = browser.post(address, {"outcome": "AWARD", "contribution": "350 000,50", "reason": "Costs not eligible."})
    assert answer.url == decision.get_absolute_url()
    line.refresh_from_db()
    assert line.contribution == Decimal("350000.50")
    page = text_of(browser.get(decision.get_absolute_url()))
    assert "deviates from the list" in page
    assert "Costs not eligible." in page


@pytest.mark.parametrize(
    ("entered", "sentence"),
    [
        ({"contribution": "400 000.01"}, "Give an amount above zero and up to EUR 400 000.00"),
        ({"contribution": "400.000"}, "can be read in two ways"),
        ({"outcome": "NONSENSE"}, "NONSENSE"),
        ({"outcome": "REJECTION"}, "at which stage"),
        ({"reason": ""}, "Give an answer here"),
    ],
)
def test_what_was_typed_survives_a_refusal(as_user, entered, sentence):
    line = a_prepared_decision().lines.filter(outcome="AWARD").first()
    values = {"outcome": "AWARD", "contribution": "1", "reason": "A reason of some length.", **entered}
    answer = as_user(an_officer()).post(reverse("deviate", args=[line.pk]), values)
    page = text_of(answer)
    assert answer.status_code == 400
    assert sentence in page
    assert values["reason"] in page
    assert not DecisionLine.objects.filter(deviates=True).exists()


def test_over_budget_is_said_with_figures(as_user):
    line = a_prepared_decision().lines.get(outcome="RESERVE")
    answer = as_user(an_officer()).post(
        reverse("deviate", args=[line.pk]), {"outcome": "AWARD", "reason": "Needed urgently."}
    )
    assert answer.status_code == 400
    assert "EUR 200 000.00 more than the budget of EUR 1 000 000.00" in text_of(answer)


# before the letters: previews


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("AWARD", "Invitation to prepare the grant agreement"),
        ("RESERVE", "Your application is on the reserve list"),
        ("REJECTION", "Your application was not selected"),
    ],
)
def test_a_preview_shows_the_letter_and_stores_nothing(as_user, outcome, words):
    decision = a_proposed_decision()
    line = decision.lines.filter(outcome=outcome).first()
    before = AuditRecord.objects.count()
    answer = as_user(an_officer()).get(reverse("letter_preview", args=[line.pk]))
    page = text_of(answer)
    assert words in page
    assert "not issued, nothing is stored" in page
    assert "<style" not in page
    assert (Letter.objects.count(), AuditRecord.objects.count()) == (0, before)


def test_a_preview_is_not_for_applicants(as_user):
    line = a_proposed_decision().lines.first()
    for person in [an_applicant(line.application.applicant), an_evaluator(), an_admin()]:
        assert as_user(person).get(reverse("letter_preview", args=[line.pk])).status_code == 404


def test_the_style_sheet_of_previews_asks_for_nothing_else(as_user):
    answer = as_user(an_officer()).get(reverse("letter_css"))
    assert answer["Content-Type"].startswith("text/css")
    assert all(address.startswith('"/static/') for address in text_of(answer).split("url(")[1:])


# the batch


def progress_of(browser, decision):
    return json.loads(
        browser.get(reverse("batch_progress", args=[decision.pk]), headers={"accept": "application/json"}).content
    )


def test_progress_counts_up_to_the_end(as_user):
    decision = a_taken_decision()
    browser = as_user(an_officer())
    assert browser.post(reverse("decision_step", args=[decision.pk, "issue"])).status_code == 302
    decision.refresh_from_db()
    told = {"done": 0, "total": 5, "failed": 0, "finished": False, "failures": [], "refused": []}
    assert progress_of(browser, decision) == told
    write_owed_letters(decision)
    for letter in decision.letters.all()[:2]:
        sent(letter)
    assert progress_of(browser, decision)["done"] == 2
    assert "data-poll-url" in text_of(browser.get(decision.get_absolute_url()))
    for letter in Letter.objects.waiting():
        sent(letter)
    assert progress_of(browser, decision)["finished"] is True
    assert "data-poll-url" not in text_of(browser.get(reverse("batch_progress", args=[decision.pk])))


def test_a_failed_letter_is_named_and_tried_again(as_user):
    decision = an_issued_decision()
    bad = decision.letters.first()
    poison(bad)
    promise = Promise.objects.get(subject_id=bad.pk, kind="letter")
    browser = as_user(an_officer())
    keep_promise(promise.pk)
    assert "tried again by themselves" in text_of(browser.get(reverse("batch_progress", args=[decision.pk])))
    Promise.objects.filter(pk=promise.pk).update(status="FAILED", attempts=5)
    assert progress_of(browser, decision)["failures"][0]["letter"] == bad.reference
    page = text_of(browser.get(reverse("batch_progress", args=[decision.pk])))
    assert bad.reference in page
    again = reverse("promise_step", args=[promise.pk, "try_again"])
    assert again in page
    assert browser.post(again).status_code == 302
    promise.refresh_from_db()
    assert promise.status == "WAITING"


# the letters


def test_the_file_is_an_attachment_and_its_opening_is_recorded(as_user):
    letter = a_letter()
    reader = with_readers(letter, 1)[0]
    schedule.draw_and_send(letter.pk)
    letter.refresh_from_db()
    answer = as_user(reader).get(reverse("letter_pdf", args=[letter.pk]))
    assert answer.content.startswith(b"%PDF-1.7")
    assert answer["Content-Disposition"] == f'attachment; filename="{letter.reference.replace("/", "-")}.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert AuditRecord.objects.get(act="letter.open").actor_name == reader.name
    assert as_user(an_auditor()).get(reverse("letter_pdf", args=[letter.pk])).status_code == 200
    assert AuditRecord.objects.filter(act="letter.open").count() == 1
    assert AuditRecord.objects.filter(act="download").count() == 1
    letter.refresh_from_db()
    assert letter.status == "SENT"


def test_a_letter_not_drawn_yet_says_so(as_user):
    answer = as_user(an_officer()).get(reverse("letter_pdf", args=[a_letter().pk]))
    assert answer.status_code == 409
    assert "is not drawn yet" in text_of(answer)


def test_a_damaged_file_is_not_given_out(as_user, files):
    letter = a_letter()
    schedule.draw_and_send(letter.pk)
    files()[0].write_bytes(b"%PDF something else")
    answer = as_user(an_officer()).get(reverse("letter_pdf", args=[letter.pk]))
    assert answer.status_code == 500
    assert "not the one that was sent" in text_of(answer)


def test_confirming_by_the_button(as_user):
    letter = sent(a_letter())
    reader = with_readers(letter, 1)[0]
    browser = as_user(reader)
    assert browser.post(reverse("letter_step", args=[letter.pk, "confirm_read"])).status_code == 302
    letter.refresh_from_db()
    assert (letter.status, letter.read_by) == ("READ", reader)
    assert f"confirmed by {reader.name}" in text_of(browser.get(letter.get_absolute_url()))


@pytest.mark.parametrize("step", ["send", "deem_read", "nonsense"])
def test_nobody_takes_the_clocks_steps_by_hand(as_user, step):
    letter = sent(a_letter())
    reader = with_readers(letter, 1)[0]
    answer = as_user(reader).post(reverse("letter_step", args=[letter.pk, step]))
    assert answer.status_code in {403, 404}


@pytest.mark.parametrize("kind", ["csv", "csv-semicolon", "xlsx"])
def test_lists_can_be_taken_along_and_that_is_recorded(as_user, kind):
    an_issued_decision()
    browser = as_user(an_auditor())
    for name in ("awards", "letters"):
        answer = browser.get(reverse(name), {"format": kind})
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content)
    assert AuditRecord.objects.filter(act="download").count() == 2


def test_the_letters_of_one_call_or_one_kind(as_user):
    first, second = an_issued_decision(), an_issued_decision()
    browser = as_user(an_officer())
    page = text_of(browser.get(reverse("letters"), {"call": first.call.reference, "kind": "AWARD"}))
    assert f"{first.call.reference}-001/L1" in page
    assert f"{first.call.reference}-004/L1" not in page
    assert second.call.reference not in page


# the cost of a page does not grow with its rows


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_lists(as_user, django_assert_num_queries, number):
    for _ in range(number):
        an_issued_decision(a_ranked_call(LIST[:1]))
    browser = as_user(an_auditor())
    browser.get(reverse("awards"))
    with django_assert_num_queries(3):  # the person, the page, the count
        browser.get(reverse("awards"))
    with django_assert_num_queries(3):
        browser.get(reverse("letters"))


@pytest.mark.parametrize("places", [1, 3])
def test_queries_of_a_decision(as_user, django_assert_num_queries, places):
    decision = an_issued_decision(a_ranked_call(LIST[:places]))
    browser = as_user(an_auditor())
    browser.get(decision.get_absolute_url())
    with django_assert_num_queries(11):
        browser.get(decision.get_absolute_url())
    with django_assert_num_queries(6):
        browser.get(reverse("batch_progress", args=[decision.pk]))


def test_queries_of_a_letter(as_user, django_assert_num_queries):
    letter = sent(a_letter())
    browser = as_user(an_officer())
    browser.get(letter.get_absolute_url())
    with django_assert_num_queries(8):  # person, letter, its chain, history; what followed it, an offer, reviews
        browser.get(letter.get_absolute_url())
