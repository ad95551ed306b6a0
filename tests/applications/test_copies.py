"""What fits of an earlier application is copied, what does not is listed, and nothing that stands is written over."""

from decimal import Decimal
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from applications.actions import begin_with, copy_application, edit_application, withdraw_application
from applications.content import content_of
from applications.models import Application, Copy
from audit.models import AuditRecord
from core import clock
from core.errors import NotAllowed, WrongState
from programmes.models import Passage
from tests.applications.factories import a_draft, a_submitted, an_owner
from tests.applications.test_races import an_open_call
from tests.factories import NOON, a_fund, an_applicant, an_officer

pytestmark = pytest.mark.django_db
FILES_NOTE = "Files are attached anew: is this one still the right one?"


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def call():
    return an_open_call()


@pytest.fixture
def earlier(owner):
    """Of a call that has closed long ago."""
    return a_submitted(by=owner)


@pytest.fixture
def draft(owner, call):
    return a_draft(by=owner, call=call, at=clock.now())


def the_parts(*names):
    return [{"part": name} for name in names]


def copied(draft, earlier, *, by, **options):
    return copy_application(draft, source=earlier, by=by, **options)


def left():
    return [(one["part"], one["what"], one["why"]) for one in Copy.objects.first().left]


def kept(application):
    return {one.name: (one.value, one.against) for one in application.kept_changes.all()}


def without_ids(content):
    """What is said, whichever rows say it."""
    names = {one["id"]: one["name"] for one in content["partners"]}
    lines = [{**one, "partner": names[one["partner"]]} for one in content["budget"]["lines"]]
    return {
        **{name: content[name] for name in ("identity", "content", "timetable")},
        "partners": [{name: value for name, value in one.items() if name != "id"} for one in content["partners"]],
        "budget": {**content["budget"], "lines": sorted(lines, key=lambda one: (one["partner"], one["category"]))},
    }


# what fits


def test_all_that_fits_is_in_the_new_application(draft, earlier, owner):
    edit_application(draft, by=owner, partners=[{"contact_name": "", "contact_email": "", "is_coordinator": True}])
    taken = copied(draft, earlier, by=owner)
    said, there = without_ids(content_of(taken)), without_ids(content_of(earlier))
    said["timetable"]["starts_on"] = there["timetable"]["starts_on"]  # long over, see below
    assert said == there
    assert not taken.kept_changes.exists()
    assert Copy.objects.get().parts == ["budget", "content", "identity", "partners", "timetable"]


def test_what_does_not_fit_is_listed_with_why(draft, earlier, owner):
    copied(draft, earlier, by=owner)
    found = left()
    assert ("Attachments", "description.pdf", FILES_NOTE) in found
    assert sum(why == "Declared for the other application; declare it anew." for _part, _what, why in found) > 1
    assert [(part, what) for part, what, why in found if "starts before" in why] == [
        ("Timetable", "Planned start: 2021-09-01")
    ]
    assert not draft.attachments.exists()
    assert content_of(draft)["declarations"] == []


def test_one_record_tells_what_was_copied_from_where_and_what_was_left(draft, earlier, owner):
    before = AuditRecord.objects.count()
    taken = copied(draft, earlier, by=owner)
    (told,) = AuditRecord.objects.order_by("pk")[before:]
    assert (told.act, told.actor_id) == ("application.copy", str(owner.pk))
    assert told.changes["copied from"] == [None, str(earlier.pk)]
    assert told.changes["left"][1] == Copy.objects.get().left
    assert told.changes["title"] == ["", "Joint analysis of online fraud"]
    assert any(name.startswith("budget · ") for name in told.changes)
    assert taken.edited_at == told.at
    assert {row[0] for row in told.rows} >= {"applications_copy", "applications_partner", "applications_budgetline"}


def test_what_another_call_does_not_offer_or_allow_is_left(earlier, owner):
    call = an_open_call(max_contribution=Decimal(288_899), min_contribution=None, max_months=12)
    call.objectives.set(a_fund().passages.filter(kind="SO", code="B"))
    call.actions.set(a_fund().passages.filter(kind="ACTION", code__in="af"))
    draft = a_draft(by=owner, call=call, at=clock.now())
    taken = copied(draft, earlier, by=owner)
    found = left()
    assert ("Objectives and description", "Specific objectives: A", "This call does not offer it.") in found
    assert [what for part, what, why in found if "at most 12 months" in why] == ["Duration in months: 24"]
    (asked,) = [(part, what) for part, what, why in found if "requested contribution is at most" in why]
    assert asked[0] == "Budget"
    assert "288" in asked[1]
    said = content_of(taken)
    assert (said["content"]["objectives"], said["content"]["actions"]) == ([], ["a", "f"])
    assert (said["timetable"]["months"], said["budget"]["requested"]) == (None, None)
    assert said["budget"]["own_resources"] == "32100.00"


def test_a_limit_that_is_met_to_the_cent_is_no_hindrance(earlier, owner):
    call = an_open_call(max_contribution=Decimal("288900.00"), max_months=24)
    taken = copied(a_draft(by=owner, call=call, at=clock.now()), earlier, by=owner)
    assert (taken.requested, taken.months) == (Decimal("288900.00"), 24)


