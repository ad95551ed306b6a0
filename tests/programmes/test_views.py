"""The pages of funds and calls: who sees what, what is said, and what a wrong entry leads to."""

from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import call_command

from audit.models import AuditRecord
from core import clock
from programmes.models import Allocation, Call, Corrigendum, Fund
from programmes.states import CALL, CallStatus
from tests.factories import a_call, a_fund, an_applicant, an_auditor, an_authorising_officer, an_officer

pytestmark = pytest.mark.django_db
POLICE = "/funds/isf-police-2014-2020/"


@pytest.fixture
def funds(db):
    call_command("load_funds", stdout=StringIO())
    return {fund.code: fund for fund in Fund.objects.all()}


@pytest.fixture
def officer(client):
    person = an_officer()
    client.force_login(person)
    return person


def an_open_call(**fields):
    now = clock.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=30)}
    day = (now + timedelta(days=200)).date()
    return a_call(**{**times, "inform_by": day, "published_at": now - timedelta(days=2), **fields})


# the sheet


def test_a_visitor_reads_the_sheet_he_knows(client, funds):
    page = client.get(POLICE).text
    for words in [
        "Closed",
        "contribute to ensuring a high level of security in the Union",
        "joint investigation teams and any other form of cross-border joint operation",
        "1.000,00 Million EUR (Global Budget)",
        "EUR\u00a01\u00a0004\u00a0000\u00a0000.00",
        "Further information about the programme",
        "Useful documents",
        "Official webpage of the programme",
        "EUR\u00a012\u00a0162\u00a0906.00",
        "read in the act",
        "seen in an excerpt",
    ]:
        assert words in page


def test_the_other_fund_needs_no_code_of_its_own(client, funds):
    page = client.get("/funds/isf-2021-2027/").text
    assert "Running" in page
    assert "not verified" in page
    assert "allocation/" not in page


