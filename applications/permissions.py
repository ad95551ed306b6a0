"""Predicates about an application and a user; they read only the two rows in hand."""

from django.utils.translation import gettext as _
from rules import predicate

from accounts.roles import is_applicant, is_evaluator, sees_whole_calls
from core.steps import Bar
from programmes.states import CallPhase


@predicate
def is_of_its_organisation(user, application):
    return application.applicant_id in user.organisation_ids


reads_blindly = is_evaluator & ~sees_whole_calls  # the proposal itself, nothing of who handled it
is_of_the_applicant = is_applicant & is_of_its_organisation


@predicate
def may_submit_it(user, row):
    """Whoever speaks for the applicant of the application above the row."""
    return is_of_the_applicant(user, row.application)


@predicate
def speaks_for_the_partner(user, participation):
    return participation.organisation_id in user.organisation_ids


is_of_the_partner = is_applicant & speaks_for_the_partner


@predicate
def is_about_its_own_part(user, remark):
    return remark.participation is not None and remark.participation.organisation_id in user.organisation_ids


may_remark = may_submit_it | is_applicant & is_about_its_own_part


@predicate
def is_given_to(user, duty):
    return duty.person_id == user.pk


has_the_part = may_remark & is_given_to  # for as long as this person writes here


@predicate
def was_received(user, application):
    return application.versions > 0


def is_decided(application, at):
    return application.call.stands_in(CallPhase.DECIDED)


def is_over(application, at):
    """The call takes nothing any more, and gives nothing back."""
    return not application.call.is_before_closing(at)


@predicate
def is_of_another(user, application):
    return application.applicant_id not in user.organisation_ids


may_be_a_partner = is_applicant & is_of_another


def takes_no_part(user, application):
    taking_part = application.participations.taking_part().of_partner(user)
    return "" if taking_part.exists() else _("Your organisation takes no part in this proposal, or not any more.")


takes_part = Bar("takes_no_part", takes_no_part)


def shut_out(user, row):
    """Of the app above, by the way back along its own relation: a conflict of interest stands on an assessment."""
    application = getattr(row, "application", row)
    return shut_out_of(application) if user.assessments.shutting_out(user).on(application).exists() else ""


def many_shut_out(user, rows):
    out = set(user.assessments.shutting_out(user).values_list("application", flat=True))
    about = {row.pk: getattr(row, "application", row) for row in rows}
    return {pk: shut_out_of(application) for pk, application in about.items() if application.pk in out}


def shut_out_of(application):
    words = {"number": application}
    return _("You evaluate application %(number)s, or have a conflict on it: ask another officer to do this.") % words


is_shut_out = Bar("evaluates_it_or_has_a_conflict", shut_out, many_shut_out)
