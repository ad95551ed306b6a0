"""Refusals: each is a sentence for the person, a status for the machine, and nothing has changed."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """The act was not done. `sentence` says why and what to do; `gaps` names fields."""

    status = 400

    def __init__(self, sentence, gaps=None):
        super().__init__(str(sentence))
        self.sentence = sentence
        self.gaps = gaps or {}

    @property
    def in_short(self):
        """One sentence where there is room for one: the first gap says more than the sentence on top."""
        return str(next(iter(self.gaps.values()), self.sentence))


class NotAllowed(Refused):
    status = 403


class NotRecognised(NotAllowed):
    """The person may, but has to show first who it is: see core.recognition."""


class WrongState(Refused):
    status = 409


class TooMany(Refused):
    """Nothing is wrong with it, but enough of it is under way for this person. `retry_after`: seconds."""

    status = 429

    def __init__(self, sentence, gaps=None, retry_after=None):
        super().__init__(sentence, gaps)
        self.retry_after = retry_after


class Stale(WrongState):
    """What the actor saw is no longer so. `since` holds the records of what happened, `gaps` was and is by column."""

    def __init__(self, sentence, gaps=None, since=()):
        super().__init__(sentence, gaps)
        self.since = list(since)

    @property
    def in_short(self):
        """Who changed it and when; the gaps are the difference."""
        return str(self.sentence)


class Outdated(Stale):
    """As the sender asked: only if the row still has the version that was named."""

    status = 412


class Unbased(Refused):
    """It would write over what somebody else may have written, and does not say what it saw."""

    status = 428


class UnderWay(Refused):
    """The same request, with the same key, is being worked on; `retry_after` seconds."""

    status, retry_after = 409, 1


class AnsweredOnce(Refused):
    """It was done, with this key, and the answer is not kept."""

    status = 409


class OtherRequest(Refused):
    """The key came before, with something else."""

    status = 422


class Incomplete(Refused):
    """`gaps` is {field: sentence}; the sentence on top is made when none is given."""

    def __init__(self, gaps, sentence=None):
        super().__init__(sentence or _("Something is missing or wrong. Correct what is listed and try again."), gaps)


class Unknown(Incomplete):
    """What was asked of a list is not there: `gaps` names it."""
