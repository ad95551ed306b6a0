"""What may be left out of a pack on request, and what always is. Its hash stays, so that the rest can be proved."""

from django.utils.translation import gettext_lazy as _

FILES, PAPERS, PEOPLE = "files", "papers", "people"
LEFT_OUT = {
    FILES: _("the applicants' own documents, also those of clarifications and observations"),
    PAPERS: _("receipts and letters as PDF"),
    PEOPLE: _("names and contacts of people: in the rows, the records, the content received, receipts and letters"),
}

# columns with names or contacts of people in them, by table
PERSONAL = {
    "applications_application": ["answers"],
    "applications_partner": ["contact_email", "contact_name"],
    "applications_receipt": ["content"],
    "awards_letter": ["facts"],
    "evaluation_consensus": ["passed_over"],
    "evaluation_ruling": ["found"],
}
PERSONAL_IN_RECORDS = ["actor_id", "actor_name", "changes", "reason", "subject_name"]

# why something is not in a pack, in words that do not depend on who reads
ON_REQUEST = "withheld as it was asked for"
NOT_YOURS = "of a row that is no more, or that the reader of this pack does not see"
OWNERS_WORK = "the applicant's own work before the opening: what was received stands in the content of its receipt"
NO_VERSION = "the house keeps no version of it"
REMOVED = "taken out by the applicant before the call closed: its owner's alone"
LOST = "LOST: the house cannot read it any more"
