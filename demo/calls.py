"""Making a call from what its table says, by the acts of an officer."""

from decimal import Decimal

from accounts.member_states import MEMBER_STATES
from demo.moments import day_in, moment_in
from demo.people import officer
from programmes.actions import prepare_call, publish_call
from programmes.models import Call, Fund

OUTSIDE = {"DK", "UK"}
MONEY = ("budget", "min_contribution", "max_contribution", "max_rate", "overall_threshold")
PLAIN = ("reference", "title", "topic", "max_months", "required_attachments", "tie_break", "evaluators_wanted")


def prepare(said, *, day, at):
    fund = Fund.objects.get(code=said["fund"])
    return prepare_call(
        Call(fund=fund),
        by=officer(),
        at=at,
        values=values_of(said, day),
        objectives=chosen(fund, "SO", said["objectives"]),
        actions=chosen(fund, "ACTION", said["actions"]),
        criteria=[criterion(one) for one in said["criteria"]],
    )


def publish(said, *, day):
    at = moment_in(said, "published", day)
    return publish_call(prepare(said, day=day, at=at), by=officer(), at=at)


def values_of(said, day):
    return {
        **{name: said[name] for name in PLAIN},
        **{name: Decimal(said[name]) for name in MONEY},
        "opens_at": moment_in(said, "opens", day),
        "closes_at": moment_in(said, "closes", day),
        "inform_by": day_in(said, "inform_by", day) or day_in(said, "inform", day),
        "reserve_until": day_in(said, "reserve_until", day) or day_in(said, "reserve", day),
        "eligible_states": sorted(MEMBER_STATES.keys() - OUTSIDE),
    }


def chosen(fund, kind, codes):
    return list(fund.passages.filter(kind=kind, code__in=list(codes)))


def criterion(said):
    amounts = {name: Decimal(said[name]) for name in ("maximum", "weight", "threshold") if name in said}
    return {"code": said["code"], "title": said["title"], "question": said["question"], **amounts}
