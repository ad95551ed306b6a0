"""The letters of one decision: which would go out, and how far those on their way have come."""

from functools import cached_property

from django.db.models import Count, Q
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from awards.actions.letters import why_not_told
from awards.lists import LetterToIssueList
from awards.models import Decision, Letter
from awards.states import DECISION
from core.formats import brussels
from core.found import row_or_404, visible_or_404
from core.views import list_page
from promises.models import Promise
from promises.states import PROMISE, PromisePhase


class Batch:
    """How many letters of an issued decision were drawn and sent, which ones are late and which there will not be."""

    def __init__(self, decision, user):
        self.decision, self.user = decision, user
        self.letters = decision.letters.visible_to(user)
        self.lines = decision.lines.visible_to(user).with_what_became_of_it()

    @cached_property
    def refused(self):
        """Sentences on those that nobody is written to: what was theirs to hear has changed since."""
        untold = self.lines.filter(Q(is_retracted=True) | Q(is_overtaken=True), is_written=False)
        return [why_not_told(line) for line in untold.select_related("application")]

    @cached_property
    def counts(self):
        return self.lines.aggregate(all=Count("pk"), sent=Count("pk", filter=Q(is_sent=True)))

    @property
    def total(self):
        return self.counts["all"] - len(self.refused)

    @property
    def done(self):
        return self.counts["sent"]

    @property
    def url(self):
        return reverse("batch_progress", args=[self.decision.pk])

    @cached_property
    def promises(self):
        waiting = Q(kind="letter", subject_id__in=self.letters.waiting().values("pk"))
        unwritten = Q(kind="write_letter", subject_id__in=self.lines.filter(is_written=False).values("pk"))
        missed = Promise.objects.visible_to(self.user).exclude(last_error="")
        return list(missed.filter(waiting | unwritten).order_by("due_at"))

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
        missed = [one for one in self.promises if not one.stands_in(PromisePhase.FAILED)]
        return [
            _("%(what)s: tried again at %(moment)s. The machine said: %(error)s")
            % {"what": one.subject_name, "moment": brussels(one.due_at), "error": one.last_error[:300]}
            for one in missed
        ]

    @property
    def is_finished(self):
        return self.done + len(self.failed) >= self.total

    def as_json(self):
        return {
            "done": self.done,
            "total": self.total,
            "failed": len(self.failed),
            "finished": self.is_finished,
            "failures": [{"letter": one.subject_name, "error": one.last_error} for one in self.failed],
            "refused": self.refused,
        }


@require_GET
def batch_progress(request, pk):
    """How far the letters of a decision have come: a page for people, JSON for the script that watches it."""
    row = row_or_404(Decision.objects.visible_to(request.user).for_reading(), pk=pk)
    batch = Batch(row, request.user)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(batch.as_json())
    letters_url = f"{reverse('letters')}?call={row.call.reference}"
    return render(request, "awards/batch.html", {"decision": row, "batch": batch, "letters_url": letters_url})


@require_GET
def decision_step_preview(request, pk, step):
    """Which letters would be issued, to whom, and which cannot be: nothing is written by looking."""
    row, chosen = visible_or_404(Decision, request.user, pk), DECISION.steps.get(step)
    if chosen is None or not chosen.preview:
        raise Http404
    DECISION.may_open(step, row, by=request.user)
    return list_page(
        request, LetterToIssueList, "awards/issue.html", decision=row, step=chosen, **preview_of(row, request.user)
    )


def preview_of(decision, user):
    """What stands above the list: how many of each letter, and why some are none."""
    lines = decision.lines.visible_to(user).with_what_became_of_it()
    told = list(lines.filter(is_retracted=False, is_overtaken=False).values_list("outcome", flat=True))
    kinds = [(told.count(kind), label) for kind, label in Letter.Kind.choices if kind in told]
    untold = lines.filter(Q(is_retracted=True) | Q(is_overtaken=True)).select_related("application")
    return {"number": len(told), "figures": kinds, "refused": [why_not_told(line) for line in untold]}
