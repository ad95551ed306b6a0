"""A second person is told that a corrigendum waits."""

from datetime import timedelta

import pytest

from programmes.actions import cancel_call, drop_corrigendum, propose_corrigendum, publish_corrigendum
from programmes.models import Corrigendum
from promises.notices import KINDS
from tests.factories import CLOSES, NOON, a_call, an_authorising_officer, an_evaluator, an_officer
from tests.notices import told

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=6)


@pytest.fixture
def officer():
    return an_officer()


@pytest.fixture
def waiting(officer):
    call = a_call(inform_by=CLOSES.date() + timedelta(days=180))
    later = {"closes_at": CLOSES + timedelta(days=7)}
    return propose_corrigendum(call, by=officer, at=NOON, reason="More time.", values=later)


def test_everybody_at_the_commission_but_its_author_is_told(waiting, officer):
    second = [an_officer(), an_authorising_officer()]
    an_evaluator()
    told(NOON, waiting)
    subject = f"{KINDS['to_confirm_correction'].title}: {waiting.reference}"
    assert told(NOON + SOON) == {one.email: [subject] for one in second}


@pytest.mark.parametrize("act", [publish_corrigendum, drop_corrigendum], ids=["published", "dropped"])
def test_once_it_waits_no_more_nobody_is_told(waiting, act):
    second = an_officer()
    told(NOON, waiting)
    act(waiting, by=second, at=NOON, reason="Wrong.")
    assert told(NOON + SOON) == {}


def test_nobody_is_told_of_the_correction_of_a_cancelled_or_closed_call(waiting):
    an_officer()
    told(NOON, waiting)
    Corrigendum.objects.update(changes={"title": ["A", "B"]})  # no time: nothing that would open it again
    assert told(CLOSES + SOON) == {}
    told(NOON + SOON, waiting)
    cancel_call(waiting, by=an_authorising_officer(), at=NOON, reason="No money.")
    assert told(NOON + 3 * SOON) == {}
