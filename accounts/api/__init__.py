"""People and organisations through the API."""

from accounts.api.addresses import AddressChangeViewSet
from accounts.api.doors import JoinView, RegisterView, TokenView
from accounts.api.invitations import InvitationViewSet
from accounts.api.organisations import OrganisationViewSet
from accounts.api.people import MembershipViewSet, PersonViewSet
from accounts.api.reviews import AccessLineViewSet, AccessReviewViewSet

__all__ = [
    "AccessLineViewSet",
    "AccessReviewViewSet",
    "AddressChangeViewSet",
    "InvitationViewSet",
    "JoinView",
    "MembershipViewSet",
    "OrganisationViewSet",
    "PersonViewSet",
    "RegisterView",
    "TokenView",
]
