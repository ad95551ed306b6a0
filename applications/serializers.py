"""How applications look to machines: what comes in, and a form for each audience of what goes out."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from applications.checks import case_of, warnings
from applications.completeness import gaps_in, typed_gaps
from applications.content import content_of
from applications.models import (
    Application,
    Attachment,
    Attempt,
    Check,
    Copy,
    DraftPaper,
    KeptChange,
    Receipt,
    StandingOrder,
)
from applications.parts import PARTS
from applications.parts.incoming import ChangeSerializer, Words
from applications.shown.words import OWN_CODES, situation_for_owner, status_for_owner
from applications.states import APPLICATION, CHECK
from core import clock
from core.api import Labelled, StampField
from core.numbers import Whole

# what comes in


class StartSerializer(serializers.Serializer):
    call = serializers.UUIDField()
    source = serializers.UUIDField(
        required=False, allow_null=True, help_text="An application of your own: what fits of it is copied."
    )


class SourceSerializer(serializers.Serializer):
    source = serializers.UUIDField(help_text="An application of your own organisation.")


class SubmitSerializer(serializers.Serializer):
    stamp = StampField()


class SectionsSerializer(serializers.Serializer):
    """Whole parts: lists in them are whole, and what is not in a list is taken out. Or `changes` of single answers:
    they are merged with what others have changed meanwhile."""

    stamp = StampField(wanted=True, spared={"changes", "key"})
    changes = ChangeSerializer(many=True, required=False)
    key = serializers.CharField(
        required=False, max_length=80, help_text="Your own word for this save: sent twice with it, it is done once."
    )

    def get_fields(self):
        """A field for each part; that the call asks for it, the act requires."""
        return super().get_fields() | {name: field for name, part in PARTS.items() if (field := part.taken())}


class UploadSerializer(serializers.Serializer):
    """Its kind, or the file in whose place it comes: that one has a kind already."""

    kind = serializers.ChoiceField(choices=Attachment.Kind.choices, required=False)
    replaces = serializers.UUIDField(required=False, help_text="The id of a file of this application.")
    file = serializers.FileField(allow_empty_file=True)

    def validate(self, said):
        if not said.get("kind") and not said.get("replaces"):
            raise serializers.ValidationError({"kind": _("Say what kind of document it is.")})
        return said


class MoveSerializer(serializers.Serializer):
    """Where a file is to stand."""

    before = serializers.UUIDField(allow_null=True, help_text="The id of the file that follows it; none: at the end.")


class ConditionSerializer(serializers.Serializer):
    criterion = Words(max_length=300, required=True)
    found = Words(max_length=500, required=True)


# what goes out


class ReceiptSerializer(serializers.ModelSerializer):
    class Meta:
        model = Receipt
        fields = ["id", "version", "issued_at", "sha256", "files", "content", "pdf_sha256"]


class OrderSerializer(Labelled):
    """A standing order: `reason` says why nothing was submitted, or why later edits were not."""

    given_by = serializers.CharField(source="given_by.name", read_only=True)
    version = Whole(source="receipt.version", read_only=True, default=None, allow_null=True)

    class Meta:
        model = StandingOrder
        fields = ["status", "given_by", "given_at", "tried_at", "version", "reason"]


class LeftSerializer(serializers.Serializer):
    part = serializers.CharField()
    what = serializers.CharField()
    why = serializers.CharField()


class CopySerializer(serializers.ModelSerializer):
    """`parts`: into which something was copied; `left`: what was not copied, and why."""

    by = serializers.CharField(source="by.name", read_only=True)
    left = LeftSerializer(many=True)

    class Meta:
        model = Copy
        fields = ["id", "source", "by", "at", "parts", "left"]


class DraftPaperSerializer(Labelled):
    """`sha256` is of the content that was drawn, `pdf_sha256` of the paper; both empty until it is drawn."""

    asked_by = serializers.CharField(source="asked_by.name", read_only=True)

    class Meta:
        model = DraftPaper
        fields = ["id", "status", "asked_by", "asked_at", "drawn_at", "sha256", "pdf_sha256"]


class AttemptSerializer(Labelled):
    version = Whole(source="receipt.version", default=None, allow_null=True, help_text="Of the receipt it was given.")
    by = serializers.CharField(source="by.name")

    class Meta:
        model = Attempt
        fields = ["id", "arrived_at", "noted_at", "by", "door", "outcome", "reason", "version", "sha256", "answered_at"]


class CheckSerializer(Labelled):
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Check
        fields = ["id", "code", "kind", "criterion", "found", "passed_by_system", "passed", "status", "reason",
                  "decided_at", "stamp", "steps"]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_steps(self, check):
        return CHECK.names_now(self.context["request"].user, check)


class Common(Labelled):
    """What every reader of an application gets."""

    call = serializers.CharField(source="call.reference")
    applicant = serializers.CharField(source="applicant.name")
    member_state = serializers.CharField(source="applicant.member_state")
    content = serializers.SerializerMethodField()

    class Meta:
        model = Application
        fields = ["id", "reference", "call", "applicant", "member_state", "content"]

    @extend_schema_field(serializers.DictField())
    def get_content(self, application):
        return content_of(application)


class ForEvaluator(Common):
    """The proposal, nothing of how it is handled."""


class WithSteps(Common):
    steps = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_steps(self, application):
        return APPLICATION.names_now(self.context["request"].user, application)


class ForReader(WithSteps):
    """For the Commission and auditors: with its checks."""

    checks = serializers.SerializerMethodField()

    class Meta(Common.Meta):
        fields = [*Common.Meta.fields, "status", "submitted_at", "versions", "sent_hash", "stamp", "checks", "steps"]

    @extend_schema_field(CheckSerializer(many=True))
    def get_checks(self, application):
        rows = Check.objects.visible_to(self.context["request"].user).filter(application=application)
        return CheckSerializer(rows, many=True, context=self.context).data


class KeptChangeSerializer(serializers.ModelSerializer):
    by = serializers.CharField(source="by.name")

    class Meta:
        model = KeptChange
        fields = ["id", "part", "name", "row_name", "value", "against", "by", "at"]


class ForOwner(WithSteps):
    """For its owner: what is missing, which conditions are not met, what the status means; `as_typed` are answers that
    are not valid yet, `kept_changes` wait to be decided on the page."""

    kept_changes = KeptChangeSerializer(many=True)
    status = serializers.SerializerMethodField()
    status_label = serializers.SerializerMethodField()
    situation = serializers.SerializerMethodField()
    gaps = serializers.SerializerMethodField()
    warnings = serializers.SerializerMethodField()

    class Meta(Common.Meta):
        fields = [*Common.Meta.fields, "status", "status_label", "situation", "stamp", "edited_at", "submitted_at",
                  "versions", "sent_hash", "gaps", "warnings", "as_typed", "kept_changes", "steps"]  # fmt: skip

    @extend_schema_field(serializers.ChoiceField(OWN_CODES))
    def get_status(self, application):
        return status_for_owner(application)

    @extend_schema_field(serializers.CharField())
    def get_status_label(self, application):
        return situation_for_owner(application).label

    @extend_schema_field(serializers.CharField())
    def get_situation(self, application):
        return situation_for_owner(application).next

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_gaps(self, application):
        gaps = gaps_in(content_of(application), application.call) | typed_gaps(application)
        return {name: str(sentence) for name, sentence in gaps.items()}

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_warnings(self, application):
        found = warnings(case_of(content_of(application), application.call, at=clock.now()))
        return [f"{one.criterion} {one.found}" for one in found]
