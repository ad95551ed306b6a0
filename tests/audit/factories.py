"""A trail of two chains, written as every act writes it."""

from datetime import UTC, datetime, timedelta

from audit.record import record
from tests.factories import a_call, an_officer
from tests.reports.factories import an_application

START = datetime(2021, 2, 1, 9, 0, 0, 123456, tzinfo=UTC)


def a_trail(records=4):
    """Give the application whose chain has this many records; its call's chain has two."""
    officer = an_officer(name="Ωmega Officer")
    call = a_call(status="EVALUATION")
    application = an_application(call, title="=cmd() of the title")
    for place in range(2):
        record("call.note", call, by=officer, at=START + timedelta(hours=place))
    for place in range(records):
        record(
            "application.note", application, by=officer, at=START + timedelta(minutes=5 * place),
            changes={"title": [None, f"=cmd() {place}"], "n": [place, place + 1]}, reason=f"=cmd()|'{place}",
            move=("CHECKING", "CHECKING"),
        )  # fmt: skip
    return application
