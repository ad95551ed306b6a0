"""The pages of findings and samples at a real browser, wide and narrow, without a violation."""

import pytest
from django.urls import reverse

from tests.evaluation.test_in_browser import browse, see  # noqa: F401 - a fixture
from tests.factories import an_auditor, an_officer
from tests.findings import a_finding, a_sent_finding
from tests.reports.factories import a_decided_call
from tests.samples import a_population, announced, drawn

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


def test_the_pages_of_findings_and_samples(browse):  # noqa: F811
    auditor, officer, made = an_auditor(), an_officer(), a_decided_call()
    draft = a_finding(by=auditor)
    sent = a_sent_finding(by=auditor, application=made.entries[0].reference)
    file = a_population(made.call, by=auditor)
    sample, waiting = drawn(announced(file, by=auditor, strata="MEMBER_STATE")), announced(file, by=auditor)
    looking = browse(auditor)
    for name, address in {
        "findings": reverse("findings"),
        "finding_draft": draft.get_absolute_url(),
        "finding_sent": sent.get_absolute_url(),
        "finding_new": reverse("finding_new"),
        "finding_edit": reverse("finding_edit", args=[draft.pk]),
        "finding_extend": reverse("finding_extend", args=[sent.pk]),
        "samples": reverse("samples"),
        "sample_drawn": sample.get_absolute_url(),
        "sample_announced": waiting.get_absolute_url(),
    }.items():
        assert see(looking, address, name) == [], name
    assert see(browse(officer), sent.get_absolute_url(), "finding_officer") == []
