"""A letter that the file does not bear out: its promise fails, and the page before issuing tells why."""

import pytest
from django.urls import reverse

from awards.actions import issue_letters
from awards.models import Letter
from promises.keeping import keep_promise
from promises.models import Promise
from tests.awards.factories import ISSUED, LIST, a_ranked_call, a_taken_decision
from tests.awards.test_proofs import past_the_house
from tests.factories import an_applicant, an_officer

pytestmark = pytest.mark.django_db


def test_the_promise_fails_with_the_sentence_and_the_page_shows_it(client):
    officer = an_officer()
    decision = issue_letters(a_taken_decision(), by=officer, at=ISSUED)
    past_the_house("UPDATE awards_decisionline SET contribution = 399999 WHERE rank = 1")
    line = decision.lines.get(rank=1)
    owed = Promise.objects.get(kind="write_letter", subject_id=line.pk)

    keep_promise(owed.pk)

    owed.refresh_from_db()
    assert owed.stands_in(["WAITING"])
    assert "“399999.00”" in owed.last_error
    client.force_login(officer)
    page = client.get(reverse("batch_progress", args=[decision.pk])).content.decode()
    assert "the file does not bear it out" in page
    assert "399999.00" in page

    past_the_house("UPDATE awards_decisionline SET contribution = 400000 WHERE rank = 1")
    Promise.objects.filter(pk=owed.pk).update(due_at=ISSUED)
    keep_promise(owed.pk)
    assert Letter.objects.filter(application=line.application_id).exists()


def preflight(client, decision, **asked):
    return client.get(reverse("decision_step_preview", args=[decision.pk, "issue"]), asked)


def test_the_page_before_says_which_would_pass_and_what_is_wrong(client):
    decision = a_taken_decision()
    applications = [line.application for line in decision.lines.filter(rank__isnull=False).order_by("rank")]
    for one in applications:
        an_applicant(organisation=one.applicant)
    past_the_house("UPDATE awards_decisionline SET contribution = 399999 WHERE rank = 1")
    client.force_login(an_officer())

    rows = preflight(client, decision).context["list"].objects

    found = {row.number: row.hindered for row in rows}
    assert any("399999" in one for one in found[applications[0].reference])
    assert found[applications[1].reference] == []
    others = [said for number, said in found.items() if number not in {one.reference for one in applications}]
    assert others
    assert all("has nobody who could open it" in said[0] for said in others)
    assert not Letter.objects.exists()
    assert not Promise.objects.filter(kind="write_letter").exists()


def test_signs_that_no_font_holds_are_named(client):
    call = a_ranked_call()
    decision = a_taken_decision(call)
    line = decision.lines.get(rank=1)
    past_the_house("UPDATE awards_decisionline SET reason = reason || ' 警' WHERE id = %s", line.pk)
    client.force_login(an_officer())

    rows = {row.pk: row.hindered for row in preflight(client, decision).context["list"].objects}

    assert any("警" in said and "No font" in said for said in rows[line.pk])


def test_the_file_of_the_page_says_the_same(client):
    decision = a_taken_decision()
    client.force_login(an_officer())

    file = b"".join(preflight(client, decision, format="csv").streaming_content).decode()
    assert file.count("has nobody who could open it") == decision.lines.count()


@pytest.mark.parametrize("places", [1, 3])
def test_however_many_it_asks_the_same(client, places, django_assert_num_queries):

    decision = a_taken_decision(a_ranked_call(LIST[:places]))
    client.force_login(an_officer())
    preflight(client, decision)

    with django_assert_num_queries(41):
        preflight(client, decision)
