"""What the API is told: what each act takes besides its row."""

from rest_framework import serializers

from accounts.languages import LANGUAGES
from core.api import StampField
from core.numbers import Moment, Number, Whole


class AssignmentSerializer(serializers.Serializer):
    told_apart_by = ("application", "evaluator")

    application = serializers.UUIDField()
    evaluator = serializers.UUIDField()
    due_at = Moment(required=False)


class TermsSerializer(serializers.Serializer):
    """On what terms a distribution is proposed; see the page of the same name."""

    call = serializers.UUIDField()
    wanted = Whole(min_value=1, max_value=20)
    limit = Whole(min_value=1, required=False, allow_null=True, default=None)
    apart = serializers.BooleanField(required=False, default=False)
    officers = serializers.BooleanField(required=False, default=False)
    languages = serializers.ListField(child=serializers.ChoiceField([*LANGUAGES]), required=False, default=list)
    seed = Whole(min_value=0, max_value=999_999, required=False, default=0)


class RapporteurTermsSerializer(serializers.Serializer):
    """On what terms rapporteurs are proposed; see the page of the same name."""

    call = serializers.UUIDField()
    limit = Whole(min_value=1, required=False, allow_null=True, default=None)
    seed = Whole(min_value=0, max_value=999_999, required=False, default=0)


class AssignmentsFileSerializer(serializers.Serializer):
    """CSV or XLSX with the heads “application” (its number) and “evaluator” (e-mail address)."""

    call = serializers.UUIDField()
    file = serializers.FileField()


class ConfirmationSerializer(serializers.Serializer):
    due_at = Moment(required=False, default=None, allow_null=True)
    stamp = StampField()


class ConflictSerializer(serializers.Serializer):
    application = serializers.UUIDField()
    reason = serializers.CharField(max_length=4000)


class GivenScoreSerializer(serializers.Serializer):
    told_apart_by = ("criterion",)

    criterion = serializers.CharField(max_length=10)
    points = Number(max_digits=6, decimal_places=2, required=False, allow_null=True)
    comment = serializers.CharField(required=False, allow_blank=True, max_length=4000)


class GivenAgreedScoreSerializer(GivenScoreSerializer):
    deviation = serializers.CharField(required=False, allow_blank=True, max_length=4000)


class ScoringSerializer(serializers.Serializer):
    """Complete or not; `stamp` is that of the assessment as it was read, and an older one is refused."""

    scores = GivenScoreSerializer(many=True, default=list)
    remark = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    stamp = StampField(wanted=True)

    @property
    def details(self):
        data = self.validated_data
        given = {one["criterion"]: {k: v for k, v in one.items() if k != "criterion"} for one in data["scores"]}
        return {"scores": given, "remark": data.get("remark"), "base": data.get("stamp")}


class AgreeingSerializer(ScoringSerializer):
    scores = GivenAgreedScoreSerializer(many=True, default=list)


class RapporteurSerializer(serializers.Serializer):
    application = serializers.UUIDField()
    rapporteur = serializers.UUIDField()


class HandingOnSerializer(serializers.Serializer):
    rapporteur = serializers.UUIDField()
    reason = serializers.CharField(max_length=4000)
    stamp = StampField(wanted=True)


class PassingOverSerializer(serializers.Serializer):
    """Whose approval is missing; `opinion` is what that evaluator holds against the report, if anything."""

    evaluator = serializers.UUIDField()
    reason = serializers.CharField(max_length=4000)
    opinion = serializers.CharField(max_length=4000, required=False, allow_blank=True, default="")
    stamp = StampField(wanted=True)


class BarSerializer(ConflictSerializer):
    person = serializers.UUIDField()


class AppointmentToCommitteeSerializer(serializers.Serializer):
    call = serializers.UUIDField()
    member = serializers.UUIDField()
    under_authorising_officer = serializers.BooleanField()


class TieSerializer(serializers.Serializer):
    """`order`: the applications of one open tie, the committee's first first."""

    order = serializers.ListField(child=serializers.UUIDField(), min_length=2)
    reason = serializers.CharField(max_length=4000)
    stamp = StampField()


class SignatureSerializer(serializers.Serializer):
    """The hash of the list that was read: another list is not signed."""

    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$")


class DrawingSerializer(serializers.Serializer):
    call = serializers.UUIDField()


def given(serializer_class, request):
    serializer = serializer_class(data=request.data)
    serializer.is_valid(raise_exception=True)
    return serializer
