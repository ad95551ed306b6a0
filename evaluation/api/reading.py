"""What the API tells: one serializer for each kind of row."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import Labelled
from core.numbers import Whole
from evaluation.models import Assessment, Batch, Consensus, ConsensusScore, RankedEntry, RankedList, Score, Seat
from evaluation.states import ASSESSMENT, BATCH, CONSENSUS, RANKED_LIST, SEAT

NAMES = serializers.ListField(child=serializers.CharField())


class StepsMixin(serializers.Serializer):
    """The steps its reader may take now: the same as the buttons of the page."""

    steps = serializers.SerializerMethodField()

    @extend_schema_field(NAMES)
    def get_steps(self, row):
        return self.workflow.names_now(self.context["request"].user, row, hidden=True)


class ScoreSerializer(serializers.ModelSerializer):
    criterion = serializers.CharField(source="criterion.code", read_only=True)

    class Meta:
        model = Score
        fields = ["criterion", "points", "comment"]


class AssessmentSerializer(StepsMixin, Labelled):
    """What may be known before the declaration (number, title, parties), and the reader's or a signed judgement."""

    workflow = ASSESSMENT
    call = serializers.CharField(source="application.call.reference", read_only=True)
    number = serializers.CharField(source="application.reference", read_only=True)
    title = serializers.CharField(source="application.title", read_only=True)
    applicant = serializers.CharField(source="application.applicant.name", read_only=True)
    partners = serializers.SlugRelatedField("name", source="application.partners", many=True, read_only=True)
    evaluator = serializers.CharField(source="evaluator.name", read_only=True)
    round = Whole(source="round.ordinal", read_only=True)
    scores = ScoreSerializer(many=True, read_only=True)

    class Meta:
        model = Assessment
        fields = [
            "id", "application", "round", "call", "number", "title", "applicant", "partners", "evaluator", "status",
            "assigned_at", "due_at", "declared_at", "declaration_version", "signed_at", "remark", "stamp", "scores",
            "steps",
        ]  # fmt: skip


class BatchSerializer(StepsMixin, Labelled):
    """A batch of assignments or rapporteurs; its pairs are at `lines/`, page by page."""

    workflow = BATCH
    call = serializers.CharField(source="call.reference", read_only=True)
    made_by = serializers.CharField(source="made_by.name", read_only=True)

    class Meta:
        model = Batch
        fields = [
            "id", "call", "purpose", "status", "source", "file_name", "terms", "size", "short", "lacking", "made_by",
            "made_at", "due_at", "confirmed_at", "made", "refused", "returned", "ended_reason", "stamp", "steps",
        ]  # fmt: skip


class AgreedScoreSerializer(serializers.ModelSerializer):
    criterion = serializers.CharField(source="criterion.code", read_only=True)

    class Meta:
        model = ConsensusScore
        fields = ["criterion", "points", "comment", "deviation"]


class ConsensusSerializer(StepsMixin, Labelled):
    workflow = CONSENSUS
    call = serializers.CharField(source="application.call.reference", read_only=True)
    number = serializers.CharField(source="application.reference", read_only=True)
    rapporteur = serializers.CharField(source="rapporteur.name", read_only=True)
    round = Whole(source="round.ordinal", read_only=True)
    approved_by = serializers.SlugRelatedField("evaluator_id", source="approvals", many=True, read_only=True)
    scores = AgreedScoreSerializer(many=True, read_only=True)

    class Meta:
        model = Consensus
        fields = [
            "id", "application", "round", "call", "number", "rapporteur", "evaluator_ids", "approved_by", "status",
            "total", "proposed_at", "approved_at", "objection", "passed_over", "ended_reason", "remark", "stamp",
            "scores", "steps",
        ]  # fmt: skip


class SeatSerializer(StepsMixin, Labelled):
    workflow = SEAT
    call = serializers.CharField(source="call.reference", read_only=True)
    member = serializers.CharField(source="member.name", read_only=True)

    class Meta:
        model = Seat
        fields = [
            "id", "call", "member", "status", "entity", "under_authorising_officer", "appointed_at", "declared_at",
            "declaration_version", "declared_for", "signed_at", "signed_sha256", "stamp",
            "steps",
        ]  # fmt: skip


class EntrySerializer(serializers.ModelSerializer):
    stage = serializers.CharField(read_only=True)
    number = serializers.CharField(source="application.reference", read_only=True)

    class Meta:
        model = RankedEntry
        fields = [
            "position", "rank", "application", "number", "place", "stage", "total", "points", "tie_break", "reason",
            "contribution", "cumulative",
        ]  # fmt: skip


class RankedListSerializer(StepsMixin, Labelled):
    """`sha256` is over the canonical JSON of `entries` as they stand here; in lists of `format` 1 without `position`.

    `open_ties` wait for the committee: nobody signs before it has decided their order.
    """

    workflow = RANKED_LIST
    call = serializers.CharField(source="call.reference", read_only=True)
    drawn_by = serializers.CharField(source="drawn_by.name", read_only=True)
    round = Whole(source="round.ordinal", read_only=True)
    entries = EntrySerializer(many=True, read_only=True)

    class Meta:
        model = RankedList
        fields = [
            "id", "call", "round", "status", "drawn_by", "drawn_at", "budget", "sha256", "format", "signed_at",
            "open_ties", "tie_decisions", "ended_reason", "stamp", "entries", "steps",
        ]  # fmt: skip
