"""Scenarios through the API: saved by the same act as on the page, read by the same people, and never a ranked list."""

from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from core.api import Labelled, VisibleViewSet, key_of
from core.errors import Incomplete
from core.found import row_or_404, visible_or_404
from core.numbers import Number, Whole
from evaluation import actions
from evaluation.actions.scenarios import Named, Supposing
from evaluation.api.reading import StepsMixin
from evaluation.api.sending import given
from evaluation.forms import SupposingForm
from evaluation.lists import ScenarioList
from evaluation.models import RankedList, Scenario
from evaluation.states import SCENARIO

DECIMAL = {"max_digits": 14, "decimal_places": 2, "min_value": Decimal(0)}


class SupposedTermsSerializer(serializers.Serializer):
    """Amounts and points as text. `part_from` null: no partial funding."""

    weights = serializers.DictField(child=serializers.CharField())
    thresholds = serializers.DictField(child=serializers.CharField(allow_null=True))
    tie_break = serializers.ListField(child=serializers.CharField())
    overall = serializers.CharField()
    budget = serializers.CharField()
    left_out = serializers.ListField(child=serializers.UUIDField())
    part_from = serializers.CharField(allow_null=True)


class ScenarioSerializer(StepsMixin, Labelled):
    """What was supposed of one version of a ranked list. What comes of it is at `outcome/`: it is not the list."""

    workflow = SCENARIO
    call = serializers.CharField(source="call.reference", read_only=True)
    made_by = serializers.CharField(source="made_by.name", read_only=True)
    is_current = serializers.BooleanField(read_only=True, help_text="Whether its ranked list is the one that counts.")
    terms = SupposedTermsSerializer(read_only=True)

    class Meta:
        model = Scenario
        fields = [
            "id", "ranked_list", "is_current", "call", "name", "note", "status", "terms", "sha256", "follows",
            "made_by", "made_at", "stamp", "steps",
        ]  # fmt: skip


class SupposingSerializer(serializers.Serializer):
    """Of what list, under what name, and what is supposed; of a criterion that is not named, what was announced."""

    ranked_list = serializers.UUIDField()
    name = serializers.CharField(max_length=80)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    weights = serializers.DictField(child=Number(**DECIMAL), required=False, default=dict)
    thresholds = serializers.DictField(child=Number(**DECIMAL, allow_null=True), required=False, default=dict)
    tie_break = serializers.ListField(child=serializers.CharField(max_length=20), required=False, max_length=20)
    overall = Number(**DECIMAL, required=False)
    budget = Number(**DECIMAL, required=False)
    left_out = serializers.ListField(child=serializers.UUIDField(), required=False, default=list, max_length=1000)
    is_partial = serializers.BooleanField(required=False, default=False)
    follows = serializers.UUIDField(required=False, allow_null=True, default=None)


class BesideSerializer(serializers.Serializer):
    """`rank` and `is_funded` are the ranked list's, which alone counts; the rest is supposed."""

    application = serializers.UUIDField()
    number = serializers.CharField()
    rank = Whole(allow_null=True)
    is_funded = serializers.BooleanField()
    supposed_rank = Whole(allow_null=True)
    supposed_funded = serializers.BooleanField()
    supposed_in_part = serializers.BooleanField()
    supposed_amount = Number(max_digits=14, decimal_places=2)
    supposed_total = Number(max_digits=14, decimal_places=4)
    is_moved = serializers.BooleanField()


class OutcomeSerializer(serializers.Serializer):
    """`is_the_ranked_list` is false, always; `is_same`: whether its author saw this very outcome."""

    is_the_ranked_list = serializers.BooleanField()
    sha256 = serializers.CharField()
    is_same = serializers.BooleanField()
    applications = BesideSerializer(many=True)


class ScenarioViewSet(VisibleViewSet):
    queryset = Scenario.objects.with_names()
    serializer_class = ScenarioSerializer
    workflow = SCENARIO
    row_list = ScenarioList

    @extend_schema(request=SupposingSerializer, responses={201: ScenarioSerializer})
    def create(self, request):
        """Save what is supposed of a ranked list that stands. The list is as it was."""
        said = given(SupposingSerializer, request).validated_data
        ranked_list = row_or_404(RankedList.objects.looked_through_by(request.user), pk=said["ranked_list"])
        follows = said["follows"] and visible_or_404(Scenario, request.user, said["follows"])
        supposing = Supposing(request.user, ranked_list)
        row = actions.save_scenario(
            supposing, supposed_of(supposing, said), by=request.user, named=Named(said["name"], said["note"]),
            follows=follows or None, key=key_of(request),
        )  # fmt: skip
        return Response(self.get_serializer(self.again(row)).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={200: OutcomeSerializer})
    @action(detail=True, methods=["get"])
    def outcome(self, request, pk):
        """What comes of it, computed now, beside the ranked list in the list's order."""
        row = self.get_object()
        supposing = Supposing(request.user, row.ranked_list)
        entries = supposing.outcome_of(row)
        digest = supposing.digest(entries)
        return Response(OutcomeSerializer({
            "is_the_ranked_list": False, "sha256": digest, "is_same": digest == row.sha256,
            "applications": sorted_rows(supposing.judged, entries),
        }).data)  # fmt: skip


def supposed_of(supposing, said):
    """By the form of the page, so that both doors refuse the same with the same words."""
    least = supposing.ranked_list.call.min_contribution or Decimal(0)
    options = {"judged": supposing.judged, "terms": supposing.terms, "least": least}
    form = SupposingForm(as_typed(said, SupposingForm(None, **options).initial), **options)
    if not form.is_valid():
        raise Incomplete({name: " ".join(errors) for name, errors in form.errors.items()})
    return form.supposed()


def as_typed(said, announced):
    typed = QueryDict(mutable=True)
    typed.update({name: "" if value is None else str(value) for name, value in announced.items()})
    for kind, values in (("weight", said["weights"]), ("least", said["thresholds"])):
        for code, value in values.items():
            typed[known(f"{kind}_{code}", announced)] = "" if value is None else str(value)
    for name in ("overall", "budget"):
        if name in said:
            typed[name] = str(said[name])
    if "tie_break" in said:
        typed["ties"] = ", ".join(said["tie_break"])
    typed.setlist("left_out", [str(one) for one in said["left_out"]])
    if said["is_partial"]:
        typed["is_partial"] = "on"
    return typed


def known(name, announced):
    """The field of the form for a criterion; what none is called is refused, not left out."""
    if name not in announced:
        raise Incomplete({"terms": _("No criterion of this call is called %(code)s.") % {"code": name.partition("_")[2]}})  # fmt: skip  # noqa: E501
    return name


def sorted_rows(judged, entries):
    return [beside_row(judged.proposals[one.line], one) for one in sorted(entries, key=lambda one: one.line)]


def beside_row(proposal, one):
    return {
        "application": proposal.key, "number": proposal.number, "rank": proposal.rank,
        "is_funded": proposal.is_funded, "supposed_rank": one.rank, "supposed_funded": one.is_funded,
        "supposed_in_part": one.is_part, "supposed_amount": one.amount, "supposed_total": one.total,
        "is_moved": one.moved(proposal),
    }  # fmt: skip
