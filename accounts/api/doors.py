"""For people who have no token yet: registering, joining, exchanging a password for a token."""

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, status
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts import actions
from accounts.looks import note_sign_in
from accounts.models import Invitation, Organisation, User
from accounts.serializers import CredentialsSerializer, JoiningSerializer, RegistrationSerializer, TokenSerializer
from core import clock
from core.api import Careful
from core.errors import Incomplete, NotAllowed, TooMany

FIVE_MINUTES = 300  # seconds, as settings.ACCOUNT_RATE_LIMITS
KnoxTokenScheme.match_subclasses = True  # the house's own tokens are described as the library's


class OpenView(Careful, APIView):
    """For people who have no token yet; slow, so that nobody tries passwords here."""

    is_secret = True

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "token"


def authenticated(request, **credentials):
    """As the sign-in page does: the tries on one account are counted too, for each address and from everywhere."""
    try:
        return get_adapter().authenticate(request, **credentials)
    except ValidationError as too_many:
        raise TooMany(" ".join(too_many.messages), retry_after=FIVE_MINUTES) from too_many


class RegisterView(OpenView):
    @extend_schema(request=RegistrationSerializer, responses={201: TokenSerializer})
    def post(self, request):
        """Register an organisation with its first person; gives that person's token."""
        given = RegistrationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        words = given.validated_data
        user = User(name=words["name"], email=words["email"].lower())
        actions.register_organisation(Organisation(**words["organisation"]), user, password=words["password"])
        return Response({"token": actions.make_token(by=user)}, status=status.HTTP_201_CREATED)


class TokenView(OpenView):
    @extend_schema(request=CredentialsSerializer, responses={201: TokenSerializer})
    def post(self, request):
        """Exchange e-mail and password for a token; with a second factor, make the token on the page instead."""
        given = CredentialsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        user = authenticated(request._request, **given.validated_data)
        if user is None:
            raise Incomplete({"password": _("The e-mail address or the password is not right.")})
        if is_mfa_enabled(user):
            raise NotAllowed(_("Your account has a second factor. Sign in and make the token on the page “Tokens”."))
        note_sign_in(user, status=status.HTTP_201_CREATED)
        return Response({"token": actions.make_token(by=user)}, status=status.HTTP_201_CREATED)


class JoinView(OpenView):
    @extend_schema(request=JoiningSerializer, responses={201: TokenSerializer})
    def post(self, request):
        """Accept an invitation by the secret in its mail; gives the new person's token."""
        given = JoiningSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        words = given.validated_data
        found = Invitation.objects.open(clock.now()).filter(secret_hash=actions.hash_of(words["secret"])).first()
        if found is None:
            raise Http404
        user = User(email=found.email, name=words["name"])
        actions.accept_invitation(found, by=user, password=words["password"])
        token = None if user.owes_second_factor else actions.make_token(by=user)
        return Response({"token": token}, status=status.HTTP_201_CREATED)
