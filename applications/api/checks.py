"""Checks for machines: one by one, or many as a batch that is looked at, confirmed and taken back as on the pages."""

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from applications import actions
from applications.lists import CheckBatchLineList, CheckBatchList, CheckList
from applications.models import Check, CheckBatch
from applications.parts.incoming import cleaned
from applications.serializers import CheckSerializer
from applications.states import CHECK, CHECK_BATCH
from core.api import Labelled, VisibleViewSet, key_of
from core.found import visible_or_404
from programmes.models import Call


class CheckViewSet(VisibleViewSet):
    """Checks against the announced conditions: `steps/confirm` and `steps/override` decide about one."""

    queryset = Check.objects.select_related("application")
    serializer_class = CheckSerializer
    workflow = CHECK
    row_list = CheckList


class CheckBatchSerializer(Labelled):
    call = serializers.CharField(source="call.reference")
    made_by = serializers.CharField(source="made_by.name")
    steps = serializers.SerializerMethodField()

    class Meta:
        model = CheckBatch
        fields = ["id", "call", "code", "criterion", "status", "size", "made_by", "made_at", "confirmed_at", "made",
                  "refused", "ended_reason", "returned", "stamp", "steps"]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_steps(self, batch):
        return CHECK_BATCH.names_now(self.context["request"].user, batch)


class ChecksToConfirmSerializer(serializers.Serializer):
    call = serializers.UUIDField()
    code = serializers.CharField(
        max_length=30, default="", allow_blank=True,
        help_text="Of one condition; left out: of all that the system found met.",
    )  # fmt: skip


class CheckBatchViewSet(VisibleViewSet):
    """Many checks: proposed here, confirmed by `steps/confirm` (202: the worker does it), or taken back."""

    queryset = CheckBatch.objects.select_related("call", "made_by")
    serializer_class = CheckBatchSerializer
    workflow = CHECK_BATCH
    row_list = CheckBatchList
    lists_below = {"lines": CheckBatchLineList}

    @extend_schema(request=ChecksToConfirmSerializer, responses={201: CheckBatchSerializer})
    def create(self, request):
        """Propose to confirm one condition as found, or all that are met. Nothing is confirmed yet."""
        said = cleaned(ChecksToConfirmSerializer(data=request.data))
        call = visible_or_404(Call, request.user, said["call"])
        row = actions.propose_checks(call, by=request.user, code=said["code"], key=key_of(request))
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @action(detail=True, methods=["get"])
    def lines(self, request, pk):
        """The checks as the page lists them: what is confirmed, what is left and why."""
        rows = CheckBatchLineList(request.user, request.GET, path=request.path, batch=self.get_object())
        return Response(rows.as_json())
