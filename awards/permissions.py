"""Predicates of the award; they read only the row in hand and the user."""

from django.utils.translation import gettext as _now
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


def part_in_it(user, row):
    if user.assessments.that_took_part().on(row.application_id).exists():
        return _now("You took part in evaluating %(row)s: another officer answers.") % {"row": row.application}
    if user.seats.sitting().filter(call=row.application.call_id).exists():
        return _now("You sit on the committee that ranked %(row)s: another officer answers.") % {"row": row.application}
    return ""


took_part_in_it = Bar("took_part_in_evaluating_it", part_in_it)
