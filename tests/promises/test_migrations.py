"""What a running installation owed when lanes came is served in the lane of its kind."""

from uuid import uuid4

import pytest

from core import clock
from promises import keeping
from promises.models import Promise
from tests.migrations import migrate

BEFORE = ("promises", "0006_first_versions")
LANES = {
    "open_call": 1, "deem_read": 2, "remind_drafts": 2, "receipt": 3, "mail": 4, "letter": 5, "report_file": 6,
    "of_a_former_time": 6,
}  # fmt: skip


@pytest.fixture
def everything_back(transactional_db):
    yield
    migrate()


@pytest.mark.slow
@pytest.mark.usefixtures("everything_back")
def test_each_kind_gets_its_lane_whatever_its_status():
    old, at = migrate(BEFORE).get_model("promises", "Promise").objects, clock.now()
    for kind in LANES:
        old.create(kind=kind, subject_id=uuid4(), due_at=at, made_at=at)
        old.create(kind=kind, subject_id=uuid4(), due_at=at, made_at=at, status="KEPT", kept_at=at)
    migrate()
    found = set(Promise.objects.values_list("kind", "lane", "status"))
    assert found == {(kind, lane, status) for kind, lane in LANES.items() for status in ("WAITING", "KEPT")}


@pytest.mark.django_db
def test_the_registered_lanes_are_those_of_the_migration():
    registered = keeping.LANES
    assert {kind: lane for kind, lane in registered.items() if kind in LANES} == {
        kind: lane for kind, lane in LANES.items() if kind in registered
    }
    assert set(LANES) - set(registered) == {"of_a_former_time"}
