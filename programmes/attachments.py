"""What a call may ask applicants to attach."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Document(TextChoices):
    DESCRIPTION = "DESCRIPTION", _("description of the action (annex)")
    BUDGET = "BUDGET", _("budget estimate")
    AUDIT_REPORT = "AUDIT", _("external audit report")
    MANDATE = "MANDATE", _("mandate of a co-applicant")