def test_the_sheet_asks_the_database_a_few_times_whatever_its_length(client, funds, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get(POLICE)


def test_the_map_says_when_it_cannot_be_drawn(client, funds, monkeypatch, tmp_path):
    monkeypatch.setattr(import_module("programmes.views.funds"), "OUTLINES", tmp_path / "nothing.json")
    assert "have not been fetched" in client.get(POLICE).text


def test_an_unknown_fund_is_not_there(client, funds):
    assert client.get("/funds/isf-1999/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_funds_asks_the_same_whatever_the_number(client, number, django_assert_num_queries):
    for place in range(number):
        a_fund(code=f"fund-{place}")
    with django_assert_num_queries(2):
        page = client.get("/funds/").text
    assert page.count('<a class="ecl-link" href="/funds/fund-') == number


# what if


def test_the_published_figures_give_the_published_amounts(client, funds):
    page = client.get(f"{POLICE}allocation/?state=MT").text
    assert "EUR\u00a08\u00a0979\u00a0107.13" in page
    assert "nothing is saved" in page


def test_a_changed_figure_shows_its_effect_and_changes_nothing(client, funds):
    before = list(Allocation.objects.order_by("pk").values_list("amount", "inputs"))
    records = AuditRecord.objects.count()
    page = client.get(f"{POLICE}allocation/?state=MT&population=1 000 000").text
    assert "With your figures, Malta would get" in page
    assert "+\u00a0EUR" in page
    assert list(Allocation.objects.order_by("pk").values_list("amount", "inputs")) == before
    assert AuditRecord.objects.count() == records


@pytest.mark.parametrize(
    "wrong", ["gdp_per_capita=0", "population=-5", "population=many", "cargo_sea_t=1e99", "population=NaN"]
)
def test_an_impossible_figure_gets_a_sentence(client, funds, wrong):
    answer = client.get(f"{POLICE}allocation/?state=MT&{wrong}")
    assert answer.status_code == 400
    assert "EUR\u00a08\u00a0979\u00a0107.13" in answer.text
    assert wrong.partition("=")[2] in answer.text


@pytest.mark.parametrize("state", ["", "XX", "<script>", "DK"])
def test_an_unknown_state_falls_back_to_the_first(client, funds, state):
    answer = client.get(f"{POLICE}allocation/", {"state": state})
    assert answer.status_code == 200
    assert "Figures of Austria" in answer.text


def test_a_fund_without_a_key_has_no_what_if(client, funds):
    assert client.get("/funds/isf-2021-2027/allocation/").status_code == 404


# the list of calls


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_calls_asks_the_same_whatever_the_number(client, number, django_assert_num_queries):
    for _place in range(number):
        an_open_call()
    client.get("/calls/")
    with django_assert_num_queries(5):
        page = client.get("/calls/").text
    assert page.count("<tr") == number + 1


def test_drafts_are_for_the_commission_only(client):
    draft, published = a_call(status="DRAFT"), an_open_call()
    assert draft.reference not in client.get("/calls/").text
    assert client.get(f"/calls/{draft.pk}/").status_code == 404
    for person, sees in [
        (an_applicant(), False),
        (an_auditor(), False),
        (an_officer(), True),
        (an_authorising_officer(), True),
    ]:
        client.force_login(person)
        page = client.get("/calls/").text
        assert (draft.reference in page, published.reference in page) == (sees, True)
        assert client.get(f"/calls/{draft.pk}/").status_code == (200 if sees else 404)
        assert (draft.reference in client.get("/calls/?format=csv").getvalue().decode()) is sees


@pytest.mark.parametrize(
    ("asked", "found"),
    [("q=ALPHA", "ALPHA"), ("status=DECIDED", "BETA"), ("member_state=MT", "ALPHA"), ("fund=isf-police", "ALPHA")],
)
def test_the_list_can_be_narrowed(client, asked, found):
    an_open_call(reference="CALL-ALPHA", eligible_states=["MT"])
    a_call(reference="CALL-BETA", status="DECIDED", eligible_states=["AT"], fund=a_fund(code="other"))
    page = client.get(f"/calls/?{asked}&sort=reference").text
    rows = page[page.index("<tbody") :]
    assert f"CALL-{found}" in rows
    assert ("BETA" in rows) + ("ALPHA" in rows) == 1


@pytest.mark.parametrize("sort", ["reference", "-title", "closes_at", "-budget", "status", "nonsense"])
def test_the_list_can_be_sorted_by_anything(client, officer, sort):
    an_open_call()
    a_call(status="DRAFT", opens_at=None, closes_at=None, budget=None, published_at=None)
    assert client.get(f"/calls/?sort={sort}").status_code == 200


def test_a_visitor_takes_the_list_away_and_leaves_no_trace(client):
    an_open_call(title="=cmd()")
    answer = client.get("/calls/?format=csv")
    assert b"'=cmd()" in answer.getvalue()
    assert AuditRecord.objects.filter(act="download").count() == 0


# the page of a call


def test_the_page_says_everything_that_was_announced(client):
    call = an_open_call()
    page = client.get(f"/calls/{call.pk}/").text
    for words in [
        call.reference, "EUR\u00a01\u00a0000\u00a0000.00", "Relevance", "25.00", "70.00", "Austria", "Text of SO A",
        "Relevance, Quality", "left", "description of the action",
    ]:  # fmt: skip
        assert words in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_whatever_the_number_of_corrigenda(client, number, django_assert_num_queries):
    call = an_open_call()
    for place in range(number):
        Corrigendum.objects.create(
            call=call, number=place + 1, published_at=call.published_at, reason="R", changes={"title": ["a", "b"]}
        )
    with django_assert_num_queries(7):
        page = client.get(f"/calls/{call.pk}/").text
    assert page.count("Corrigendum ") == number


def test_what_an_officer_wrote_is_text(client):
    call = an_open_call(title="<script>alert(1)</script>", topic="<img src=x>\n\nSecond paragraph")
    page = client.get(f"/calls/{call.pk}/").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "Second paragraph" in page


def test_a_draft_says_what_is_missing_and_where(client, officer):
    call = a_call(status="DRAFT", topic="", budget=None, published_at=None, criteria=False)
    page = client.get(f"/calls/{call.pk}/").text
    assert f'href="/calls/{call.pk}/edit/#id_topic"' in page
    assert f'href="/calls/{call.pk}/edit/#criteria"' in page
    assert "Give the budget of the call" in page


def test_an_applicant_starts_here_while_the_call_is_open(client):
    open_call, closed = an_open_call(), a_call()
    start = f'href="/applications/start/{open_call.pk}/"'
    assert start not in client.get(f"/calls/{open_call.pk}/").text
    client.force_login(an_officer())
    assert start not in client.get(f"/calls/{open_call.pk}/").text
    client.force_login(an_applicant())
    assert start in client.get(f"/calls/{open_call.pk}/").text
    assert "/applications/start/" not in client.get(f"/calls/{closed.pk}/").text


def test_only_an_officer_sees_buttons(client):
    call = a_call(status="DRAFT")
    client.force_login(an_authorising_officer())
    assert "/publish/" not in client.get(f"/calls/{call.pk}/").text
    client.force_login(an_officer())
    assert "/publish/" in client.get(f"/calls/{call.pk}/").text


# an officer at work


def form_of(call, **changes):
    """What the browser sends back when nothing was touched, and then the changes."""
    from programmes.forms import CallForm

    start = CallForm.start_of(call)
    given = {name: value for name, value in start.items() if value not in (None, "", False)}
    given |= {name: [str(pk) for pk in start[name]] for name in CallForm.LISTS}
    for name in ("opens_at", "closes_at"):
        if given.get(name):
            given[name] = given[name].isoformat()[:19]
    criteria = list(call.criteria.values())
    given |= {"criteria-TOTAL_FORMS": len(criteria) + 1, "criteria-INITIAL_FORMS": len(criteria)}
    for place, one in enumerate(criteria):
        for name in ("code", "title", "question", "maximum", "step", "weight", "threshold"):
            given[f"criteria-{place}-{name}"] = "" if one[name] is None else one[name]
    new = len(criteria)
    given |= {f"criteria-{new}-step": "0.5", f"criteria-{new}-weight": "1", "stamp": call.stamp}
    return {**given, **changes}


def test_a_call_starts_from_what_its_fund_says(client, officer, funds):
    answer = client.post(
        "/calls/new/", {"fund": "isf-2021-2027", "reference": "ISF-2026-TF2-AG-CYBER", "title": "Cyber"}
    )
    call = Call.objects.get()
    assert answer.url == f"/calls/{call.pk}/edit/"
    assert (call.status, call.prepared_by) == (CallStatus.DRAFT, officer)
    assert (call.min_contribution, call.max_contribution) == (Decimal(500_000), Decimal(2_000_000))
    assert (call.max_rate, call.max_months, len(call.eligible_states)) == (Decimal(90), 24, 26)
    assert "DK" not in call.eligible_states


def test_two_calls_cannot_share_a_reference(client, officer):
    call = a_call()
    given = {"fund": call.fund.code, "reference": call.reference.lower(), "title": "Twice"}
    answer = client.post("/calls/new/", given)
    assert (answer.status_code, Call.objects.count()) == (400, 1)
    assert "Another call has this reference already" in answer.text
    assert "Twice" in answer.text


def test_an_untouched_form_changes_nothing(client, officer):
    call = a_call(status="DRAFT", published_at=None)
    before = Call.objects.values().get()
    assert client.post(f"/calls/{call.pk}/edit/", form_of(call)).status_code == 302
    after = Call.objects.values().get()
    assert {name for name in before if before[name] != after[name]} == set()
    assert [str(one) for one in call.criteria.all()] == ["REL Relevance", "QUA Quality", "IMP Impact"]


def test_criteria_are_added_changed_and_deleted_on_the_same_page(client, officer):
    call = a_call(status="DRAFT", published_at=None)
    changes = {
        "criteria-0-maximum": "50,5", "criteria-1-DELETE": "on", "criteria-3-code": "new", "criteria-3-title": "Team",
        "criteria-3-maximum": "10", "criteria-3-threshold": "5", "tie_break": "rel, new",
    }  # fmt: skip
    client.post(f"/calls/{call.pk}/edit/", form_of(call, **changes))
    assert [(one.code, one.maximum, one.threshold) for one in call.criteria.all()] == [
        ("REL", Decimal("50.5"), Decimal(25)), ("IMP", Decimal(20), None), ("NEW", Decimal(10), Decimal(5)),
    ]  # fmt: skip
    assert Call.objects.get().tie_break == ["REL", "NEW"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"budget": "1.234"}, "can be read in two ways"),
        ({"budget": "many"}, "Write a number in figures"),
        ({"closes_at": "tomorrow"}, "Write the day and the time"),
        ({"closes_at": "2020-01-01T00:00:00"}, "must close after it opens"),
        ({"max_contribution": "1"}, "maximum contribution is below the minimum"),
        ({"max_rate": "101"}, "less than or equal to 100"),
        ({"title": ""}, "Give an answer here"),
        ({"eligible_states": ["XX"]}, "XX"),
        ({"criteria-0-threshold": "99"}, "threshold cannot be above the maximum"),
        ({"criteria-1-code": "REL"}, "Two criteria have the same code"),
        ({"criteria-0-maximum": "0"}, "greater than or equal to 0.01"),
        ({"criteria-3-code": "X"}, "Criterion 4"),
        ({"tie_break": "RELEVANCE AND QUALITY"}, "separated by commas"),
        ({"inform_by": "someday"}, "Write the day as"),
    ],
)
def test_a_wrong_entry_gets_a_sentence_and_nothing_is_lost(client, officer, changes, sentence):
    call = a_call(status="DRAFT", published_at=None)
    before = Call.objects.values().get()
    answer = client.post(f"/calls/{call.pk}/edit/", form_of(call, **{"topic": "What I had typed", **changes}))
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "What I had typed" in answer.text
    assert Call.objects.values().get() == before
    assert AuditRecord.objects.filter(act="call.edit").count() == 0


