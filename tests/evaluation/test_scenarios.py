"""Scenarios: what is supposed of a list, kept under a name, beside the list that counts and never it."""

import csv
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from audit.models import AuditRecord
from core.errors import NotAllowed, WrongState
from core.formats import euro
from evaluation.actions import (
    agree_scores,
    appoint_rapporteur,
    approve_consensus,
    discard_list,
    draw_up_list,
    propose_consensus,
    withdraw_scenario,
)
from evaluation.models import Assessment, RankedList, Scenario
from evaluation.states import BLIND
from evaluation.sureness import Beside, Supposed, terms_kept, terms_read
from evaluation.sureness.supposed import with_part
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_committee,
    a_scenario,
    a_signed,
    an_eligible_application,
    scores_of,
)
from tests.evaluation.pages import words_of
from tests.evaluation.test_sureness_pages import AGREED, CALM, FAIR, LOW
from tests.factories import an_auditor, an_authorising_officer, an_evaluator, an_officer

pytestmark = pytest.mark.django_db
SAID = {
    "overall": "70", "budget": "300000", "ties": "REL, TIME, COMMITTEE", "weight_REL": "1", "weight_QUA": "1",
    "weight_IMP": "1", "least_REL": "25", "least_QUA": "", "least_IMP": "",
}  # fmt: skip


@pytest.fixture
def ranked_list():
    """Two applications and money for one: the second would be first if Severa had not judged it."""
    call = a_call_under_evaluation(budget=Decimal(300000), min_contribution=Decimal(100000))
    strict, fair, mild = (an_evaluator(name=name) for name in ("Severa Strict", "Fay Fair", "Mildred Mild"))
    first, second = (an_eligible_application(call, minutes=minutes) for minutes in (0, 1))
    judged(first, {fair: CALM, mild: CALM}, CALM)
    judged(second, {strict: LOW, fair: FAIR}, AGREED)
    a_committee(call)
    return draw_up_list(call, by=an_officer(), at=DAY)


def judged(application, given, agreed):
    for evaluator, points in given.items():
        a_signed(application, evaluator, points)
    report = appoint_rapporteur(application, next(iter(given)), by=an_officer(), at=DAY)
    report = agree_scores(
        report, by=report.rapporteur, at=DAY, scores=scores_of(agreed, comment="We agree."), remark="Sound."
    )
    report = propose_consensus(report, by=report.rapporteur, at=DAY)
    for evaluator in given:
        report = approve_consensus(report, by=evaluator, at=DAY)


def strict():
    return Assessment.objects.filter(evaluator__name="Severa Strict").first().evaluator


def supposing_of(ranked_list, **changes):
    said = {**SAID, **changes}
    return f"{reverse('suppose', args=[ranked_list.pk])}?{urlencode(said, doseq=True)}"


def save(client, address, **said):
    """As a browser does: the digest of the page is sent along."""
    digest = client.get(address).context["saving"].initial["seen"]
    return client.post(address, {"name": "Without Severa", "note": "Asked by the board.", "seen": digest, **said})


# saving


def test_an_officer_saves_what_the_page_shows_and_the_list_is_as_it_was(client, ranked_list):
    officer = an_officer()
    client.force_login(officer)
    before = list(ranked_list.entries.values())
    answer = save(client, supposing_of(ranked_list, left_out=[strict().pk]))

    scenario = Scenario.objects.get()
    assert answer.headers["Location"] == scenario.get_absolute_url()
    assert (scenario.ranked_list, scenario.made_by) == (ranked_list, officer)
    assert scenario.terms["left_out"] == [str(strict().pk)]
    record = AuditRecord.objects.get(act="scenario.save")
    assert (record.chain, record.changes["sha256"]) == (ranked_list.call.chain, [None, scenario.sha256])
    page = words_of(client.get(scenario.get_absolute_url()))
    for words in (
        "This is not the ranked list", "Asked by the board.", "the same outcome as when it was saved", "1, not 2",
        "2, not 1", "funded: into the money", "not funded: out of the money", "Severa Strict",
    ):  # fmt: skip
        assert words in page, words
    assert list(ranked_list.entries.values()) == before
    assert RankedList.objects.get().stamp == ranked_list.stamp


