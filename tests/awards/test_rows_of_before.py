"""What an installation held before there were rounds: it migrates, every seal and letter stays, and all is proved."""

import pytest
from django.db import connection
from django.db.models import F

from accounts.actions.adopting import adopt_rows
from audit.models import AuditRecord
from awards.models import DecisionLine, Letter
from core import clock
from core.past import as_of
from evaluation.actions.ranked_lists import kept_seal
from evaluation.models import Assessment, Consensus, RankedList
from programmes.models import Round
from reports.proofs import PROOFS
from tests.factories import a_call, the_clock
from tests.migrations import migrate
from tests.reports.factories import a_decided_call

pytestmark = [pytest.mark.usefixtures("transactional_db"), pytest.mark.slow]

BEFORE = [
    ("programmes", "0005_first_versions"),
    ("evaluation", "0004_stamps"),
    ("awards", "0004_stamps"),
]


@pytest.fixture
def at_the_end():
    yield
    migrate()


def columns_of(table):
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def what_must_stay():
    versions = Assessment._meta.get_field("events").related_model
    return {
        "lists": list(RankedList.objects.order_by("pk").values("pk", "sha256", "signed_at", "status")),
        "letters": list(Letter.objects.order_by("pk").values("pk", "reference", "facts", "pdf_sha256", "sent_at")),
        "lines": list(DecisionLine.objects.in_force().order_by("pk").values("pk", "outcome", "contribution")),
        "reports": list(Consensus.objects.in_force().order_by("pk").values("pk", "total")),
        "versions": versions.objects.count(),
        "trail": list(AuditRecord.objects.order_by("pk").values_list("hash", flat=True)),
    }


def sealed_as_then(call):
    """Lists of that time were of format 1: everybody had a rank, and the seal was over those bytes."""
    ranked_list = call.ranked_lists.get()
    ranked_list.entries.update(rank=F("position"))
    ranked_list.format = 1
    ranked_list.sha256 = kept_seal(ranked_list)
    ranked_list.save(update_fields=["format", "sha256"])
    call.seats.update(signed_sha256=ranked_list.sha256)


def faults():
    """What `manage.py prove` would find; the people of these tests are rows without a life of their own."""
    found = [sentence for proof in PROOFS.values() for sentence in proof()]
    return [sentence for sentence in found if not sentence.startswith("accounts.")]


def test_what_was_decided_before_stays_and_is_proved(at_the_end):
    made, bare = a_decided_call(), a_call(status="RANKED")
    sealed_as_then(made.call)
    before, then, told_round = what_must_stay(), clock.now(), made.call.rounds.get().pk
    migrate(*BEFORE)
    assert "round_id" not in columns_of("evaluation_assessment")
    assert "ordinal" not in columns_of("awards_decision")
    assert "replaces_id" not in columns_of("awards_letter")
    migrate()
    assert what_must_stay() == before
    adopt_rows()  # as every installation does after migrating

    decision = made.call.decisions.get()
    assert (decision.ordinal, decision.cause, decision.lines.count()) == (1, "INITIAL", 5)
    first = made.call.rounds.get()
    assert (first.ordinal, first.opened_by) == (1, made.officer)
    assert first.opened_at == AuditRecord.objects.get(act="call.start_evaluation").at
    for rows in (Assessment.objects.all(), Consensus.objects.all(), RankedList.objects.all()):
        assert {row.round for row in rows} == {first}
    assert {(letter.replaces, letter.replaced_because) for letter in Letter.objects.all()} == {(None, "")}

    with as_of(then):  # the past is read with the round in which it was judged
        assert what_must_stay()["reports"] == before["reports"]
        assert {row.round.ordinal for row in Assessment.objects.select_related("round")} == {1}

    by_the_clock = Round.objects.get(call=bare)
    assert (by_the_clock.opened_by, by_the_clock.opened_at) == (the_clock(), bare.closes_at)

    # going back took the round that the trail of today had told of, and the notice of what was intended
    unheard, gone, never_lived = sorted(faults())
    assert never_lived == f"programmes.Call {bare.pk} stands at RANKED, its last record at none."
    assert (unheard.split()[1], gone.split()[:3]) == ("hearing", ["The", "round", str(told_round)])
