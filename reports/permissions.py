from rules import predicate

from accounts.roles import (
    follows_proofs,
    is_any_auditor,
    is_applicant,
    is_auditor,
    is_commission,
    is_national_auditor,
    is_system,
    sees_whole_calls,
)
from applications.models import Application


def withheld_of(about, user):
    """Of what a report is about, what a reader of whole calls may not see all the same; the report says so."""
    return sees_whole_calls(user) and about.narrow(Application.objects.withheld_from(user), "").exists()


def reads_all_of(about, user):
    return sees_whole_calls(user) and not withheld_of(about, user)


may_read_reports = is_any_auditor | is_commission
may_read_tree = is_any_auditor
may_begin_proofs = follows_proofs | is_system
may_take_packs = is_any_auditor
may_read_looks = is_any_auditor  # who looked, and who tried to
may_read_faults = is_auditor  # they name proposals, of every Member State


@predicate
def is_of_own_asking(user, file):
    return file.asked_by_id == user.pk


@predicate
def is_of_own_announcing(user, sample):
    return sample.announced_by_id == user.pk


is_own_file = may_read_reports & is_of_own_asking
is_own_pack = may_take_packs & is_of_own_asking


@predicate
def is_of_the_same_body(user, finding):
    if finding.member_state:
        return is_national_auditor(user) and finding.member_state in user.audited_states
    return is_auditor(user) and finding.entity == user.entity


@predicate
def is_addressed(user, finding):
    """Anybody of the office, or who prepares applications for the authority."""
    if finding.organisation_id:
        return is_applicant(user) and finding.organisation_id in user.organisation_ids
    return is_commission(user)


may_find = is_any_auditor
may_be_found = is_commission | is_applicant  # one side of a finding or the other
may_sample = is_any_auditor
is_own_sample = may_sample & is_of_own_announcing
is_own_finding = is_any_auditor & is_of_the_same_body
