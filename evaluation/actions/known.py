"""Whether somebody may assess an application, from what is on file: the same question for one pair and for thousands.

Each fact is asked when it is first needed, so that an act asks it after it holds the applications.
"""

from collections import defaultdict
from functools import cached_property

from django.utils.translation import gettext as _

from accounts.models import User
from applications.models import Partner
from core.errors import Incomplete, Refused, WrongState
from evaluation.actions.availability import Availability
from evaluation.actions.guards import (
    covers,
    is_for_others,
    is_of,
    is_under_evaluation,
    parties_among,
    person_of,
    require_assessor,
    require_under_evaluation,
)
from evaluation.conflicts import Crowd
from evaluation.conflicts.grounds import Facts
from evaluation.models import Assessment, Consensus, Seat
from evaluation.states import COUNTING, TOOK_PART, AssessmentPhase
from programmes.models import Round


class Known:
    """What is on file about these applications; `people`: those who are asked about, where they were read already.
    `period`: the days that they have for it; `languages`: that they must read."""

    def __init__(self, applications, people=(), *, period=None, languages=()):
        self.applications = {one.pk: one for one in applications}
        self.people = {one.pk: one for one in people}
        self.availability = Availability(set(self.people) or None, period=period, languages=languages)
        self.judged, self.parties, self.seen = {}, {}, {}

    def require_assignable(self, assessment):
        """Refuse what the system can see; the rest is declared. An assessment that is new is given its round."""
        application = assessment.application
        self.require_judged(application)
        if assessment._state.adding:
            assessment.round = self.round_of(application)
        self.require_open(assessment)
        require_assessor(assessment.evaluator)
        self.require_nothing_found(application, assessment.evaluator)
        self.require_available(assessment.evaluator, application.call)

    def why_not(self, application, person):
        """The sentence that refuses this pair, or an empty text."""
        row = self.row_of(application, person)
        return assigned_already(person) if row.stands_in(COUNTING) else self.refusal_of(row)

    def refusal_of(self, row):
        """The same of a row that does not count yet."""
        try:
            self.require_assignable(row)
        except Refused as refusal:
            return str(refusal.in_short)
        return ""

    def require_nothing_found(self, application, person):
        crowd = Crowd({person.pk: self.seen_as(person)})
        if sentence := self.grounds.barred(application, crowd).get(person.pk):
            raise Incomplete({"evaluator": sentence}, sentence)

    @cached_property
    def grounds(self):
        return Facts(self.applications.values(), self.parties_of)

    def require_available(self, person, call):
        if sentence := self.availability.refusal(person, call):
            raise Incomplete({"evaluator": sentence}, sentence)

    def take(self, person, call):
        """This pair is as good as assigned: the next one of this person is one more."""
        self.availability.take(person, call)

    def require_judged(self, application):
        require_under_evaluation(application, is_open=self.is_judged(application.call))

    def is_judged(self, call):
        if call.pk not in self.judged:
            self.judged[call.pk] = is_under_evaluation(call)
        return self.judged[call.pk]

    def require_open(self, assessment):
        """Another officer may just have done the same, or appointed the rapporteur."""
        on_file = self.assessments[assessment.application_id, assessment.evaluator_id]
        words = {"evaluator": assessment.evaluator, "number": assessment.application}
        if assessment._state.adding and any(one.round_id == assessment.round_id for one in on_file):
            raise WrongState(assigned_already(assessment.evaluator))
        self.require_no_conflict_on_file(assessment, on_file, words)
        self.require_other_evaluators(assessment, on_file, words)
        if (assessment.application_id, assessment.round_id) in self.reported:
            raise WrongState(
                _("The evaluators of application %(number)s are already agreeing; nobody can be added now.") % words
            )

    def require_no_conflict_on_file(self, assessment, on_file, words):
        """Whoever was once in conflict gets no other role on that application; nor on any of a call whose committee
        the person left for a conflict."""
        if any(one.stands_in(AssessmentPhase.CONFLICT) for one in on_file):
            raise Incomplete({"evaluator": _("%(evaluator)s has a conflict on this application on file.") % words})
        if (assessment.application.call_id, assessment.evaluator_id) in self.left_committees:
            raise Incomplete({"evaluator": _("%(evaluator)s left the committee of this call over a conflict.") % words})

    def require_other_evaluators(self, assessment, on_file, words):
        """What a review contests is judged by others than those who judged it first."""
        earlier = [one for one in on_file if one.round_id != assessment.round_id and one.stands_in(TOOK_PART)]
        if earlier and is_for_others(self.last_rounds[assessment.application_id]):
            sentence = _("%(evaluator)s judged this application before: a review is judged by others.")
            raise Incomplete({"evaluator": sentence % words})

    # the facts

    def round_of(self, application):
        """The round in which an application is judged: the last one that is about it."""
        return self.last_rounds[application.pk]

    @cached_property
    def last_rounds(self):
        return {
            one.pk: next((r for r in reversed(self.rounds[one.call_id]) if covers(r, one)), None)
            for one in self.applications.values()
        }

    @cached_property
    def rounds(self):
        found = defaultdict(list)
        calls = {one.call_id for one in self.applications.values()}
        for one in Round.objects.filter(call__in=calls).order_by("ordinal"):
            found[one.call_id].append(one)
        return found

    @cached_property
    def assessments(self):
        """{(application, evaluator): what is on file of them, of every round}."""
        found = defaultdict(list)
        rows = Assessment.objects.filter(application__in=self.applications)
        for one in rows.only("application", "evaluator", "round", "status", "signed_at"):
            found[one.application_id, one.evaluator_id].append(one)
        return found

    @cached_property
    def reported(self):
        """(application, round) of those whose evaluators are agreeing, or have agreed."""
        rows = Consensus.objects.filter(application__in=self.applications).standing()
        return set(rows.values_list("application", "round"))

    @cached_property
    def left_committees(self):
        calls = {one.call_id for one in self.applications.values()}
        return set(Seat.objects.in_conflict().filter(call__in=calls).values_list("call", "member"))

    @cached_property
    def partners(self):
        """{application: its partners}: who takes part does not change while they are judged."""
        found = defaultdict(list)
        rows = Partner.objects.filter(application__in=self.applications)
        for application, *said in rows.values_list("application", "name", "country", "organisation"):
            found[application].append(said)
        return found

    def parties_of(self, application):
        if application.pk not in self.parties:
            self.parties[application.pk] = parties_among(application.applicant, self.partners[application.pk])
        return self.parties[application.pk]

    def seen_as(self, person):
        """What the system sees of somebody, put together once for all of that person's pairs."""
        if person.pk not in self.seen:
            self.seen[person.pk] = person_of(person)
        return self.seen[person.pk]

    def person(self, pk):
        if pk not in self.people:
            self.people[pk] = User.objects.get(pk=pk)
        return self.people[pk]

    def counting_in(self, round_, application):
        """The assessments of one application that count in a round."""
        return [one for one in self.by_application[application.pk] if is_of(one, round_) and one.stands_in(COUNTING)]

    @cached_property
    def by_application(self):
        found = defaultdict(list)
        for (application, _evaluator), rows in self.assessments.items():
            found[application] += rows
        return found

    # pair by pair, and all at once

    def counts(self, application, person):
        """Whether this pair is assigned already."""
        return (application.pk, person.pk) in self.counting

    def may_be_barred(self, application, person):
        """Quickly for thousands of those who may be asked: where not, `refusal_of` refuses nothing."""
        return (
            (application.pk, person.pk) in self.barred
            or not self.is_judged(application.call)
            or bool(self.availability.refusal(person, application.call))
        )

    @cached_property
    def counting(self):
        """{(application, evaluator)} of the assessments that count in the round in which each application is judged."""
        return {
            pair
            for pair, rows in self.assessments.items()
            for one in rows
            if one.stands_in(COUNTING) and is_of(one, self.last_rounds[pair[0]])
        }

    @cached_property
    def barred(self):
        """{(application, evaluator)}: what `require_assignable` refuses of these people, besides who counts already and
        who is not available at all."""
        crowd = Crowd({one.pk: self.seen_as(one) for one in self.people.values()})
        return {
            (application.pk, one)
            for application in self.applications.values()
            for one in self.barred_from(application, crowd)
        } | {pair for pair, rows in self.assessments.items() if self.is_barred_by(rows, self.last_rounds[pair[0]])}

    def barred_from(self, application, crowd):
        left = {member for call, member in self.left_committees if call == application.call_id}
        return left | self.grounds.barred(application, crowd).keys()

    def is_barred_by(self, rows, current):
        if any(one.stands_in(AssessmentPhase.CONFLICT) for one in rows):
            return True
        return is_for_others(current) and any(one.stands_in(TOOK_PART) and not is_of(one, current) for one in rows)

    def row_of(self, application, person):
        """The assessment that an assignment of this pair would take: one that was taken back, or a new one."""
        current = self.round_of(application)
        row = next((row for row in self.assessments[application.pk, person.pk] if is_of(row, current)), None)
        row = row or Assessment(round=current)
        row.application, row.evaluator = application, person
        return row


def assigned_already(person):
    return _("%(evaluator)s is assigned to this application already.") % {"evaluator": person}
