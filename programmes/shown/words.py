"""How calls are spoken of on pages: the names of fields, attachments and legal subjects."""

from django.utils.translation import gettext_lazy as _

from programmes.attachments import Document
from programmes.models import Call

SUBJECTS = {
    "call": _("Content of the call"),
    "time_limits": _("Time to inform and to sign"),
    "submission": _("Submission"),
    "applications": _("Content of applications"),
    "eligible_applicants": _("Eligible applicants"),
    "exclusion": _("Exclusion"),
    "selection_criteria": _("Selection criteria"),
    "award_criteria": _("Award criteria"),
    "evaluation_committee": _("Evaluation committee"),
    "conflict_of_interests": _("Conflict of interests"),
    "clarification": _("Clarification"),
    "evaluation_record": _("Evaluation record"),
    "award_decision": _("Award decision"),
    "information_to_applicants": _("Information to applicants"),
    "observations": _("Observations before an adverse measure"),
    "redress": _("Means of redress"),
    "grant_agreement": _("Grant agreement"),
    "indirect_costs": _("Indirect costs"),
    "no_double_funding": _("No double funding"),
    "no_profit": _("No profit"),
    "publication": _("Publication"),
    "retention_beneficiary": _("Keeping of records by beneficiaries"),
    "retention_commission": _("Keeping of records by the Commission"),
    "four_eyes": _("Four eyes"),
    "suspension": _("Suspension"),
    "it_systems": _("Electronic systems"),
}


def label_of(name):
    """The name of a field of the call, as a label."""
    words = str(Call._meta.get_field(name).verbose_name)
    return words[:1].upper() + words[1:]


def document_names(codes):
    known = dict(Document.choices)
    return [known.get(code, code) for code in codes]