def test_what_was_typed_stays_when_the_name_is_taken_or_the_outcome_is_another(client, ranked_list):
    client.force_login(an_officer())
    a_scenario(ranked_list, "Without Severa")
    address = supposing_of(ranked_list)
    answer = save(client, address)
    assert (answer.status_code, "has this name already" in words_of(answer)) == (400, True)

    answer = save(client, address, name="Another", seen="of a page long ago")
    page = answer.content.decode()
    assert (answer.status_code, "look at it again" in words_of(answer)) == (409, True)
    assert 'value="Another"' in page
    assert "Asked by the board." in page
    again = client.post(address, {"name": "Another", "seen": answer.context["saving"].data["seen"]})
    assert again.status_code == 302


def test_a_list_that_fell_meanwhile_takes_no_scenario_and_the_words_stay(client, ranked_list):
    officer = an_officer()
    client.force_login(officer)
    address = supposing_of(ranked_list)
    digest = client.get(address).context["saving"].initial["seen"]
    discard_list(ranked_list, by=an_officer(), at=DAY, reason="A typing error.")
    answer = client.post(address, {"name": "Too late", "note": "Kept?", "seen": digest})
    assert (answer.status_code, "This list is now" in words_of(answer)) == (409, True)
    assert 'value="Too late"' in answer.content.decode()
    with pytest.raises(WrongState):
        a_scenario(ranked_list, by=officer)


def test_only_officers_save_and_nobody_who_is_blind_on_one_application(client, ranked_list):
    for user in (an_auditor(), an_authorising_officer(), an_evaluator()):
        client.force_login(user)
        assert client.post(supposing_of(ranked_list), {"name": "Mine"}).status_code == 404
        with pytest.raises(NotAllowed):
            a_scenario(ranked_list, by=user)
    blind = an_officer()
    one = Assessment.objects.earliest("pk")
    Assessment.objects.create(
        application=one.application, evaluator=blind, status="CONFLICT", assigned_by=blind, assigned_at=DAY,
        due_at=DAY, round=one.round, ended_reason="A cousin.",
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="have a conflict on one"):
        a_scenario(ranked_list, by=blind)
    assert not Scenario.objects.exists()


def test_sent_twice_by_an_impatient_finger_it_is_one(client, ranked_list):
    client.force_login(an_officer())
    for _time in range(2):
        answer = save(client, supposing_of(ranked_list), key="one-and-the-same")
        assert answer.status_code == 302
    assert Scenario.objects.count() == 1


# who reads


def addresses(scenario):
    beside = reverse("scenarios_beside", args=[scenario.call_id])
    return [scenario.get_absolute_url(), reverse("scenarios", args=[scenario.call_id]), beside]


def test_those_read_it_who_see_how_sure_the_list_is_and_nobody_else(client, ranked_list):
    scenario = a_scenario(ranked_list)
    for user in (an_auditor(), an_authorising_officer(), an_officer()):
        client.force_login(user)
        for address in addresses(scenario):
            assert client.get(address).status_code == 200, (user, address)
        assert (
            reverse("scenarios", args=[scenario.call_id]) in client.get(ranked_list.get_absolute_url()).content.decode()
        )
    member = ranked_list.call.seats.get(entity="JUST.B.3").member
    for user in (strict(), member, an_evaluator()):
        client.force_login(user)
        for address in addresses(scenario):
            assert client.get(address).status_code == 404, (user, address)
        assert "scenario" not in client.get(ranked_list.get_absolute_url()).content.decode().lower()


