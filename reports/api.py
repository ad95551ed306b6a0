"""Reports through the API: the catalogue, asking for files and fetching them, the trail."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.member_states import MEMBER_STATES
from core import files
from core.api import REFUSALS, VisibleViewSet
from core.errors import Incomplete
from programmes.models import Call, Fund
from reports import actions
from reports.about import About
from reports.catalogue import open_to
from reports.lists import FileList, TrailList
from reports.models import ReportFile, TrailRecord
from reports.states import REPORT_FILE
from reports.views import TYPES


class ReportSerializer(serializers.Serializer):
    slug = serializers.CharField()
    number = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    since = serializers.CharField(
        source="first_status", help_text="The status of the call from which on there is something to report."
    )
    house_wide = serializers.BooleanField(help_text="May be asked without a call.")
    kinds = serializers.ListField(child=serializers.CharField(), help_text="What it can be asked about.")


class ReportFileSerializer(serializers.ModelSerializer):
    call = serializers.UUIDField(source="about.call", default=None, read_only=True)

    class Meta:
        model = ReportFile
        fields = [
            "id", "report", "call", "about", "at", "form", "status", "asked_at", "drawn_at", "data_at", "row_count",
            "name", "size", "sha256", "rows_sha256",
        ]  # fmt: skip
        read_only_fields = [name for name in fields if name not in {"report", "form"}]


class AskSerializer(serializers.Serializer):
    report = serializers.CharField()
    call = serializers.UUIDField(required=False, allow_null=True, default=None)
    fund = serializers.UUIDField(required=False, allow_null=True, default=None)
    member_state = serializers.CharField(required=False, allow_blank=True, default="", help_text="Two letters.")
    at = serializers.DateTimeField(
        required=False, allow_null=True, default=None, help_text="As of this moment of the past; now when left out."
    )
    form = serializers.CharField(help_text="csv, xlsx or pdf")


class TrailRecordSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_name", help_text="Its chain, and its number there.")

    class Meta:
        model = TrailRecord
        fields = "__all__"


class ReportViewSet(viewsets.ViewSet):
    """The catalogue, as far as it is for this person."""

    @extend_schema(responses=ReportSerializer(many=True))
    def list(self, request):
        return Response(ReportSerializer(open_to(request.user), many=True).data)


class ReportFileViewSet(VisibleViewSet):
    queryset = ReportFile.objects.all()
    serializer_class = ReportFileSerializer
    workflow = REPORT_FILE
    row_list = FileList

    @extend_schema(request=AskSerializer, responses={201: ReportFileSerializer, **REFUSALS})
    def create(self, request):
        """Ask for a report as a file; the worker draws it."""
        given = AskSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        about = asked_about(wanted, request.user).as_data()
        file = ReportFile(report=wanted["report"], about=about, at=wanted["at"], form=wanted["form"])
        file = actions.ask_for_report(file, by=request.user)
        return Response(self.get_serializer(file).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY, **REFUSALS})
    @action(detail=True, url_path="bytes")
    def fetch(self, request, pk):
        """The bytes; who takes them is recorded."""
        file = actions.fetch_report(self.get_object(), by=request.user)
        return files.serve(file.path, name=file.name, content_type=TYPES[file.form])


def asked_about(wanted, user):
    if wanted["member_state"] not in {"", *MEMBER_STATES}:
        raise Incomplete({"member_state": _("Give the two letters of a Member State.")})
    calls, funds = Call.objects.visible_to(user).published(), Fund.objects.visible_to(user)
    return About(
        call=get_object_or_404(calls, pk=wanted["call"]) if wanted["call"] else None,
        fund=get_object_or_404(funds, pk=wanted["fund"]) if wanted["fund"] else None,
        member_state=wanted["member_state"],
    )


class TrailViewSet(VisibleViewSet):
    """The audit trail, newest first, as far as this person may see it."""

    queryset = TrailRecord.objects.all()
    serializer_class = TrailRecordSerializer
    row_list = TrailList
    lookup_value_regex = "[^/]+:[0-9]+"
    take_step = None  # nothing ever happens to a record

    def get_object(self):
        return get_object_or_404(self.get_queryset().named(self.kwargs["pk"]))
