"""What the timeline tells to whom, and what an officer does with the checks."""

import pytest
from django.urls import reverse

from applications.actions import (
    confirm_check,
    edit_application,
    open_application,
    override_check,
    withdraw_application,
)
from applications.models import Application, Check
from applications.shown.history import timeline
from core import clock
from core.errors import WrongState
from tests.applications.factories import a_draft, a_submitted, an_owner
from tests.applications.test_races import an_open_call
from tests.factories import (
    AFTER,
    NOON,
    an_applicant,
    an_officer,
    the_clock,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return an_owner()


@pytest.fixture
def as_person(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def text_of(answer):
    return answer.content.decode().replace("\u00a0", " ")


def opened(sent):
    """The call has closed; the checks are made."""
    type(sent.call).objects.filter(pk=sent.call_id).update(status="CHECKING")
    return open_application(sent, by=the_clock(), at=AFTER)


# history


def test_edits_of_one_person_in_a_row_are_one_line(owner):
    draft, colleague = a_draft(by=owner), an_applicant(owner.organisation)
    for person, acronym in ((owner, "A"), (owner, "B"), (colleague, "C"), (owner, "D"), (owner, "E")):
        draft = edit_application(draft, by=person, at=NOON, identity={"acronym": acronym, "title": "T"})

    found = timeline(draft, owner, for_owner=True)

    assert [(str(one["title"]), one["by"]) for one in found] == [
        ("Edit", owner.name), ("Edit", colleague.name), ("Edit", owner.name), ("Start an application", owner.name),
    ]  # fmt: skip


def test_a_line_of_several_edits_names_the_parts_of_each(owner):
    draft = a_draft(by=owner)
    for said in (
        {"identity": {"acronym": "A", "title": "T"}},
        {"timetable": {"months": 3}},
        {"budget": {"requested": 5}},
    ):
        draft = edit_application(draft, by=owner, at=NOON, **said)

    assert timeline(draft, owner, for_owner=True)[0]["text"] == "Identity, Timetable, Budget"


def test_the_owner_reads_the_own_acts_and_not_those_of_the_office(owner):
    sent = a_submitted(by=owner)
    sent = opened(sent)
    check = sent.checks.filter(passed=True).first()
    override_check(check, by=an_officer(name="Olga Office"), at=AFTER, reason="Found otherwise.")

    own, office = timeline(sent, owner, for_owner=True), timeline(sent, an_officer())

    assert all("Olga" not in one["by"] for one in own)
    assert f"Override: {check.code}" in office[0]["title"] or office[0]["title"].startswith("Override: ")
    assert "Found otherwise." in office[0]["text"]


def test_a_line_says_the_reason_and_the_version(owner):
    call = an_open_call()
    sent = a_submitted(by=owner, call=call, at=clock.now(), timetable={"starts_on": "2099-01-01"})
    withdraw_application(sent, by=owner, reason="The partner left.")

    first, second, *_rest = timeline(sent, owner, for_owner=True)

    assert first["text"] == "The partner left."
    assert second["text"] == "Version 1"


# the office's checks


@pytest.mark.parametrize(("said", "gaps"), [
    ({"criterion": "", "found": "x"}, {"criterion"}), ({"criterion": "x", "found": " "}, {"found"}),
    ({}, {"criterion", "found"}), ({"criterion": "a\x00", "found": "x"}, {"criterion"}),
])  # fmt: skip
def test_a_condition_says_what_was_announced_and_what_was_found(as_person, owner, said, gaps):
    sent = a_submitted(by=owner)
    sent = opened(sent)
    before = sent.checks.count()

    answer = as_person(an_officer()).post(reverse("condition_add", args=[sent.pk]), said)

    assert answer.status_code == 400
    assert Check.objects.filter(application=sent).count() == before


def test_a_condition_that_is_sent_twice_stands_once(as_person, owner):
    sent = a_submitted(by=owner)
    sent = opened(sent)
    client, said = as_person(an_officer()), {"criterion": "In euro", "found": "In zloty", "key": "one press"}

    for _ in range(2):
        assert client.post(reverse("condition_add", args=[sent.pk]), said).status_code == 302

    assert Check.objects.filter(application=sent, criterion="In euro", passed=False).count() == 1


@pytest.mark.parametrize("status", ["ELIGIBLE", "INELIGIBLE", "EVALUATED"])
def test_once_the_eligibility_is_settled_no_check_changes(owner, status):
    sent = a_submitted(by=owner)
    sent = opened(sent)
    Application.objects.filter(pk=sent.pk).update(status=status)
    check = sent.checks.first()

    for act in (confirm_check, override_check):
        with pytest.raises(WrongState, match="its checks cannot be changed now"):
            act(check, by=an_officer(), at=AFTER, reason="Found otherwise.")
    check.refresh_from_db()
    assert check.status == "PROPOSED"


def test_an_application_without_a_failed_condition_cannot_be_excluded(as_person, owner):
    sent = a_submitted(by=owner)
    sent = opened(sent)

    exclude = reverse("application_step", args=[sent.pk, "exclude"])
    answer = as_person(an_officer()).post(exclude, {"reason": "I say so."})

    assert answer.status_code == 400
    assert "there is nothing to exclude the application for" in text_of(answer)
    sent.refresh_from_db()
    assert sent.status == "CHECKING"
