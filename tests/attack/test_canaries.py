"""Nobody reads what is not theirs in lists, files and reports (behind the doors: `test_permission_matrix.py`), and what
has come in before the deadline shows nowhere."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from applications.actions import withdraw_application
from promises.actions import promise
from promises.models import Promise
from tests.applications.factories import a_draft, a_submitted
from tests.attack.canaries import IN_LISTS, Listener, text_of
from tests.attack.world import FAR
from tests.factories import NOON, a_call, an_admin, an_auditor, an_authorising_officer, an_officer

EXPORTS = ("calls", "applications", "letters", "awards", "trail", "promises", "accounts", "assessments",
           "consensus_reports", "ranked_lists", "findings")  # fmt: skip
REPORTS = ("submissions", "checks", "score-matrix", "audit-trail", "conflicts", "committee", "statistics", "questions",
           "clarifications", "hearings", "findings")  # fmt: skip


def addresses(world):
    """Every list as files and searched, every report of every call."""
    for name in EXPORTS:
        yield from (f"{reverse(name)}?format={kind}" for kind in ("csv", "csv-semicolon", "xlsx"))
        yield f"{reverse(name)}?q=CANARY"
    calls = (world.open.call, world.evaluated.call, world.decided.call)
    yield from (f"{reverse('report', args=[slug])}?call={call.pk}" for slug in REPORTS for call in calls)
    yield from (f"{reverse('evaluation_of_call', args=[call.pk])}" for call in calls)


@pytest.mark.slow
def test_nobody_reads_what_is_not_theirs(world, client_of, undo):
    listener = Listener()
    for name in world.people:
        client = client_of(name)
        for address in addresses(world):
            with undo():
                listener.listens(name, address, text_of(client.get(address)))
    assert listener.faults == {}
    assert listener.heard >= IN_LISTS  # the net catches what somebody may read


@pytest.mark.slow
def test_an_open_call_looks_the_same_whether_anybody_applies_or_not(world, client_of, undo):
    """Counts, desks, deliveries, the trail, statistics: nothing tells the Commission that something has come in."""
    looks = (
        reverse("desk"), reverse("promises"), reverse("promises_progress"), reverse("applications"), reverse("trail"),
        reverse("api-trail-list"), reverse("api-promises-list"), reverse("api-applications-list"),
        reverse("evaluation"),
        reverse("call", args=[world.open.call.pk]), reverse("api-calls-detail", args=[world.open.call.pk]),
        f"{reverse('report', args=['statistics'])}?call={world.open.call.pk}",
        f"{reverse('report', args=['audit-trail'])}?call={world.open.call.pk}",
        f"{reverse('trail')}?call={world.open.call.pk}&format=csv", reverse("home"), reverse("reports"),
    )  # fmt: skip
    watchers = ("officer", "authorising", "auditor", "national", "national_else", "admin", "stranger", "unassigned")
    before = seen_by(watchers, looks, client_of, undo)
    with undo():
        more_comes_in(world)
        after = seen_by(watchers, looks, client_of, undo)
    assert [key for key in before if before[key] != after[key]] == []


@pytest.mark.django_db
@pytest.mark.parametrize("who", [an_officer, an_authorising_officer, an_auditor, an_admin])
def test_the_first_draft_of_a_call_shows_nowhere_among_the_deliveries(who):
    """Its reminder is about the call, and would tell that somebody has begun."""
    call, watcher = a_call(closes_at=FAR), who()
    promise("open_call", call, due_at=FAR)
    before = list(Promise.objects.visible_to(watcher).by_lane(NOON))
    a_draft(call=call)
    assert Promise.objects.filter(kind="remind_drafts").exists()
    assert list(Promise.objects.visible_to(watcher).by_lane(NOON)) == before


def seen_by(watchers, looks, client_of, undo):
    """Looking leaves its own trace, a download in the trail: it is undone."""
    found = {}
    for who in watchers:
        for one in looks:
            with undo():
                found[who, one] = steady(client_of(who).get(one))
    return found


def more_comes_in(world):
    for _number in range(2):
        sent = a_submitted(call=world.open.call)
    withdraw_application(sent, by=sent.applicant.users.get(), at=NOON + timedelta(hours=5), reason="No money.")
    a_draft(call=world.open.call)


SPANS = r"(\d+(\.\d+)?\s(second|minute|hour|day)s?,?\s*)+|\d\d?:\d\d(:\d\d)?(\.\d+)?"


def steady(answer):
    """Without what differs by nature: tokens, ids of requests, and the clock."""
    text = re.sub(r'(?:csrfmiddlewaretoken|key)" value="[^"]+"|data-[a-z]+="[^"]+"|nonce="[^"]+"', "", text_of(answer))
    return answer.status_code, " ".join(re.sub(SPANS, "", text).split())
