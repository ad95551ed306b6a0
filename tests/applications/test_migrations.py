"""Forth and back over the data of a running installation."""

import pytest

from applications.actions import edit_application
from applications.models import Application, Milestone
from tests.applications.factories import a_complete_draft, an_owner
from tests.factories import NOON
from tests.migrations import migrate

pytestmark = pytest.mark.slow


def test_activities_that_are_not_finished_are_whole_on_the_way_back_and_everything_else_is_carried(transactional_db):
    owner = an_owner()
    rows = [("Open", None, None), ("From 3", 3, None), ("To 4", None, 4), ("Backwards", 5, 2), ("Whole", 1, 2)]
    said = [{"title": title, "first_month": first, "last_month": last} for title, first, last in rows]
    draft = edit_application(a_complete_draft(by=owner), by=owner, at=NOON, timetable={"milestones": said})
    try:
        then = migrate(("applications", "0012_withdrawn_after_closing"))
        found = then.get_model("applications", "Milestone").objects.values_list("title", "first_month", "last_month")
        assert set(found) == {("Open", 1, 1), ("From 3", 3, 3), ("To 4", 4, 4), ("Backwards", 5, 5), ("Whole", 1, 2)}
    finally:
        migrate()
    assert Application.objects.get().as_typed == {}
    assert (Application.objects.get().pk, Milestone.objects.count()) == (draft.pk, 5)
