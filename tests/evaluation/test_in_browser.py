"""At a real browser, wide and narrow: every page of the evaluation without a violation; saving by itself; no script.

With PICTURES set to a folder, each page is kept there as a picture to be looked at.
"""

import os
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from core import clock
from evaluation.actions import appoint_member, assign_evaluator, declare_no_conflict, keep_entry, object_to_consensus
from evaluation.models import Assessment, Batch, RegisterEntry, Score
from evaluation.schedule import keep_batch
from programmes.models import Criterion
from tests.browser import NARROW, WIDE, faults_of
from tests.evaluation.factories import (
    a_call_under_evaluation,
    a_consensus,
    a_drawn_list,
    a_proposed,
    a_scenario,
    a_signed,
    an_eligible_application,
    an_evaluated,
)
from tests.factories import a_fund, an_evaluator, an_officer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]
PICTURES = os.environ.get("PICTURES")
TEXT = "The network brings the analysts of six authorities together.\n\nIt shares methods, not data." * 4


@pytest.fixture
def browse(new_context, live_server, client):
    """Open a page as somebody, at a browser of their own."""

    def open_as(user, size=WIDE, **options):
        client.force_login(user)
        context = new_context(viewport=size, base_url=live_server.url, **options)
        context.set_default_timeout(15_000)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([cookie])
        return context.new_page()

    return open_as


def see(page, address, name):
    """Open a page and look at it; give its faults."""
    assert page.goto(address).status < 400, address
    for size in (WIDE, NARROW) if PICTURES else ():
        page.set_viewport_size(size)
        page.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)
    return faults_of(page)


def a_rich_call(**fields):
    call = a_call_under_evaluation(title="Cross-border police cooperation centres", **fields)
    Criterion.objects.filter(call=call, code="REL").update(
        question="How well does the action serve the objectives of the call and the needs of the Member States?"
    )
    return call


def a_rich_application(call, **fields):
    return an_eligible_application(call, description=TEXT, starts_on="2021-09-01", **fields)


def an_assessment_now(application, evaluator, days=10):
    """Assigned today, so that the time left makes sense on the page."""
    due_at = clock.now() + timedelta(days=days)
    return assign_evaluator(application, evaluator, by=an_officer(), due_at=due_at)


def test_the_pages_of_an_evaluator(browse):
    call, evaluator = a_rich_call(), an_evaluator(name="Élise Évaluatrice", state="FR")
    rows = [an_assessment_now(a_rich_application(call), evaluator, days) for days in (2, 5, 9)]
    declare_no_conflict(rows[0], by=evaluator)
    done = a_rich_application(call)
    mine = a_signed(done, evaluator)
    a_signed(done)
    page = browse(evaluator)

    faults = see(page, reverse("evaluation"), "queue")
    faults += see(page, rows[1].get_absolute_url(), "declaration")
    faults += see(page, rows[0].get_absolute_url(), "assessment")
    faults += see(page, mine.get_absolute_url(), "assessment-signed")
    faults += see(page, reverse("assessments"), "assessments")
    assert faults == []


def test_the_pages_of_the_consensus(browse):
    call = a_rich_call()
    draft, proposed = a_rich_application(call), a_rich_application(call)
    people = [an_evaluator(name="Élise Évaluatrice"), an_evaluator(name="Ольга Петрова")]
    writing = a_consensus(draft, evaluators=people)
    waiting = a_proposed(proposed, evaluators=people)
    sent_back = a_proposed(a_rich_application(call), evaluators=people)
    object_to_consensus(sent_back, by=people[1], reason="The impact is overstated: two of the partners left.")
    faults = see(browse(people[0]), writing.get_absolute_url(), "consensus-writing")
    faults += see(browse(people[0]), sent_back.get_absolute_url(), "consensus-back")
    page = browse(people[1])
    faults += see(page, waiting.get_absolute_url(), "consensus-proposed")
    faults += see(page, reverse("consensus_reports"), "consensus-list")
    assert faults == []


def a_call_in_full_swing():
    """Something in every state: fresh, begun, late, in disagreement, agreed above and below the threshold."""
    call = a_rich_call()
    fresh = [a_rich_application(call) for _ in range(3)]
    names = (("Élise", "FR"), ("Jānis", "LV"), ("Ελένη", "EL"))
    people = [an_evaluator(name=name, state=state) for name, state in names]
    an_assessment_now(fresh[0], people[0])
    late = an_assessment_now(fresh[1], people[1])
    Assessment.objects.filter(pk=late.pk).update(due_at=clock.now() - timedelta(days=1))
    apart = a_rich_application(call)
    a_signed(apart, people[0], points={"REL": "36", "QUA": "36", "IMP": "18"})
    a_signed(apart, people[1], points={"REL": "20", "QUA": "24", "IMP": "10"})
    for rel in ("36", "24"):
        an_evaluated(a_rich_application(call), points={"REL": rel, "QUA": "30", "IMP": "14"})
    return call, fresh


