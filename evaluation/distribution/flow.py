"""A flow of least cost: each application sends one unit for each evaluator it still wants, an evaluator's next
assessment costs as much as that evaluator has already.

Units go one by one along the cheapest path on which earlier ones may give way, so that at the end nobody can be served
in addition, and no other way to serve as many is more even. Sets of evaluators are bits of whole numbers: 2,000
applications and 300 evaluators are a matter of seconds.
"""

from collections import Counter
from dataclasses import dataclass, field

ENDLESS = 10**9  # assessments: no limit


@dataclass(frozen=True)
class Wish:
    """`wanted` evaluators for each application; `limit`: the most assessments of one evaluator, those at hand counted.

    `limits` are evaluators' own, {evaluator: the most}; `houses` is {evaluator: house}, where two of one house may not
    assess one application; `fits` is {application: {evaluator: how well}}: it decides between ways that are as even,
    and `seed` between equals.
    """

    wanted: int
    limit: int = ENDLESS
    limits: dict = field(default_factory=dict)
    houses: dict = field(default_factory=dict)
    fits: dict = field(default_factory=dict)
    seed: int = 0

    def limit_of(self, evaluator):
        return min(self.limit, self.limits.get(evaluator, ENDLESS))

    def fit(self, application, evaluator):
        return self.fits.get(application, {}).get(evaluator, 0)


@dataclass(frozen=True)
class Short:
    """Why an application lacks `missing` evaluators: how many are `barred`, `full` or of a house that sits already."""

    missing: int
    barred: int
    full: int
    housed: int


@dataclass(frozen=True)
class Proposal:
    """`pairs` to add, `load` of each evaluator afterwards, `free` of each application: how many nothing bars from it,
    `short`: the applications that still lack evaluators, {application: Short}."""

    pairs: list
    load: dict
    free: dict
    short: dict


