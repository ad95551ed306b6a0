"""What an officer and a program find after applications may be put on hold: told in the scratch copy, not here."""

import json

import pytest

from applications.models import Application
from awards.actions import prepare_decision
from awards.models import Decision
from core.errors import Incomplete, WrongState
from evaluation.actions import draw_up_list
from programmes.actions import start_evaluation
from tests.awards.factories import a_ranked_call, a_submitted_application
from tests.factories import a_call, an_applicant, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    call = a_call(status="CHECKING")
    a_submitted_application(call, status="ELIGIBLE")
    return call


@pytest.fixture
def held(call):
    return a_submitted_application(call, status="ON_HOLD")


@pytest.fixture
def officer(client):
    person = an_officer()
    client.force_login(person)
    return person


def test_the_officer_puts_it_on_hold_and_resumes_it(client, officer, call):
    application = a_submitted_application(call, status="CHECKING")
    address = application.get_absolute_url()
    assert "Put on hold" in client.get(address).text
    assert client.post(f"{address}hold/", {"reason": "A question to the applicant."}).status_code == 302
    assert Application.objects.get(pk=application.pk).status == "ON_HOLD"
    assert "Resume" in client.get(address).text
    assert client.post(f"{address}resume/").status_code == 302
    assert Application.objects.get(pk=application.pk).status == "CHECKING"


def test_lists_files_and_the_interface_show_the_new_state(client, officer, held):
    address = held.get_absolute_url()
    for page in ("/applications/", f"/applications/?call={held.call.pk}&status=CHECKING,ON_HOLD", address):
        answer = client.get(page)
        assert (answer.status_code, "on hold" in answer.text) == (200, True)
    found = client.get(f"/api/applications/{held.pk}/")
    assert (found.status_code, found.json()["status"]) == (200, "ON_HOLD")
    assert "resume" in json.dumps(found.json()["steps"])
    csv = b"".join(client.get("/applications/?format=csv&status=ON_HOLD").streaming_content).decode()
    assert held.reference in csv


def test_its_owner_reads_that_it_is_in_the_procedure_and_no_more(client, held):
    client.force_login(an_applicant(held.applicant))
    page = client.get(held.get_absolute_url())
    assert (page.status_code, "received, in the procedure" in page.text) == (200, True)
    assert "on hold" not in page.text


def test_the_desk_of_the_officer_does_not_forget_it(client, officer, held):
    assert "decide about the checks of 1 application" in client.get("/desk/").text


def test_no_move_of_the_call_goes_on_without_it(held, officer):
    with pytest.raises(WrongState, match=rf"Not settled yet: {held.reference} \(“on hold”\)"):
        start_evaluation(held.call, by=officer)
    type(held.call).objects.filter(pk=held.call.pk).update(status="EVALUATION")
    with pytest.raises(Incomplete) as refusal:
        draw_up_list(held.call, by=officer)
    assert f"{held.reference} (“on hold”)" in refusal.value.gaps["applications"]
    ranked = a_ranked_call()
    a_submitted_application(ranked, status="ON_HOLD", reference="LEFT")
    with pytest.raises(WrongState, match=r"LEFT \(“on hold”\)"):
        prepare_decision(Decision(call=ranked), by=officer)
