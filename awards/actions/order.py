"""The order of the ranked list between decisions: money from the reserve overtakes nobody who stands better."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from applications.models import Application
from awards.models import Decision, DecisionLine, Redress
from core.errors import WrongState
from core.formats import euro, shortened


def require_order_kept(decision):
    """Of a decision that takes up the reserve: first those whose review was upheld, and those with a better place."""
    if decision.cause != Decision.Cause.RESERVE:
        return
    chosen = decision.lines.values("application")
    if names := numbers_of(with_undecided_review(decision.call).exclude(pk__in=chosen)):
        sentence = _(
            "A review was upheld and is not decided yet: %(names)s. Decide on it first; what is free then is offered"
            " to the reserve list."
        )
        raise WrongState(sentence % {"names": shortened(names)})
    if names := numbers_of(overtaken(decision, chosen)):
        sentence = _(
            "With a better place on the ranked list and without an award: %(names)s. Decide on it first, for its review"
            " or as a correction."
        )
        raise WrongState(sentence % {"names": shortened(names)})


def numbers_of(applications):
    return list(applications.order_by("reference").values_list("reference", flat=True))


def with_undecided_review(call):
    """Upheld, and no decision was taken on it since: its outcome is open."""
    since = DecisionLine.objects.taken().filter(
        application=OuterRef("application"), decision__decided_at__gt=OuterRef("answered_at")
    )
    open_ones = Redress.objects.of_call(call).upheld().exclude(Exists(since))
    return standing_in(call).filter(pk__in=open_ones.values("application"))


def overtaken(decision, chosen):
    """Places before the last of the chosen, neither awarded nor decided otherwise with a reason of its own."""
    ranked = decision.ranked_list.entries.placed()
    last = max(ranked.filter(application__in=chosen).values_list("rank", flat=True), default=0)
    lines = DecisionLine.objects.of_call(decision.call).in_force(before=decision)
    passed = lines.exclude(outcome=DecisionLine.Outcome.AWARD).exclude(deviates=True).exclude(application__in=chosen)
    better = ranked.filter(rank__lt=last).values("application")
    return standing_in(decision.call).filter(pk__in=passed.filter(application__in=better).values("application"))


def standing_in(call):
    return Application.objects.of_call(call).exclude(pk__in=Application.objects.retracted())


def require_something_free(decision):
    """An offer from the reserve is made of money that is free."""
    budget = decision.ranked_list.budget
    before = DecisionLine.objects.of_call(decision.call).in_force(before=decision)
    if decision.cause == Decision.Cause.RESERVE and before.awarded() >= budget:
        sentence = _("Nothing of the budget of %(budget)s is free: there is nothing to offer to the reserve list.")
        raise WrongState(sentence % {"budget": euro(budget)})
