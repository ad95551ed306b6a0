"""The pages in every state, for those who have business there and those who have none."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from evaluation.actions import assign_evaluator, draw_up_list, object_to_consensus
from evaluation.models import Consensus, RankedList
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_committee,
    a_consensus,
    a_drawn_list,
    a_proposed,
    a_signed,
    a_signed_list,
    an_assigned,
    an_eligible_application,
    an_evaluated,
    an_open,
)
from tests.factories import (
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
    an_organisation,
    with_a_role,
)

pytestmark = pytest.mark.django_db


def text_of(answer):
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


# the first page


def test_an_evaluator_finds_what_comes_next(as_user):
    evaluator, call = an_evaluator(), a_call_under_evaluation()
    first, second = an_eligible_application(call), an_eligible_application(call)
    a_signed(first, evaluator)
    waiting = an_assigned(second, evaluator)

    page = text_of(as_user(evaluator).get(reverse("evaluation")))

    assert f"Next:</strong> {second.reference}" in page
    assert waiting.get_absolute_url() in page
    assert "<span data-done>1</span> / <span data-total>2</span>" in page


def test_the_commission_finds_its_calls(as_user):
    call = a_call_under_evaluation(title="Cross-border centres")
    a_signed(an_eligible_application(call))

    for user in (an_officer(), an_authorising_officer(), an_auditor()):
        page = text_of(as_user(user).get(reverse("evaluation")))
        assert reverse("evaluation_of_call", args=[call.pk]) in page
        assert "Cross-border centres" in page


def test_applicants_find_nothing_here(as_user):
    call = a_call_under_evaluation()
    application = an_eligible_application(call)
    assessment = a_signed(application)
    client = as_user(an_applicant(application.applicant))

    for address in (
        reverse("evaluation"), reverse("assessments"), reverse("consensus_reports"), reverse("ranked_lists"),
        reverse("evaluation_of_call", args=[call.pk]), reverse("assign", args=[call.pk]),
        reverse("committee", args=[call.pk]), assessment.get_absolute_url(),
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


# the assessment


def test_before_declaring_only_the_card_is_shown(as_user):
    application = an_eligible_application(a_call_under_evaluation(), description="The secret plan")
    assessment = an_assigned(application)

    page = text_of(as_user(assessment.evaluator).get(assessment.get_absolute_url()))

    assert application.title in page
    assert application.applicant.name in page
    assert "Главна дирекция" in page
    assert "I declare on my honour" in page
    assert "The secret plan" not in page
    assert application.summary not in page
    assert "300\xa0000" not in page


def test_the_application_and_the_form_stand_side_by_side(as_user):
    application = an_eligible_application(a_call_under_evaluation(), description="The whole plan")
    assessment = an_open(application)

    page = text_of(as_user(assessment.evaluator).get(assessment.get_absolute_url()))

    assert "The whole plan" in page
    assert "0 to 40, in steps of 1. Threshold: 25." in page
    assert f'data-autosave-url="{assessment.get_absolute_url()}"' in page


def filled(**changes):
    data = {"stamp": "1", "remark": "Good"}
    for code, points in {"REL": "30", "QUA": "32", "IMP": "15"}.items():
        data |= {f"{code}_points": points, f"{code}_comment": f"About {code}"}
    return {**data, **changes}


def test_part_of_it_may_be_saved(as_user):
    assessment = an_open(an_eligible_application(a_call_under_evaluation()))
    client = as_user(assessment.evaluator)

    answer = client.post(assessment.get_absolute_url(), {"stamp": "1", "REL_points": "30", "save": "1"})

    assert answer.status_code == 302
    assert [(one.criterion.code, one.points) for one in assessment.scores.all() if one.points] == [("REL", 30)]


def test_wrong_points_keep_everything_that_was_entered(as_user):
    assessment = an_open(an_eligible_application(a_call_under_evaluation()))

    answer = as_user(assessment.evaluator).post(
        assessment.get_absolute_url(), filled(REL_points="41", QUA_comment="Kept words")
    )

    assert answer.status_code == 400
    page = text_of(answer)
    assert "Give between 0 and 40 points; 41 is outside." in page
    assert 'href="#id_REL_points"' in page
    assert "Kept words" in page
    assert not assessment.scores.exists()


def test_signing_needs_everything_and_names_what_is_missing(as_user):
    assessment = an_open(an_eligible_application(a_call_under_evaluation()))
    client = as_user(assessment.evaluator)

    refused = client.post(assessment.get_absolute_url(), filled(QUA_comment="", IMP_points="", sign="1"))
    assert refused.status_code == 400
    assert "Write a comment on QUA Quality." in text_of(refused)
    assert "Give the points for IMP Impact." in text_of(refused)
    assert not assessment.scores.exists()

    assert client.post(assessment.get_absolute_url(), filled(sign="1")).status_code == 302
    assessment.refresh_from_db()
    assert assessment.status == "SIGNED"


def test_signing_leads_to_the_next_one(as_user):
    evaluator, call = an_evaluator(), a_call_under_evaluation()
    first = an_open(an_eligible_application(call), evaluator)
    second = an_assigned(an_eligible_application(call), evaluator)

    answer = as_user(evaluator).post(first.get_absolute_url(), filled(sign="1"))

    assert answer["Location"] == second.get_absolute_url()


def test_autosave_tells_the_new_stamp_and_refuses_an_older_window(as_user):
    assessment = an_open(an_eligible_application(a_call_under_evaluation()))
    client = as_user(assessment.evaluator)

    def send(**data):
        return client.post(assessment.get_absolute_url(), filled(**data), headers={"X-Autosave": "1"})

    saved = send()
    assert saved.status_code == 200
    assert json.loads(saved.content)["stamp"] == "2"
    stale = send()
    assert stale.status_code == 409
    assert "after you opened it" in json.loads(stale.content)["detail"]
    wrong = send(stamp="2", REL_points="many")
    assert wrong.status_code == 400
    assert "Points: REL" in json.loads(wrong.content)["detail"]


def test_after_a_conflict_the_page_is_gone(as_user):
    application = an_eligible_application(a_call_under_evaluation())
    assessment = an_open(application)
    client = as_user(assessment.evaluator)
    step = reverse("assessment_step", args=[assessment.pk, "recuse"])

    assert client.post(step, {"reason": ""}).status_code == 400
    assert client.post(step, {"reason": "I worked there."})["Location"] == reverse("evaluation")
    assert client.get(assessment.get_absolute_url()).status_code == 404
    assert client.get(application.get_absolute_url()).status_code == 404


def test_a_signed_assessment_is_read_with_the_others(as_user):
    application = an_eligible_application(a_call_under_evaluation())
    mine, other = a_signed(application), a_signed(application)

    page = text_of(as_user(mine.evaluator).get(mine.get_absolute_url()))

    assert "Well argued." in page
    assert "<strong>77</strong> of 100" in page
    assert other.get_absolute_url() in page


# assigning


def test_an_officer_stands_aside(as_user):
    application, officer = an_eligible_application(a_call_under_evaluation()), an_officer()
    client, address = as_user(officer), reverse("stand_aside", args=[application.pk])

    assert "ceases all activity" in text_of(client.get(address))
    assert client.post(address, {"reason": ""}).status_code == 400
    assert client.post(address, {"reason": "My sister manages it."}).status_code == 302
    assert client.get(application.get_absolute_url()).status_code == 404
    assert application.reference not in text_of(client.get(reverse("evaluation_of_call", args=[application.call_id])))


# the cockpit


def test_the_cockpit_shows_where_each_application_stands(as_user):
    call = a_call_under_evaluation()
    empty, late, spread, done = (an_eligible_application(call) for _ in range(4))
    assign_evaluator(late, an_evaluator(name="Lena Late"), by=an_officer(), at=DAY, due_at=DAY + timedelta(days=1))
    assign_evaluator(late, an_evaluator(), by=an_officer(), at=DAY, due_at=DAY + timedelta(days=1))
    a_signed(spread, points={"REL": "40", "QUA": "40", "IMP": "20"})
    a_signed(spread, points={"REL": "30", "QUA": "20", "IMP": "10"})
    an_evaluated(done)

    page = text_of(as_user(an_officer()).get(reverse("evaluation_of_call", args=[call.pk])))

    assert "0 of 2 evaluators assigned" in page
    assert "2 assessments are late" in page
    assert f"Lena Late, {late.reference}: was to be signed by" in page
    assert "all signed; appoint the rapporteur" in page
    assert "100 · 60" in page
    assert "report approved: 77 points" in page
    assert "threshold 70" in page
    assert f"Not evaluated yet: {empty.reference}" in page


def test_rapporteurs_are_appointed_on_one_page(as_user):
    call = a_call_under_evaluation()
    application = an_eligible_application(call)
    first, _second = a_signed(application), a_signed(application)
    client, address = as_user(an_officer()), reverse("appoint_rapporteur", args=[call.pk])

    assert first.evaluator.name in text_of(client.get(address))
    answer = client.post(address, {f"rapporteur-{application.pk}": str(first.evaluator_id)}, follow=True)

    assert "is the rapporteur of" in text_of(answer)
    assert Consensus.objects.get().rapporteur == first.evaluator


# the consensus


def test_the_rapporteur_sees_all_scores_side_by_side_and_proposes(as_user):
    consensus = a_consensus(an_eligible_application(a_call_under_evaluation()))
    client = as_user(consensus.rapporteur)

    page = text_of(client.get(consensus.get_absolute_url()))
    assert page.count("ev-given__one") == 6
    assert "The evaluators gave 30 to 30." in page

    outside = client.post(consensus.get_absolute_url(), filled(stamp="1", REL_points="35", propose="1"))
    assert outside.status_code == 400
    assert "35 points lie outside the evaluators&#x27; own 30 to 30" in text_of(outside)
    fine = client.post(
        consensus.get_absolute_url(),
        filled(stamp="1", REL_points="35", REL_deviation="An error was found.", propose="1"),
    )
    assert fine.status_code == 302
    consensus.refresh_from_db()
    assert consensus.status == "PROPOSED"


def test_an_evaluator_approves_or_sends_back(as_user):
    consensus = a_proposed(an_eligible_application(a_call_under_evaluation()))
    other = consensus.application.assessments.exclude(evaluator=consensus.rapporteur).get().evaluator
    client = as_user(other)

    page = text_of(client.get(consensus.get_absolute_url()))
    assert "Approve" in page
    assert "Send back" in page
    client.post(reverse("consensus_step", args=[consensus.pk, "approve"]))
    page = text_of(client.get(consensus.get_absolute_url()))
    assert f"{reverse('consensus', args=[consensus.pk])}approve/" not in page


def test_the_rapporteur_reads_why_it_came_back(as_user):
    consensus = a_proposed(an_eligible_application(a_call_under_evaluation()))
    object_to_consensus(consensus, by=consensus.rapporteur, at=DAY, reason="The impact is overstated.")

    assert "The impact is overstated." in text_of(as_user(consensus.rapporteur).get(consensus.get_absolute_url()))


# the committee and its list


def test_the_committee_page_says_what_is_lacking_and_appoints(as_user):
    call, member = a_call_under_evaluation(), an_evaluator(entity="JUST.B.3")
    client, address = as_user(an_officer()), reverse("committee", args=[call.pk])

    assert "The committee has 0 of at least 3 members" in text_of(client.get(address))
    assert client.post(address, {"member": member.pk}).status_code == 400
    assert client.post(address, {"member": member.pk, "under_authorising_officer": "no"}).status_code == 302
    assert call.seats.get().entity == "JUST.B.3"


def test_a_member_declares_reads_and_signs(as_user):
    call = a_call_under_evaluation()
    an_evaluated(an_eligible_application(call))
    seats = a_committee(call, declared=False)
    draw_up_list(call, by=an_officer(), at=DAY)
    ranked_list = RankedList.objects.get()
    guest = next(seat for seat in seats if seat.entity == "JUST.B.3")
    client, address = as_user(guest.member), reverse("committee", args=[call.pk])

    page = text_of(client.get(address))
    assert "sign_record" not in page
    assert client.get(ranked_list.get_absolute_url()).status_code == 404
    client.post(reverse("seat_step", args=[guest.pk, "declare"]))
    assert client.get(ranked_list.get_absolute_url()).status_code == 200
    assert ranked_list.sha256 in text_of(client.get(address))
    stale = client.post(reverse("seat_step", args=[guest.pk, "sign_record"]), {"sha256": "0" * 64})
    assert stale.status_code == 409
    signed = client.post(reverse("seat_step", args=[guest.pk, "sign_record"]), {"sha256": ranked_list.sha256})
    assert signed.status_code == 302
    guest.refresh_from_db()
    assert guest.status == "SIGNED"


def test_a_stranger_finds_no_committee(as_user):
    call = a_call_under_evaluation()
    an_eligible_application(call)
    a_committee(call)

    assert as_user(an_evaluator()).get(reverse("committee", args=[call.pk])).status_code == 404


HIGH = {"REL": "36", "QUA": "36", "IMP": "16"}
TIED = {"REL": "33", "QUA": "32", "IMP": "16"}
OTHER = {"REL": "32", "QUA": "33", "IMP": "16"}
LOW = {"REL": "24", "QUA": "30", "IMP": "15"}


def test_the_list_draws_the_budget_line_and_explains_each_rank(as_user):
    ranked_list = a_drawn_list(totals=(LOW, OTHER, HIGH, TIED), budget=600000)

    page = text_of(as_user(an_officer()).get(ranked_list.get_absolute_url()))

    assert page.count('class="ev-line"') == 1
    assert "the main list uses EUR\xa0600\xa0000.00; EUR\xa00.00 are left" in page
    assert "criterion REL Relevance: 33 against 32 points" in page
    assert "below its threshold of 25" in page
    assert ranked_list.sha256 in page
    assert (
        page.index('gp-status--good">main list') < page.index("ev-line") < page.index('gp-status--info">reserve list')
    )


def test_the_list_is_downloaded_as_it_is_shown(as_user):
    ranked_list = a_signed_list(totals=(HIGH, LOW))
    client = as_user(an_auditor())

    lines = text_of(client.get(ranked_list.get_absolute_url(), {"format": "csv", "place": "MAIN"})).split("\r\n")

    assert len(lines) == 3  # head, one row, the end
    assert ",36.00,36.00,16.00,88.0000,MAIN," in lines[1]


def test_drawing_up_from_its_page(as_user):
    call = a_call_under_evaluation()
    an_evaluated(an_eligible_application(call))
    client, address = as_user(an_officer()), reverse("draw_up", args=[call.pk])

    assert "The committee has 0" in text_of(client.get(address))
    assert client.post(address).status_code == 400
    a_committee(call)
    assert "nobody can change a rank" in text_of(client.get(address))
    assert client.post(address)["Location"] == RankedList.objects.get().get_absolute_url()


def test_only_officers_organise(as_user):
    call = a_call_under_evaluation()
    an_eligible_application(call)
    pages = ("assign", "appoint_rapporteur", "draw_up")

    for user in (an_auditor(), an_authorising_officer(), an_evaluator()):
        client = as_user(user)
        assert [client.get(reverse(name, args=[call.pk])).status_code for name in pages] == [404, 404, 404]


@pytest.mark.parametrize("state", ["DRAFT", "PUBLISHED"])
def test_before_the_call_closes_there_is_no_evaluation(as_user, state):
    call = a_call_under_evaluation()
    call.status = state
    call.save()

    assert as_user(an_officer()).get(reverse("evaluation_of_call", args=[call.pk])).status_code == 404


def test_an_authorising_officer_appoints_members(as_user):
    call = a_call_under_evaluation()
    client = as_user(an_authorising_officer())
    member = an_evaluator(entity="HOME.D.2")

    answer = client.post(
        reverse("committee", args=[call.pk]), {"member": member.pk, "under_authorising_officer": "yes"}
    )

    assert answer.status_code == 302
    assert call.seats.get().member == member


def test_an_evaluator_of_the_applicants_house_cannot_even_declare(as_user):
    application = an_eligible_application(a_call_under_evaluation())
    assessment = an_assigned(application)
    house = an_organisation(name=application.applicant.name, state="BE")
    with_a_role(assessment.evaluator, "EVALUATOR", organisation=house)

    answer = as_user(assessment.evaluator).post(reverse("assessment_step", args=[assessment.pk, "declare"]))

    assert answer.status_code == 400
    assert "takes part in this application" in text_of(answer)
