"""Letters are drawn from facts fixed when they were written: whatever format those have, the templates read the newest.

1: the first letters of the house; the facts name no format.
2: `format` itself, and `replaces` (reference, date, because) of a letter that takes the place of another.
3: `answer_by` of an offer from the reserve list.
4: `hearing`: the notice before an adverse decision and what came of it.
5: `is_described` of a grant: whether the call asked for the description of the action with the application.
"""


def from_first(facts):
    return from_second({**facts, "replaces": None})


def from_second(facts):
    return from_third({**facts, "answer_by": None})


def from_third(facts):
    return from_fourth({**facts, "hearing": None})


def from_fourth(facts):
    """Each call of that time was thought to ask for it, and each letter says so."""
    grant = facts["grant"]
    return {**facts, "grant": grant and {"is_described": True, **grant}}


def as_it_is(facts):
    return facts


READERS = {1: from_first, 2: from_second, 3: from_third, 4: from_fourth, 5: as_it_is}


def newest(facts):
    return READERS[facts.get("format", 1)](facts)
