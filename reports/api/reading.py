"""Reports through the API: the catalogue, asking for files and fetching them, the trail, the proofs."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.member_states import MEMBER_STATES
from core import clock, files
from core.api import Careful, Labelled, VisibleViewSet
from core.api import files as answers_with
from core.errors import Incomplete
from core.found import row_or_404
from core.numbers import Day, Moment
from programmes.models import Call, Fund
from reports import actions
from reports.about import FILTERS, FUND, STATUSES, About
from reports.catalogue import open_to
from reports.lists import FileList, ProofRunList, TrailList
from reports.models import ProofRun, ReportFile, TrailRecord
from reports.permissions import may_read_faults
from reports.states import REPORT_FILE, ProofRunPhase


class ReportSerializer(serializers.Serializer):
    slug = serializers.CharField()
    number = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    since = serializers.CharField(
        source="first_status", help_text="The status of the call from which on there is something to report."
    )
    house_wide = serializers.BooleanField(help_text="May be asked without a call.")
    kinds = serializers.ListField(
        source="asked_of", child=serializers.CharField(), help_text="What it can be asked about, and narrowed by."
    )


class ReportFileSerializer(Labelled):
    call = serializers.UUIDField(source="about.call", default=None, read_only=True, allow_null=True)

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
    closed_from = Day(required=False, allow_null=True, default=None)
    closed_until = Day(required=False, allow_null=True, default=None)
    applicant = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=100, help_text="Words of its name, or its number."
    )
    status = serializers.ChoiceField(STATUSES, required=False, allow_blank=True, default="")
    action = serializers.CharField(required=False, allow_blank=True, default="", max_length=10)
    at = Moment(
        required=False, allow_null=True, default=None, help_text="As of this moment of the past; now when left out."
    )
    form = serializers.CharField(help_text="csv, csv-semicolon, xlsx or pdf")


class TrailRecordSerializer(Labelled):
    id = serializers.CharField(source="public_name", help_text="Its chain, and its number there.")

    class Meta:
        model = TrailRecord
        fields = "__all__"


class ReportViewSet(Careful, viewsets.ViewSet):
    """The catalogue, as far as it is for this person."""

    @extend_schema(responses=ReportSerializer(many=True))
    def list(self, request):
        return Response(ReportSerializer(open_to(request.user), many=True).data)


class ReportFileViewSet(VisibleViewSet):
    queryset = ReportFile.objects.all()
    serializer_class = ReportFileSerializer
    workflow = REPORT_FILE
    row_list = FileList

    @extend_schema(request=AskSerializer, responses={201: ReportFileSerializer})
    def create(self, request):
        """Ask for a report as a file; the worker draws it."""
        given = AskSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        about = asked_about(wanted, request.user).as_data()
        file = ReportFile(report=wanted["report"], about=about, at=wanted["at"], form=wanted["form"])
        file = actions.ask_for_report(file, by=request.user)
        return Response(self.get_serializer(file).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=answers_with("application/octet-stream"))
    @action(detail=True, url_path="bytes")
    def fetch(self, request, pk):
        """The bytes, whatever their form is; the name says it. Who takes them is recorded."""
        file = actions.fetch_report(self.get_object(), by=request.user)
        return files.serve(file.path, name=file.name)


def asked_about(wanted, user):
    if wanted["member_state"] not in {"", *MEMBER_STATES}:
        raise Incomplete({"member_state": _("Give the two letters of a Member State.")})
    calls, funds = Call.objects.visible_to(user).published(), Fund.objects.visible_to(user)
    return About(
        call=row_or_404(calls, pk=wanted["call"]) if wanted["call"] else None,
        fund=row_or_404(funds, pk=wanted["fund"]) if wanted["fund"] else None,
        **{name: wanted[name] for name in FILTERS if name != FUND},
    )


class TrailViewSet(VisibleViewSet):
    """The audit trail, newest first, as far as this person may see it."""

    queryset = TrailRecord.objects.all()
    serializer_class = TrailRecordSerializer
    row_list = TrailList
    lookup_value_regex = "[^/]+:[0-9]+"
    take_step = None  # nothing ever happens to a record

    def get_object(self):
        return row_or_404(self.get_queryset().named(self.kwargs["pk"]))


class ProofRunSerializer(Labelled):
    class Meta:
        model = ProofRun
        fields = ["id", "status", "begun_by", "begun_at", "ended_at", "looked_at", "fault_count", "results"]


class ProofRunForAdministrator(ProofRunSerializer):
    """What a fault is about is not an administrator's to read."""

    results = serializers.SerializerMethodField(help_text="Without the sentences on the faults.")

    def get_results(self, run) -> list:
        return [{name: value for name, value in one.items() if name != "named"} for one in run.results]


class ProofRunViewSet(VisibleViewSet):
    """Runs of proofs; POST begins one."""

    queryset = ProofRun.objects.all()
    serializer_class = ProofRunSerializer
    row_list = ProofRunList
    take_step = None  # the clock alone moves a run

    def get_serializer_class(self):
        reads_all = self.swagger_fake_view or may_read_faults(self.request.user)
        return ProofRunSerializer if reads_all else ProofRunForAdministrator

    @extend_schema(request=None, responses={201: ProofRunSerializer})
    def create(self, request):
        """Begin a run; the worker carries it out."""
        run = actions.begin_run(ProofRun(), by=request.user)
        return Response(self.get_serializer(run).data, status=status.HTTP_201_CREATED)


class StatusSerializer(serializers.Serializer):
    ended_at = Moment(allow_null=True, help_text="When the last whole run ended.")
    is_proved = serializers.BooleanField(allow_null=True, help_text="Whether that run proved everything.")
    is_overdue = serializers.BooleanField(help_text="The proofs of last night should have ended, and have not.")


class StatusView(APIView):
    """What anybody may know of the proofs."""

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)

    @extend_schema(responses=StatusSerializer)
    def get(self, request):
        last = ProofRun.objects.whole().last()
        told = {
            "ended_at": last and last.ended_at,
            "is_proved": last and last.stands_in(ProofRunPhase.PROVED),
            "is_overdue": ProofRun.objects.is_overdue(clock.now()),
        }
        return Response(StatusSerializer(told).data)
