"""What a list rests on, read without its long texts."""

from decimal import Decimal

from evaluation.models import Assessment, Consensus, Score
from evaluation.ranking.terms import MEASURES
from evaluation.sureness.matrix import Factor, Given, Judged, Proposal
from programmes.ties import announced


def judged_for(user, ranked_list):
    """The list as it stands, and the signed assessments that this person sees of the rounds it rests on."""
    call = ranked_list.call
    criteria = factors_of(call)
    codes = [one.code for one in criteria]
    proposals = proposals_of(ranked_list, codes)
    return Judged(
        criteria=criteria,
        tie_break=tuple(rule for rule in announced(call) if rule in codes or rule in MEASURES),
        overall=call.overall_threshold,
        budget=ranked_list.budget,
        proposals=proposals,
        given=tuple(given_of(user, ranked_list, codes, {one.key: line for line, one in enumerate(proposals)})),
    )


def factors_of(call):
    names = ("code", "title", "maximum", "step", "weight", "threshold")
    return tuple(Factor(**{name: getattr(one, name) for name in names}) for one in call.criteria.all())


def proposals_of(ranked_list, codes):
    topics, last = topics_of(ranked_list), len(ranked_list.call.topic_order)
    rows = ranked_list.entries.order_by("position").values_list(
        "application", "application__reference", "rank", "place", "points", "contribution", "application__submitted_at"
    )
    return tuple(
        Proposal(
            str(pk), number, rank, place == "MAIN", tuple(Decimal(points[code]) for code in codes), contribution, at,
            topics.get(pk, last),
        )
        for pk, number, rank, place, points, contribution, at in rows
    )  # fmt: skip


def topics_of(ranked_list):
    """{application: the place of its most wanted action type in the order of the call}"""
    order = {code: place for place, code in enumerate(ranked_list.call.topic_order)}
    rows = ranked_list.entries.filter(application__actions__code__in=order)
    found = {}
    for pk, code in rows.values_list("application", "application__actions__code"):
        found[pk] = min(order[code], found.get(pk, len(order)))
    return found


def given_of(user, ranked_list, codes, lines):
    """By proposal, then by evaluator."""
    people = dict(assessments_of(user, ranked_list))
    points = {pk: {} for pk in people}
    rows = Score.objects.filter(assessment__in=list(people), criterion__call=ranked_list.call)
    for pk, code, number in rows.values_list("assessment", "criterion__code", "points"):
        points[pk][code] = number
    found = [
        Given(lines[str(application)], str(evaluator), name, tuple(points[pk][code] for code in codes), at)
        for pk, (application, evaluator, name, at) in people.items()
        if str(application) in lines
    ]
    return sorted(found, key=lambda one: (one.line, one.name, one.evaluator))


def assessments_of(user, ranked_list):
    """(id, (application, evaluator, name, moment)) of the signed ones beside the report in force when it was drawn."""
    reports = Consensus.objects.of_call(ranked_list.call).in_force(until=ranked_list.round)
    rounds = dict(reports.values_list("application", "round"))
    rows = Assessment.objects.visible_to(user).of_call(ranked_list.call).signed()
    for pk, application, round, evaluator, name, at in rows.values_list(
        "pk", "application", "round", "evaluator", "evaluator__name", "signed_at"
    ):
        if rounds.get(application) == round:
            yield pk, (application, evaluator, name, at)
