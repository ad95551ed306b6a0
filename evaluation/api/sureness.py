"""How sure a ranked list is, for programs: the figures of the page, which are not the list and move nothing of it."""

from decimal import Decimal

from rest_framework import serializers

from core.numbers import Number, Whole
from evaluation.sureness import DRAWS, SEED, judged_for, looked_through


def figure(**said):
    return Number(max_digits=14, decimal_places=4, allow_null=True, **said)


class SpanSerializer(serializers.Serializer):
    """From the best to the worst rank; null: below a threshold."""

    best = Whole(allow_null=True)
    worst = Whole(allow_null=True)


class RanksSerializer(serializers.Serializer):
    """`rank` and `is_funded` are the list's; the spans are what could have been."""

    application = serializers.UUIDField()
    number = serializers.CharField()
    rank = Whole(allow_null=True)
    is_funded = serializers.BooleanField()
    without_one_evaluator = SpanSerializer()
    one_weight_moved = SpanSerializer()
    half_a_step_of_noise = SpanSerializer()
    funded_share = figure()


class HangingSerializer(serializers.Serializer):
    """The decision on `number` would be another without `evaluator`; or, where `of` is said, with that evaluator's
    points on `criterion` of that application `steps` higher or lower."""

    number = serializers.CharField()
    is_funded = serializers.BooleanField()
    evaluator = serializers.CharField()
    of = serializers.CharField(allow_null=True)
    criterion = serializers.CharField(allow_null=True)
    steps = Whole()


class SeveritySerializer(serializers.Serializer):
    evaluator = serializers.CharField()
    number = Whole()
    compared = Whole()
    difference = figure()
    error = figure()
    spread = figure()
    estimate = figure()
    low = figure()
    high = figure()


class DriftSerializer(serializers.Serializer):
    """The later half of the assessments, as they were signed, less the earlier half; null: too few to compare."""

    evaluator = serializers.CharField()
    early_number = Whole()
    late_number = Whole()
    early = figure()
    late = figure()
    change = figure()
    low = figure()
    high = figure()


class AgreementSerializer(serializers.Serializer):
    """Krippendorff's alpha; `criterion` null: of the totals."""

    criterion = serializers.CharField(allow_null=True)
    alpha = figure()
    low = figure()
    high = figure()
    proposals = Whole()
    scores = Whole()


class SurenessSerializer(serializers.Serializer):
    """Beside the ranked list, never in its place: `is_the_ranked_list` is false, always."""

    is_the_ranked_list = serializers.BooleanField()
    draws = Whole()
    seed = Whole()
    ranks = RanksSerializer(many=True)
    decisions = HangingSerializer(many=True)
    severity = SeveritySerializer(many=True)
    drift = DriftSerializer(many=True)
    agreement = AgreementSerializer(many=True)


def sureness_of(user, ranked_list):
    judged = judged_for(user, ranked_list)
    found = looked_through(judged)
    known = {one.evaluator: one.name for one in judged.given}
    names = [known[person] for person in found.people]
    codes = [*(one.code for one in judged.criteria), None]
    return {
        "is_the_ranked_list": False, "draws": DRAWS, "seed": SEED,
        "ranks": [ranks_of(one, found, line) for line, one in enumerate(judged.proposals)],
        "decisions": [hanging_of(one, judged, names) for one in found.hanging],
        "severity": [{**told(one), "evaluator": names[one.person]} for one in found.severities],
        "drift": [{**told(one), "evaluator": names[one.person]} for one in found.drifts],
        "agreement": [{**told(one), "criterion": code} for code, one in zip(codes, found.agreements, strict=True)],
    }  # fmt: skip


def ranks_of(proposal, found, line):
    spans = [span_of(span, line) for span in (found.evaluators, found.weights, found.noise)]
    kinds = ("without_one_evaluator", "one_weight_moved", "half_a_step_of_noise")
    return {
        "application": proposal.key, "number": proposal.number, "rank": proposal.rank,
        "is_funded": proposal.is_funded, **dict(zip(kinds, spans, strict=True)),
        "funded_share": exact(float(found.share[line])),
    }  # fmt: skip


def span_of(span, line):
    """Who has no rank stands one below all there are."""
    best, worst = int(span.best[line]), int(span.worst[line])
    return {"best": ranked(best, span), "worst": ranked(worst, span)}


def ranked(rank, span):
    return rank if rank <= len(span.best) else None


def hanging_of(one, judged, names):
    is_alone = one.of is None
    return {
        "number": judged.proposals[one.line].number, "is_funded": one.is_funded, "evaluator": names[one.person],
        "of": None if is_alone else judged.proposals[one.of].number,
        "criterion": None if is_alone else judged.criteria[one.criterion].code, "steps": one.steps,
    }  # fmt: skip


def told(row):
    return {name: exact(value) for name, value in vars(row).items()}


def exact(value):
    return Decimal(f"{value:.4f}") if isinstance(value, float) else value
