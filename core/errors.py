"""Refusals: each is a sentence for the person, a status for the machine, and nothing has changed."""

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """The act was not done. `sentence` says why and what to do; `gaps` names fields."""

    status = 400

    def __init__(self, sentence, gaps=None):
        super().__init__(str(sentence))
        self.sentence = sentence
        self.gaps = gaps or {}


class NotAllowed(Refused):
    status = 403


class WrongState(Refused):
    status = 409


class Incomplete(Refused):
    """`gaps` is {field: sentence}; the sentence on top is made when none is given."""

    def __init__(self, gaps, sentence=None):
        super().__init__(sentence or _("Something is missing or wrong. Correct what is listed and try again."), gaps)
