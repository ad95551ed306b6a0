"""Invitations through the API: to colleagues, and to roles that an administrator gives."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts import actions
from accounts.models import Invitation
from accounts.roles import is_applicant
from accounts.serializers import AppointmentSerializer, InvitationSerializer
from accounts.states import INVITATION
from core.api import Careful, key_of
from core.errors import NotAllowed


class InvitationViewSet(Careful, mixins.ListModelMixin, viewsets.GenericViewSet):
    queryset = Invitation.objects.all()
    serializer_class = InvitationSerializer
    pagination_class = None

    def get_queryset(self):
        if getattr(self, "swagger_fake_view", False):
            return self.queryset.none()
        return Invitation.objects.visible_to(self.request.user).order_by("email")

    @extend_schema(request=InvitationSerializer, responses={201: InvitationSerializer})
    def create(self, request):
        """Invite a colleague to the caller's organisation."""
        given = InvitationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        if not is_applicant(request.user):
            raise NotAllowed(_("Only people of a registered organisation invite colleagues."))
        new = Invitation(organisation=request.user.organisation, email=given.validated_data["email"].lower())
        sent = actions.invite_colleague(new, by=request.user, key=key_of(request))
        return Response(InvitationSerializer(sent).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=AppointmentSerializer, responses={201: InvitationSerializer})
    @action(detail=False, methods=["post"])
    def appoint(self, request):
        """Invite somebody to be an officer, evaluator, auditor… (account administrators only)."""
        given = AppointmentSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        new = Invitation(**given.validated_data)
        new.email = new.email.lower()
        sent = actions.invite_official(new, by=request.user, key=key_of(request))
        return Response(InvitationSerializer(sent).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={200: InvitationSerializer})
    @action(detail=True, methods=["post"])
    def take_back(self, request, pk):
        """Take an invitation back before it is accepted."""
        row = INVITATION.run("take_back", self.get_object(), by=request.user)
        return Response(InvitationSerializer(row).data)
