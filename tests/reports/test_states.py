"""Who may do what with report files and deliveries: the tables an auditor can sign."""

import pytest

from core import clock
from promises.models import Promise
from promises.states import PROMISE, PromiseStatus
from reports.models import Pack, ProofRun, ReportFile
from reports.states import PACK, PROOF_RUN, REPORT_FILE, PackStatus, ProofRunStatus, ReportFileStatus
from tests.factories import a_call, an_auditor, an_organisation, everybody, golden_table

pytestmark = pytest.mark.django_db

FILES = """
         own    owner  stranger  officer  evaluator  authorising  auditor  national  admin  system
WAITING  -      -      -         -        -          -            -        -         -      -
DRAWN    fetch  -      -         -        -          -            -        -         -      -
"""

NEW_FILES = {"officer", "authorising", "auditor", "national", "own"}

PACKS = """
         own    owner  stranger  officer  evaluator  authorising  auditor  national  admin  system
WAITING  -      -      -         -        -          -            -        -         -      -
MADE     fetch  -      -         -        -          -            -        -         -      -
"""

NEW_PACKS = {"auditor", "national", "own"}

RUNS = """
            owner  stranger  officer  evaluator  authorising  auditor  national  admin  system
UNDER_WAY   -      -         -        -          -            -        -         -      confirm accuse break_off
PROVED      -      -         -        -          -            -        -         -      -
FAULTY      -      -         -        -          -            -        -         -      -
BROKEN_OFF  -      -         -        -          -            -        -         -      -
"""

NEW_RUNS = {"auditor", "admin", "system"}

DELIVERIES = """
         owner  stranger  officer    evaluator  authorising  auditor  national  admin      system
WAITING  -      -         -          -          -            -        -         -          -
RUNNING  -      -         -          -          -            -        -         -          -
KEPT     -      -         -          -          -            -        -         -          -
FAILED   -      -         try_again  -          try_again    -        -         try_again  -
"""


def test_report_files():
    own = an_auditor()
    people = {"own": own, **everybody(an_organisation())}

    def in_status(status):
        return ReportFile.objects.create(
            report="ranked-list", form="csv", status=status, asked_by=own, asked_at=clock.now(), path="x", sha256="0"
        )

    assert golden_table(REPORT_FILE, ReportFileStatus.values, people, in_status) == FILES.strip("\n")
    may_ask = {name for name, user in people.items() if REPORT_FILE.open_to(user, ReportFile())}
    assert may_ask == NEW_FILES


def test_packs():
    own, call = an_auditor(), a_call()
    people = {"own": own, **everybody(an_organisation())}

    def in_status(status):
        return Pack.objects.create(call=call, status=status, asked_by=own, asked_at=clock.now(), path="x", sha256="0")

    assert golden_table(PACK, PackStatus.values, people, in_status) == PACKS.strip("\n")
    assert {name for name, user in people.items() if PACK.open_to(user, Pack())} == NEW_PACKS


def test_runs_of_proofs():
    people = everybody(an_organisation())

    def in_status(status):
        ended = None if status == ProofRunStatus.UNDER_WAY else clock.now()
        return ProofRun.objects.create(status=status, begun_by=people["system"], begun_at=clock.now(), ended_at=ended)

    assert golden_table(PROOF_RUN, ProofRunStatus.values, people, in_status) == RUNS.strip("\n")
    assert {name for name, user in people.items() if PROOF_RUN.open_to(user, ProofRun())} == NEW_RUNS


def test_deliveries():
    def in_status(status):
        at = clock.now()
        values = {"subject_id": an_auditor().pk, "due_at": at, "made_at": at, "kept_at": at}
        return Promise.objects.create(kind="receipt", status=status, **values)

    table = golden_table(PROMISE, PromiseStatus.values, everybody(an_organisation()), in_status)
    assert table == DELIVERIES.strip("\n")
