"""The lines of the table, one by one."""

import io

from django.db import connection, transaction

from applications.actions import submit_application
from applications.lists import OpenedApplications
from benchmarks.assigning import assigning
from benchmarks.letters import batch
from benchmarks.measure import line, milliseconds, side_by_side
from benchmarks.pages import looks, pages
from benchmarks.rows import an_opened_call
from tests.applications.factories import a_complete_draft
from tests.factories import NOON, a_call, an_applicant

APPLICATIONS = 10_000
LETTERS = 100


def table():
    call, officer = an_opened_call(APPLICATIONS)
    yield "| what | ours | floor | floor's time | ratio |"
    yield "|---|---|---|---|---|"
    floor, ours = pages(officer)
    times = side_by_side(floor, ours, rounds=40)
    yield line(f"list page, 25 of {APPLICATIONS} applications", "bare Django page, one raw query", times)
    times = side_by_side(*looks(officer, call.applications.first()), rounds=40)
    yield line("page of a proposal, the look noted", "the same page, no look noted", times)
    yield line("submit an application", "insert of one row, committed", side_by_side(*submissions(), rounds=40))
    floor, ours = side_by_side(*batch(LETTERS + 1), rounds=LETTERS)
    times = floor * LETTERS, ours * LETTERS
    yield line(f"{LETTERS} letters drawn, kept and mailed", f"{LETTERS} bare WeasyPrint renderings", times)
    yield line(
        f"CSV of {APPLICATIONS} applications", "COPY of the same columns", side_by_side(*exports(officer), rounds=5)
    )
    for size, what, seconds, peer in assigning():
        yield f"| assigning {size}: {what} | {milliseconds(seconds)} | HotCRP, 300X60X3 | {peer} s | – |"


def submissions():
    """(insert one row and commit, submit one complete application): each round takes a fresh draft."""
    call = a_call()
    people = [an_applicant() for _ in range(42)]
    drafts = [(a_complete_draft(by=person, call=call), person) for person in people]

    def insert():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS bench_floor (n int)")
            cursor.execute("INSERT INTO bench_floor VALUES (1)")

    def submit():
        draft, person = drafts.pop()
        submit_application(draft, by=person, at=NOON)

    return insert, submit


def exports(officer):
    def copied():
        with connection.cursor() as cursor:
            sink = io.BytesIO()
            cursor.copy_expert(
                "COPY (SELECT reference, acronym, title, status, submitted_at, requested FROM applications_application)"
                " TO STDOUT WITH CSV",
                sink,
            )

    def exported():
        answer = OpenedApplications(officer, {}).file("csv")
        size = sum(len(part) for part in answer.streaming_content)
        assert size > APPLICATIONS

    return copied, exported
