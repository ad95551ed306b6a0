"""What comes in about people, organisations and their access, cleaned. Nothing is saved here."""

from accounts.forms.people import (
    AddressForm,
    AddressOfForm,
    AppointmentForm,
    ClosingForm,
    CorrectionForm,
    GrantForm,
    HandingOverForm,
    InvitationForm,
    JoinForm,
    MailsForm,
    MergingForm,
    MovingForm,
    NameForm,
    RegistrationForm,
    RenamingForm,
    TokenForm,
)
from accounts.forms.reviews import AccessReviewForm, EndingAccessForm, KeepingForm

__all__ = [
    "AccessReviewForm",
    "AddressForm",
    "AddressOfForm",
    "AppointmentForm",
    "ClosingForm",
    "CorrectionForm",
    "EndingAccessForm",
    "GrantForm",
    "HandingOverForm",
    "InvitationForm",
    "JoinForm",
    "KeepingForm",
    "MailsForm",
    "MergingForm",
    "MovingForm",
    "NameForm",
    "RegistrationForm",
    "RenamingForm",
    "TokenForm",
]
