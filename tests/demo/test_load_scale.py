"""A call to measure on: of the size that was asked for, by the database's own rules, once."""

import pytest
from django.core.management import CommandError, call_command

from applications.models import Application
from audit.models import AuditRecord
from audit.record import broken_links
from evaluation.models import Assessment
from programmes.models import Call

pytestmark = pytest.mark.django_db


def test_a_call_of_the_size_asked_for_is_made_and_assigned(said):
    call_command("load_funds", verbosity=0)

    first = said("load_scale", proposals=6, evaluators=9, each=2, assign=True)

    call = Call.objects.get(reference="SCALE-6X9X2")
    rows = Application.objects.of_call(call).evaluable()
    assert rows.count() == 6
    assert "12 assignments proposed and made, 0 refused" in first
    assert Assessment.objects.of_call(call).counting().count() == 12
    for row in rows:
        records = AuditRecord.objects.of_chain(row.chain).order_by("sequence")
        assert [one.act for one in records] == ["application.load_scale", "assessment.assign", "assessment.assign"]
        assert not list(broken_links(records))
    assert "is there already." in said("load_scale", proposals=6, evaluators=9, each=2)
    assert rows.count() == 6


def test_without_a_fund_or_with_nobody_there_is_no_call(said):
    with pytest.raises(CommandError, match="load_funds"):
        said("load_scale")
    call_command("load_funds", verbosity=0)
    with pytest.raises(CommandError, match="at least one"):
        said("load_scale", proposals=0)
