"""The award decision, from the signed ranked list to the authorising officer's word (FR Art. 200)."""

from django.utils.translation import gettext as _

from accounts.models import User
from applications.states import ApplicationPhase
from awards.actions.heard import require_heard
from awards.actions.lines import change_line, lines_of, require_a_line_for_everybody
from awards.actions.order import require_order_kept, require_something_free
from awards.actions.reserve import require_next_on_reserve
from awards.models import Decision, DecisionLine
from awards.states import DECISION
from core.days import year_of
from core.errors import Incomplete, Stale, WrongState
from core.formats import euro, shortened
from core.language import house_words
from evaluation.models import Assessment, RankedList, Seat
from programmes.actions import conclude_decision
from programmes.states import CallPhase
from promises.actions import tell_whose_turn


@DECISION.action("prepare")
def prepare_decision(decision, *, by, at, applications=()):
    """Write one line for each application of the call, as the committee's signed list proposes it.

    A later decision has its `cause`, and lines for the `applications` it is about alone.
    """
    call = decision.call
    decision.ordinal = next_ordinal(call)
    require_cause(decision, call)
    decision.ranked_list = signed_list_of(call, first=decision.ordinal == 1)
    decision.prepared_by, decision.prepared_at = by, at
    decision.evaluator_ids = evaluators_of(call)
    note_handler(decision, by)
    decision.save(force_insert=True)
    lines = DecisionLine.objects.bulk_create(lines_of(decision, applications))
    if decision.cause == Decision.Cause.RESERVE:
        require_next_on_reserve(decision, applications, at=at)
    require_order_kept(decision)
    require_something_free(decision)
    return {"lines": [0, len(lines)]}


def next_ordinal(call):
    """Of the decision that comes now; only one of a call is open at a time."""
    before = Decision.objects.of_call(call).standing()
    if before.open().exists():
        raise WrongState(_("The award decision on %(call)s was prepared already: open it instead.") % {"call": call})
    return before.count() + 1


def require_cause(decision, call):
    is_first, is_initial = decision.ordinal == 1, decision.cause == Decision.Cause.INITIAL
    if is_initial and not is_first:
        raise WrongState(
            _("The first award decision on %(call)s was prepared already: open it, or say what a later one is for.")
            % {"call": call}
        )
    if is_first and not is_initial:
        raise WrongState(_("%(call)s has no award decision yet that could be followed by another.") % {"call": call})


def signed_list_of(call, *, first):
    """The first decision is taken while the call is ranked, the later ones once it is decided."""
    found = RankedList.objects.filter(call=call).in_force().first()
    if found is None or not call.stands_in(CallPhase.RANKED if first else CallPhase.DECIDED):
        raise WrongState(
            _("The committee has not signed the ranked list of %(call)s yet. Prepare the decision after that.")
            % {"call": call}
        )
    return found


def evaluators_of(call):
    """Everybody who took part in evaluating, also who withdrew over a conflict: none of them decides."""
    assessed = Assessment.objects.of_call(call).that_took_part().values_list("evaluator_id", flat=True)
    sat = Seat.objects.filter(call=call).sitting().values_list("member_id", flat=True)
    return sorted({str(pk) for pk in [*assessed, *sat]})


def note_handler(decision, user):
    decision.handler_ids = sorted({*decision.handler_ids, str(user.pk)})


@DECISION.action("deviate")
def deviate(decision, *, by, at, reason, since, line, **change):
    """Decide otherwise than the committee proposed on one application, and say why.

    `change`: outcome; contribution (of an award; the amount asked for when left out); stage (of a rejection).
    """
    held = decision.lines.select_for_update().get(pk=line.pk)
    require_untouched(held, since)
    before = outcome_of(held)
    change_line(held, reason=reason.strip(), **change)
    held.save(update_fields=["outcome", "stage", "contribution", "rate", "reason", "deviates", "deviation_reason"])
    require_within_budget(decision, field="contribution")
    note_handler(decision, by)
    return {str(held.application): [before, outcome_of(held)]}


@house_words()
def outcome_of(line):
    return str(line)


def require_untouched(line, since):
    """Somebody else's word on another line does no harm; on this one it must be read first."""
    for entry in since:
        if str(line.application) in entry.changes:
            words = {"who": entry.actor_name, "line": line.application}
            raise Stale(
                _("%(who)s changed the outcome of %(line)s after you opened it. Look at it again, then repeat yours.")
                % words,
                since=since,
            )


@DECISION.action("propose")
def propose_decision(decision, *, by, at):
    require_list_in_force(decision)
    require_nobody_left(decision)
    require_a_line_for_everybody(decision, "propose")
    require_order_kept(decision)
    require_heard(decision)
    require_within_budget(decision)
    note_handler(decision, by)
    tell_whose_turn(decision)


def require_nobody_left(decision):
    """A line on an application that was withdrawn or excluded since would tell an outcome that is none."""
    lines = decision.lines.select_related("application")
    left = [str(line.application) for line in lines if has_left(line)]
    if left:
        raise WrongState(
            _("Withdrawn or excluded since this was prepared: %(names)s. Discard this decision and prepare it again.")
            % {"names": shortened(left)}
        )


def has_left(line):
    is_out = line.application.stands_in(ApplicationPhase.EXCLUDED) and line.outcome != DecisionLine.Outcome.REJECTION
    return is_out or line.application.stands_in(ApplicationPhase.RETRACTED)


def require_list_in_force(decision):
    """Nothing is decided on a list that was set aside, or that somebody asks to set aside."""
    lists = RankedList.objects.filter(pk=decision.ranked_list_id)
    if not lists.in_force().exists() or lists.questioned().exists():
        raise WrongState(
            _("The ranked list of %(call)s was set aside, or is to be. Discard this decision and prepare another one "
              "once the committee has signed.") % {"call": decision.call}
        )  # fmt: skip


refuse_decision = DECISION.plain("refuse")
discard_decision = DECISION.plain("discard")  # it stays on file; another one takes its number


@DECISION.action("decide")
def decide(decision, *, by, at, reason):
    """The authorising officer's own act; from here on the lines do not change."""
    require_list_in_force(decision)
    require_nobody_left(decision)
    require_a_line_for_everybody(decision, "decide")
    require_order_kept(decision)
    require_heard(decision)
    require_within_budget(decision)
    decision.decided_by, decision.decided_at, decision.reasons = by, at, reason.strip()
    decision.number = number_of(decision)
    if decision.ordinal == 1:
        conclude_decision(decision.call, by=User.objects.clock(), at=at)
    tell_whose_turn(decision)


def number_of(decision):
    """…/DEC-2021 of the first one, …/DEC-2021-2 of the second."""
    number = f"{decision.call.reference}/DEC-{year_of(decision.decided_at)}"
    return number if decision.ordinal == 1 else f"{number}-{decision.ordinal}"


def require_within_budget(decision, *, field=""):
    """Awards never exceed what the call offers; the sentence says by how much they would."""
    awarded, budget = decision.lines.awarded(), decision.ranked_list.budget
    awarded += DecisionLine.objects.beside(decision).awarded()
    if awarded > budget:
        sentence = _(
            "The awards come to %(awarded)s: %(over)s more than the budget of %(budget)s."
            " Lower or withdraw an award first."
        ) % {"awarded": euro(awarded), "over": euro(awarded - budget), "budget": euro(budget)}
        raise Incomplete({field: sentence} if field else {}, sentence)
