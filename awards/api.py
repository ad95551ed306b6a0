"""Decisions and letters through the API: the acts of the pages, with the same sentences."""

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from applications.models import Application
from awards import actions
from awards.lists import DecisionList, LetterList, LetterToIssueList, OfferList, PublishedList, RedressList
from awards.models import Decision, DecisionLine, Letter, Offer, Redress
from awards.states import DECISION, LETTER, OFFER, REDRESS
from awards.views.batch import Batch
from awards.views.letters import letter_pdf
from core.api import Careful, Labelled, Open, StampField, VisibleViewSet, files, key_of
from core.found import row_or_404, visible_or_404
from core.numbers import Number, Whole
from core.signatures import PDF
from programmes.models import Call


class LineSerializer(Labelled):
    application = serializers.CharField(source="application.reference", read_only=True)

    class Meta:
        model = DecisionLine
        fields = [
            "id", "application", "rank", "outcome", "stage", "contribution", "rate", "reason", "deviates",
            "deviation_reason",
        ]  # fmt: skip


class DecisionSerializer(Labelled):
    call = serializers.CharField(source="call.reference", read_only=True)
    prepared_by = serializers.CharField(source="prepared_by.name", read_only=True)
    decided_by = serializers.CharField(source="decided_by.name", read_only=True, default=None, allow_null=True)
    lines = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Decision
        fields = [
            "id", "call", "ordinal", "cause", "status", "number", "prepared_by", "prepared_at", "decided_by",
            "decided_at", "reasons", "issued_at", "stamp", "lines", "steps",
        ]  # fmt: skip

    @extend_schema_field(LineSerializer(many=True))
    def get_lines(self, row):
        seen = row.lines.visible_to(self.context["request"].user).for_reading()
        return LineSerializer(seen, many=True).data

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_steps(self, row):
        return DECISION.names_now(self.context["request"].user, row, hidden=True)


class PreparationSerializer(serializers.Serializer):
    """A first decision takes the call alone; a later one its cause and the applications it is about."""

    call = serializers.UUIDField()
    cause = serializers.ChoiceField(Decision.Cause.choices, default=Decision.Cause.INITIAL)
    applications = serializers.ListField(child=serializers.UUIDField(), default=list)


class DeviationSerializer(serializers.Serializer):
    line = serializers.UUIDField()
    outcome = serializers.ChoiceField(DecisionLine.Outcome.choices)
    contribution = Number(max_digits=14, decimal_places=2, required=False, allow_null=True)
    stage = serializers.ChoiceField(DecisionLine.Stage.choices, required=False, allow_blank=True, default="")
    reason = serializers.CharField(max_length=4000)
    stamp = StampField(wanted=True)


class ProgressSerializer(serializers.Serializer):
    done = Whole()
    total = Whole()
    failed = Whole()
    finished = serializers.BooleanField()
    failures = serializers.ListField(child=serializers.DictField())
    refused = serializers.ListField(child=serializers.CharField(), help_text="Who is not written to, and why.")


class DecisionViewSet(VisibleViewSet):
    queryset = Decision.objects.select_related("call", "prepared_by", "decided_by")
    serializer_class = DecisionSerializer
    workflow = DECISION
    row_list = DecisionList
    lists_below = {"letters_to_issue": LetterToIssueList}

    @extend_schema(request=PreparationSerializer, responses={201: DecisionSerializer})
    def create(self, request):
        """Prepare an award decision on a call from its signed ranked list."""
        given = PreparationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wanted = given.validated_data
        call = visible_or_404(Call, request.user, wanted["call"])
        about = [visible_or_404(Application, request.user, pk) for pk in wanted["applications"]]
        new = Decision(call=call, cause=wanted["cause"])
        row = actions.prepare_decision(new, by=request.user, applications=about, key=key_of(request))
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=DeviationSerializer, responses={200: DecisionSerializer})
    @action(detail=True, methods=["post"])
    def deviate(self, request, pk):
        """Decide otherwise than the committee proposed on one line, with a reason."""
        given = DeviationSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        decision, change = self.get_object(), dict(given.validated_data)
        line = row_or_404(decision.lines.visible_to(request.user), pk=change.pop("line"))
        actions.deviate(decision, by=request.user, base=change.pop("stamp", None), line=line, **change)
        return Response(self.get_serializer(self.again(decision)).data)

    @extend_schema(responses=ProgressSerializer)
    @action(detail=True, methods=["get"])
    def letters(self, request, pk):
        """How far the letters have come, which ones failed, and who is not written to."""
        return Response(Batch(self.get_object(), request.user).as_json())

    @action(detail=True, methods=["get"], url_path="letters-to-issue")
    def letters_to_issue(self, request, pk):
        """What issuing would write, as the page lists it: to whom, and what cannot be issued and why."""
        rows = LetterToIssueList(request.user, request.GET, path=request.path, decision=self.get_object())
        return Response(rows.as_json())


