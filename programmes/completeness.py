"""What a call must say before it is published (FR Art. 194(1)): pure questions, answered as {field: sentence}."""

from django.utils.translation import gettext as _

from accounts.member_states import MEMBER_STATES
from core.days import day_of
from programmes.attachments import Document
from programmes.form_parts import DOCUMENTS, MOST_PAGES, OFFERED, names_in, offered, page_limits
from programmes.form_questions import PART, flaws_of
from programmes.ties import COMMITTEE, RULES, TOPIC


def gaps_of(call, criteria, at):
    """Everything that is missing or contradicts itself, by field; empty when the call may be published."""
    gaps = contradictions(call)
    for question in (missing, times, money, criteria_gaps, tie_gaps):
        gaps = question(call, criteria, at) | gaps  # what contradicts itself comes first
    return gaps


def missing(call, criteria, at):
    wanted = {
        "topic": _("Describe the topic."),
        "budget": _("Give the budget of the call in euro."),
        "opens_at": _("Say when the call opens."),
        "closes_at": _("Say when the call closes."),
        "inform_by": _("Give the planned date of informing applicants."),
        "eligible_states": _("Choose the eligible Member States."),
    }
    found = {name: sentence for name, sentence in wanted.items() if not getattr(call, name)}
    names = names_in(call.parts)
    if lacking := [one.label for one in offered() if one.is_decided_on and one.name not in names]:
        found["parts"] = _("The award is decided on “%s”: the form must ask for it.") % lacking[0]
    if not call.objectives.exists():
        found["objectives"] = _("Choose at least one specific objective.")
    if not call.actions.exists():
        found["actions"] = _("Choose at least one action type.")
    return found


def contradictions(call):
    """What not even a draft may say: the database refuses it too, but in no sentence for people."""
    gaps = {}
    if call.opens_at and call.closes_at and call.closes_at <= call.opens_at:
        gaps["closes_at"] = _("The call must close after it opens.")
    if call.questions_close_at and call.closes_at and call.questions_close_at > call.closes_at:
        gaps["questions_close_at"] = _("Questions cannot be taken after the call has closed.")
    low, high = call.min_contribution, call.max_contribution
    if low is not None and high is not None and low > high:
        gaps["max_contribution"] = _("The maximum contribution is below the minimum.")
    gaps |= form_gaps(call)
    for name in ("budget", "min_contribution", "max_contribution", "overall_threshold"):
        if (getattr(call, name) or 0) < 0:
            gaps[name] = _("This cannot be below zero.")
    if unknown := sorted(set(call.eligible_states) - MEMBER_STATES.keys()):
        gaps["eligible_states"] = _("These are no Member States: %s.") % ", ".join(unknown)
    if unknown := sorted(set(call.required_attachments) - set(Document.values)):
        gaps["required_attachments"] = _("No such kind of document: %s.") % ", ".join(unknown)
    return gaps


def form_gaps(call):
    """What the form of a call may not say: parts that nobody offers, twice the same, one without what it needs."""
    names = [one.get("part") for one in call.parts if isinstance(one, dict) and one.keys() == keys_of(one)]
    if len(names) < len(call.parts) or not all(isinstance(name, str) for name in names):
        return {"parts": _("Give each part as {“part”: its name}.")}
    if unknown := sorted(set(names) - OFFERED.keys()):
        return {"parts": _("There are no such parts: %s.") % ", ".join(unknown)}
    if len(set(names)) < len(names):
        return {"parts": _("Name each part once.")}
    lacking = [(OFFERED[name], OFFERED[other]) for name in names for other in OFFERED[name].needs if other not in names]
    if lacking:
        words = {"part": lacking[0][0].label, "other": lacking[0][1].label}
        return {"parts": _("“%(part)s” cannot be asked without “%(other)s”: choose both or neither.") % words}
    flaws = [flaw for one in call.parts if one["part"] == PART and (flaw := flaws_of(one["questions"]))]
    flaws = [*document_flaws(call, names), *flaws]
    return {"parts": flaws[0]} if flaws else {}


def document_flaws(call, names):
    if call.required_attachments and DOCUMENTS not in names:
        yield _("The call requires documents, so its form must ask for attachments.")
    if not are_page_limits(page_limits(call.parts)):
        yield _("Give page limits as {kind of document: pages}, each from 1 to 10 000.")


def keys_of(part):
    """The keys that a part of a form has."""
    own = {PART: {"questions"}, DOCUMENTS: {"pages"} & part.keys()}
    name = part.get("part")
    return {"part", *(own.get(name, ()) if isinstance(name, str) else ())}


def are_page_limits(limits):
    return isinstance(limits, dict) and all(
        kind in Document.values and type(most) is int and 1 <= most <= MOST_PAGES for kind, most in limits.items()
    )


def criterion_gap(criterion):
    """What no criterion may say, as a sentence; empty when it is sound."""
    if min(criterion.maximum, criterion.step, criterion.weight) <= 0:
        return _("%s: maximum, step and weight must be above zero.") % criterion.code
    if criterion.threshold is not None and not 0 <= criterion.threshold <= criterion.maximum:
        return _("%s: the threshold must lie between zero and the maximum.") % criterion.code
    return ""


def times(call, criteria, at):
    if not (call.opens_at and call.closes_at):
        return {}
    if call.closes_at <= at:
        return {"closes_at": _("This closing time is already past.")}
    if call.inform_by and call.inform_by <= day_of(call.closes_at):
        return {"inform_by": _("Applicants cannot be informed before the call has closed.")}
    return {}


def money(call, criteria, at):
    high = call.max_contribution
    if high and call.budget and high > call.budget:
        return {"max_contribution": _("One contribution cannot exceed the budget of the call.")}
    return {}


def criteria_gaps(call, criteria, at):
    if not criteria:
        return {"criteria": _("Add at least one award criterion.")}
    reachable = sum(one.maximum * one.weight for one in criteria)
    if call.overall_threshold > reachable:
        return {
            "overall_threshold": _("Nobody can reach this overall threshold: the criteria give %s points at most.")
            % plain(reachable)
        }
    uneven = [one.code for one in criteria if one.maximum % one.step]
    if uneven:
        return {"criteria": _("The maximum of %s is no multiple of its step.") % ", ".join(uneven)}
    return {}


def plain(number):
    """100.0000 -> 100."""
    return f"{number.normalize():f}"


def tie_gaps(call, criteria, at):
    """Nothing decides that was not announced: the order of a call leaves no tie without saying who ends it."""
    codes, order = {one.code for one in criteria}, call.tie_break
    if taken := sorted(codes & RULES.keys()):
        return {"criteria": _("These words name rules for equal totals; give the criteria other codes: %s.") % taken[0]}
    if unknown := sorted(set(order) - codes - RULES.keys()):
        return {"tie_break": _("The call has no such criteria: %s.") % ", ".join(unknown)}
    if len(set(order)) < len(order):
        return {"tie_break": _("Name each once.")}
    if order[-1:] != [COMMITTEE]:
        return {"tie_break": _("Two applications can still be equal after that. End with COMMITTEE: then it decides.")}
    if TOPIC in order and sorted(call.topic_order) != sorted(call.actions.values_list("code", flat=True)):
        return {"topic_order": _("TOPIC decides between equal totals: name each action type of the call once.")}
    return {}
