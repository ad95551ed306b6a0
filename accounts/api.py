"""People through the API: registering, tokens, colleagues, invitations, accounts."""

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, permissions, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from accounts import actions
from accounts.lists import PeopleList
from accounts.models import Invitation, Organisation, User
from accounts.states import INVITATION
from core import clock
from core.api import REFUSALS, VisibleViewSet
from core.errors import Incomplete, NotAllowed


class OrganisationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Organisation
        fields = ["id", "name", "latin_name", "member_state", "kind", "registration_number", "vat_number", "address"]
        validators = []  # the act says it in its own sentence


class PersonSerializer(serializers.ModelSerializer):
    organisation = serializers.CharField(source="organisation.name", read_only=True, default="")

    class Meta:
        model = User
        fields = ["id", "name", "email", "role", "organisation", "member_state", "entity", "is_active"]


class RegistrationSerializer(serializers.Serializer):
    organisation = OrganisationSerializer()
    name = serializers.CharField(max_length=150)
    email = serializers.EmailField()
    password = serializers.CharField(max_length=200)


class CredentialsSerializer(serializers.Serializer):
    email = serializers.EmailField()
    password = serializers.CharField(max_length=200)


class TokenSerializer(serializers.Serializer):
    token = serializers.CharField()


class AppointmentSerializer(serializers.ModelSerializer):
    email = serializers.EmailField()
    password = serializers.CharField(max_length=200, write_only=True)

    class Meta:
        model = User
        fields = ["name", "email", "role", "entity", "member_state", "password"]


class InvitationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Invitation
        fields = ["id", "email", "status", "expires_at"]
        read_only_fields = ["id", "status", "expires_at"]


class JoiningSerializer(serializers.Serializer):
    secret = serializers.CharField(max_length=100, help_text="The last part of the address in the mail.")
    name = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=200)


class ReasonSerializer(serializers.Serializer):
    reason = serializers.CharField()


class OpenView(APIView):
    """For people who have no token yet; slow, so that nobody tries passwords here."""

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "token"


def authenticated(request, **credentials):
    """As the sign-in page does: the tries on one account are counted too, wherever they come from."""
    try:
        return get_adapter().authenticate(request, **credentials)
    except ValidationError as too_many:
        raise NotAllowed(" ".join(too_many.messages)) from too_many


class RegisterView(OpenView):
    @extend_schema(request=RegistrationSerializer, responses={201: TokenSerializer, 400: REFUSALS[400]})
    def post(self, request):
        """Register an organisation with its first person; gives that person's token."""
        given = RegistrationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        words = given.validated_data
        user = User(name=words["name"], email=words["email"].lower())
        actions.register_organisation(Organisation(**words["organisation"]), user, password=words["password"])
        return Response({"token": actions.make_token(by=user)}, status=status.HTTP_201_CREATED)


class TokenView(OpenView):
    @extend_schema(
        request=CredentialsSerializer, responses={201: TokenSerializer, 400: REFUSALS[400], 403: REFUSALS[403]}
    )
    def post(self, request):
        """Exchange e-mail and password for a token; with a second factor, make the token on the page instead."""
        given = CredentialsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        user = authenticated(request._request, **given.validated_data)
        if user is None:
            raise Incomplete({"password": _("The e-mail address or the password is not right.")})
        if is_mfa_enabled(user):
            raise NotAllowed(_("Your account has a second factor. Sign in and make the token on the page “Tokens”."))
        return Response({"token": actions.make_token(by=user)}, status=status.HTTP_201_CREATED)


class JoinView(OpenView):
    @extend_schema(request=JoiningSerializer, responses={201: TokenSerializer, **REFUSALS})
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
        return Response({"token": actions.make_token(by=user)}, status=status.HTTP_201_CREATED)


class PersonViewSet(VisibleViewSet):
    queryset = User.objects.people()
    serializer_class = PersonSerializer
    row_list = PeopleList
    take_step = None  # people have acts, no table of states

    @extend_schema(request=AppointmentSerializer, responses={201: PersonSerializer, **REFUSALS})
    def create(self, request):
        """Make an account for an officer, evaluator, authorising officer or auditor (account administrators only)."""
        given = AppointmentSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        words = dict(given.validated_data)
        password = words.pop("password")
        user = actions.appoint_user(User(**words), by=request.user, password=password)
        return Response(PersonSerializer(user).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReasonSerializer, responses={200: PersonSerializer, **REFUSALS})
    @action(detail=True, methods=["post"])
    def close(self, request, pk):
        """Close an account, with a reason."""
        given = ReasonSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        user = actions.close_account(self.get_object(), by=request.user, reason=given.validated_data["reason"])
        return Response(PersonSerializer(user).data)

    @extend_schema(responses=PersonSerializer)
    @action(detail=False, methods=["get"])
    def me(self, request):
        """Who this token speaks for."""
        return Response(PersonSerializer(request.user).data)


class InvitationViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
    queryset = Invitation.objects.all()
    serializer_class = InvitationSerializer
    pagination_class = None

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset.none()
        return Invitation.objects.visible_to(self.request.user).order_by("email")

    @extend_schema(request=InvitationSerializer, responses={201: InvitationSerializer, **REFUSALS})
    def create(self, request):
        """Invite a colleague to the caller's organisation."""
        given = InvitationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        new = Invitation(organisation=request.user.organisation, email=given.validated_data["email"].lower())
        if request.user.organisation_id is None:
            raise NotAllowed(_("Only people of a registered organisation invite colleagues."))
        sent = actions.invite_colleague(new, by=request.user)
        return Response(InvitationSerializer(sent).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={200: OpenApiResponse(InvitationSerializer), **REFUSALS})
    @action(detail=True, methods=["post"])
    def take_back(self, request, pk):
        """Take an invitation back before it is accepted."""
        row = INVITATION.run("take_back", self.get_object(), by=request.user)
        return Response(InvitationSerializer(row).data)
