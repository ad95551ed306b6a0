"""A call, laid out for its page: everything that is announced, in the order people ask for it."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.member_states import MEMBER_STATES
from core.formats import brussels, brussels_day, euro, percent, points
from programmes.form_parts import page_limits, part_labels
from programmes.form_questions import questions_in
from programmes.models import Passage
from programmes.shown.form_questions import form_questions_table
from programmes.shown.funds import Table
from programmes.shown.words import SUBJECTS, document_names, label_of
from programmes.ties import RULES, TOPIC, announced


def call_context(call):
    """What the page shows besides the buttons."""
    criteria = list(call.criteria.all())
    passages = [*call.objectives.all(), *call.actions.all()]
    return {
        "criteria": criteria,
        "criteria_table": criteria_table(call, criteria) if criteria else None,
        "tie_break": tie_break_of(call, criteria),
        "objectives": of_kind(passages, Passage.Kind.SPECIFIC_OBJECTIVE),
        "actions": of_kind(passages, Passage.Kind.ACTION_TYPE),
        "states": [MEMBER_STATES.get(code, code) for code in call.eligible_states],
        "figures": figures_of(call),
        "conditions": conditions_of(call),
        "procedure": procedure_of(call),
        "form_questions": form_questions_table(questions_in(call.parts)),
        "legal": [(SUBJECTS.get(subject, subject), article) for subject, article in sorted(call.legal.items())],
        "corrigenda": [corrigendum_of(one) for one in call.published_corrigenda],
    }


def of_kind(passages, kind):
    return [one for one in passages if one.kind == kind]


def figures_of(call):
    """The three figures everybody looks for first."""
    return [
        (euro(call.budget) or "–", _("budget of the call")),
        (between(call.min_contribution, call.max_contribution), _("EU contribution for one project")),
        (percent(call.max_rate), _("of the eligible costs at most")),
    ]


def between(low, high):
    if low and high:
        return _("%(low)s to %(high)s") % {"low": euro(low), "high": euro(high)}
    if low:
        return _("from %(low)s") % {"low": euro(low)}
    return _("up to %(high)s") % {"high": euro(high)} if high else "–"


def conditions_of(call):
    return [
        (label_of("min_partners"), call.min_partners),
        (label_of("min_states"), call.min_states),
        (label_of("max_months"), call.max_months),
        (label_of("indirect_rate"), percent(call.indirect_rate)),
        (label_of("required_attachments"), ", ".join(map(str, document_names(call.required_attachments))) or _("none")),
        *([(_("Pages at most"), limits)] if (limits := page_limits_in_words(call)) else []),
        (label_of("parts"), ", ".join(map(str, part_labels(call.parts))) or _("none")),
    ]


def page_limits_in_words(call):
    limits = page_limits(call.parts)
    names = document_names(limits)
    return "; ".join(f"{name}: {most}" for name, most in zip(names, limits.values(), strict=True))


def procedure_of(call):
    return [
        (label_of("opens_at"), brussels(call.opens_at) or "–"),
        (label_of("closes_at"), brussels(call.closes_at) or "–"),
        (label_of("questions_close_at"), brussels(call.questions_close_at or call.closes_at) or "–"),
        (label_of("inform_by"), brussels_day(call.inform_by) or "–"),
        (label_of("contact"), call.contact or "–"),
        (label_of("evaluators_wanted"), call.evaluators_wanted),
        (_("Evaluators from an applicant's Member State"), _("refused") if call.same_state_conflicts else _("allowed")),
        (_("Reserve list"), reserve_of(call)),
        (label_of("read_after_days"), call.read_after_days),
        (label_of("redress_days"), call.redress_days),
    ]


def reserve_of(call):
    if not call.has_reserve:
        return _("none")
    if call.reserve_until:
        return _("valid until %(day)s") % {"day": brussels_day(call.reserve_until)}
    return _("yes")


def criteria_table(call, criteria):
    columns = [
        _("Code"), _("Criterion"), _("What is assessed"), _("Maximum"), _("Step"), _("Weight"), _("Threshold"),
    ]  # fmt: skip
    rows = [criterion_row(one) for one in criteria]
    return Table(_("Award criteria"), columns, rows, (3, 4, 5, 6), total_row(call, criteria))


def criterion_row(one):
    return [
        one.code, one.title, one.question, points(one.maximum), points(one.step), points(one.weight),
        points(one.threshold) if one.threshold is not None else _("none"),
    ]  # fmt: skip


def total_row(call, criteria):
    reachable = sum((one.maximum * one.weight for one in criteria), Decimal(0))
    return ["", _("Total, weighted"), "", points(reachable), "", "", points(call.overall_threshold)]


def tie_break_of(call, criteria):
    """What decides between equal totals, by title; a draft says what is typed so far."""
    words = {**{one.code: one.title for one in criteria}, **RULES}
    order = announced(call) if call.published_at else call.tie_break
    return [topics_of(call) if code == TOPIC else str(words.get(code, code)) for code in order]


def topics_of(call):
    return f"{RULES[TOPIC]} ({', '.join(call.topic_order)})"


def waiting_corrigendum(call):
    """What is proposed and not published, for the Commission alone; None when nothing is."""
    one = call.corrigenda.waiting().select_related("proposed_by").first()
    return one and corrigendum_of(one)


def corrigendum_of(one):
    return {
        "number": one.number,
        "published_at": one.published_at,
        "proposed_at": one.proposed_at,
        "proposed_by": one.proposed_by and one.proposed_by.name,
        "reason": one.reason,
        "reopens": one.reopens,
        "gives_time": one.gives_time,
        "table": Table("", [_("What"), _("Before"), _("Now")], changes_of(one)),
    }


def changes_of(one):
    return [[label_of(name), shown(name, old), shown(name, new)] for name, (old, new) in one.changes.items()]


def shown(name, text):
    """A change is kept as text; moments, days and money are said as on the rest of the page."""
    if text in {"None", ""}:
        return "–"
    if name.endswith("_at"):
        return brussels(datetime.fromisoformat(text))
    if name in {"inform_by", "reserve_until"}:
        return brussels_day(date.fromisoformat(text))
    return euro(text) if name == "budget" else text


def end_of_call(call):
    """What happens to what came in when this call is cancelled, in sentences."""
    number = call.applications.count()
    told = ngettext(
        "One organisation with an application is told by mail, with your reasons.",
        "%(number)d applications: their organisations are told by mail, with your reasons.",
        number,
    ) % {"number": number}
    if not number:
        told = _("No application has been begun: nobody has to be told.")
    return [
        told,
        _("No application is opened, evaluated or awarded any more; those not opened yet stay unread for good."),
        _("The call stays public, with the day and the reasons."),
    ]
