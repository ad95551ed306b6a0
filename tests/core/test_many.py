"""One step of many rows: each judged, kept and recorded as if it were alone, in a handful of statements."""

from datetime import timedelta

import pytest

from audit.models import AuditRecord
from audit.record import broken_links, record_all
from core.errors import Incomplete, NotAllowed, WrongState
from core.many import take_each
from evaluation.actions.known import Known
from evaluation.models import Assessment
from evaluation.states import ASSESSMENT
from tests.evaluation.factories import DAY, a_call_under_evaluation, an_assigned, an_eligible_application, an_open
from tests.factories import an_evaluator, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(db):
    return an_eligible_application(a_call_under_evaluation())


def new_ones(application, number):
    return [Assessment(application=application, evaluator=an_evaluator()) for _ in range(number)]


def assign(rows, *, by=None, **said):
    return take_each(ASSESSMENT, "assign", rows, by=by or an_officer(), at=DAY, **said)


def test_nothing_to_do_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        taken = take_each(ASSESSMENT, "assign", [], by=None)

    assert (taken.rows, taken.refused) == ([], [])


def test_each_row_is_as_the_same_step_alone_would_have_left_it(application):
    alone = an_assigned(application)
    several = assign(new_ones(application, 3), due_at=alone.due_at).rows

    for row in [alone, *several]:
        row.refresh_from_db()
        assert (row.status, row.stamp, row.assigned_at, row.due_at) == ("ASSIGNED", 0, DAY, alone.due_at)
    records = list(AuditRecord.objects.filter(act="assessment.assign").order_by("sequence"))
    first, *others = [record.changes.keys() for record in records]
    assert all(one == first for one in others)
    assert [record.sequence for record in records] == [1, 2, 3, 4]
    assert not list(broken_links(records))


def test_rows_of_several_applications_stand_each_in_its_own_chain(application):
    other = an_eligible_application(application.call)
    an_assigned(other)

    assign([*new_ones(application, 2), *new_ones(other, 2)])

    for one, length in ((application, 2), (other, 3)):
        records = list(AuditRecord.objects.of_chain(one.chain).order_by("sequence"))
        assert len(records) == length
        assert not list(broken_links(records))


def test_a_refused_row_stays_as_it_was_and_holds_up_nobody(application, caplog):
    good, inside = an_evaluator(), an_evaluator(organisation=application.applicant)
    rows = [Assessment(application=application, evaluator=one) for one in (inside, good)]

    taken = assign(rows)

    assert [row.evaluator for row in taken.rows] == [good]
    ((row, refusal),) = taken.refused
    assert row.evaluator == inside
    assert isinstance(refusal, Incomplete)
    assert AuditRecord.objects.filter(act="assessment.assign").count() == 1
    assert "refused assessment.assign" in caplog.text


def test_who_may_not_take_the_step_takes_it_on_none(application):
    taken = assign(new_ones(application, 2), by=an_evaluator())

    assert taken.rows == []
    assert [type(refusal) for _row, refusal in taken.refused] == [NotAllowed, NotAllowed]
    assert not Assessment.objects.exists()


def test_a_bar_shuts_out_of_the_rows_it_is_about_alone(application):
    officer, other = an_officer(), an_eligible_application(application.call)
    an_assigned(application, officer)

    taken = assign([*new_ones(application, 1), *new_ones(other, 1)], by=officer)

    assert [row.application for row in taken.rows] == [other]
    assert "You evaluate application" in str(taken.refused[0][1].sentence)


def test_each_row_is_judged_as_it_is_now_not_as_it_was_read(application):
    """The evaluator declared after the officer's page was loaded."""
    fresh, declared = an_assigned(application), an_open(application)
    Assessment.objects.filter(pk=fresh.pk).update(status="SIGNED", signed_at=DAY, declared_at=DAY)
    stale = Assessment(**{f.attname: getattr(fresh, f.attname) for f in Assessment._meta.concrete_fields})
    stale._state.adding = False

    taken = take_each(ASSESSMENT, "release", [stale, declared], by=an_officer(), at=DAY, reason="Wrong panel.")

    assert [row.pk for row in taken.rows] == [declared.pk]
    assert isinstance(taken.refused[0][1], WrongState)
    declared.refresh_from_db()
    assert (declared.status, declared.ended_reason, declared.stamp) == ("RELEASED", "Wrong panel.", 2)


def test_a_reason_that_is_asked_for_is_asked_for(application):
    rows = [an_assigned(application)]

    with pytest.raises(Incomplete):
        take_each(ASSESSMENT, "release", rows, by=an_officer(), at=DAY, reason=" ")


def test_versions_are_kept_of_each(application):
    rows = assign(new_ones(application, 2)).rows
    take_each(ASSESSMENT, "release", rows, by=an_officer(), at=DAY + timedelta(days=1), reason="Wrong panel.")

    versions = Assessment._meta.get_field("events").related_model.objects.order_by("pgh_id")
    assert [one.status for one in versions] == ["ASSIGNED", "ASSIGNED", "RELEASED", "RELEASED"]


@pytest.mark.parametrize("number", [2, 8])
def test_as_many_statements_for_eight_as_for_two(application, django_assert_num_queries, number):
    rows, officer = new_ones(application, number), an_officer()
    known = Known([application], [row.evaluator for row in rows])

    with django_assert_num_queries(23):
        assign(rows, by=officer, known=known)


def test_records_of_nothing_are_none():
    assert record_all([], by=an_officer(), at=DAY) == []
