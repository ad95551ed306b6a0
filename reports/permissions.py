from rules import predicate

from accounts.roles import is_any_auditor, is_commission

may_read_reports = is_any_auditor | is_commission


@predicate
def is_of_own_asking(user, file):
    return file.asked_by_id == user.pk


is_own_file = may_read_reports & is_of_own_asking
