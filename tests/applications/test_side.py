"""The list of parts beside each page of a proposal: what it says, where it leads, what it costs, and whose it is."""

from copy import copy

import pytest
from django.urls import reverse

from applications.actions import edit_application, submit_application
from applications.models import KeptChange
from applications.parts import PARTS, add
from core import clock
from programmes.form_parts import OFFERED, form_of
from tests.applications.factories import a_complete_draft, a_draft, an_owner
from tests.applications.pages import drawn, edit_url, post
from tests.applications.test_changes import change, saves
from tests.applications.test_races import an_open_call
from tests.factories import an_applicant

pytestmark = pytest.mark.django_db
PAGES = ["application_missing", "application_submit", "partners_desk", "choose_partner", "budget_file",
         "standing_order", "take_away", "application_copy"]  # fmt: skip


@pytest.fixture
def owner(client):
    owner = an_owner()
    client.force_login(owner)
    return owner


@pytest.fixture
def complete(owner):
    return a_complete_draft(by=owner, call=an_open_call(), at=clock.now())


def side(client, address):
    return client.get(address).context["side"]


def line(of, label):
    return next(one for one in of.lines if str(one["label"]) == label)


def marks(of, label):
    return [str(words) for words, _tone in line(of, label)["marks"]]


def test_every_page_of_a_proposal_has_the_list_and_says_which_part_is_here(client, owner, complete):
    for name in PAGES:
        page = client.get(reverse(name, args=[complete.pk]))
        assert 'aria-label="Parts of the application"' in page.content.decode(), name
        assert [one["url"] for one in page.context["side"].lines] == [
            edit_url(complete, part) for part in ("identity", "partners", "content", "timetable", "budget",
                                                  "attachments", "declarations")
        ]  # fmt: skip
    page = client.get(edit_url(complete, "timetable")).content.decode()
    assert f'href="{edit_url(complete, "timetable")}" aria-current="page"' in page
    assert page.count('aria-current="page"') == 2  # the list and the way to the page
    assert "Part 4 of 7 · 7 of 7 complete" in " ".join(page.split())


def test_what_is_missing_is_linked_field_by_field(client, owner):
    draft = a_draft(by=owner, call=an_open_call(), at=clock.now())
    found = line(side(client, edit_url(draft, "budget")), "Identity")
    assert (str(found["state"]), found["gaps"]) == ("not started", 2)
    assert [url for _sentence, url in found["links"]] == [
        f"{edit_url(draft, 'identity')}#id_acronym", f"{edit_url(draft, 'identity')}#id_title",
    ]  # fmt: skip


def test_before_and_next_save_what_was_typed_and_lead_along(client, owner, complete):
    answer = post(client, complete, "content", summary="Typed before going back.", previous="1")
    assert answer.url == edit_url(complete, "partners")
    complete.refresh_from_db()
    assert complete.summary == "Typed before going back."
    assert post(client, complete, "content", next="1").url == edit_url(complete, "timetable")
    first = client.get(edit_url(complete, "identity")).content.decode()
    assert 'name="previous"' not in first
    assert 'form="part" name="next"' in first


def test_it_says_what_is_not_valid_and_what_waits_to_be_decided(client, owner, complete):
    bram = an_applicant(owner.organisation)
    base = complete.acronym
    post(client, complete, "timetable", months="two years")
    saves(bram, complete, change("identity", "acronym", base, "BRAM"))
    saves(owner, complete, change("identity", "acronym", base, "ANNA"))
    assert KeptChange.objects.get().part == "identity"
    found = side(client, edit_url(complete, "budget"))
    assert (str(line(found, "Timetable")["state"]), marks(found, "Timetable")) == ("has errors", ["1 not valid"])
    assert marks(found, "Identity") == ["1 to decide"]
    assert marks(found, "Partners") == []
    page = client.get(edit_url(complete, "timetable")).content.decode()
    assert "6 of 7 complete · 1 not valid" in " ".join(page.split())


def test_it_says_which_parts_changed_since_they_were_submitted(client, owner, complete):
    submit_application(complete, by=owner)
    assert all(one["marks"] == [] for one in side(client, edit_url(complete, "budget")).lines)
    edit_application(complete, by=owner, identity={"acronym": "OTHER"})
    found = side(client, edit_url(complete, "budget"))
    assert marks(found, "Identity") == ["changed since version 1"]
    assert [one for one in found.lines if one["marks"]] == [line(found, "Identity")]
    tasks = client.get(f"/applications/{complete.pk}/").context["tasks"]
    assert [str(one["label"]) for one in tasks if one["marks"]] == ["Identity"]


def test_what_follows_from_a_save_is_given_to_the_script_alone(client, owner, complete):
    typed = drawn(client, complete, "identity")
    client.post(edit_url(complete, "identity"), {**typed, "title": ""}, headers={"X-Autosave": "1"})
    fresh = client.get(edit_url(complete, "identity"), headers={"X-Fresh": "1"}).content.decode()
    assert "6 of 7 complete" in fresh
    assert 'id="gaps-here" data-fresh' in fresh
    assert "<html" not in fresh
    assert "<form" not in fresh
    budget = client.get(edit_url(complete, "budget"), headers={"X-Fresh": "1"}).content.decode()
    assert 'id="saved-totals"' in budget
    assert "EUR\xa0321\xa0000.00" in budget


@pytest.fixture
def many_parts(settings, new_part):
    """Forty parts in all: the house's own, and copies of one that lies in a file of its own."""
    names = [f"risks{number}" for number in range(40 - len(PARTS))]
    for name in names:
        part = copy(new_part)
        part.name, part.form = name, type("Risks", (new_part.form,), {"part": name})
        add(part)
    yield
    for name in names:
        PARTS.pop(name)
        OFFERED.pop(name)


def test_forty_parts_ask_what_seven_ask(client, owner, many_parts, django_assert_max_num_queries):
    asked = []
    all_of_them = [name for name in PARTS if name != "questions"]
    for names in ([name for name in all_of_them if "risks" not in name], all_of_them):
        draft = a_draft(by=owner, call=an_open_call(parts=form_of(names)), at=clock.now())
        post(client, draft, "budget", requested="much")
        address = edit_url(draft, "content")
        assert len(side(client, address).lines) == len(names)
        with django_assert_max_num_queries(100) as statements:
            client.get(address)
        asked.append(len(statements))
    assert asked == [26, 26]
