"""Taking a proposal away and copying from an earlier one, for programs."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.response import Response

from applications import actions
from applications.models import Application, Copy, DraftPaper, Receipt
from applications.parts.incoming import cleaned
from applications.serializers import CopySerializer, DraftPaperSerializer, SourceSerializer
from applications.views.away import draft_paper_pdf, proposal_zip, receipt_zip
from core.api import files, key_of
from core.found import row_or_404, visible_or_404
from core.signatures import PDF

ZIP = "application/zip"


class TakesAway:
    """Of the view set of applications."""

    @extend_schema(responses=files(ZIP))
    @action(detail=True, methods=["get"])
    def bundle(self, request, pk):
        """All of it as a ZIP: the content as JSON, the files, what is not valid yet, the last receipt."""
        return proposal_zip(request, self.get_object().pk)

    @extend_schema(responses=files(ZIP), parameters=[OpenApiParameter("receipt_id", str, OpenApiParameter.PATH)])
    @action(detail=True, methods=["get"], url_path=r"receipts/(?P<receipt_id>[0-9a-f-]{36})/bundle")
    def receipt_bundle(self, request, pk, receipt_id):
        """The same of what was received: the exact content, its files, this receipt."""
        seen = Receipt.objects.visible_to(request.user).filter(application=self.get_object())
        return receipt_zip(request, row_or_404(seen, pk=receipt_id).pk)

    @extend_schema(methods=["GET"], responses=DraftPaperSerializer(many=True))
    @extend_schema(methods=["POST"], request=None, responses={202: DraftPaperSerializer})
    @action(detail=True, methods=["get", "post"])
    def papers(self, request, pk):
        """The draft as a PDF with a watermark: ask for it, the worker draws it; or read what was drawn. Of what was
        submitted, the paper of the receipt has it all."""
        application = self.get_object()
        if request.method == "POST":
            paper = actions.ask_for_paper(application, by=request.user)
            return Response(DraftPaperSerializer(paper).data, status=status.HTTP_202_ACCEPTED)
        rows = DraftPaper.objects.visible_to(request.user).filter(application=application).select_related("asked_by")
        return Response(DraftPaperSerializer(rows[:100], many=True).data)

    @extend_schema(responses=files(PDF), parameters=[OpenApiParameter("paper_id", str, OpenApiParameter.PATH)])
    @action(detail=True, methods=["get"], url_path=r"papers/(?P<paper_id>[0-9a-f-]{36})/pdf")
    def paper(self, request, pk, paper_id):
        """A draft as it was drawn."""
        seen = DraftPaper.objects.visible_to(request.user).filter(application=self.get_object())
        return draft_paper_pdf(request, row_or_404(seen, pk=paper_id).pk)

    @extend_schema(methods=["GET"], responses=CopySerializer(many=True))
    @extend_schema(methods=["POST"], request=SourceSerializer, responses={201: CopySerializer(many=True)})
    @action(detail=True, methods=["get", "post"])
    def copies(self, request, pk):
        """Copy what fits of an earlier application of your organisation; or read what was copied, the newest first.
        Nothing is written over: what differs is listed in `kept_changes`. With an `Idempotency-Key`, once."""
        application, code = self.get_object(), status.HTTP_200_OK
        if request.method == "POST":
            said = cleaned(SourceSerializer(data=request.data))
            source = visible_or_404(Application, request.user, said["source"])
            actions.copy_application(application, source=source, by=request.user, sending=key_of(request))
            code = status.HTTP_201_CREATED
        rows = Copy.objects.visible_to(request.user).filter(application=application).select_related("by")
        return Response(CopySerializer(rows[:100], many=True).data, status=code)
