"""Who is kept from one application, call or finding is kept from that one, and from nothing that is about none."""

import pytest

from core import clock
from programmes.actions import edit_call
from promises.models import Promise
from reports.models import TrailRecord
from tests.evaluation.factories import an_assigned
from tests.factories import a_call, an_officer
from tests.findings import a_finding, a_sent_finding
from tests.promises.factories import owed
from tests.reports.factories import an_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    """Still to assess one application, and in conflict with another call."""
    kept = an_officer()
    an_assigned(an_application(a_call(status="EVALUATION"), status="ELIGIBLE"), evaluator=kept)
    conflict = an_assigned(an_application(a_call(status="EVALUATION"), status="ELIGIBLE"), evaluator=kept)
    type(conflict).objects.filter(pk=conflict.pk).update(status="CONFLICT")
    return kept


def test_records_of_a_call_are_read_whatever_application_is_kept_away(officer):
    call = a_call(status="DRAFT")
    edit_call(call, by=an_officer(), values={"title": "Another title"}, at=clock.now())
    records = TrailRecord.objects.filter(scope__call=str(call.pk), act="call.edit")
    assert records.visible_to(officer).count() == 1


def test_records_of_a_finding_about_the_house_are_read_too(officer):
    finding = a_sent_finding()
    records = TrailRecord.objects.filter(scope__finding=str(finding.pk), act="finding.send")
    assert records.visible_to(officer).count() == 1


def test_what_the_house_owes_is_seen_though_somebody_drafts_a_finding(officer):
    owed("draw_file", scope={})
    assert Promise.objects.visible_to(officer).filter(kind="draw_file").count() == 1
    a_finding()
    assert Promise.objects.visible_to(officer).filter(kind="draw_file").count() == 1
    assert Promise.objects.visible_to(an_officer()).filter(kind="draw_file").count() == 1