def test_the_pages_of_the_officer(browse):
    officer = an_officer()
    call, fresh = a_call_in_full_swing()
    appoint_member(call, officer, by=officer, under_authorising_officer=True)
    page = browse(officer)

    faults = see(page, reverse("evaluation"), "calls")
    faults += see(page, reverse("evaluation_of_call", args=[call.pk]), "cockpit")
    faults += see(page, reverse("appoint_rapporteur", args=[call.pk]), "rapporteurs")
    faults += see(page, reverse("committee", args=[call.pk]), "committee")
    faults += see(page, reverse("draw_up", args=[call.pk]), "draw-up")
    faults += see(page, reverse("stand_aside", args=[fresh[2].pk]), "stand-aside")
    faults += see(page, reverse("assign", args=[call.pk]), "assign")
    assert faults == []


def test_a_distribution_is_proposed_looked_at_and_confirmed(browse):
    call, fresh = a_call_in_full_swing()
    free = an_evaluator(name="Free Hand")
    page = browse(an_officer())
    faults = see(page, reverse("assign_one", args=[fresh[0].pk]), "assign-one")
    faults += see(page, reverse("assign_person", args=[fresh[0].pk, free.pk]), "assign-person")
    faults += see(page, reverse("assign_file", args=[call.pk]), "assign-file")
    faults += see(page, reverse("assign_automatically", args=[call.pk]), "assign-automatically")

    page.get_by_label("At most so many assessments for one evaluator").fill("1")
    press(page, "Propose", "Look before you assign")
    faults += see(page, page.url, "batch")
    press(page, "Assign them", f"Assignments of {call.reference}")
    page.get_by_text("You need not wait here.").wait_for()
    faults += see(page, page.url, "batch-under-way")
    keep_batch(Batch.objects.get().pk)
    page.get_by_text("Take back what nobody has begun…").wait_for()  # by itself: the bar looks after it
    faults += see(page, page.url, "batch-done")
    assert faults == []


def press(page, button, heading):
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("heading", name=heading, exact=True, level=1).wait_for()


TOTALS = [
    {"REL": "36", "QUA": "36", "IMP": "16"}, {"REL": "33", "QUA": "32", "IMP": "16"},
    {"REL": "32", "QUA": "33", "IMP": "16"}, {"REL": "30", "QUA": "30", "IMP": "14"},
    {"REL": "24", "QUA": "30", "IMP": "15"},
]  # fmt: skip


def test_the_ranked_list_and_its_signature(browse):
    call = a_rich_call(budget=Decimal(600_000))
    ranked_list = a_drawn_list(call, totals=TOTALS)
    guest = call.seats.get(entity="JUST.B.3")
    page = browse(guest.member)

    faults = see(page, reverse("committee", args=[call.pk]), "committee-member")
    faults += see(page, ranked_list.get_absolute_url(), "ranked-list")
    page.goto(reverse("committee", args=[call.pk]))
    page.get_by_role("button", name="Sign the evaluation record").click()
    page.get_by_text("You signed the evaluation record on").wait_for()
    faults += see(page, reverse("committee", args=[call.pk]), "committee-signed")
    for place, score in enumerate(Score.objects.filter(assessment__application__call=call).order_by("pk")):
        Score.objects.filter(pk=score.pk).update(points=max(score.points - place % 5, 0))  # who agrees has no picture
    page = browse(an_officer())
    faults += see(page, reverse("sureness", args=[ranked_list.pk]), "sureness")
    faults += see(page, reverse("suppose", args=[ranked_list.pk]), "suppose")
    page.get_by_label("Weight of IMP").fill("3")
    page.get_by_role("button", name="Show the list under these terms").click()
    page.get_by_text("would stand elsewhere").wait_for()
    faults += see(page, page.url, "supposed")
    assert faults == []