@pytest.mark.parametrize("stamp", ["7", "-1", "x", "", "²"])
def test_who_saved_in_between_is_not_overwritten(client, officer, stamp):
    call = a_call(status="DRAFT", published_at=None)
    answer = client.post(f"/calls/{call.pk}/edit/", form_of(call, title="Mine", stamp=stamp))
    assert answer.status_code == 409
    assert "is not as you saw it" in answer.text
    assert "Mine" in answer.text
    assert Call.objects.get().title == call.title


@pytest.mark.parametrize("step", ["edit", "correct", "publish"])
@pytest.mark.parametrize("person", [an_applicant, an_auditor, an_authorising_officer])
def test_nobody_else_works_on_calls(client, person, step):
    call = a_call(status="PUBLISHED" if step == "correct" else "DRAFT")
    client.force_login(person())
    answer = client.post(f"/calls/{call.pk}/{step}/", form_of(call))
    assert answer.status_code in {403, 404}
    assert Call.objects.get().status == call.status


def test_a_visitor_is_asked_to_sign_in(client):
    call = a_call(status="DRAFT")
    for address in ("/calls/new/", f"/calls/{call.pk}/edit/", f"/calls/{call.pk}/correct/"):
        assert client.get(address).url.startswith("/accounts/login/")


def before_publishing(client, **fields):
    call = an_open_call(status="DRAFT", published_at=None, **fields)
    assert f"/calls/{call.pk}/publish/preview/" in client.get(f"/calls/{call.pk}/").text
    return client.get(f"/calls/{call.pk}/publish/preview/").text


