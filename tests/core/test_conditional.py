"""What was read already is not sent again; what changed since is not changed over."""

import pytest
from rest_framework.test import APIClient

from applications.api import ApplicationViewSet
from core.conditional import stamps_in
from programmes.models import Call
from tests.core.programs import kind_of, program_of
from tests.described import operations
from tests.factories import an_auditor, an_officer, an_organisation


def test_a_row_that_did_not_change_is_not_sent_again(owner, draft):
    program, address = program_of(owner), f"/api/applications/{draft.pk}/"
    read = program.get(address)
    tag = read.headers["ETag"]
    assert tag.startswith(f'"{read.json()["stamp"]}.')
    assert (read.headers["Cache-Control"], "Authorization" in read.headers["Vary"]) == ("private, no-cache", True)
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = program.get(address, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    program.patch(address, {"identity": {"acronym": "CHANGED"}, "stamp": draft.stamp}, format="json")
    changed = program.get(address, headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["ETag"] == tag) == (200, False)


def test_a_list_has_a_weak_tag_and_a_browser_keeps_nothing(owner, draft):
    program = program_of(owner)
    tag = program.get("/api/applications/").headers["ETag"]
    assert tag.startswith('W/"')
    assert program.get("/api/applications/", headers={"If-None-Match": tag}).status_code == 304
    browser = APIClient()
    browser.force_login(owner)
    assert browser.get("/api/applications/").headers["Cache-Control"] == "no-store"


def test_whoever_sees_something_else_has_another_tag(call):
    """The same row at the same stamp: an officer is offered steps that an auditor is not."""
    address, tags = f"/api/calls/{call.pk}/", {}
    for name, person in (("officer", an_officer()), ("auditor", an_auditor())):
        tags[name] = program_of(person).get(address).headers["ETag"]
    assert tags["officer"] != tags["auditor"]
    assert program_of(an_auditor()).get(address, headers={"If-None-Match": tags["officer"]}).status_code == 200


def test_whoever_may_not_read_any_more_is_told_so_and_not_that_nothing_changed(owner, draft):
    program, address = program_of(owner), f"/api/applications/{draft.pk}/"
    tag = program.get(address).headers["ETag"]
    type(draft).objects.filter(pk=draft.pk).update(applicant=an_organisation())
    assert program.get(address, headers={"If-None-Match": tag}).status_code == 404


def test_a_row_is_changed_only_as_it_was_read(owner, draft):
    program, address = program_of(owner), f"/api/applications/{draft.pk}/"
    old = program.get(address).headers["ETag"]
    said = {"identity": {"acronym": "FIRST"}}
    assert program.patch(address, said, format="json", headers={"If-Match": old}).status_code == 200
    refused = program.patch(address, {"identity": {"acronym": "LOST"}}, format="json", headers={"If-Match": old})
    assert (refused.status_code, kind_of(refused)) == (412, "outdated")
    draft.refresh_from_db()
    assert draft.acronym == "FIRST"
    new = program.get(address).headers["ETag"]
    for tag in (f"W/{new}", '"nothing"', '"99.x"'):
        sent = program.post(f"{address}steps/withdraw/", {"reason": "No."}, format="json", headers={"If-Match": tag})
        assert sent.status_code == 412
    both = {"If-Match": f"{old}, {new}", "Idempotency-Key": "k"}
    for _time in range(2):  # the second one has its answer, though the row has moved
        sent = program.post(f"{address}steps/withdraw/", {"reason": "No."}, format="json", headers=both)
        assert sent.status_code == 200


def test_a_star_asks_for_no_more_than_that_the_row_is_there(owner, draft):
    sent = program_of(owner).patch(
        f"/api/applications/{draft.pk}/", {"identity": {"acronym": "A"}}, format="json", headers={"If-Match": "*"}
    )
    assert sent.status_code == 200


def test_what_comes_between_the_look_and_the_act_is_seen_by_the_act(owner, draft, monkeypatch):
    """The row changes after the first look at its stamp: the act, which holds it, looks again."""
    program, address = program_of(owner), f"/api/applications/{draft.pk}/"
    tag = program.get(address).headers["ETag"]
    patch = ApplicationViewSet.partial_update

    def late(view, request, pk):
        type(draft).objects.filter(pk=draft.pk).update(stamp=77)
        return patch(view, request, pk)

    monkeypatch.setattr(ApplicationViewSet, "partial_update", late)
    sent = program.patch(address, {"identity": {"acronym": "LOST"}}, format="json", headers={"If-Match": tag})
    assert (sent.status_code, kind_of(sent)) == (412, "outdated")


def test_what_has_no_stamp_cannot_be_asked_for_by_one(call):
    """Nothing is done on a condition that nobody looks at."""
    said = {"fund": call.fund.code, "reference": "X", "title": "X"}
    sent = program_of(an_officer()).post("/api/calls/", said, format="json", headers={"If-Match": '"1.a"'})
    assert (sent.status_code, Call.objects.filter(reference="X").exists()) == (412, False)


@pytest.mark.parametrize(("header", "stamps"), [
    ('"7.ab"', {7}), ('"7.ab", "8.cd"', {7, 8}), ('W/"7.ab"', set()), ('"x"', set()), ("7.ab", set()), ("", set()),
    (f'"{"9" * 5000}.x"', set()),
])  # fmt: skip
def test_stamps_are_read_from_strong_tags_alone(header, stamps):
    assert stamps_in(header) == stamps


def test_every_reading_is_described_with_its_condition():
    gets = [one for method, _pattern, one in operations() if method == "get" and one.get("security", [{}]) != [{}]]
    told = [one["operationId"] for one in gets if "304" in one["responses"]]
    assert len(told) > 40
    changing = [one for method, _pattern, one in operations() if method != "get"]
    assert [one["operationId"] for one in changing if "412" not in one["responses"]] == []