def test_an_officer_who_is_blind_on_one_application_finds_none(client, ranked_list):
    scenario, officer, one = a_scenario(ranked_list), an_officer(), Assessment.objects.earliest("pk")
    mine = Assessment.objects.create(
        application=one.application, evaluator=officer, status="ASSIGNED", assigned_by=officer, assigned_at=DAY,
        due_at=DAY, round=one.round,
    )  # fmt: skip
    client.force_login(officer)
    for status in BLIND:
        Assessment.objects.filter(pk=mine.pk).update(status=status)
        for address in addresses(scenario):
            assert client.get(address).status_code == 404, (status, address)
        assert client.post(f"{scenario.get_absolute_url()}withdraw/").status_code == 404


# a list drawn up anew


def test_a_scenario_of_an_earlier_list_says_so_and_is_computed_anew_as_another(client, ranked_list):
    scenario = a_scenario(ranked_list, budget=Decimal(600000), left_out=frozenset([str(strict().pk)]))
    officer = an_officer()
    discard_list(ranked_list, by=officer, at=DAY, reason="A typing error.")
    following = draw_up_list(ranked_list.call, by=officer, at=DAY)
    client.force_login(officer)
    answer = client.get(scenario.get_absolute_url())
    page = words_of(answer)
    assert "which counts no more" in page
    assert "the same outcome as when it was saved" in page
    again = answer.context["sides"][0]["again_url"]
    assert str(following.pk) in again

    assert save(client, again).status_code == 302
    anew = Scenario.objects.get(ranked_list=following)
    assert anew.follows == scenario
    assert terms_read(anew.terms) == terms_read(scenario.terms)
    assert "computes “More money” anew" in words_of(client.get(anew.get_absolute_url()))
    assert words_of(client.get(reverse("scenarios", args=[scenario.call_id]))).count("an earlier list") == 1


def test_a_scenario_whose_outcome_is_another_since_says_so(client, ranked_list):
    scenario = a_scenario(ranked_list, left_out=frozenset([str(strict().pk)]))
    row = Assessment.objects.get(evaluator__name="Severa Strict").scores.first()
    type(row).objects.filter(pk=row.pk).update(points=Decimal(20))
    client.force_login(an_auditor())
    assert "another outcome than when it was saved" in words_of(client.get(scenario.get_absolute_url()))


# withdrawn


def test_its_author_withdraws_it_and_it_stays_readable(client, ranked_list):
    author, other = an_officer(), an_officer()
    scenario = a_scenario(ranked_list, by=author)
    for user, status in ((other, 403), (an_auditor(), 403)):
        client.force_login(user)
        assert client.post(f"{scenario.get_absolute_url()}withdraw/", {"stamp": 1}).status_code == status
        assert "Withdraw the scenario" not in words_of(client.get(scenario.get_absolute_url()))
    client.force_login(author)
    for status in (302, 409):  # the second time from a page that is stale
        answer = client.post(f"{scenario.get_absolute_url()}withdraw/", {"stamp": scenario.stamp})
        assert answer.status_code == status
    client.force_login(an_auditor())
    assert "withdrawn by its author" in words_of(client.get(scenario.get_absolute_url()))
    with pytest.raises(WrongState):
        withdraw_scenario(scenario, by=author)
    assert a_scenario(ranked_list, scenario.name).name == scenario.name  # its name is free again


# side by side


def test_two_stand_side_by_side_behind_the_list_that_counts(client, ranked_list):
    one = a_scenario(ranked_list, "Without Severa", left_out=frozenset([str(strict().pk)]))
    two = a_scenario(ranked_list, "In part", budget=Decimal(500000), part_from=Decimal(100000))
    client.force_login(an_auditor())
    address = reverse("scenarios_beside", args=[one.call_id])
    answer = client.get(address, {"scenario": [one.pk, two.pk]})
    assert answer.context["columns"][1].startswith("Ranked list – the one that counts")
    assert answer.context["columns"][3:] == [
        "Without Severa: place", "Without Severa: money", "In part: place", "In part: money",
    ]  # fmt: skip
    page = words_of(answer)
    assert f"in part: {euro(Decimal(200000))} of {euro(Decimal(300000))}" in page
    assert "This is not the ranked list" in page
    only = client.get(address, {"scenario": [two.pk, one.pk], "only": "moved"})
    assert len(only.context["rows"]) == 2

    for chosen, words in (([one.pk], "two or three"), ([one.pk] * 2, "two or three"), (["x"], "x")):
        answer = client.get(address, {"scenario": chosen})
        assert (answer.status_code, words in words_of(answer)) == (400, True)


