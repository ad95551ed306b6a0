"""Batches of assignments through the API: proposed, read in, confirmed, taken back by the same acts as on the pages."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api import VisibleViewSet, key_of
from core.found import visible_or_404
from core.incoming import table_of
from evaluation import actions
from evaluation.actions.proposing import HEADS, Terms
from evaluation.api.reading import BatchSerializer
from evaluation.api.sending import (
    AssignmentsFileSerializer,
    ConfirmationSerializer,
    RapporteurTermsSerializer,
    TermsSerializer,
    given,
)
from evaluation.lists import BatchLineList, BatchList
from evaluation.models import Batch
from evaluation.states import BATCH
from evaluation.workbook import SHEET
from programmes.models import Call


class BatchViewSet(VisibleViewSet):
    queryset = Batch.objects.select_related("call", "made_by")
    serializer_class = BatchSerializer
    workflow = BATCH
    row_list = BatchList
    lists_below = {"lines": BatchLineList}

    @extend_schema(request=TermsSerializer, responses={201: BatchSerializer})
    def create(self, request):
        """Propose an even distribution. Nothing is assigned before it is confirmed."""
        said = dict(given(TermsSerializer, request).validated_data)
        call = visible_or_404(Call, request.user, said.pop("call"))
        row = actions.propose_distribution(call, by=request.user, terms=Terms(**said), key=key_of(request))
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request={"multipart/form-data": AssignmentsFileSerializer}, responses={201: BatchSerializer})
    @action(detail=False, methods=["post"])
    def file(self, request):
        """Hand in a file of pairs: all of it is kept as a batch, or nothing. Nothing is assigned yet."""
        said = given(AssignmentsFileSerializer, request).validated_data
        call = visible_or_404(Call, request.user, said["call"])
        rows, name = table_of(said["file"], HEADS, sheet=SHEET), said["file"].name[:200]
        row = actions.propose_from_file(call, by=request.user, rows=rows, name=name, key=key_of(request))
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=RapporteurTermsSerializer, responses={201: BatchSerializer})
    @action(detail=False, methods=["post"])
    def rapporteurs(self, request):
        """Propose a rapporteur for each application that waits for one. Nobody is appointed before it is confirmed."""
        said = dict(given(RapporteurTermsSerializer, request).validated_data)
        call = visible_or_404(Call, request.user, said.pop("call"))
        row = actions.propose_rapporteurs(call, by=request.user, key=key_of(request), **said)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ConfirmationSerializer, responses={200: BatchSerializer})
    @action(detail=True, methods=["post"])
    def confirm(self, request, pk):
        """Have the assignments made, or the rapporteurs appointed; `status` says when it is done."""
        said = given(ConfirmationSerializer, request).validated_data
        row = self.get_object()
        row = actions.confirm_batch(row, by=request.user, base=said.get("stamp"), due_at=said["due_at"])
        return Response(self.get_serializer(self.again(row)).data)

    @action(detail=True, methods=["get"])
    def lines(self, request, pk):
        """The pairs as the page lists them: filtered and sorted by the same words."""
        rows = BatchLineList(request.user, request.GET, path=request.path, batch=self.get_object())
        return Response(rows.as_json())
