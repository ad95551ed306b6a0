"""Nobody sees another's judgement before the own signature, nor anything after a conflict: through every door.

Two proofs. Canaries: texts that only the hidden assessment holds are nowhere in any answer. Inference: every answer
is the same, byte for byte, whether the hidden work exists or not (so no count, order, status code or empty box tells).
"""

import io
import re
import zipfile
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import get_resolver, reverse

from evaluation.actions import (
    appoint_rapporteur,
    assign_evaluator,
    declare_no_conflict,
    recuse_evaluator,
    score_assessment,
    sign_assessment,
    stand_aside,
)
from evaluation.models import Assessment, RegisterEntry
from tests.evaluation.factories import (
    DAY,
    a_call_under_evaluation,
    a_drawn_list,
    a_proposed,
    a_scenario,
    a_signed,
    an_assigned,
    an_eligible_application,
    an_evaluated,
    an_open,
    scores_of,
)
from tests.factories import (
    a_national_auditor,
    an_admin,
    an_applicant,
    an_auditor,
    an_evaluator,
    an_officer,
)

pytestmark = pytest.mark.django_db

NAME, COMMENT = "Kanarina Kanari", "canary in the comment"
CHOOSING = ("committee", "assign", "evaluators")  # pages that name every evaluator there is, whatever they do
LISTS = ("assessments", "consensus_reports", "ranked_lists")
API_LISTS = ("api-assessments", "api-consensus-reports", "api-seats", "api-ranked-lists")
FILTERS = (
    {}, {"evaluator": "Kanari"}, {"status": "SIGNED"}, {"sort": "evaluator"}, {"format": "csv"}, {"format": "xlsx"},
)  # fmt: skip


# the observers: each has something to do with the application, and is blind


def undeclared(application):
    return an_assigned(application, an_evaluator()).evaluator


def writing(application):
    return an_open(application, an_evaluator()).evaluator


def conflicted(application):
    row = an_open(application, an_evaluator())
    recuse_evaluator(row, by=row.evaluator, at=DAY, reason="A cousin.")
    return row.evaluator


def unassigned(application):
    return an_evaluator()


def officer_undeclared(application):
    return an_assigned(application, an_officer()).evaluator


def officer_writing(application):
    return an_open(application, an_officer()).evaluator


def officer_conflicted(application):
    officer = an_officer()
    row = Assessment(application=application, evaluator=officer)
    return stand_aside(row, by=officer, at=DAY, reason="A cousin.").evaluator


def applicant(application):
    return an_applicant(application.applicant)


def administrator(application):
    return an_admin()


def auditor_elsewhere(application):
    return a_national_auditor("PT")


BLIND = [
    undeclared, writing, conflicted, unassigned, officer_undeclared, officer_writing, officer_conflicted, applicant,
    administrator, auditor_elsewhere,
]  # fmt: skip


def hidden_work(application, person=None, officer=None):
    """Another evaluator's whole assessment, full of canaries."""
    hidden = assign_evaluator(application, person or an_evaluator(name=NAME), by=officer or an_officer(), at=DAY)
    declare_no_conflict(hidden, by=hidden.evaluator, at=DAY)
    scores = scores_of({"REL": "38.5", "QUA": "32", "IMP": "15"}, comment=COMMENT)
    score_assessment(hidden, by=hidden.evaluator, at=DAY, scores=scores, remark=COMMENT)
    return sign_assessment(hidden, by=hidden.evaluator, at=DAY)


def addresses(call, application):
    """Every address that could tell something of this application's evaluation."""
    yield from (reverse("evaluation"), reverse("desk"), reverse("call", args=[call.pk]))
    yield from (f"{reverse(name)}{query(one)}" for name in LISTS for one in FILTERS)
    yield from (f"{reverse('evaluation')}{query(one)}" for one in FILTERS[-2:])
    yield from (f"{reverse(f'{name}-list')}{query(one)}" for name in API_LISTS for one in FILTERS[:4])
    pages = ("evaluation_of_call", "assign", "appoint_rapporteur", "committee", "draw_up", "conflicts")
    yield from (reverse(name, args=[call.pk]) for name in pages)
    yield from (reverse("application", args=[application.pk]), reverse("stand_aside", args=[application.pk]))
    yield from (reverse("assign_one", args=[application.pk]), reverse("assign_file", args=[call.pk]))
    yield from (reverse("evaluators"), reverse("my_entry"))
    yield from (entry.get_absolute_url() for entry in RegisterEntry.objects.all())
    yield from (batch.get_absolute_url() for batch in call.batches.all())
    yield reverse("api-applications-detail", args=[application.pk])