def test_publishing_says_first_how_long_applications_can_be_sent(client, officer):
    opens = clock.now() + timedelta(hours=1)
    page = before_publishing(client, opens_at=opens, closes_at=opens + timedelta(days=30))
    assert ": 30 days." in page
    assert "another person of the Commission can take it back" in page
    assert "Is this meant?" not in page


def test_a_call_that_is_open_already_or_hardly_open_is_published_only_when_ticked(client, officer):
    now = clock.now()
    page = before_publishing(
        client, opens_at=now - timedelta(hours=3), closes_at=now + timedelta(minutes=9, seconds=30)
    )
    for words in [
        "The opening lies in the past",
        "less than a day to apply: 0 h 9 min",
        "It is open at once",
        'id="meant"',
    ]:
        assert words in page
    assert "Is this meant?" not in before_publishing(client, opens_at=now - timedelta(seconds=50))


def test_what_keeps_a_call_from_being_published_stands_where_it_would_be(client, officer):
    page = before_publishing(client, topic="")
    assert "Describe the topic" in page
    assert 'type="submit">Publish' not in page


def test_an_officer_publishes_with_one_button(client, officer):
    now = clock.now()
    call = an_open_call(status="DRAFT", opens_at=now + timedelta(hours=1), published_at=None)
    answer = client.post(f"/calls/{call.pk}/publish/", follow=True)
    assert "Done: Publish" in answer.text
    assert Call.objects.get().status == CallStatus.PUBLISHED


