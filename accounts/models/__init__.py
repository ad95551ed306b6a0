"""Who somebody is: people, organisations, and what binds them to each other."""

from accounts.models.addresses import AddressChange
from accounts.models.identities import Identity
from accounts.models.invitations import Invitation
from accounts.models.memberships import Membership
from accounts.models.organisations import Organisation
from accounts.models.people import User, display_name
from accounts.models.reviews import AccessLine, AccessReview
from accounts.models.sessions import Session, SessionStore
from accounts.models.tokens import Token

__all__ = [
    "AccessLine",
    "AccessReview",
    "AddressChange",
    "Identity",
    "Invitation",
    "Membership",
    "Organisation",
    "Session",
    "SessionStore",
    "Token",
    "User",
    "display_name",
]