def query(params):
    return "?" + "&".join(f"{key}={value}" for key, value in params.items()) if params else ""


def answer_of(client, address):
    """(status, words) without what differs by nature: tokens, ids of requests, the clock."""
    answer = client.get(address)
    body = b"".join(answer) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in sorted(book.namelist()) if "docProps" not in name)
    return answer.status_code, steady(body.decode())


def steady(text):
    text = re.sub(r'name="(?:csrfmiddlewaretoken|key)" value="[^"]+"', "", text)
    text = re.sub(r'data-clock="[^"]+"|\d\d:\d\d:\d\d(\.\d+)?|\d+ (second|minute|hour|day)s?', "", text)
    return re.sub(r'nonce="[^"]+"|T\d\d:\d\d[^"]*|value="20\d\d-[^"]+"', "", text)


def seen_by(client, user, call, application):
    client.force_login(user)
    return {address: answer_of(client, address) for address in addresses(call, application)}


@pytest.fixture
def application():
    call = a_call_under_evaluation(evaluators_wanted=2)
    call.criteria.update(step=Decimal("0.5"))
    return an_eligible_application(call)


@pytest.mark.parametrize("observer", BLIND, ids=lambda one: one.__name__)
def test_no_answer_tells_of_hidden_work(client, application, observer):
    """No canary leaves its cage, and every answer is the same whether the hidden work exists or not."""
    user, people = observer(application), {"person": an_evaluator(name=NAME), "officer": an_officer()}
    before = seen_by(client, user, application.call, application)

    hidden = hidden_work(application, **people)
    after = seen_by(client, user, application.call, application)

    for address, (_status, text) in after.items():
        found = [word for word in (COMMENT, "38.5", str(hidden.pk)) if word in text]
        assert not found, f"{user.role} sees {found} at {address}"
        assert NAME not in text or address.split("/")[-2] in CHOOSING, f"{user.role} sees the name at {address}"
        assert after[address] == before[address], f"{user.role} can tell at {address}"


OF_AN_ASSESSMENT = ["sign", "recuse", "declare", "release", "strike", "reopen", "replace"]


@pytest.mark.parametrize("observer", BLIND, ids=lambda one: one.__name__)
def test_hidden_rows_answer_like_rows_that_do_not_exist(client, application, observer):
    user = observer(application)
    hidden = hidden_work(application)
    if observer.__name__ not in {"conflicted", "unassigned", "officer_conflicted", "applicant", "administrator"}:
        own = Assessment.objects.filter(application=application, evaluator=user)
        assert own.exists() or observer is auditor_elsewhere
    client.force_login(user)

    for method, address in doors_of("assessment", "api-assessments", OF_AN_ASSESSMENT):
        there = outcome(client, method, address(hidden.pk))
        nowhere = outcome(client, method, address(uuid4()))
        assert there == nowhere, f"{user.role} {method} {address('…')}"
        assert there[0] in {403, 404}


def doors_of(page, api, steps):
    """Every way to reach one row: read it, take a step, write to it; page and API."""
    yield "get", lambda pk: f"/evaluation/{page}s/{pk}/" if page != "consensus" else f"/evaluation/consensus/{pk}/"
    yield "post", lambda pk: f"/evaluation/{page}s/{pk}/" if page != "consensus" else f"/evaluation/consensus/{pk}/"
    for step in steps:
        yield "post", lambda pk, step=step: f"{reverse(page, args=[pk]) if pk != '…' else page}{step}/"
        yield "post", lambda pk, step=step: f"/api/{api.removeprefix('api-')}/{pk}/steps/{step}/"
        yield "get", lambda pk, step=step: f"{reverse(page, args=[pk]) if pk != '…' else page}{step}/preview/"
    yield "get", lambda pk: f"/api/{api.removeprefix('api-')}/{pk}/"
    yield "post", lambda pk: f"/api/{api.removeprefix('api-')}/{pk}/score/"


def outcome(client, method, address):
    answer = getattr(client, method)(address)
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", answer.content.decode())
    return answer.status_code, steady(text)


