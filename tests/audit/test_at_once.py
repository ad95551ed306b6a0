"""Rows inserted together stand as they would each by itself, whatever their columns hold."""

from datetime import timedelta
from decimal import Decimal

import pytest

from audit.at_once import insert_all, update_all
from audit.models import AuditRecord
from core import clock
from evaluation.models import Batch, BatchLine, Consensus
from tests.evaluation.factories import a_call_under_evaluation, an_eligible_application
from tests.factories import an_evaluator, an_officer

pytestmark = pytest.mark.django_db
ODD = 'Ωμέγα “quoted” \\ back, \t tab\nline – 😀 {"a": 1}'


def reports(application, number):
    return [
        Consensus(
            application=application, round=application.call.rounds.get(), rapporteur=an_evaluator(), status="SET_ASIDE",
            evaluator_ids=[an_evaluator().pk, an_evaluator().pk], total=Decimal("77.125"), remark=ODD,
            proposed_at=clock.now() + timedelta(microseconds=place),
        )
        for place in range(number)
    ]  # fmt: skip


def test_every_kind_of_value_comes_back(db):
    rows = reports(an_eligible_application(a_call_under_evaluation()), 3)

    insert_all(rows)

    for row in rows:
        kept = Consensus.objects.get(pk=row.pk)
        names = [field.attname for field in Consensus._meta.concrete_fields]
        assert {name: getattr(kept, name) for name in names} == {name: getattr(row, name) for name in names}
        assert not row._state.adding


def test_they_are_versioned_and_noted_like_any(db):
    rows = reports(an_eligible_application(a_call_under_evaluation()), 2)

    insert_all(rows)

    versions = Consensus._meta.get_field("events").related_model.objects
    assert {one.pgh_obj_id for one in versions.filter(pgh_label="insert")} == {row.pk for row in rows}


def test_more_than_one_statement_takes_are_all_kept(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("audit.at_once.AT_ONCE", 2)
    application = an_eligible_application(a_call_under_evaluation())
    officer = an_officer()
    batch = Batch(call=application.call, status="PROPOSED", source="FILE", size=5, made_by=officer, made_at=clock.now())
    batch.save(force_insert=True)
    lines = [
        BatchLine(batch=batch, application=application, evaluator=an_evaluator(), place=place, facts={"free": place})
        for place in range(5)
    ]

    with django_assert_num_queries(3):
        insert_all(lines)

    assert [line.facts for line in batch.lines.all()] == [{"free": place} for place in range(5)]


def test_a_key_that_the_database_gives_is_left_to_it(db):
    entry = AuditRecord(
        format=3, at=clock.now(), written_at=None, chain="call:1", sequence=1, act="call.note", subject_type="x.call",
        subject_id="1", subject_name=ODD, actor_id="1", actor_name="An", actor_role="OFFICER", door="WEB", hash="0",
        changes={"title": [None, ODD]}, rows=[], rows_sha256="",
    )  # fmt: skip

    insert_all([entry])

    kept = AuditRecord.objects.of_chain("call:1").get()
    assert kept.pk
    assert (kept.at, kept.written_at, kept.changes, kept.subject_name) == (entry.at, None, entry.changes, ODD)


def test_what_the_database_is_to_make_up_itself_is_refused(db):
    entry = AuditRecord(at=clock.now(), chain="call:1", sequence=1)

    with pytest.raises(TypeError, match="is no value to be inserted"):
        insert_all([entry])


def test_what_is_changed_is_kept_and_nothing_else(db):
    rows = reports(an_eligible_application(a_call_under_evaluation()), 3)
    insert_all(rows)
    for row in rows[:2]:
        row.total, row.remark, row.ended_reason = None, f"{ODD} again", "Not kept."

    update_all(rows[:2], [Consensus._meta.get_field("total"), Consensus._meta.get_field("remark")])

    kept = [Consensus.objects.get(pk=row.pk) for row in rows]
    assert [(row.total, row.remark, row.ended_reason) for row in kept] == [
        (None, f"{ODD} again", ""), (None, f"{ODD} again", ""), (Decimal("77.125"), ODD, ""),
    ]  # fmt: skip
