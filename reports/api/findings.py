"""Findings through the API: the acts of the pages, with the same sentences."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api import Labelled, StampField, VisibleViewSet, key_of
from core.found import visible_or_404
from core.numbers import Day
from reports import actions
from reports.lists import FindingList
from reports.models import Finding
from reports.shown.findings import seen_with
from reports.states import FINDING


class FindingSerializer(Labelled):
    """`application` and `decision` are numbers, empty where the reader does not see the row; `steps` are those open to
    the reader."""

    owner = serializers.ChoiceField(Finding.Owner.choices, read_only=True)
    application = serializers.SerializerMethodField()
    decision = serializers.SerializerMethodField()
    file = serializers.CharField(source="file.sha256", default="", read_only=True, help_text="SHA-256 of the evidence.")
    replaces = serializers.CharField(source="replaces.reference", default="", read_only=True)
    is_overdue = serializers.BooleanField(read_only=True)
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Finding
        fields = [
            "id", "reference", "entity", "member_state", "title", "text", "recommendation", "severity", "owner",
            "addressed_to", "due_on", "application", "decision", "file", "replaces", "status", "found_at", "sent_at",
            "reply", "replied_at", "done", "claimed_at", "because", "closed_at", "is_overdue", "steps", "stamp",
        ]  # fmt: skip

    def get_application(self, finding) -> str:
        return seen_with(finding, "application", self.reader)

    def get_decision(self, finding) -> str:
        return seen_with(finding, "decision", self.reader)

    def get_steps(self, finding) -> list[str]:
        return FINDING.names_now(self.reader, finding, hidden=True)

    @property
    def reader(self):
        return self.context["request"].user


class WordsSerializer(serializers.Serializer):
    title = serializers.CharField(max_length=200)
    text = serializers.CharField(max_length=20_000)
    recommendation = serializers.CharField(max_length=8000)
    severity = serializers.ChoiceField(Finding.Severity.choices)
    owner = serializers.ChoiceField(Finding.Owner.choices)
    due_on = Day()
    application = serializers.CharField(max_length=80, allow_blank=True, default="", help_text="Its number.")
    decision = serializers.CharField(max_length=80, allow_blank=True, default="", help_text="Its number.")
    file = serializers.CharField(
        max_length=64, allow_blank=True, default="", help_text="SHA-256 of one of your files of reports."
    )


class NewFindingSerializer(WordsSerializer):
    replaces = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="The finding whose place it takes when it is sent."
    )


class CorrectFindingSerializer(WordsSerializer):
    stamp = StampField(wanted=True)


class LaterDaySerializer(serializers.Serializer):
    due_on = Day()
    reason = serializers.CharField(max_length=4000)
    stamp = StampField(wanted=True)


class FindingViewSet(VisibleViewSet):
    """Findings of auditors. `steps/send`, `steps/accept`, `steps/contest`, `steps/claim`, `steps/close`,
    `steps/reopen` and `steps/discard` take a reason where the step asks for one."""

    queryset = Finding.objects.for_reading()
    serializer_class = FindingSerializer
    workflow = FINDING
    row_list = FindingList
    keeps_its_keys = ("create",)

    @extend_schema(request=NewFindingSerializer, responses={201: FindingSerializer})
    def create(self, request):
        """Record a finding: a draft that the auditors of the own body read, until it is sent."""
        FINDING.may_open("draft", Finding(), by=request.user)
        said = valid(NewFindingSerializer, request)
        replaces = said.pop("replaces")
        new = Finding(replaces=visible_or_404(Finding, request.user, replaces) if replaces else None)
        row = actions.draft_finding(new, by=request.user, key=key_of(request), said=said)
        return Response(self.get_serializer(self.again(row)).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=CorrectFindingSerializer, responses={200: FindingSerializer})
    @action(detail=True, methods=["post"])
    def correct(self, request, pk):
        """Write a draft anew."""
        row = self.get_object()
        FINDING.may_open("correct", row, by=request.user)
        said = valid(CorrectFindingSerializer, request)
        base = said.pop("stamp", None)
        return self.told(actions.correct_finding(row, by=request.user, base=base, said=said))

    @extend_schema(request=LaterDaySerializer, responses={200: FindingSerializer})
    @action(detail=True, methods=["post"])
    def extend(self, request, pk):
        """A later day."""
        row = self.get_object()
        FINDING.may_open("extend", row, by=request.user)
        said = valid(LaterDaySerializer, request)
        base = said.pop("stamp", None)
        return self.told(actions.extend_finding(row, by=request.user, base=base, **said))

    def told(self, row):
        return Response(self.get_serializer(self.again(row)).data)


def valid(kind, request):
    given = kind(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)