def test_scenarios_of_different_lists_are_not_compared(client, ranked_list):
    one = a_scenario(ranked_list)
    discard_list(ranked_list, by=an_officer(), at=DAY, reason="A typing error.")
    two = a_scenario(draw_up_list(ranked_list.call, by=an_officer(), at=DAY))
    client.force_login(an_officer())
    answer = client.get(reverse("scenarios_beside", args=[one.call_id]), {"scenario": [one.pk, two.pk]})
    assert (answer.status_code, "rest on different ranked lists" in words_of(answer)) == (400, True)


def test_each_row_of_the_file_says_that_it_is_not_the_list(client, ranked_list):
    one = a_scenario(ranked_list, "=1+1", budget=Decimal(500000), part_from=Decimal(100000))
    two = a_scenario(ranked_list, "Without Severa", left_out=frozenset([str(strict().pk)]))
    client.force_login(an_auditor())
    addresses = (
        f"{one.get_absolute_url()}?format=csv",
        f"{reverse('scenarios_beside', args=[one.call_id])}?scenario={one.pk}&scenario={two.pk}&format=csv",
    )
    for address, width in zip(addresses, (10, 15), strict=True):
        answer = client.get(address)
        assert "not-the-ranked-list.csv" in answer.headers["Content-Disposition"]
        lines = list(csv.reader(StringIO(b"".join(answer).decode("utf-8-sig"))))
        assert [len(line) for line in lines] == [width] * 3
        assert {line[0] for line in lines[1:]} == {"Scenarios: not the ranked list"}
        assert [line[7] for line in lines[1:]] == ["300000.00", "200000.00"]
        assert lines[0][5] == "'=1+1: place"
    assert AuditRecord.objects.latest("pk").changes["file"][1].endswith("not-the-ranked-list.csv")
    assert client.get(f"{one.get_absolute_url()}?format=xlsx").status_code == 404


# partial funding


def test_the_first_behind_the_line_gets_what_is_left_where_its_minimum_allows(client, ranked_list):
    client.force_login(an_officer())
    said = words_of(client.get(supposing_of(ranked_list, budget="400000", is_partial="on")))
    assert "would be funded in part" in said
    assert "minimum of the call" in said
    for budget in ("399999.99", "300000", "600000"):
        said = words_of(client.get(supposing_of(ranked_list, budget=budget, is_partial="on")))
        assert "would be funded in part" not in said, budget


THREE = Supposed({"REL": (Decimal(1), Decimal(25))}, ("REL", "TIME"), Decimal("70.50"), Decimal(250))


@pytest.mark.parametrize(
    ("budget", "least", "amounts"),
    [
        ("250.01", "0", ["200", "50.01", "0"]), ("250.01", "50.02", ["200", "0", "0"]),
        ("250.01", "50.01", ["200", "50.01", "0"]), ("200", "0", ["200", "0", "0"]),
        ("0.01", "0", ["0.01", "0", "0"]), ("250.01", None, ["200", "0", "0"]),
    ],
)  # fmt: skip
def test_amounts_are_exact_and_never_more_than_the_budget(budget, least, amounts):
    """Three of 200, 100 and 40 euro; the third is never reached: nobody is overtaken."""
    asked, fits = [Decimal(200), Decimal(100), Decimal(40)], Decimal(budget) >= 200
    entries = [
        Beside(rank - 1, rank, fits and rank == 1, Decimal(80), money if fits and rank == 1 else Decimal(0))
        for rank, money in enumerate(asked, 1)
    ]
    said = replace(THREE, budget=Decimal(budget), part_from=None if least is None else Decimal(least))
    found = with_part(entries, said)
    assert [one.amount for one in found] == [Decimal(amount) for amount in amounts]
    assert sum(one.amount for one in found) <= Decimal(budget)


