"""The letters of one decision on their way out."""

from functools import cached_property

from django.urls import reverse

from awards.states import LetterPhase
from core.formats import brussels
from promises.models import Promise
from promises.states import PROMISE, PromisePhase


class Batch:
    """How many letters were drawn and sent, and which ones would not be."""

    def __init__(self, decision, user):
        self.decision, self.user = decision, user
        self.letters = list(decision.letters.visible_to(user).select_related("application"))

    @property
    def total(self):
        return len(self.letters)

    @cached_property
    def waiting(self):
        return [letter for letter in self.letters if letter.stands_in(LetterPhase.WAITING)]

    @property
    def done(self):
        return self.total - len(self.waiting)

    @property
    def url(self):
        return reverse("batch_progress", args=[self.decision.pk])

    @cached_property
    def promises(self):
        owed = Promise.objects.visible_to(self.user).about(*self.waiting)
        return list(owed.filter(kind="letter")) if self.waiting else []

    @property
    def failed(self):
        return [promise for promise in self.promises if promise.stands_in(PromisePhase.FAILED)]

    @property
    def failures(self):
        """(promise, steps, address) of each that gave up, for its “try again”."""
        return [
            (one, PROMISE.buttons(self.user, one), f"{reverse('promises')}{one.pk}/") for one in self.failed
        ]  # fmt: skip

    @property
    def retried(self):
        """Sentences on those that missed once and are tried again by themselves."""
        missed = [one for one in self.promises if one.last_error and not one.stands_in(PromisePhase.FAILED)]
        return [f"{one.subject_name}: {one.last_error} ({brussels(one.due_at)})" for one in missed]

    @property
    def is_finished(self):
        return self.done + len(self.failed) == self.total

    def as_json(self):
        return {
            "done": self.done,
            "total": self.total,
            "failed": len(self.failed),
            "finished": self.is_finished,
            "failures": [{"letter": one.subject_name, "error": one.last_error} for one in self.failed],
        }
