"""Rulings on conflicts that the house found, through the API."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from accounts.models import User
from applications.models import Application
from core.api import Labelled, StampField, VisibleViewSet
from core.found import visible_or_404
from evaluation import actions
from evaluation.api.reading import StepsMixin
from evaluation.api.sending import given
from evaluation.lists import RulingList
from evaluation.models import Ruling
from evaluation.states import RULING


class RulingSerializer(StepsMixin, Labelled):
    """`grounds` and `found`: what was found when it was ruled on; a ground that comes up later bars again."""

    workflow = RULING

    class Meta:
        model = Ruling
        fields = [
            "id", "application", "person", "status", "grounds", "found", "reason", "ruled_by", "ruled_at", "stamp",
            "steps",
        ]  # fmt: skip


class GivenRulingSerializer(serializers.Serializer):
    application = serializers.UUIDField()
    person = serializers.UUIDField()
    verdict = serializers.ChoiceField(["lift", "pin"])
    reason = serializers.CharField(max_length=4000)
    stamp = StampField()


class RulingViewSet(VisibleViewSet):
    queryset = Ruling.objects.all()
    serializer_class = RulingSerializer
    workflow = RULING
    row_list = RulingList

    @extend_schema(request=GivenRulingSerializer, responses={201: RulingSerializer})
    def create(self, request):
        """Lift a conflict that the house found between a person and an application, or let it stay."""
        said = dict(given(GivenRulingSerializer, request).validated_data)
        application = visible_or_404(Application, request.user, said.pop("application"))
        person = visible_or_404(User, request.user, said.pop("person"))
        row = actions.rule(application, person, said["verdict"], by=request.user, reason=said["reason"],
                           base=said.get("stamp"))  # fmt: skip
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)
