"""An officer in conflict with one application has no hand in the decision on its call (FR Art. 61)."""

import pytest
from django.urls import reverse

from awards.actions import prepare_decision
from awards.models import Decision, DecisionLine, Letter
from core.errors import NotAllowed
from evaluation.models import Assessment
from tests.awards.factories import RANKED, a_prepared_decision, a_ranked_call, an_issued_decision
from tests.factories import AFTER, an_officer

pytestmark = pytest.mark.django_db


def an_officer_in_conflict(call):
    officer = an_officer()
    application = call.applications.filter(status="EVALUATED").first()
    Assessment.objects.create(
        application=application, evaluator=officer, round=call.rounds.get(), status="CONFLICT", assigned_by=officer,
        assigned_at=AFTER, due_at=AFTER, ended_reason="A brother.",
    )  # fmt: skip
    return officer


def test_does_not_prepare_the_decision(client):
    call = a_ranked_call()
    officer = an_officer_in_conflict(call)
    with pytest.raises(NotAllowed, match="conflict"):
        prepare_decision(Decision(call=call), by=officer, at=RANKED)
    client.force_login(officer)
    assert client.post(reverse("prepare_decision", args=[call.pk])).status_code == 403
    assert call.reference not in client.get("/desk/").text
    assert call.reference not in client.get("/awards/").text


def test_finds_neither_the_decision_nor_its_lines(client):
    decision = a_prepared_decision()
    officer = an_officer_in_conflict(decision.call)
    client.force_login(officer)
    line = decision.lines.first()
    for name, pk in (("decision", decision.pk), ("deviate", line.pk), ("letter_preview", line.pk)):
        assert client.get(reverse(name, args=[pk])).status_code == 404
    assert client.post(reverse("decision_step", args=[decision.pk, "propose"])).status_code == 404
    assert not DecisionLine.objects.visible_to(officer).exists()


def test_finds_no_letter():
    decision = an_issued_decision()
    officer = an_officer_in_conflict(decision.call)
    assert not Letter.objects.visible_to(officer).exists()
    assert Letter.objects.visible_to(an_officer()).count() == decision.letters.count()
