"""Nobody at the Commission sees a proposal before its call closes: no list, count, search, file, API or export."""

import inspect

import pytest

from applications import lists
from applications.actions import edit_application, open_application, withdraw_application
from applications.models import Application, Attachment, BudgetLine, Check, Milestone, Partner, Receipt
from applications.schedule import open_call
from core.lists import RowList
from tests.applications.factories import a_draft, a_submitted, an_owner
from tests.factories import (
    NOON,
    a_call,
    a_national_auditor,
    an_admin,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
    the_clock,
)

pytestmark = pytest.mark.django_db
OUTSIDERS = [an_officer, an_authorising_officer, an_auditor, a_national_auditor, an_evaluator, an_admin, an_owner]
READERS = [an_officer, an_authorising_officer, an_auditor, a_national_auditor]
MODELS = [Application, Partner, BudgetLine, Milestone, Attachment, Receipt, Check]


def a_sealed_application():
    """Submitted, with edits, in a call that is still open."""
    owner = an_owner()
    application = a_submitted(by=owner, identity={"acronym": "SECRET", "title": "Hidden"})
    return edit_application(application, by=owner, at=NOON, identity={"acronym": "SECRETER"})


@pytest.mark.parametrize("person", [*OUTSIDERS, the_clock], ids=lambda make: make.__name__)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_row_of_a_sealed_application_is_visible(model, person):
    a_sealed_application()
    assert list(model.objects.visible_to(person())) == []


def addresses_of(application):
    receipt, file = application.receipts.get(), application.attachments.get()
    own = f"/applications/{application.pk}/"
    return [
        own, f"{own}missing/", f"{own}edit/", f"{own}edit/budget/", f"{own}submit/", f"/attachments/{file.pk}/",
        f"/receipts/{receipt.pk}/", f"/receipts/{receipt.pk}/pdf/", f"/receipts/{receipt.pk}/content.json",
        f"/api/applications/{application.pk}/", f"/api/applications/{application.pk}/receipts/",
        f"/api/applications/{application.pk}/attachments/{file.pk}/",
    ]  # fmt: skip


@pytest.mark.parametrize("make", OUTSIDERS, ids=lambda make: make.__name__)
def test_no_address_of_a_sealed_application_answers(client, make):
    application = a_sealed_application()
    client.force_login(make())
    answers = {path: client.get(path).status_code for path in addresses_of(application)}
    assert set(answers.values()) == {404}, answers


@pytest.mark.parametrize("make", OUTSIDERS, ids=lambda make: make.__name__)
def test_no_step_on_a_sealed_application_is_heard(client, make):
    application = a_sealed_application()
    client.force_login(make())
    own = f"/applications/{application.pk}/"
    for path in ("withdraw/", "accept/", "open/", "submit/", "edit/identity/", "edit/attachments/add/", "conditions/"):
        assert client.post(own + path, {"reason": "x"}).status_code == 404, path
    for path in ("steps/withdraw/", "submit/", "attachments/"):
        assert client.post(f"/api{own}{path}").status_code == 404, path
    assert client.patch(f"/api{own}", {}, content_type="application/json").status_code == 404


@pytest.mark.parametrize("query", ["", "q=SECRET", "q=Hidden", "format=csv", "format=xlsx", "status=SUBMITTED"])
@pytest.mark.parametrize("make", [*READERS, an_evaluator], ids=lambda make: make.__name__)
def test_lists_searches_counts_and_exports_say_nothing(client, make, query):
    """The same bytes with a sealed application there as without."""
    person = make()
    client.force_login(person)
    call = a_call()
    before = said(client, query)
    owner = an_owner()
    a_submitted(by=owner, call=call, identity={"acronym": "SECRET", "title": "Hidden"})
    a_draft(by=owner, call=call)
    assert said(client, query) == before


def said(client, query):
    page = client.get(f"/applications/?{query}")
    body = b"".join(page.streaming_content) if page.streaming else page.content
    facts = [line for line in body.split(b"\n") if b"csrf" not in line and b"data-clock" not in line]
    answer = [page.status_code, facts if b"PK" not in body[:4] else len(body)]
    return answer if "format" in query else [*answer, client.get(f"/api/applications/?{query}").json()]


def test_drafts_stay_sealed_for_good_and_withdrawn_ones_too():
    owner, call = an_owner(), a_call()
    a_draft(by=owner, call=call)
    withdraw_application(a_submitted(by=owner, call=call), by=owner, at=NOON, reason="mistake")
    open_call(call.pk)
    assert {one.status for one in Application.objects.all()} == {"UNSENT", "WITHDRAWN"}
    for make in READERS:
        assert list(Application.objects.visible_to(make())) == []


def test_after_closing_the_commission_and_the_auditors_read_it():
    application = a_submitted()
    open_call(application.call_id)
    for make in READERS:
        assert list(Application.objects.visible_to(make())) == [application], make.__name__
    assert list(Application.objects.visible_to(a_national_auditor("MT"))) == []
    assert list(Application.objects.visible_to(an_evaluator())) == []
    assert list(Application.objects.visible_to(an_admin())) == []


def test_an_application_opened_by_mistake_before_its_call_is_still_not_seen():
    application = open_application(a_submitted(), by=the_clock(), at=NOON)
    assert list(Application.objects.visible_to(an_officer())) == []
    assert list(Check.objects.visible_to(an_officer())) == []
    assert application.status == "CHECKING"


def test_the_applicant_learns_nothing_of_the_checks_before_the_letter(client):
    """Eligible or not, its page, list and API look the same to the owner."""
    owner = an_owner()
    application = a_submitted(by=owner)
    open_call(application.call_id)
    client.force_login(owner)
    seen = []
    for status in ("CHECKING", "ELIGIBLE", "INELIGIBLE", "EVALUATED"):
        Application.objects.filter(pk=application.pk).update(status=status)
        listed = client.get("/api/applications/").json()["results"]
        filtered = client.get("/api/applications/", {"status": "RECEIVED"}).json()["results"]
        api = client.get(f"/api/applications/{application.pk}/").json()
        page = client.get(f"/applications/{application.pk}/").context["situation"]
        seen.append((listed, filtered, api, page))
    assert all(one == seen[0] for one in seen)
    assert seen[0][2]["status"] == "RECEIVED"
    assert client.get("/api/applications/", {"status": "INELIGIBLE"}).status_code == 400
    assert not Check.objects.visible_to(owner).exists()


def test_a_removed_file_is_not_shown_to_the_commission(client):
    owner = an_owner()
    application = a_submitted(by=owner)
    file = application.attachments.get()
    edit_application(application, by=owner, at=NOON, attachments={"remove": [file.pk]})
    assert list(Attachment.objects.visible_to(owner)) == [file]
    open_call(application.call_id)  # the receipt's version comes back, its file with it
    assert list(Attachment.objects.visible_to(an_officer())) == [file]


def test_every_list_asks_visible_to():
    for row_list in vars(lists).values():
        if isinstance(row_list, type) and issubclass(row_list, RowList) and row_list is not RowList:
            assert "visible_to(self.user)" in inspect.getsource(row_list.all_rows)
