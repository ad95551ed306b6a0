"""What bars somebody from an act on a call though the role allows it."""

from django.utils.translation import gettext as _
from rules import predicate

from core.steps import Bar


@predicate
def has_prepared_it(user, call):
    return call.prepared_by_id == user.pk


@predicate
def waits_for_correction(user, call):
    """A corrigendum is proposed and not published."""
    return call.correction_by_id is not None


@predicate
def has_proposed_the_correction(user, call):
    return call.correction_by_id == user.pk


@predicate
def has_asked_it(user, question):
    return question.asked_by_id == user.pk


@predicate
def is_its_follower(user, following):
    return following.person_id == user.pk


def has_opened(call, at):
    return call.opens_at is not None and call.opens_at <= at


def conflict_in(user, call):
    """Of the app above, by the way back along its own relation: a conflict of interest stands on an assessment."""
    if user.assessments.conflicted().of_call(call).exists():
        return _("You have a conflict on an application of this call: ask another officer to do this.")
    return ""


has_a_conflict_here = Bar("has_a_conflict_in_this_call", conflict_in)
