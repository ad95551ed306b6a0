"""The lines of a decision: what the signed list proposes, and what the authorising side makes of it."""

from decimal import Decimal

from django.utils.translation import gettext as _

from applications.models import Application
from applications.states import ApplicationPhase as P
from awards.budget import contribution_of, rate_of
from awards.models import Decision, DecisionLine
from core.errors import Incomplete, WrongState
from core.formats import euro, points, shortened
from core.language import house_words
from programmes.actions.moves import require_nobody_forgotten

Outcome, Stage, Cause = DecisionLine.Outcome, DecisionLine.Stage, Decision.Cause
PROPOSED = {"MAIN": Outcome.AWARD, "RESERVE": Outcome.RESERVE, "REJECTED": Outcome.REJECTION}
COPIED = (
    "application", "outcome", "stage", "rank", "contribution", "rate", "reason", "deviates", "deviation_reason",
)  # fmt: skip


def lines_of(decision, applications=()):
    """The first decision has a line for everybody, a later one for the applications it is about."""
    lines = first_lines(decision) if decision.ordinal == 1 else later_lines(decision, applications)
    require_judged(lines)
    return lines


def require_judged(lines):
    """Nothing is decided on an application that another round is judging again."""
    if names := [str(line.application) for line in lines if line.application.stands_in(P.EVALUABLE)]:
        raise WrongState(
            _("Being evaluated again: %(names)s. Decide once the new list is signed.") % {"names": shortened(names)}
        )


def first_lines(decision):
    """One line for each place on the list that still counts, then one for each application that failed a check."""
    entries = list(decision.ranked_list.entries.select_related("application"))
    require_places(decision.call, entries)
    ranked = [ranked_line(decision, entry) for entry in entries if entry.application.stands_in(P.EVALUATED)]
    return ranked + [excluded_line(decision, application) for application in excluded(decision.call)]


def later_lines(decision, applications):
    """To begin with: an award from the reserve, the place on the new list, or what a correction will change."""
    found = lines_before(decision).filter(application__in=applications)
    before = {line.application_id: line for line in found}
    if not applications or len(before) < len(set(applications)):
        raise Incomplete({"applications": _("Name the applications to decide on: those with an outcome in this call.")})
    entries = decision.ranked_list.entries.filter(application__in=before).select_related("application")
    places = {entry.application_id: entry for entry in entries}
    return [later_line(decision, line, places.get(pk)) for pk, line in before.items()]


def lines_before(decision):
    """What was in force in the call before this decision."""
    return DecisionLine.objects.of_call(decision.call).in_force(before=decision).for_reading()


def later_line(decision, before, entry):
    if decision.cause == Cause.RESERVE:
        require_on_reserve(before)
    if decision.cause == Cause.CORRECTION or entry is None:
        return copy_of(before, decision)
    return ranked_line(decision, entry)


def require_on_reserve(line):
    if line.outcome != Outcome.RESERVE:
        sentence = _("%(row)s is not on the reserve list, so it cannot be taken up from it.")
        raise Incomplete({"applications": sentence % {"row": line.application}})


def copy_of(line, decision):
    """The same outcome as before, for the officer to change."""
    return DecisionLine(decision=decision, **{name: getattr(line, name) for name in COPIED})


def require_places(call, entries):
    """Nobody may be forgotten: who was evaluated has a place on the list, who was excluded gets a line without one."""
    require_nobody_forgotten(call, "prepare")
    placed = [entry.application_id for entry in entries]
    if left := numbers_of(Application.objects.of_call(call).evaluated().exclude(pk__in=placed)):
        raise WrongState(
            _("Without a place on the ranked list: %(numbers)s. Ask the committee to draw up and sign the list again.")
            % {"numbers": shortened(left)}
        )


def require_a_line_for_everybody(decision, move):
    """An application that is neither withdrawn nor in a decision of its call would never hear its outcome. A later
    decision follows one that was about everybody."""
    if decision.ordinal == 1:
        require_nobody_forgotten(decision.call, move)
    lines = DecisionLine.objects.of_call(decision.call)
    if left := numbers_of(Application.objects.without_outcome(lines).of_call(decision.call)):
        raise WrongState(
            _("No line of the decision is about %(numbers)s: nobody would tell them. Ask the programme office to look.")
            % {"numbers": shortened(left)}
        )


def numbers_of(applications):
    return list(applications.order_by("reference").values_list("reference", flat=True))


@house_words()
def ranked_line(decision, entry):
    outcome = proposed(decision, entry)
    line = DecisionLine(
        decision=decision, application=entry.application, rank=entry.rank, outcome=outcome,
        stage=entry.stage if outcome == Outcome.REJECTION else Stage.NONE, reason=reason_of(decision, entry),
    )  # fmt: skip
    grant(line, offered(entry.application, decision.call) if outcome == Outcome.AWARD else Decimal(0))
    return line


