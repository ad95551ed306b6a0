"""The proposal as it was made before, one by one, then handing over: the yardstick of the flow."""


def greedy(applications, evaluators, *, wanted, present, barred):
    """Pairs to add so that each application gets `wanted` evaluators, the load as even as the conflicts allow.

    `present` and `barred` are sets of (application, evaluator): already assigned, and never to be assigned.
    """
    load = {one: sum(1 for _a, evaluator in present if evaluator == one) for one in evaluators}
    free = {one: [e for e in evaluators if (one, e) not in present and (one, e) not in barred] for one in applications}
    pairs = []
    # whoever has least choice chooses first
    for application in sorted(applications, key=lambda one: (len(free[one]), applications.index(one))):
        missing = wanted - sum(1 for a, _e in present if a == application)
        chosen = sorted(free[application], key=lambda e: (load[e], evaluators.index(e)))[: max(missing, 0)]
        pairs += [(application, evaluator) for evaluator in chosen]
        for evaluator in chosen:
            load[evaluator] += 1
    return sorted(evened(pairs, free, load), key=lambda pair: (applications.index(pair[0]), evaluators.index(pair[1])))


def evened(pairs, free, load):
    """Hand over from whoever has most to whoever has at least two less, until nobody can."""
    pairs = list(pairs)
    while step := handing_over(pairs, free, load):
        (application, giver), taker = step
        pairs[pairs.index((application, giver))] = (application, taker)
        load[giver] -= 1
        load[taker] += 1
    return pairs


def handing_over(pairs, free, load):
    taken = set(pairs)
    for application, giver in sorted(pairs, key=lambda pair: -load[pair[1]]):
        for taker in free[application]:
            if load[taker] <= load[giver] - 2 and (application, taker) not in taken:
                return (application, giver), taker
    return None
