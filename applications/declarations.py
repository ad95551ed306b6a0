"""What an applicant declares on its honour (FR Art. 196): each by its code, kept in the application."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Declaration(TextChoices):
    TRUE = "TRUE", _("The information in this application is true and complete.")
    HONOUR = (
        "HONOUR",
        _("Neither the applicant nor a partner is in a situation that excludes it from receiving Union funds."),
    )
    CAPACITY = "CAPACITY", _("We have the financial and operational capacity to carry out the action.")
    NO_DOUBLE = "NO_DOUBLE", _("No other Union funds have been received or asked for the same costs.")
    PARTNERS = "PARTNERS", _("Every partner has agreed to take part with the role and the budget stated here.")
    DATA = (
        "DATA",
        _("We know that our data may be passed to internal audit, the Court of Auditors and the anti-fraud office."),
    )
