"""Predicates of the award; they read only the row in hand and the user."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from rules import predicate

from accounts.roles import is_applicant, is_authorising
from core.steps import Bar


@predicate
def is_of_the_addressee(user, letter):
    return letter.application.applicant_id in user.organisation_ids


@predicate
def has_prepared_it(user, decision):
    """Whoever prepared it, changed a line of it or sent it to the authorising officer."""
    return decision.prepared_by_id == user.pk or str(user.pk) in decision.handler_ids


@predicate
def has_evaluated_here(user, decision):
    """Noted on the decision when it was prepared: the evaluators and committee members of the call."""
    return str(user.pk) in decision.evaluator_ids


# Four eyes (FR Art. 74(5)): neither who prepared it nor who evaluated decides.
may_decide = is_authorising & ~has_prepared_it & ~has_evaluated_here
is_addressee = is_applicant & is_of_the_addressee

AGAINST = (
    (~is_authorising, _("Only an authorising officer takes award decisions.")),
    (has_prepared_it, _("Took part in preparing this decision: another person must take it.")),
    (has_evaluated_here, _("Evaluated applications of this call or sat on its committee: another person must decide.")),
)


def reasons_against(user, decision):
    """Why this person may not take this decision, in words; nothing when it may."""
    return [sentence for applies, sentence in AGAINST if applies(user, decision)]


def assessed(user, row):
    return user.assessments.on(row.application_id).that_judged()


def reported(user, row):
    return row.application.consensus_reports.filter(rapporteur=user)


def sat(user, row):
    return user.seats.filter(call=row.application.call_id).that_judged()


def found_it_failing(user, row):
    return row.application.checks.filter(officer=user, passed=False)


def decided_on_it(user, row):
    """Took the decision, or prepared it otherwise than the list says; who only follows the list judges nothing."""
    otherwise = Q(deviates=True, decision__handler_ids__contains=[str(user.pk)])
    return row.application.decision_lines.taken().filter(Q(decision__decided_by=user) | otherwise)


# A review is answered by somebody who judged nothing of it before (FR Art. 133, 200).
JUDGED = (
    (assessed, _("You took part in evaluating %(row)s: another officer answers.")),
    (reported, _("You wrote the consensus report on %(row)s: another officer answers.")),
    (sat, _("You sat on the evaluation committee that ranked %(row)s: another officer answers.")),
    (found_it_failing, _("You found that %(row)s does not meet a condition: another officer answers.")),
    (decided_on_it, _("You decided on %(row)s, or changed what was proposed on it: another officer answers.")),
)


def part_in_it(user, row):
    for part, sentence in JUDGED:
        if part(user, row).exists():
            return sentence % {"row": row.application}
    return ""


judged_it = Bar("judged_it_before", part_in_it)