def test_a_part_that_the_call_does_not_ask_for_is_left_as_a_whole(earlier, owner):
    call = an_open_call(parts=the_parts("identity", "partners", "budget", "declarations"))
    taken = copied(a_draft(by=owner, call=call, at=clock.now()), earlier, by=owner)
    refused = {part for part, what, why in left() if why == "This call does not ask for it." and not what}
    assert refused == {"Objectives and description", "Timetable", "Attachments"}
    assert set(content_of(taken)) >= {"identity", "budget"}
    assert not taken.summary


def test_a_part_that_nobody_filled_in_is_no_loss(owner):
    source = a_draft(by=owner)
    call = an_open_call(parts=the_parts("identity", "partners", "budget"))
    copied(a_draft(by=owner, call=call, at=clock.now()), source, by=owner)
    assert left() == []


def test_what_was_no_answer_there_is_none_here(draft, earlier, owner):
    Application.objects.filter(pk=earlier.pk).update(as_typed={"budget": {"requested": "about a million"}})
    taken = copied(draft, Application.objects.get(pk=earlier.pk), by=owner)
    assert ("Budget", "“about a million”", "It was no valid answer there.") in left()
    assert taken.as_typed == {}


# what stands


def test_what_stands_is_not_written_over_but_waits_beside_it(draft, earlier, owner):
    edit_application(
        draft, by=owner, identity={"title": "Our new title"}, budget={"requested": Decimal("100.00")},
        content={"objectives": ["B"]},
    )  # fmt: skip
    taken = copied(draft, earlier, by=owner)
    assert (taken.title, taken.requested) == ("Our new title", Decimal("100.00"))
    assert kept(taken)["title"] == ("Joint analysis of online fraud", "Our new title")
    assert kept(taken)["requested"] == ("288900.00", "100.00")
    assert content_of(taken)["content"]["objectives"] == ["A", "B"], "each code is an answer of its own"
    assert taken.acronym == "NETWATCH", "the rest of the part is copied"


def test_partners_of_both_stand_side_by_side(draft, earlier, owner):
    lead = draft.partners.get()
    own = {"id": str(uuid4()), "name": "Policie České republiky", "country": "CZ", "kind": "LAW"}
    edit_application(draft, by=owner, partners=[{"id": str(lead.pk), "is_coordinator": True}, own])
    taken = copied(draft, earlier, by=owner)
    assert {one.name for one in taken.partners.all()} == {
        lead.name, "Policie České republiky", "Il-Korp tal-Pulizija ta' Malta"
    }  # fmt: skip
    malta = taken.partners.get(country="MT")
    assert taken.lines.get(partner=malta).amount == Decimal("100000.00")


def test_copying_the_same_again_makes_nothing_twice(draft, earlier, owner):
    once = content_of(copied(draft, earlier, by=owner))
    again = copied(Application.objects.get(pk=draft.pk), earlier, by=owner)
    assert content_of(again) == once
    assert Copy.objects.count() == 2, "each asking is on the page with what was left"


def test_the_same_request_sent_again_is_done_once(draft, earlier, owner):
    first = copied(draft, earlier, by=owner, sending="k")
    edit_application(first, by=owner, identity={"title": "Edited since"})
    again = copied(first, earlier, by=owner, sending="k")
    assert again.title == "Edited since"
    assert not again.kept_changes.filter(name="title").exists()
    assert AuditRecord.objects.filter(act="application.copy").count() == Copy.objects.count() == 1


def test_a_copied_partner_that_was_taken_out_does_not_come_back_unasked(draft, earlier, owner):
    copied(draft, earlier, by=owner)
    lead = draft.partners.get(is_coordinator=True)
    edit_application(draft, by=owner, partners=[{"id": str(lead.pk), "is_coordinator": True}])
    again = copied(Application.objects.get(pk=draft.pk), earlier, by=owner)
    assert again.partners.count() == 1
    assert again.kept_changes.filter(row_name="Il-Korp tal-Pulizija ta' Malta").exists()


# who, from what, until when


def test_only_an_application_of_one_s_own_organisation_can_be_copied(draft, owner):
    foreign = a_submitted(by=an_applicant())
    with pytest.raises(NotAllowed, match="your own organisation"):
        copied(draft, foreign, by=owner)
    assert not Copy.objects.exists()


def test_not_from_itself(draft, owner):
    with pytest.raises(WrongState, match="the application itself"):
        copied(draft, draft, by=owner)


def test_nobody_else_copies_into_a_draft(draft, earlier):
    for somebody in (an_applicant(), an_officer()):
        with pytest.raises(NotAllowed):
            copied(draft, earlier, by=somebody)


def test_nothing_is_copied_after_the_call_has_closed(earlier, owner):
    late = a_draft(by=owner, call=earlier.call, at=NOON)
    with pytest.raises(WrongState, match="too late"):
        copied(late, earlier, by=owner)