def bits(mask):
    """The places of the bits of a whole number, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def mask_of(places):
    mask = 0
    for place in places:
        mask |= 1 << place
    return mask


class Levels:
    """Evaluators by a number each, which never sinks: one mask for each number that somebody has."""

    def __init__(self, numbers):
        self.numbers, self.masks = list(numbers), {}
        for place, number in enumerate(self.numbers):
            self.masks[number] = self.masks.get(number, 0) | 1 << place

    def raise_to(self, place, number):
        was, bit = self.numbers[place], 1 << place
        self.masks[was] ^= bit
        if not self.masks[was]:
            del self.masks[was]
        self.masks[number] = self.masks.get(number, 0) | bit
        self.numbers[place] = number

    def lowest_of(self, mask, below=ENDLESS):
        """(number, mask of those that have it) of the lowest in `mask`; (ENDLESS, 0) when none is below."""
        for number in sorted(self.masks):
            if number >= below:
                break
            if found := mask & self.masks[number]:
                return number, found
        return ENDLESS, 0


class Flow:
    """Applications by themselves, evaluators by their place in `order`; `least` is a lower bound of the load that a
    path from an evaluator ends at: it never sinks, and tells a search early that it has found the best."""

    def __init__(self, applications, order, wish, *, present, barred):
        self.order, self.wish = order, wish
        self.places = {one: place for place, one in enumerate(order)}
        fixed, self.banned = (self.masks_by_application(applications, pairs) for pairs in (present, barred))
        houses = self.masks_of_houses()
        self.housemates = [houses.get(wish.houses.get(one), 1 << place) for one, place in self.places.items()]
        self.kin = dict.fromkeys(applications, 0)  # of the houses of those present
        for application, evaluator in present:
            if application in self.kin:
                self.kin[application] |= houses.get(wish.houses.get(evaluator), 0)
        everybody = (1 << len(order)) - 1
        self.allowed = {one: everybody & ~self.banned[one] & ~fixed[one] for one in applications}
        self.had = Counter(a for a, _e in present)
        self.placed = dict.fromkeys(applications, 0)
        self.given = [{} for _ in order]  # applications, as sets that keep their order: the same every time
        loads = Counter(evaluator for _a, evaluator in present)
        self.load, self.least = (Levels(loads[one] for one in order) for _ in range(2))
        self.full = mask_of(place for one, place in self.places.items() if loads[one] >= wish.limit_of(one))

    def masks_of_houses(self):
        houses = {}
        for one, place in self.places.items():
            if house := self.wish.houses.get(one):
                houses[house] = houses.get(house, 0) | 1 << place
        return houses

    def masks_by_application(self, applications, pairs):
        masks = dict.fromkeys(applications, 0)
        for application, evaluator in pairs:
            if application in masks and evaluator in self.places:
                masks[application] |= 1 << self.places[evaluator]
        return masks

    # filling

    def fill(self):
        """In turns: before anybody gets a second evaluator, everybody has had a try for the first."""
        by_choice = sorted(self.allowed, key=lambda one: self.allowed[one].bit_count())  # least choice first
        for turn in range(self.wish.wanted):
            for application in by_choice:
                if self.had[application] + self.placed[application].bit_count() == turn:
                    self.place(application)

    def place(self, application):
        """One more evaluator for this application; the others hand over along the path, if they must."""
        found, steps = self.search(application)
        if not found:
            return
        end = self.best_of(found, steps)
        self.load.raise_to(end, self.load.numbers[end] + 1)
        if self.load.numbers[end] >= self.wish.limit_of(self.order[end]):
            self.full |= 1 << end
        while end is not None:
            _new, holder, giver = next(step for step in steps if step[0] >> end & 1)
            self.placed[holder] |= 1 << end
            self.given[end][holder] = True
            if giver is not None:
                self.placed[holder] ^= 1 << giver
                del self.given[giver][holder]
            end = giver

    def best_of(self, found, steps):
        """The end that fits best whoever reaches it; the first one of equals."""
        if not self.wish.fits:
            return next(bits(found))
        ends = ((self.wish.fit(holder, self.order[end]), -end) for new, holder, _giver in steps
                for end in bits(new & found))  # fmt: skip
        return -max(ends)[1]

    def search(self, application):
        """(mask of the evaluators at the ends of the cheapest paths, the steps that lead there), each step (mask of
        evaluators, the application that reaches them, who gives it up)."""
        seen = self.options(application)
        steps = [(seen, application, None)]
        goal = self.least.lowest_of(seen)[0]
        best, found = self.load.lowest_of(seen & ~self.full)
        if best <= goal:
            return found, steps
        for new, _holder, _giver in steps:  # grows on the way
            for evaluator in bits(new):
                for held in self.given[evaluator]:
                    if not (fresh := self.options(held, without=evaluator) & ~seen):
                        continue
                    seen |= fresh
                    steps.append((fresh, held, evaluator))
                    load, lower = self.load.lowest_of(fresh & ~self.full, best)
                    if lower:
                        best, found = load, lower
                        if best <= goal:
                            return found, steps
        self.learn(seen, best)
        return found, steps

    def learn(self, reached, bound):
        """From none of these a path leads to less."""
        for one in bits(reached):
            if self.least.numbers[one] < bound:
                self.least.raise_to(one, bound)

    def options(self, application, without=None):
        """Who could take this application, besides or in the place of one who has it."""
        held = self.placed[application]
        closed = held | self.kin[application]
        if self.wish.houses:
            for one in bits(held & ~(0 if without is None else 1 << without)):
                closed |= self.housemates[one]
        return self.allowed[application] & ~closed

    # what comes of it

    def proposal(self, applications, evaluators):
        place = {one: number for number, one in enumerate(evaluators)}
        pairs = [
            (application, evaluator)
            for application in applications
            for evaluator in sorted((self.order[one] for one in bits(self.placed[application])), key=place.__getitem__)
        ]
        return Proposal(
            pairs,
            load={one: self.load.numbers[self.places[one]] for one in evaluators},
            free={one: self.allowed[one].bit_count() for one in applications},
            short={one: found for one in applications if (found := self.short(one))},
        )

    def short(self, application):
        held = self.placed[application]
        missing = self.wish.wanted - self.had[application] - held.bit_count()
        if missing <= 0:
            return None
        left = self.allowed[application] & ~held
        full = left & self.full
        housed = left & ~full & ~self.options(application)
        return Short(missing, self.banned[application].bit_count(), full.bit_count(), housed.bit_count())