def test_what_is_kept_is_what_was_supposed():
    said = replace(THREE, left_out=frozenset(["b", "a"]), part_from=Decimal("0.00"))
    assert terms_read(terms_kept(said)) == said
    assert terms_read(terms_kept(THREE)) == THREE


# programs


def sent(client, ranked_list, **said):
    body = {"ranked_list": str(getattr(ranked_list, "pk", ranked_list)), "name": "By a program", **said}
    return client.post("/api/scenarios/", body, content_type="application/json")


def test_a_program_saves_what_it_supposes_and_reads_what_comes_of_it(client, ranked_list):
    client.force_login(an_officer())
    answer = sent(client, ranked_list, left_out=[str(strict().pk)], budget="500000.00", is_partial=True)
    told = answer.json()
    assert (answer.status_code, told["terms"]["part_from"], told["is_current"]) == (201, "100000.00", True)
    assert told["terms"]["weights"] == {"IMP": "1.00", "QUA": "1.00", "REL": "1.00"}

    client.force_login(an_auditor())
    outcome = client.get(f"/api/scenarios/{told['id']}/outcome/").json()
    assert (outcome["is_the_ranked_list"], outcome["is_same"]) == (False, True)
    first, second = outcome["applications"]
    assert (first["rank"], first["supposed_rank"], first["supposed_amount"]) == (1, 2, "200000.00")
    assert (second["rank"], second["supposed_rank"], second["supposed_in_part"]) == (2, 1, False)
    assert client.get("/api/scenarios/").json()["results"][0]["name"] == "By a program"


def test_programs_are_refused_as_pages_are(client, ranked_list):
    everybody = [str(pk) for pk in Assessment.objects.values_list("evaluator", flat=True).distinct()]
    client.force_login(an_officer())
    for said, status in (
        ({"weights": {"MOON": "2"}}, 400), ({"tie_break": ["MOON"]}, 400), ({"left_out": everybody}, 400),
        ({"overall": "-1"}, 400),
    ):  # fmt: skip
        assert sent(client, ranked_list, **said).status_code == status, said
    assert sent(client, strict().pk).status_code == 404
    for user, status in ((an_auditor(), 403), (strict(), 404), (an_authorising_officer(), 403)):
        client.force_login(user)
        assert sent(client, ranked_list).status_code == status, user
    assert not Scenario.objects.exists()


def test_programs_read_how_sure_the_list_is_as_the_page_tells_it(client, ranked_list):
    address = f"/api/ranked-lists/{ranked_list.pk}/sureness/"
    client.force_login(an_auditor())
    told = client.get(address).json()
    assert told["is_the_ranked_list"] is False
    assert [(one["rank"], one["without_one_evaluator"]["best"]) for one in told["ranks"]] == [(1, 1), (2, 1)]
    alone = [one for one in told["decisions"] if one["of"] is None]
    assert {one["evaluator"] for one in alone} == {"Severa Strict"}
    assert {one["evaluator"] for one in told["severity"]} == {"Severa Strict", "Fay Fair", "Mildred Mild"}
    assert all(one["change"] is None for one in told["drift"])
    assert [one["criterion"] for one in told["agreement"]] == ["REL", "QUA", "IMP", None]
    for user in (strict(), ranked_list.call.seats.get(entity="JUST.B.3").member):
        client.force_login(user)
        assert client.get(address).status_code == 404
    discard_list(ranked_list, by=an_officer(), at=DAY, reason="A typing error.")
    client.force_login(an_auditor())
    assert client.get(address).status_code == 404
