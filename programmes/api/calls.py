"""Funds and calls through the API: the same lists, the same acts, the same sentences as the pages."""

from decimal import Decimal

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.response import Response

from accounts.roles import is_commission
from core.api import Labelled, Open, StampField, VisibleViewSet, key_of
from core.bodies import faults_in, refuse
from core.errors import Incomplete
from core.numbers import Number
from programmes import actions
from programmes import allocation as key
from programmes.api.questions import AskedAndFollowed
from programmes.defaults import first_values
from programmes.lists import CallList, FundList
from programmes.models import Allocation, Call, Corrigendum, Criterion, Fund, Passage
from programmes.states import CALL

FORM = (
    "The form of the call: {“part”: name}, in their order. “attachments” may have “pages”, {kind of document: most "
    "pages of all its files together}. The part “questions” also has “questions”, each {“kind”: "
    "TEXT, NUMBER, DATE, CHOICE or YES_NO, “question”, “help”, “required”, “only_if”: none or {“question”: the number "
    "of an earlier one, “is”: its answer}}, a TEXT with “longest”, a NUMBER with “unit”, “lowest”, “highest”, "
    "“decimals”, a CHOICE with “options”; whatever is left out is as on a new block of the page."
)
AMOUNT = {"max_digits": 18, "decimal_places": 2}


class PassageSerializer(serializers.ModelSerializer):
    kind = serializers.CharField(read_only=True)

    class Meta:
        model = Passage
        fields = ["kind", "code", "title", "text", "source"]


class AllocationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Allocation
        fields = ["member_state", "amount", "inputs"]


class FundSerializer(serializers.ModelSerializer):
    passages = PassageSerializer(many=True, read_only=True)
    allocations = AllocationSerializer(many=True, read_only=True)

    class Meta:
        model = Fund
        fields = [
            "id", "code", "name", "short_name", "period", "is_closed", "general_objective", "envelope", "rates",
            "retention", "legal", "sheet", "passages", "allocations",
        ]  # fmt: skip


class WhatIfSerializer(serializers.Serializer):
    """One Member State and the inputs that would be different."""

    member_state = serializers.CharField(max_length=2)
    inputs = serializers.DictField(child=Number(max_digits=16, decimal_places=2), default=dict)


class EffectSerializer(serializers.Serializer):
    member_state = serializers.CharField(source="code")
    before = Number(**AMOUNT)
    after = Number(**AMOUNT)
    difference = Number(**AMOUNT)


class CriterionSerializer(serializers.ModelSerializer):
    told_apart_by = ("code",)

    class Meta:
        model = Criterion
        fields = ["code", "title", "question", "maximum", "step", "weight", "threshold"]

    def validate(self, given):
        """A criterion is given whole, also where only a part of its call is."""
        missing = [name for name in ("code", "title", "maximum") if name not in given]
        if missing:
            raise serializers.ValidationError(dict.fromkeys(missing, _("Give an answer here.")))
        return given


class CorrigendumSerializer(serializers.ModelSerializer):
    reopens = serializers.BooleanField(read_only=True, help_text="Published after closing: it opened the call again.")

    class Meta:
        model = Corrigendum
        fields = ["number", "published_at", "reason", "changes", "reopens"]


class CallSerializer(Labelled):
    """A call as everybody reads it; `steps` are the ones open to the reader."""

    fund = serializers.SlugRelatedField("code", read_only=True)
    criteria = CriterionSerializer(many=True, read_only=True)
    corrigenda = CorrigendumSerializer(many=True, read_only=True, source="published_corrigenda")
    proposed_corrigendum = serializers.SerializerMethodField()
    objectives = serializers.SlugRelatedField("code", many=True, read_only=True)
    actions = serializers.SlugRelatedField("code", many=True, read_only=True)
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Call
        exclude = ["prepared_by", "correction_by"]

    @extend_schema_field(CorrigendumSerializer(allow_null=True))
    def get_proposed_corrigendum(self, call):
        """For the Commission alone, until a second person has published it."""
        waiting = call.corrigenda.waiting().first() if is_commission(self.context["request"].user) else None
        return waiting and CorrigendumSerializer(waiting).data

    def get_steps(self, call) -> list[str]:
        user = self.context["request"].user
        return CALL.names_now(user, call) if user.is_authenticated else []


class CallValues(serializers.ModelSerializer):
    """What an officer says of a draft: whatever is left out stays. Lists of codes, criteria in their order."""

    objectives = serializers.ListField(child=serializers.CharField(max_length=10), required=False)
    actions = serializers.ListField(child=serializers.CharField(max_length=10), required=False)
    criteria = CriterionSerializer(many=True, required=False)
    parts = serializers.ListField(child=serializers.DictField(), required=False, help_text=FORM)
    stamp = StampField(wanted=True)

    LISTS = ("objectives", "actions", "criteria")

    class Meta:
        model = Call
        fields = [
            "reference", "title", "topic", "budget", "opens_at", "closes_at", "questions_close_at", "inform_by",
            "contact", "eligible_states",
            "min_partners", "min_states", "min_contribution", "max_contribution", "max_rate", "indirect_rate",
            "max_months", "required_attachments", "parts", "overall_threshold", "tie_break", "topic_order",
            "evaluators_wanted", "has_reserve", "reserve_until", "same_state_conflicts", "read_after_days",
            "redress_days", "objectives",
            "actions", "criteria", "stamp",
        ]  # fmt: skip
        extra_kwargs = {"reference": {"validators": []}}  # the act says it in its own sentence

    def values(self):
        """Fields of the call itself."""
        return {name: value for name, value in self.validated_data.items() if name not in {*self.LISTS, "stamp"}}

    def lists(self, fund):
        """Objectives and actions as passages of the fund; criteria as they are."""
        given = {name: self.validated_data[name] for name in self.LISTS if name in self.validated_data}
        for name, kind in (("objectives", "SO"), ("actions", "ACTION")):
            if name in given:
                given[name] = passages_of(fund, kind, name, given[name])
        return given