def test_scenarios_and_how_they_stand_side_by_side(browse):
    ranked_list = a_drawn_list(a_rich_call(budget=Decimal(600_000)), totals=TOTALS)
    other = a_scenario(ranked_list, "A third less, funded in part", budget=Decimal(400_000), part_from=Decimal(1))
    page = browse(an_officer())
    page.goto(f"{reverse('suppose', args=[ranked_list.pk])}")
    page.get_by_label("Weight of IMP").fill("3")
    page.get_by_role("button", name="Show the list under these terms").click()
    faults = see(page, page.url, "supposed-to-save")
    page.get_by_label("Name of the scenario").fill("Impact counts three times")
    page.get_by_label("Note").fill("Asked by the board, to see how far the list hangs on the weights.")
    page.get_by_role("button", name="Save the scenario").click()
    page.get_by_text("The ranked list is as it was").wait_for()
    faults += see(page, page.url, "scenario")
    faults += see(page, reverse("scenarios", args=[ranked_list.call_id]), "scenarios")
    for name in ("Impact counts three times", other.name):
        page.get_by_text(f"{name} – of the list").click()
    page.get_by_role("button", name="Show side by side").click()
    page.get_by_text("This is not the ranked list").wait_for()
    faults += see(page, page.url, "scenarios-beside")
    page.emulate_media(media="print")
    assert page.get_by_text("This is not the ranked list").is_visible()
    assert faults == []


def test_what_is_typed_saves_itself(browse):
    row = an_assessment_now(a_rich_application(a_rich_call()), an_evaluator())
    declare_no_conflict(row, by=row.evaluator)
    page = browse(row.evaluator)
    page.goto(row.get_absolute_url())

    page.locator("[name=REL_points]").fill("31")
    page.locator("[name=REL_comment]").fill("Typed, never sent.")
    page.get_by_text("Saved", exact=False).first.wait_for(timeout=15_000)

    score = row.scores.get(criterion__code="REL")
    assert (score.points, score.comment) == (31, "Typed, never sent.")
    page.locator("[name=REL_points]").fill("99")
    page.get_by_text("Give between 0 and 40 points; 99 is outside.").wait_for(timeout=15_000)


def test_without_script_an_evaluator_declares_scores_and_signs(browse):
    row = an_assessment_now(a_rich_application(a_rich_call()), an_evaluator())
    page = browse(row.evaluator, NARROW, java_script_enabled=False)
    page.goto(row.get_absolute_url())

    page.get_by_role("button", name="Declare that I have no conflict of interest").click()
    for code, points in (("REL", "30"), ("QUA", "32"), ("IMP", "15")):
        page.locator(f"[name={code}_points]").fill(points)
        page.locator(f"[name={code}_comment]").fill("Seen and judged.")
    page.get_by_role("button", name="Save and sign").click()

    row.refresh_from_db()
    assert row.status == "SIGNED"


def test_the_keyboard_alone_scores_and_saves(browse):
    row = an_assessment_now(a_rich_application(a_rich_call()), an_evaluator())
    declare_no_conflict(row, by=row.evaluator)
    page = browse(row.evaluator)
    page.goto(row.get_absolute_url())

    page.locator("[name=REL_points]").focus()
    for text in ("30", "Relevant.", "32", "Sound.", "15", "Lasting.", "All in all good."):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first button behind the last field: save
    page.get_by_text("is saved; it is not signed yet").wait_for()

    row.refresh_from_db()
    assert row.remark == "All in all good."
    assert sorted(row.scores.values_list("points", flat=True)) == [15, 30, 32]


def test_the_register_of_evaluators(browse):
    """An evaluator keeps the own entry; an officer finds it."""
    fund = a_fund()
    others = {"keywords": ["digital forensics"], "languages": ["el"], "actions": [f"{fund.code}:b"]}
    keep_entry(by=an_evaluator(name="Beta Benson"), said=others)
    hers = browse(an_evaluator(name="Ana Analyst"))
    faults = see(hers, reverse("my_entry"), "my-entry")
    hers.locator("main [name='keywords']").fill("DNA")
    hers.locator("main [name='offered']").first.check(force=True)
    hers.locator("main [name='from_1']").fill("2099-12-20")
    hers.locator("main [name='until_1']").fill("2100-01-06")
    with hers.expect_navigation():
        hers.get_by_role("button", name="Keep my entry").click()
    faults += see(hers, hers.url, "entry")
    assert RegisterEntry.objects.get(person__name="Ana Analyst").keywords == ["DNA", "digital forensics"]

    his = browse(an_officer())
    faults += see(his, reverse("evaluators") + "?q=ana", "register")

    assert his.locator("main").get_by_role("link", name="Ana Analyst").count() == 1
    assert faults == []
