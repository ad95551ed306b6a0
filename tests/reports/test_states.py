"""Who may do what with report files and deliveries: the tables an auditor can sign."""

import pytest

from core import clock
from promises.models import Promise
from promises.states import PROMISE, PromiseStatus
from reports.models import Finding, Pack, ProofRun, ReportFile, Sample
from reports.states import (
    FINDING,
    PACK,
    PROOF_RUN,
    REPORT_FILE,
    SAMPLE,
    FindingStatus,
    PackStatus,
    ProofRunStatus,
    ReportFileStatus,
    SampleStatus,
)
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

TO_THE_OFFICE = """
           owner  stranger  officer               evaluator  authorising           auditor               national  admin  system
DRAFT      -      -         -                     -          -                     send correct discard  -         -      -
SENT       -      -         accept contest claim  -          accept contest claim  close extend replace  -         -      remind
ACCEPTED   -      -         contest claim         -          contest claim         close extend replace  -         -      remind
CONTESTED  -      -         accept                -          accept                close reopen replace  -         -      -
CLAIMED    -      -         -                     -          -                     close reopen replace  -         -      -
REOPENED   -      -         accept contest claim  -          accept contest claim  close extend replace  -         -      remind
CLOSED     -      -         -                     -          -                     reopen replace        -         -      -
REPLACED   -      -         -                     -          -                     -                     -         -      -
DISCARDED  -      -         -                     -          -                     -                     -         -      -
"""  # noqa: E501 - a table is a table

TO_AN_AUTHORITY = """
           owner                 stranger  officer  evaluator  authorising  auditor               national  admin  system
DRAFT      -                     -         -        -          -            send correct discard  -         -      -
SENT       accept contest claim  -         -        -          -            close extend replace  -         -      remind
ACCEPTED   contest claim         -         -        -          -            close extend replace  -         -      remind
CONTESTED  accept                -         -        -          -            close reopen replace  -         -      -
CLAIMED    -                     -         -        -          -            close reopen replace  -         -      -
REOPENED   accept contest claim  -         -        -          -            close extend replace  -         -      remind
CLOSED     -                     -         -        -          -            reopen replace        -         -      -
REPLACED   -                     -         -        -          -            -                     -         -      -
DISCARDED  -                     -         -        -          -            -                     -         -      -
"""  # noqa: E501 - a table is a table

SAMPLES = """
           own   owner  stranger  officer  evaluator  authorising  auditor  national  admin  system
ANNOUNCED  draw  -      -         -        -          -            -        -         -      -
DRAWN      -     -      -         -        -          -            -        -         -      -
"""

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


@pytest.mark.parametrize("told", [TO_THE_OFFICE, TO_AN_AUTHORITY], ids=["to the office", "to an authority"])
def test_findings(told):
    organisation = an_organisation()
    people = everybody(organisation)
    at, auditor = clock.now(), people["auditor"]

    def in_status(status):
        return Finding.objects.create(
            reference=f"F-{status}", entity="ECA", title="x", text="x", recommendation="x", severity="LOW",
            due_on=at.date(), organisation=organisation if told == TO_AN_AUTHORITY else None, status=status,
            found_by=auditor, found_at=at, sent_by=auditor, sent_at=at,
        )  # fmt: skip

    table = golden_table(FINDING, FindingStatus.values, people, in_status)
    assert table == told.strip("\n")
    assert {name for name, user in people.items() if FINDING.open_to(user, Finding())} == {"auditor", "national"}


def test_samples():
    own, at = an_auditor(), clock.now()
    people = {"own": own, **everybody(an_organisation())}
    file = ReportFile.objects.create(
        report="population", form="csv", status="DRAWN", asked_by=own, asked_at=at, path="x", sha256="0"
    )

    def in_status(status):
        said = {"population_sha256": "0", "population_size": 1, "size": 1, "phrase": "x", "announced_at": at}
        return Sample.objects.create(file=file, status=status, announced_by=own, **said)

    assert golden_table(SAMPLE, SampleStatus.values, people, in_status) == SAMPLES.strip("\n")
    assert {name for name, user in people.items() if SAMPLE.open_to(user, Sample())} == NEW_PACKS


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
