"""Nobody reads what is not theirs: the texts of the world that begin with CANARY, looked for on every page, list,
file and answer of the interface, as every kind of person."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from applications.actions import withdraw_application
from promises.actions import promise
from promises.models import Promise
from tests.applications.factories import a_draft, a_submitted
from tests.attack.doors import doors
from tests.attack.world import FAR, SECRET
from tests.factories import NOON, a_call, an_admin, an_auditor, an_authorising_officer, an_officer

OPEN = {
    "CANARY submitted in the open", "CANARY summary in the open", "CANARY unsent edit", "CANARY draft in the open",
    "CANARY withdrawn in the open", "CANARY reason to withdraw", "CANARY never submitted", "CANARY edit after sending",
    "CANDRAFT", "CANSENT", "CANBACK", "CANUNSENT", "CANARY of a failed receipt",
}  # fmt: skip
JUDGED = {
    "CANARY unsigned comment", "CANARY signed comment", "CANARY cousin", "CANARY brother", "CANARY Signer",
    "CANARY comment of the second", "CANARY agreed comment", "CANARY remark", "CANARY Rapporteur", "CANARY Second",
}  # fmt: skip
OF_FIRST = {"CANARY unsigned comment", "CANARY signed comment", "CANARY cousin", "CANARY brother", "CANARY Signer"}
ELSE = {
    "CANARY of the draft call",
    "CANARY question as asked",
    "canary.colleague@example.eu",
    "=cmd()|'/c calc'!A0",
    "CANARY-DE",
    "CANARY-FR",
}
ALL = OPEN | JUDGED | ELSE
NOBODYS = {"CANARY of a failed receipt", "CANARY edit after sending"}  # hidden until opened; set aside at opening
EXPORTS = ("calls", "applications", "letters", "awards", "trail", "promises", "accounts", "assessments",
           "consensus_reports", "ranked_lists")  # fmt: skip
REPORTS = ("submissions", "checks", "score-matrix", "audit-trail", "conflicts", "committee", "statistics", "questions")

# who may read which of them, and why
ITS_OWN = OPEN - {"CANARY of a failed receipt"}
MAY_READ = {
    "anonymous": set(),
    "owner": ITS_OWN | {"CANARY question as asked", "canary.colleague@example.eu", "=cmd()|'/c calc'!A0"},
    "stranger": {"CANARY-FR"},
    "officer": JUDGED | ELSE - {"canary.colleague@example.eu"},
    "officer_conflicted": JUDGED - OF_FIRST | ELSE - {"canary.colleague@example.eu"},
    "evaluator": {"CANARY unsigned comment", "=cmd()|'/c calc'!A0", "CANARY-DE", "CANARY-FR"},  # its own, and a signed
    "undeclared": set(),
    "conflicted": set(),
    "unassigned": set(),
    "member": set(),
    "authorising": JUDGED | ELSE - {"canary.colleague@example.eu"},
    "auditor": JUDGED | ELSE - {"CANARY of the draft call"},
    "national": JUDGED | {"=cmd()|'/c calc'!A0", "canary.colleague@example.eu"},  # Greek applications and their trail
    "national_else": set(),
    "admin": {"canary.colleague@example.eu"},  # accounts and invitations are theirs: a desk is handed over by one
}
# an officer chooses evaluators among all names there are; administrators see every account
NAMES = {"CANARY Signer", "CANARY Rapporteur", "CANARY Second"}
CHOOSERS = {"officer", "officer_conflicted", "authorising", "auditor", "admin"}


def addresses(world):
    """Every address, every list as files and as the interface, every report of every call."""
    secrets = ("logout", SECRET)  # whoever holds the secret of an invitation may know whom it is for
    yield from (address for _label, address in doors(world) if not any(one in address for one in secrets))
    for name in EXPORTS:
        yield from (f"{reverse(name)}?format={kind}" for kind in ("csv", "xlsx"))
        yield f"{reverse(name)}?q=CANARY"
    calls = (world.open.call, world.evaluated.call, world.decided.call)
    yield from (f"{reverse('report', args=[slug])}?call={call.pk}" for slug in REPORTS for call in calls)
    yield from (f"{reverse('evaluation_of_call', args=[call.pk])}" for call in calls)


def text_of(answer):
    body = b"".join(answer) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            body = b"".join(book.read(name) for name in book.namelist())
    return body.decode("utf-8", "replace").replace("&#x27;", "'")


@pytest.mark.slow
def test_nobody_reads_what_is_not_theirs(world, client_of, undo):
    found, seen = {}, set()
    for name in world.people:
        may = MAY_READ[name] | (NAMES if name in CHOOSERS else set())
        client = client_of(name)
        session = client.cookies.get("sessionid")
        for address in addresses(world):
            with undo():
                text = text_of(client.get(address))
            if session:
                client.cookies["sessionid"] = session.value
            here = {canary for canary in ALL if canary in text}
            seen |= here
            for canary in here - may:
                found.setdefault((name, canary), []).append(re.sub(r"[0-9a-f-]{36}", "·", address))
    assert found == {}
    assert seen == ALL - NOBODYS  # the net catches what somebody may read


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
