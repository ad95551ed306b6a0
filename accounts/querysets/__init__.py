"""Every question about people, organisations and what lets somebody in."""

from accounts.querysets.entry import (
    AddressChangeQuerySet,
    IdentityQuerySet,
    InvitationQuerySet,
    SessionQuerySet,
    TokenQuerySet,
)
from accounts.querysets.organisations import OrganisationQuerySet
from accounts.querysets.people import MembershipQuerySet, UserManager, UserQuerySet
from accounts.querysets.reviews import AccessLineQuerySet, AccessReviewQuerySet

__all__ = [
    "AccessLineQuerySet",
    "AccessReviewQuerySet",
    "AddressChangeQuerySet",
    "IdentityQuerySet",
    "InvitationQuerySet",
    "MembershipQuerySet",
    "OrganisationQuerySet",
    "SessionQuerySet",
    "TokenQuerySet",
    "UserManager",
    "UserQuerySet",
]
