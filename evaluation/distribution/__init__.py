"""Who could assess what: an even, repeatable proposal that an officer looks at before anything is assigned. Pure."""

from random import Random

from evaluation.distribution.exchange import exchange
from evaluation.distribution.flow import ENDLESS, Flow, Proposal, Short, Wish

__all__ = ["ENDLESS", "Proposal", "Short", "Wish", "distribute", "propose"]


def propose(applications, evaluators, *, wanted, present, barred):
    """Pairs to add so that each application gets `wanted` evaluators, the load as even as the conflicts allow.

    `present` and `barred` are sets of (application, evaluator): already assigned, and never to be assigned.
    """
    return distribute(applications, evaluators, Wish(wanted), present=present, barred=barred).pairs


def distribute(applications, evaluators, wish, *, present, barred):
    """The Proposal for this wish; see `propose`. What is present stays."""
    order = list(evaluators)
    Random(wish.seed).shuffle(order)  # noqa: S311  # nosec B311 - a lot that anybody can draw again
    flow = Flow(applications, order, wish, present=present, barred=barred)
    flow.fill()
    exchange(flow)
    return flow.proposal(applications, evaluators)