class LetterSerializer(Labelled):
    """For the addressee and for the office alike: what was said, when it was sent, when it was read."""

    application = serializers.CharField(source="application.reference", read_only=True)
    read_by = serializers.CharField(source="read_by.name", read_only=True, default=None, allow_null=True)
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Letter
        fields = [
            "id", "reference", "replaces", "replaced_because", "application", "kind", "status", "written_at",
            "sent_at", "read_at", "read_by", "counts_as_read_at", "pdf_sha256", "facts", "stamp", "steps",
        ]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_steps(self, row):
        return LETTER.names_now(self.context["request"].user, row)


class PublishedViewSet(Open, Careful, viewsets.GenericViewSet):
    """Awards that anybody may read of, without a token."""

    queryset = Letter.objects.none()
    row_list = PublishedList
    row_lists = ()

    def list(self, request):
        """Awards whose letters have left and which stand, the newest first."""
        return Response(PublishedList(request.user, request.GET, path=request.path).as_json())


class OfferSerializer(Labelled):
    """An award taken up from the reserve list, to be accepted or declined by its applicant."""

    application = serializers.CharField(source="application.reference", read_only=True)
    contribution = Number(source="line.contribution", max_digits=14, decimal_places=2, read_only=True)
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Offer
        fields = ["id", "application", "contribution", "status", "answer_by", "answered_at", "said", "stamp", "steps"]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_steps(self, row):
        return OFFER.names_now(self.context["request"].user, row)


class OfferViewSet(VisibleViewSet):
    queryset = Offer.objects.select_related("application__applicant", "line")
    serializer_class = OfferSerializer
    workflow = OFFER
    row_list = OfferList


class RedressSerializer(Labelled):
    application = serializers.CharField(source="application.reference", read_only=True)
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Redress
        fields = [
            "id", "application", "letter", "status", "ground", "text", "filed_at", "answer", "answered_at", "stamp",
            "steps",
        ]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_steps(self, row):
        return REDRESS.names_now(self.context["request"].user, row)


class FilingSerializer(serializers.Serializer):
    letter = serializers.UUIDField()
    ground = serializers.ChoiceField(Redress.Ground.choices)
    text = serializers.CharField(max_length=8000)


class RedressViewSet(VisibleViewSet):
    queryset = Redress.objects.select_related("application__applicant", "letter")
    serializer_class = RedressSerializer
    workflow = REDRESS
    row_list = RedressList

    @extend_schema(request=FilingSerializer, responses={201: RedressSerializer})
    def create(self, request):
        """Ask for a review of what a letter tells."""
        given = FilingSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        letter = visible_or_404(Letter, request.user, data.pop("letter"))
        row = actions.file_redress(letter, by=request.user, key=key_of(request), **data)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)


class LetterViewSet(VisibleViewSet):
    queryset = Letter.objects.select_related("application__applicant", "read_by")
    serializer_class = LetterSerializer
    workflow = LETTER
    row_list = LetterList

    @extend_schema(responses=files(PDF))
    @action(detail=True, methods=["get"])
    def pdf(self, request, pk):
        """The file as it was sent; who took it is kept."""
        return letter_pdf(request._request, self.get_object().pk)
