"""The pages of the proofs at a real browser, wide and narrow, without a violation."""

import pytest
from django.urls import reverse

from core import clock
from reports.actions import begin_run, carry_on
from reports.models import ProofRun
from tests.evaluation.test_in_browser import browse, see  # noqa: F401 - a fixture
from tests.factories import an_auditor, the_clock
from tests.reports.test_proof_pages import a_run

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("transactional_db")]


def test_every_page_of_the_proofs(browse):  # noqa: F811
    auditor = an_auditor()
    faulty, off = a_run("FAULTY"), a_run("BROKEN_OFF")
    run = begin_run(ProofRun(), by=the_clock(), at=clock.now())
    carry_on(run)
    looking = browse(auditor)
    for name, address in {
        "proof_runs": reverse("proof_runs"),
        "proof_run_faulty": faulty.get_absolute_url(),
        "proof_run_broken_off": off.get_absolute_url(),
        "proof_run_under_way": run.get_absolute_url(),
        "desk_of_an_auditor": reverse("desk"),
        "status": reverse("status"),
    }.items():
        assert see(looking, address, name) == [], name
