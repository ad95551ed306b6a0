"""Random histories: the report taken live equals, to the byte, the one taken later as of that moment."""

from datetime import timedelta

from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Organisation
from applications.actions import (
    accept_application,
    edit_application,
    exclude_application,
    open_application,
    override_check,
    submit_application,
    withdraw_application,
)
from awards.actions import decide, deviate, prepare_decision, propose_decision
from awards.models import Decision
from core import clock
from core.past import as_of
from evaluation.actions import draw_up_list, sign_record
from programmes.actions import open_applications, start_evaluation
from programmes.models import Passage
from reports.catalogue import REPORTS
from tests.applications.factories import a_complete_draft, heard
from tests.downloads import csv_bytes
from tests.evaluation.factories import DAY, a_committee, an_evaluated
from tests.factories import (
    AFTER,
    NOON,
    a_call,
    a_national_auditor,
    an_applicant,
    an_auditor,
    an_authorising_officer,
    an_evaluator,
    an_officer,
    an_organisation,
    the_clock,
)
from tests.reports.factories import about

STATES = ["EL", "DE", "FR"]
BEFORE, DURING = NOON + timedelta(hours=1), AFTER + timedelta(days=1)


class History:
    """The acts of one call in the order of its life; what happens to whom is drawn. A step is one transaction."""

    def __init__(self, data):
        self.data, self.call, self.officer = data, a_call(), an_officer()
        self.evaluators = [an_evaluator(), an_evaluator()]
        self.applications = []

    def steps(self):
        yield from (self.hand_in, self.hand_in, self.hand_in, self.edit, self.withdraw, self.open)
        yield from (self.rename, self.override, self.accept, self.delete_a_link, self.evaluate)
        yield from (self.draw_up, self.rename, self.sign, self.prepare, self.decide, self.rename)

    def pick(self, rows):
        return self.data.draw(st.sampled_from(rows)) if rows else None

    def hand_in(self):
        by = an_applicant(an_organisation(self.pick(STATES)))
        title = self.data.draw(st.text("aя=ß '", min_size=3, max_size=9)).strip() or "Title"
        application = a_complete_draft(by=by, call=self.call, at=NOON, identity={"acronym": "A", "title": title})
        self.applications.append(submit_application(application, by=by, at=NOON))

    def edit(self):
        one = self.pick(self.applications)
        by = one.applicant.users.get()
        edit_application(one, by=by, at=BEFORE, identity={"title": "Another title"})
        if self.data.draw(st.booleans()):
            submit_application(one, by=by, at=BEFORE)

    def withdraw(self):
        if self.data.draw(st.booleans()):
            one = self.applications.pop()
            withdraw_application(one, by=one.applicant.users.get(), at=BEFORE, reason="No money.")

    def open(self):
        open_applications(self.call, by=the_clock(), at=AFTER)
        for one in self.applications:
            open_application(one, by=the_clock(), at=AFTER)

    def rename(self):
        """A correction by plain SQL leaves a version like any act."""
        one = self.pick(self.applications)
        Organisation.objects.filter(pk=one.applicant_id).update(name=f"Renamed {clock.now()}")

    def override(self):
        self.excluded = (
            self.applications.pop() if len(self.applications) > 1 and self.data.draw(st.booleans()) else None
        )
        if self.excluded:
            check = self.pick(list(self.excluded.checks.filter(passed=True).order_by("order")))
            override_check(check, by=self.officer, at=AFTER, reason="Not so.")
            heard(self.excluded, by=self.officer, at=AFTER)
            exclude_application(self.excluded, by=self.officer, at=AFTER, reason="Not so.")

    def accept(self):
        for one in self.applications:
            accept_application(one, by=self.officer, at=AFTER)

    def delete_a_link(self):
        self.pick(self.applications).actions.remove(Passage.objects.get(fund=self.call.fund, kind="ACTION", code="a"))

    def evaluate(self):
        start_evaluation(self.call, by=self.officer, at=DURING)
        for one in self.applications:
            points = {"REL": str(self.data.draw(st.integers(20, 40))), "QUA": "35", "IMP": "15"}
            an_evaluated(one, points=points, evaluators=self.evaluators, officer=self.officer)

    def draw_up(self):
        a_committee(self.call, officer=self.officer)
        draw_up_list(self.call, by=self.officer, at=DAY)

    def sign(self):
        for seat in self.call.seats.sitting():
            sign_record(seat, by=seat.member, at=DAY)

    def prepare(self):
        self.decision = prepare_decision(Decision(call=self.call), by=self.officer, at=DAY)
        line = self.decision.lines.filter(outcome="AWARD").first()
        if line and self.data.draw(st.booleans()):
            less = line.contribution - 1000
            deviate(
                self.decision, by=self.officer, at=DAY, reason="Less.", line=line, outcome="AWARD", contribution=less
            )  # fmt: skip

    def decide(self):
        propose_decision(self.decision, by=self.officer, at=DAY)
        decide(self.decision, by=an_authorising_officer(), at=DAY, reason="As proposed.")


def told(call, users):
    """{(report, reader): its CSV, or that it has nothing to say yet}; no report knows whether it is asked live."""
    asked = about(call)
    return {
        (slug, user.role): csv_bytes(report.labels(asked), report.values(asked, user))
        if report.is_ready(asked) and report.allowed(user) else None
        for slug, report in REPORTS.items()
        for user in users
    }  # fmt: skip


@settings(
    max_examples=3, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(data=st.data())
def test_the_report_of_a_moment_is_the_same_then_and_ever_after(transactional_db, data):
    history, users, live = History(data), [an_auditor(), a_national_auditor("EL"), an_authorising_officer()], {}
    for number, step in enumerate(history.steps()):
        step()
        if number in {2, 5, 10} or data.draw(st.booleans()):
            live[clock.now()] = told(history.call, users)
    assert any(said is not None for said in live[max(live)].values())
    for moment, said in live.items():
        with as_of(moment):
            assert told(history.call, users) == said
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_views WHERE schemaname LIKE 'pg_temp%'")
        assert cursor.fetchone() == (0,)
