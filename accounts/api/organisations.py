"""Organisations through the API."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts import actions
from accounts.api.people import cleaned
from accounts.lists import OrganisationList
from accounts.models import Organisation
from accounts.serializers import (
    CorrectionSerializer,
    MergingSerializer,
    MovingSerializer,
    OrganisationSerializer,
    RenamingSerializer,
)
from accounts.states import ORGANISATION
from core.api import VisibleViewSet


class OrganisationViewSet(VisibleViewSet):
    queryset = Organisation.objects.all()
    serializer_class = OrganisationSerializer
    row_list = OrganisationList
    workflow = ORGANISATION

    @extend_schema(request=CorrectionSerializer, responses={200: OrganisationSerializer})
    @action(detail=True, methods=["post"])
    def correct(self, request, pk):
        """Put its data right, with a reason; what was sent before keeps what it said."""
        return self.take(actions.correct_organisation, CorrectionSerializer(data=request.data, partial=True))

    @extend_schema(request=RenamingSerializer, responses={200: OrganisationSerializer})
    @action(detail=True, methods=["post"])
    def rename(self, request, pk):
        """Give it another name; the former one is kept."""
        return self.take(actions.rename_organisation, RenamingSerializer(data=request.data))

    @extend_schema(request=MovingSerializer, responses={200: OrganisationSerializer})
    @action(detail=True, methods=["post"])
    def move(self, request, pk):
        """Put its Member State right (account administrators only); not while something submitted rests on it."""
        return self.take(actions.move_organisation, MovingSerializer(data=request.data))

    @extend_schema(request=MergingSerializer, responses={200: OrganisationSerializer})
    @action(detail=True, methods=["post"])
    def merge(self, request, pk):
        """Merge it into another that is the same (account administrators only)."""
        return self.take(actions.merge_organisation, MergingSerializer(data=request.data))

    def take(self, act, serializer):
        row = act(self.get_object(), by=self.request.user, **cleaned(serializer))
        return Response(OrganisationSerializer(row).data)
