"""Whatever happens in whatever order over some days: nobody is told of work that is somebody else's or is done, nobody
twice a day of the same, and whoever is late hears of it."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.days import BRUSSELS, day_of
from core.errors import Refused
from evaluation.actions import (
    assign_evaluator,
    declare_no_conflict,
    recuse_evaluator,
    release_evaluator,
    score_assessment,
    sign_assessment,
    strike_assessment,
)
from evaluation.models import Assessment
from promises.models import Mail, Notice
from tests.evaluation.factories import DAY, a_call_under_evaluation, an_eligible_application, scores_of
from tests.factories import an_evaluator, an_officer
from tests.notices import told

HOUR = timedelta(hours=1)
happenings = st.lists(
    st.tuples(
        st.sampled_from(["assign", "release", "declare", "finish", "recuse", "strike", "move", "wait"]),
        st.integers(0, 1), st.integers(0, 1), st.integers(1, 60),
    ),
    max_size=9,
)  # fmt: skip


class Story:
    """A call with two applications and two evaluators; each hour the worker does what is due."""

    def __init__(self):
        self.officer, self.call, self.at = an_officer(), a_call_under_evaluation(), DAY
        self.people = [an_evaluator(), an_evaluator()]
        self.applications = [an_eligible_application(self.call) for _number in range(2)]

    def happens(self, what, application, person, hours):
        self.application, self.person = self.applications[application], self.people[person]
        row = Assessment.objects.filter(application=self.application, evaluator=self.person).first()
        try:
            with transaction.atomic():
                getattr(self, what)(row, hours)
        except (Refused, AttributeError):  # it is not there, or is not to be had any more
            pass
        self.passes(hours)

    def passes(self, hours):
        """The look at six and after each act, the mails at eight and whenever something has happened."""
        moments = [self.at + number * HOUR for number in range(1, hours + 1)]
        for self.at in moments:
            hour = self.at.astimezone(BRUSSELS).hour
            if hour in (6, 8) or self.at in (moments[0], moments[-1]):
                told(self.at, *([self.call] if hour == 6 else []))
                self.nothing_wrong()

    def nothing_wrong(self):
        for notice in Notice.objects.filter(told_at=self.at):
            row = Assessment.objects.get(pk=notice.subject_id)
            assert row.evaluator_id == notice.person_id
            assert row.status in {"to_assess": ["ASSIGNED"]}.get(notice.kind, ["ASSIGNED", "OPEN"])
            assert {"due_soon": row.due_at > self.at, "late": row.due_at <= self.at}.get(notice.kind, True)
        told_of = list(Notice.objects.exclude(told_at=None).values_list("person", "kind", "subject_id", "told_on"))
        assert len(told_of) == len(set(told_of))
        mornings = Mail.objects.filter(subject__contains="late", sent_at=self.at)
        assert all(mornings.filter(to=one.email).count() <= 1 for one in self.people)

    def assign(self, row, hours):
        due_at = self.at + hours * 3 * HOUR
        row = assign_evaluator(self.application, self.person, by=self.officer, at=self.at, due_at=due_at)
        told(self.at, row)

    def release(self, row, hours):
        release_evaluator(row, by=self.officer, at=self.at, reason="Somebody else does it.")

    def declare(self, row, hours):
        declare_no_conflict(row, by=row.evaluator, at=self.at)

    def finish(self, row, hours):
        score_assessment(row, by=row.evaluator, at=self.at, scores=scores_of())
        sign_assessment(row, by=row.evaluator, at=self.at)

    def recuse(self, row, hours):
        recuse_evaluator(row, by=row.evaluator, at=self.at, reason="I know them.")

    def strike(self, row, hours):
        strike_assessment(row, by=self.officer, at=self.at, reason="Found out.")

    def move(self, row, hours):
        Assessment.objects.filter(pk=row.pk).update(due_at=self.at + (hours - 30) * HOUR)

    def wait(self, row, hours):
        pass

    def ends(self):
        """Two mornings later whoever is late has heard of it within its week."""
        self.passes(49)
        for row in Assessment.objects.late(self.at - 49 * HOUR):
            heard = Notice.objects.filter(person=row.evaluator, kind="late", subject_id=row.pk).exclude(told_at=None)
            assert heard.filter(told_on__gte=day_of(self.at - timedelta(days=9))).exists()


@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(happenings)
def test_nobody_is_told_of_what_is_not_theirs_or_done_and_nothing_twice_a_day(what_happens):
    with transaction.atomic():
        story = Story()
        for one in what_happens:
            story.happens(*one)
        story.ends()
        transaction.set_rollback(True)