def proposed(decision, entry):
    """What the signed list proposes: once money is free again, an award to those on the reserve."""
    if decision.cause == Cause.RESERVE and entry.place == "RESERVE":
        return Outcome.AWARD
    return PROPOSED[entry.place]


def reason_of(decision, entry):
    words = {"rank": entry.rank, "total": points(entry.total)}
    if decision.cause == Cause.RESERVE:
        return _("Place %(rank)s on the ranked list with %(total)s points: taken up from the reserve list.") % words
    if entry.place == "MAIN" and decision.ordinal > 1:  # what earlier decisions left of the budget is not said here
        return _("Place %(rank)s on the ranked list with %(total)s points.") % words
    if entry.place == "MAIN":
        return _("Place %(rank)s on the ranked list with %(total)s points: within the budget of the call.") % words
    if entry.place == "RESERVE":
        return _("Place %(rank)s on the ranked list with %(total)s points: the budget is used up before it.") % words
    return entry.reason


def excluded(call):
    refused = Application.objects.of_call(call).excluded()
    return refused.prefetch_related("checks").order_by("reference")


@house_words()
def excluded_line(decision, application):
    failed = [check for check in application.checks.all() if not check.passed]
    return DecisionLine(
        decision=decision, application=application, outcome=Outcome.REJECTION,
        stage=failed[0].kind if failed else Stage.ELIGIBILITY,
        reason="\n".join(failure(check) for check in failed) or _("Excluded after the checks of the call."),
    )  # fmt: skip


def failure(check):
    words = {"criterion": check.criterion, "found": check.reason or check.found}
    return _("%(criterion)s – found: %(found)s") % words if words["found"] else check.criterion


def offered(application, call):
    return contribution_of(application.requested, call.max_contribution)


def grant(line, contribution):
    """Set the amount and the rate that goes with it."""
    application, call = line.application, line.decision.call
    line.contribution = contribution
    line.rate = rate_of(contribution, total_of(application), highest=call.max_rate)


def total_of(application):
    """The estimated budget is balanced: what is spent is what comes in (FR Art. 196)."""
    return application.requested + application.own_resources + application.other_resources


def change_line(line, *, reason, outcome, contribution=None, stage=""):
    """Write the new outcome into the line, or say what stands against it. Whether it deviates is compared, not told."""
    call = line.decision.call
    if outcome == Outcome.AWARD:
        require_awardable(line)
        contribution = offered(line.application, call) if contribution is None else contribution
        require_allowed_amount(line.application, call, contribution)
        stage = Stage.NONE
    elif outcome == Outcome.REJECTION:
        require_stage(line, stage)
    else:
        require_awardable(line)
        stage = Stage.NONE
    grant(line, contribution if outcome == Outcome.AWARD else Decimal(0))
    line.outcome, line.stage, line.reason = outcome, stage, reason
    line.deviates = differs(line)
    line.deviation_reason = reason if line.deviates else ""


def require_awardable(line):
    """A deviation may change the order, never the conditions that were announced to all (FR Art. 188)."""
    if require_rank(line).stage == Stage.THRESHOLD:
        sentence = _("%(row)s is below an announced threshold: it can be neither awarded nor kept on the reserve list.")
        raise Incomplete({"outcome": sentence % {"row": line.application}})


def require_rank(line):
    entry = place_of(line)
    if entry is None:
        sentence = _("%(row)s failed a check before the evaluation: it stays rejected.")
        raise Incomplete({"outcome": sentence % {"row": line.application}})
    return entry


def require_allowed_amount(application, call, contribution):
    highest = offered(application, call)
    if not 0 < contribution <= highest:
        raise Incomplete(
            {"contribution": _("Give an amount above zero and up to %(highest)s.") % {"highest": euro(highest)}}
        )


def require_stage(line, stage):
    """The letter names it: the scores must bear it out."""
    if stage not in {value for value in Stage.values if value}:
        raise Incomplete({"stage": _("Say at which stage the application failed.")})
    entry = place_of(line)
    if stage == Stage.THRESHOLD and (entry is None or entry.stage != Stage.THRESHOLD):
        raise Incomplete({"stage": _("%(row)s did not fall below a threshold: name another stage.") % named(line)})
    if stage != Stage.THRESHOLD and entry is not None and entry.stage == Stage.THRESHOLD:
        raise Incomplete({"stage": _("%(row)s fell below a threshold: name that stage.") % named(line)})
    if stage == Stage.BUDGET and entry is None:
        raise Incomplete({"stage": _("%(row)s failed a check before the evaluation: name that stage.") % named(line)})


def named(line):
    return {"row": line.application}


def place_of(line):
    return line.decision.ranked_list.entries.filter(application=line.application_id).first()


def differs(line):
    """Whether the line says something else than the signed list."""
    entry = place_of(line)
    if entry is None:
        return line.outcome != Outcome.REJECTION
    if proposed(line.decision, entry) != line.outcome:
        return True
    return line.outcome == Outcome.AWARD and line.contribution != offered(line.application, line.decision.call)