class NewCall(CallValues):
    """A new draft: the fund decides what it starts from."""

    fund = serializers.SlugRelatedField("code", queryset=Fund.objects.all())

    class Meta(CallValues.Meta):
        fields = ["fund", *(name for name in CallValues.Meta.fields if name != "stamp")]

    def values(self):
        given = {name: value for name, value in super().values().items() if name != "fund"}
        return {**first_values(self.validated_data["fund"]), **given}


class CorrectedValues(CallValues):
    """Of a published call."""

    class Meta(CallValues.Meta):
        fields = [name for name in CallValues.Meta.fields if name not in {*CallValues.LISTS, "stamp"}]


class CorrigendumValues(serializers.Serializer):
    """What changes of a published call, and why."""

    reason = serializers.CharField()
    values = serializers.DictField(help_text="Fields of the call and what they become.")
    stamp = StampField(wanted=True)


def passages_of(fund, kind, name, codes):
    found = {one.code: one for one in fund.passages.filter(kind=kind, code__in=codes)}
    unknown = sorted(set(codes) - found.keys())
    if unknown:
        raise Incomplete({name: _("The programme has none with these codes: %s.") % ", ".join(unknown)})
    return list(found.values())


class FundViewSet(Open, VisibleViewSet):
    queryset = Fund.objects.prefetch_related("passages", "allocations")
    serializer_class = FundSerializer
    row_list = FundList
    lookup_field = "code"
    lookup_value_regex = "[a-z0-9-]+"

    take_step = None  # a fund has no life of its own here: it is loaded from its file

    @extend_schema(request=WhatIfSerializer, responses={200: EffectSerializer(many=True)})
    @action(detail=True, methods=["post"])
    def what_if(self, request, code):
        """What every Member State would get if some inputs were different. Nothing is saved."""
        given = WhatIfSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        effects = effects_of(self.get_object(), **given.validated_data)
        return Response(EffectSerializer(effects, many=True).data)


def effects_of(fund, *, member_state, inputs):
    known = {one.member_state: key.Inputs.of(one.inputs) for one in fund.allocations.all() if one.inputs}
    told = fund.sheet.get("allocation_key")
    if not told:
        raise Incomplete({}, _("The law of this programme gives no key to compute with."))
    unknown = sorted(inputs.keys() - set(key.INPUT_NAMES))
    if unknown:
        raise Incomplete({name: _("The key knows no such figure.") for name in unknown})
    try:
        return key.effect_of(
            known, {member_state: inputs}, total=Decimal(told["total"]),
            shares={name: Decimal(value) for name, value in told["shares"].items()},
        )  # fmt: skip
    except ValueError as problem:
        raise Incomplete({"inputs": str(problem)}) from problem


class CallViewSet(AskedAndFollowed, Open, VisibleViewSet):
    queryset = Call.objects.select_related("fund").prefetch_related("criteria", "corrigenda", "objectives", "actions")
    serializer_class = CallSerializer
    workflow = CALL
    row_list = CallList

    def answer(self, call, code=status.HTTP_200_OK):
        return Response(CallSerializer(self.again(call), context=self.get_serializer_context()).data, status=code)

    @extend_schema(request=NewCall, responses={201: CallSerializer})
    def create(self, request):
        """Prepare a call."""
        given = NewCall(data=request.data)
        CALL.may_open("prepare", Call(), by=request.user)
        given.is_valid(raise_exception=True)
        fund = given.validated_data["fund"]
        said = {"values": given.values(), **given.lists(fund)}
        call = actions.prepare_call(Call(fund=fund), by=request.user, key=key_of(request), **said)
        return self.answer(call, status.HTTP_201_CREATED)

    @extend_schema(request=CallValues(partial=True), responses={200: CallSerializer})
    def partial_update(self, request, pk):
        """Edit a draft: what is left out stays; `stamp` is what you read before, an older one is refused."""
        call = self.get_object()
        given = CallValues(data=request.data, partial=True)
        CALL.may_open("edit", call, by=request.user)
        given.is_valid(raise_exception=True)
        stamp = given.validated_data.get("stamp")
        return self.answer(
            actions.edit_call(call, by=request.user, values=given.values(), base=stamp, **given.lists(call.fund))
        )

    @extend_schema(request=CorrigendumValues, responses={200: CallSerializer})
    @action(detail=True, methods=["post"])
    def correct(self, request, pk):
        """Propose a corrigendum: `steps/publish_correction`, taken by another person, publishes it."""
        call = self.get_object()
        given = CorrigendumValues(data=request.data)
        given.is_valid(raise_exception=True)
        changes = CorrectedValues(data=given.validated_data["values"], partial=True)
        refuse(faults_in(changes, given.validated_data["values"], place="values."))
        changes.is_valid(raise_exception=True)
        reason = given.validated_data["reason"]
        base = given.validated_data.get("stamp")
        return self.answer(
            actions.propose_corrigendum(call, by=request.user, values=changes.values(), reason=reason, base=base)
        )