def test_an_incomplete_call_stays_a_draft_and_says_why(client, officer):
    call = a_call(status="DRAFT", published_at=None, topic="")
    answer = client.post(f"/calls/{call.pk}/publish/")
    assert answer.status_code == 400
    assert "Describe the topic" in answer.text
    assert Call.objects.get().status == CallStatus.DRAFT


def test_a_published_call_is_not_edited(client, officer):
    call = an_open_call()
    answer = client.post(f"/calls/{call.pk}/edit/", form_of(call, title="Other"))
    assert answer.status_code == 409
    assert Call.objects.get().title == "Test call"


def corrigendum_of(call, **changes):
    from programmes.forms import CorrigendumForm

    given = {name: value for name, value in CorrigendumForm.start_of(call).items() if value is not None}
    from core.fields import BRUSSELS

    given["closes_at"] = call.closes_at.astimezone(BRUSSELS).strftime("%Y-%m-%dT%H:%M:%S")
    return {**given, "reason": "Questions came in", **changes}


@pytest.fixture
def published():
    return an_open_call()


def test_a_corrigendum_shows_what_changed_and_why(client, officer, published):
    answer = client.post(f"/calls/{published.pk}/correct/", corrigendum_of(published, budget="2 000 000"), follow=True)
    assert "The corrigendum is proposed" in answer.text
    client.logout()
    assert "Questions came in" not in client.get(f"/calls/{published.pk}/").text
    client.force_login(an_officer())
    client.post(f"/calls/{published.pk}/publish_correction/")
    client.logout()
    page = client.get(f"/calls/{published.pk}/").text
    assert "Questions came in" in page
    assert "EUR\u00a01\u00a0000\u00a0000.00" in page
    assert "EUR\u00a02\u00a0000\u00a0000.00" in page
    assert list(Corrigendum.objects.get().changes) == ["budget"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "Give an answer here"),
        ({}, "Nothing is different"),
        ({"closes_at": "2020-01-01T10:00:00"}, "never less"),
        ({"budget": "5"}, "cannot exceed the budget"),
        ({"budget": ""}, "Give an answer here"),
    ],
)
def test_a_corrigendum_that_corrects_nothing_or_breaks_something_is_refused(
    client, officer, published, changes, sentence
):
    answer = client.post(f"/calls/{published.pk}/correct/", corrigendum_of(published, **changes))
    assert answer.status_code == 400
    assert sentence in answer.text
    assert Corrigendum.objects.count() == 0


def test_after_the_deadline_nothing_is_corrected(client, officer):
    call = a_call()
    for answer in (client.get(f"/calls/{call.pk}/correct/"), client.post(f"/calls/{call.pk}/correct/", {})):
        assert answer.status_code == 409
        assert "The call has closed" in answer.text


def test_what_a_call_may_ask_for_an_application_may_hold():
    from applications.models import Attachment
    from programmes.attachments import Document

    assert set(Document.values) <= set(Attachment.Kind.values)


def test_every_page_of_a_step_exists(officer):
    from django.urls import reverse

    for step in CALL.steps.values():
        if step.page:
            assert reverse(step.page, args=[] if step.page == "call_new" else [a_call().pk])