@pytest.mark.parametrize("observer", BLIND, ids=lambda one: one.__name__)
def test_a_consensus_report_is_not_there_for_the_blind(client, observer):
    """Its draft holds the agreed scores: nothing for those who have not signed, whatever their role."""
    call = a_call_under_evaluation()
    application = an_eligible_application(call)
    user = observer(application)
    Assessment.objects.filter(application=application, status__in=["ASSIGNED", "OPEN"]).update(status="CONFLICT")
    consensus = a_proposed(application)
    client.force_login(user)

    for method, address in doors_of("consensus", "api-consensus-reports", ["approve", "object", "propose"]):
        there = outcome(client, method, address(consensus.pk))
        assert there == outcome(client, method, address(uuid4())), f"{user.role} {method} {address('…')}"


def test_whoever_signed_sees_the_others_but_only_what_they_signed(client, application):
    mine = a_signed(application)
    open_one = an_open(application)
    hidden = hidden_work(application)
    client.force_login(mine.evaluator)

    assert client.get(reverse("assessment", args=[hidden.pk])).status_code == 200
    assert COMMENT in client.get(reverse("assessment", args=[hidden.pk])).content.decode()
    assert client.get(reverse("assessment", args=[open_one.pk])).status_code == 404


def test_the_rapporteur_page_of_another_application_stays_shut(client):
    call = a_call_under_evaluation()
    here, there = an_eligible_application(call), an_eligible_application(call)
    mine, other = a_signed(here), a_proposed(there)
    client.force_login(mine.evaluator)

    assert client.get(other.get_absolute_url()).status_code == 404


def test_a_ranked_list_is_not_there_for_evaluators_nor_for_whoever_has_a_conflict(client):
    call = a_call_under_evaluation()
    application = an_eligible_application(call)
    officer, stranger = officer_conflicted(application), an_evaluator()
    evaluator = conflicted(application)
    an_evaluated(application)
    ranked_list = a_drawn_list(call)
    scenario = a_scenario(ranked_list)

    for user in (officer, stranger, evaluator, an_applicant(application.applicant), a_national_auditor("EL")):
        client.force_login(user)
        for address in (ranked_list.get_absolute_url(), f"/api/ranked-lists/{ranked_list.pk}/",
                        f"/api/ranked-lists/{ranked_list.pk}/entries/",
                        reverse("settle_tie", args=[ranked_list.pk]),
                        reverse("sureness", args=[ranked_list.pk]),
                        reverse("suppose", args=[ranked_list.pk]), scenario.get_absolute_url(),
                        reverse("scenarios", args=[call.pk]), reverse("scenarios_beside", args=[call.pk])):  # fmt: skip
            assert client.get(address).status_code == 404, f"{user.role} {address}"
    client.force_login(an_auditor())
    assert client.get(ranked_list.get_absolute_url()).status_code == 200


def test_before_declaring_the_application_itself_is_not_there(client, application):
    for user in (undeclared(application), officer_undeclared(application), conflicted(application)):
        client.force_login(user)
        for address in (reverse("application", args=[application.pk]), f"/api/applications/{application.pk}/"):
            assert client.get(address).status_code == 404, f"{user.role} {address}"


def test_a_new_address_of_the_evaluation_is_judged_here_too():
    """Whoever adds an address must look at it with these eyes, then name it."""
    known = {
        "evaluation", "assessments", "assessment", "assessment_step", "stand_aside", "evaluation_of_call", "assign",
        "appoint_rapporteur", "committee", "draw_up", "consensus_reports", "consensus", "consensus_step", "seat_step",
        "ranked_lists", "ranked_list", "ranked_list_step", "assessment_preview", "consensus_preview", "seat_preview",
        "ranked_list_preview", "hand_on", "pass_over", "bar_person", "evaluate_again", "assign_one", "assign_person",
        "assign_automatically", "assign_file", "assign_workbook", "batch", "batch_step", "assignments_progress",
        "settle_tie", "propose_rapporteurs", "evaluators", "register_entry", "my_entry",
        "pool", "pool_choose", "pool_invite", "pool_member", "pool_decline", "pool_member_step",
        "conflicts", "rule_on_conflict", "sureness", "suppose", "scenarios", "scenarios_beside", "scenario",
        "scenario_step",
    }  # fmt: skip
    from evaluation.urls import urlpatterns

    assert {pattern.name for pattern in urlpatterns} == known
    assert {name for name in get_resolver().reverse_dict if isinstance(name, str)} >= known


def test_appointing_needs_what_only_others_may_know(application):
    """A blind officer's attempt says the same whether the others have signed or not."""
    from core.errors import NotAllowed

    officer = officer_writing(application)
    hidden = hidden_work(application)

    with pytest.raises(NotAllowed, match="You evaluate application"):
        appoint_rapporteur(application, hidden.evaluator, by=officer, at=DAY)
