"""How applications look to machines: what comes in, and a form for each audience of what goes out."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.member_states import MEMBER_STATES
from accounts.models import Organisation
from applications.checks import case_of, warnings
from applications.completeness import gaps_in
from applications.content import content_of
from applications.models import Application, Attachment, BudgetLine, Check, Receipt
from applications.states import APPLICATION, CHECK
from applications.words import situation_for_owner, status_for_owner
from core import clock
from core.errors import Incomplete
from core.fields import CleanTextField

MONEY = {"max_digits": 14, "decimal_places": 2, "min_value": 0, "required": False, "allow_null": True}


def cleaned(serializer):
    """The cleaned values, or one refusal with a sentence for each field."""
    if not serializer.is_valid():
        raise Incomplete(dict(flat(serializer.errors)), _("Some of what you sent cannot be used; nothing was changed."))
    return serializer.validated_data


def flat(errors, place=""):
    """{“budget.lines.0.amount”: sentence} from errors nested like what was sent."""
    if isinstance(errors, dict):
        for name, inner in errors.items():
            yield from flat(inner, f"{place}.{name}" if place else str(name))
    elif errors and isinstance(errors[0], dict):
        for number, inner in enumerate(errors):
            yield from flat(inner, f"{place}.{number}")
    elif errors:
        yield place, " ".join(str(sentence) for sentence in errors)


class Words(serializers.CharField):
    """Text as the pages take it: one form of Unicode, nothing that cannot be printed."""

    def __init__(self, **options):
        super().__init__(**{"required": False, "allow_blank": True, **options})

    def to_internal_value(self, data):
        try:
            return CleanTextField(required=False).clean(super().to_internal_value(data))
        except ValidationError as error:
            raise serializers.ValidationError(error.messages) from error


# what comes in


class StartSerializer(serializers.Serializer):
    call = serializers.UUIDField()


class SubmitSerializer(serializers.Serializer):
    stamp = serializers.IntegerField(required=False, min_value=0)


class IdentitySerializer(serializers.Serializer):
    acronym = Words(max_length=10)
    title = Words(max_length=250)


class PartnerSerializer(serializers.Serializer):
    id = serializers.UUIDField(required=False)
    name = Words(max_length=250)
    country = serializers.ChoiceField(choices=list(MEMBER_STATES), required=False)
    kind = serializers.ChoiceField(choices=Organisation.Kind.choices, required=False)
    contact_name = Words(max_length=150)
    contact_email = serializers.EmailField(required=False, allow_blank=True)
    is_coordinator = serializers.BooleanField(required=False)


class WordsSerializer(serializers.Serializer):
    summary = Words()
    description = Words()
    objectives = serializers.ListField(child=Words(max_length=10), required=False)
    actions = serializers.ListField(child=Words(max_length=10), required=False)


class MilestoneSerializer(serializers.Serializer):
    title = Words(max_length=200, required=True, allow_blank=False)
    first_month = serializers.IntegerField(min_value=1, max_value=120)
    last_month = serializers.IntegerField(min_value=1, max_value=120)


class TimetableSerializer(serializers.Serializer):
    starts_on = serializers.DateField(required=False, allow_null=True)
    months = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=120)
    milestones = MilestoneSerializer(many=True, required=False)


class LineSerializer(serializers.Serializer):
    partner = serializers.UUIDField()
    category = serializers.ChoiceField(choices=BudgetLine.Category.choices)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=0)


class BudgetSerializer(serializers.Serializer):
    requested = serializers.DecimalField(**MONEY)
    own_resources = serializers.DecimalField(**MONEY)
    other_resources = serializers.DecimalField(**MONEY)
    lines = LineSerializer(many=True, required=False)


class SectionsSerializer(serializers.Serializer):
    """Give only the parts to be saved. Lists are whole: what is not in them is taken out."""

    stamp = serializers.IntegerField(required=False, min_value=0)
    identity = IdentitySerializer(required=False)
    partners = PartnerSerializer(many=True, required=False)
    content = WordsSerializer(required=False)
    timetable = TimetableSerializer(required=False)
    budget = BudgetSerializer(required=False)
    declarations = serializers.ListField(child=serializers.CharField(max_length=30), required=False)


class UploadSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Attachment.Kind.choices)
    file = serializers.FileField(allow_empty_file=True)


class ConditionSerializer(serializers.Serializer):
    criterion = Words(max_length=300, required=True)
    found = Words(max_length=500, required=True)


# what goes out


class ReceiptSerializer(serializers.ModelSerializer):
    class Meta:
        model = Receipt
        fields = ["id", "version", "issued_at", "sha256", "files", "content", "pdf_sha256"]


class CheckSerializer(serializers.ModelSerializer):
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Check
        fields = ["id", "code", "kind", "criterion", "found", "passed_by_system", "passed", "status", "reason",
                  "decided_at", "steps"]  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_steps(self, check):
        return [step.name for step in CHECK.buttons(self.context["request"].user, check)]


class Common(serializers.ModelSerializer):
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
        return [step.name for step in APPLICATION.buttons(self.context["request"].user, application)]


class ForReader(WithSteps):
    """For the Commission and auditors: with its checks."""

    checks = serializers.SerializerMethodField()

    class Meta(Common.Meta):
        fields = [*Common.Meta.fields, "status", "submitted_at", "versions", "sent_hash", "checks", "steps"]

    @extend_schema_field(CheckSerializer(many=True))
    def get_checks(self, application):
        rows = Check.objects.visible_to(self.context["request"].user).filter(application=application)
        return CheckSerializer(rows, many=True, context=self.context).data


class ForOwner(WithSteps):
    """For its owner: what is missing, which conditions are not met, what the status means."""

    status = serializers.SerializerMethodField()
    situation = serializers.SerializerMethodField()
    gaps = serializers.SerializerMethodField()
    warnings = serializers.SerializerMethodField()

    class Meta(Common.Meta):
        fields = [*Common.Meta.fields, "status", "situation", "stamp", "edited_at", "submitted_at", "versions",
                  "sent_hash", "gaps", "warnings", "steps"]  # fmt: skip

    @extend_schema_field(serializers.CharField())
    def get_status(self, application):
        return status_for_owner(application)

    @extend_schema_field(serializers.CharField())
    def get_situation(self, application):
        return situation_for_owner(application).next

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_gaps(self, application):
        return {name: str(sentence) for name, sentence in gaps_in(content_of(application), application.call).items()}

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_warnings(self, application):
        found = warnings(case_of(content_of(application), application.call, at=clock.now()))
        return [f"{one.criterion} {one.found}" for one in found]
