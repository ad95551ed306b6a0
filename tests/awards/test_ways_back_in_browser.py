"""The pages of ways back at a real browser, wide and narrow, without a violation.

With PICTURES set to a folder, each page is kept there as a picture to be looked at.
"""

from datetime import timedelta

import pytest
from django.urls import reverse

from awards.actions import file_redress, send_letter
from core import clock
from evaluation.actions import question_list
from evaluation.models import Consensus
from tests.awards.test_reserve import a_call_with_reserve, an_offer
from tests.awards.test_rounds import a_decided_call, application_of
from tests.evaluation.factories import a_drawn_list, a_proposed, a_signed_list, an_eligible_application
from tests.evaluation.test_in_browser import browse, see  # noqa: F401 - a fixture
from tests.evaluation.test_ways_back import HIGH, MIDDLE, WHY
from tests.factories import an_applicant, an_officer, the_clock

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


def test_what_falls_is_said_on_pages_anybody_can_read(browse):  # noqa: F811
    ranked_list = a_drawn_list(totals=(HIGH, MIDDLE), budget=300_000)
    report = Consensus.objects.get(total=81)
    proposed = a_proposed(an_eligible_application(ranked_list.call))
    signed = question_list(a_signed_list(), by=an_officer(), at=clock.now(), reason=WHY)
    page = browse(an_officer())
    for name, address in {
        "reopen": reverse("consensus_preview", args=[report.pk, "reopen"]),
        "set_aside": reverse("ranked_list_preview", args=[signed.pk, "set_aside"]),
        "questioned": signed.get_absolute_url(),
        "hand_on": reverse("hand_on", args=[proposed.pk]),
        "pass_over": reverse("pass_over", args=[proposed.pk]),
        "bar": reverse("bar_person", args=[report.application_id]),
        "again": reverse("evaluate_again", args=[signed.call_id]),
        "report": report.get_absolute_url(),
    }.items():
        assert see(page, address, name) == [], name


def test_what_comes_after_the_letters(browse):  # noqa: F811
    call = a_call_with_reserve()
    offer = an_offer(call)
    other = a_decided_call()
    letter = other.decisions.get().letters.get(application=application_of(other, 3))
    letter = send_letter(letter, by=the_clock(), at=clock.now(), path="letters/x", sha256="0" * 64)
    owner = browse(an_applicant(letter.application.applicant))
    assert see(owner, reverse("file_redress", args=[letter.pk]), "file_redress") == []
    row = file_redress(
        letter, by=an_applicant(letter.application.applicant), ground="INCOHERENCE",
        text="The comment on relevance praises what the points take away.", at=clock.now() + timedelta(minutes=1),
    )  # fmt: skip
    officer = browse(an_officer())  # one after the other: a browser signs in once
    for name, address in {
        "prepare_again": reverse("prepare_again", args=[call.pk]),
        "replace": reverse("letter_step_preview", args=[letter.pk, "replace"]),
        "redress": row.get_absolute_url(),
        "redresses": reverse("redresses"),
    }.items():
        assert see(officer, address, name) == [], name
        assert officer.get_by_role("button", name="Sign out").count(), name
    addressee = browse(an_applicant(offer.application.applicant))
    assert see(addressee, offer.get_absolute_url(), "offer") == []