def test_nor_into_what_is_withdrawn(draft, earlier, owner):
    withdrawn = withdraw_application(draft, by=owner, reason="No money.")
    with pytest.raises(WrongState):
        copied(withdrawn, earlier, by=owner)


def test_a_draft_begins_with_an_earlier_application_or_not_at_all(call, earlier, owner):
    new = Application(call=call, applicant=owner.organisation)
    begun = begin_with(new, source=earlier, by=owner, key="k")
    assert begun.title == "Joint analysis of online fraud"
    again = begin_with(Application(call=call, applicant=owner.organisation), source=earlier, by=owner, key="k")
    assert again.pk == begun.pk
    assert Copy.objects.count() == 1
    before = Application.objects.count()
    with pytest.raises(NotAllowed):
        begin_with(Application(call=call, applicant=owner.organisation), source=a_submitted(), by=owner)
    assert Application.objects.count() == before + 1, "the foreign one alone"


# on the page, and for programs


def test_the_page_copies_and_lists_what_was_left(client, draft, earlier, owner):
    client.force_login(owner)
    url = f"/applications/{draft.pk}/copy/"
    shown = client.get(url).content.decode()
    assert "Nothing that stands in this application is overwritten." in shown
    assert earlier.reference in shown
    edit_application(draft, by=owner, identity={"title": "Our new title"})
    assert client.post(url, {"source": str(earlier.pk), "key": "k"})["Location"] == url
    shown = client.get(url).content.decode()
    assert "This was not copied:" in shown
    assert "description.pdf" in shown
    assert "Identity: an answer of" in shown, "what waits to be decided, with the way to it"
    assert client.post(url, {"source": ""}).status_code == 400
    assert client.post(url, {"source": str(a_submitted().pk)}).status_code == 400, "another authority's is no choice"


def test_a_late_one_is_told_on_the_page(client, earlier, owner):
    late = a_draft(by=owner, call=earlier.call, at=NOON)
    client.force_login(owner)
    answer = client.post(f"/applications/{late.pk}/copy/", {"source": str(earlier.pk)})
    assert answer.status_code == 409
    assert "too late" in answer.content.decode()


def test_who_has_no_other_application_is_told_so(client, draft, owner):
    client.force_login(owner)
    assert "no other application yet" in client.get(f"/applications/{draft.pk}/copy/").content.decode()


def test_a_copy_that_took_all_says_so(client, draft, owner):
    copied(draft, a_draft(by=owner, call=draft.call, at=clock.now()), by=owner)
    client.force_login(owner)
    assert "All of it was copied." in client.get(f"/applications/{draft.pk}/copy/").content.decode()


def test_the_history_of_its_owner_names_it(client, draft, earlier, owner):
    copied(draft, earlier, by=owner)
    client.force_login(owner)
    shown = client.get(f"/applications/{draft.pk}/").content.decode()
    assert "Copy from an earlier application" in shown


def test_the_start_page_offers_to_begin_with_an_earlier_one(client, call, owner):
    client.force_login(owner)
    url = f"/applications/start/{call.pk}/"
    assert "Begin with" not in client.get(url).content.decode(), "there is none yet"
    earlier = a_submitted(by=owner)
    assert "Begin with" in client.get(url).content.decode()
    answer = client.post(url, {"source": str(earlier.pk), "key": "k"})
    begun = Application.objects.of_call(call).get()
    assert answer["Location"] == f"/applications/{begun.pk}/copy/"
    assert begun.acronym == "NETWATCH"
    assert client.post(url, {"source": str(uuid4())}).status_code == 400
    empty = client.post(url, {"source": "", "key": "other"})
    assert Application.objects.of_call(call).exclude(pk=begun.pk).get().get_absolute_url() == empty["Location"]


def test_programs_copy_with_the_same_rules(draft, earlier, owner, call):
    api, url = APIClient(), f"/api/applications/{draft.pk}/copies/"
    api.force_authenticate(owner)
    answers = [api.post(url, {"source": str(earlier.pk)}, headers={"Idempotency-Key": "k"}) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json() == api.get(url).json()
    assert FILES_NOTE in [one["why"] for one in answers[0].json()[0]["left"]]
    assert api.post(url, {"source": str(uuid4())}).status_code == 404
    assert api.post(url, {}).status_code == 400
    begun = api.post("/api/applications/", {"call": str(call.pk), "source": str(earlier.pk)})
    assert begun.status_code == 201
    assert begun.json()["content"]["identity"]["acronym"] == "NETWATCH"


def test_a_call_of_another_fund_has_passages_of_its_own(earlier, owner):
    """The same code is another text there: what it offers under it is taken, what it does not is left."""
    fund = a_fund(code="amif", name="Another fund", short_name="AMIF")
    Passage.objects.filter(fund=fund, kind="SO", code="A").update(text="Something else")
    draft = a_draft(by=owner, call=an_open_call(fund=fund), at=clock.now())
    copied(draft, earlier, by=owner)
    assert content_of(draft)["content"]["objectives"] == []
    assert ("Objectives and description", "Specific objectives: A", "This call does not offer it.") in left()
