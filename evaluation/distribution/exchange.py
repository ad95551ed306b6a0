"""Two evaluators hand over to each other where more of their expertise fits by it: the loads stay what they are."""

from heapq import nlargest

from evaluation.distribution.flow import bits

PASSES, TRIED = 5, 10  # over all applications; better ones for each place: at 2,000 x 300 a matter of seconds


def exchange(flow):
    """Each exchange raises what fits altogether, so a pass that finds none is the last one."""
    wanting = [application for application in flow.placed if flow.wish.fits.get(application)]
    for _pass in range(PASSES):
        if not sum(hand_over(flow, application) for application in wanting):
            return


def hand_over(flow, application):
    """Whether one of its evaluators was exchanged for one who fits better."""
    for giver in bits(flow.placed[application]):
        for taker in fitting_better(flow, application, giver):
            for other in flow.given[taker]:
                if gains(flow, application, giver, other, taker):
                    swap(flow, application, giver, other, taker)
                    return True
    return False


def fitting_better(flow, application, giver):
    """The best of those who could take the giver's place, best first; of equals the first one."""
    fits, now = flow.wish.fits[application], flow.wish.fit(application, flow.order[giver])
    free = flow.options(application, without=giver)
    better = ((fit, -flow.places[one]) for one, fit in fits.items() if fit > now and one in flow.places)
    return [-place for _fit, place in nlargest(TRIED, (one for one in better if free >> -one[1] & 1))]


def gains(flow, application, giver, other, taker):
    fit, (one, two) = flow.wish.fit, (flow.order[giver], flow.order[taker])
    more = fit(application, two) + fit(other, one) > fit(application, one) + fit(other, two)
    return more and bool(flow.options(other, without=taker) >> giver & 1)


def swap(flow, application, giver, other, taker):
    for held, out, into in ((application, giver, taker), (other, taker, giver)):
        flow.placed[held] ^= 1 << out | 1 << into
        del flow.given[out][held]
        flow.given[into][held] = True
