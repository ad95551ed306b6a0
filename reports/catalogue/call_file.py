"""R1: what a call announced, what each corrigendum changed of it, and who answers for either."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.member_states import MEMBER_STATES
from core.formats import euro, milliseconds, percent, points
from core.lists import Column
from programmes.models import Passage
from programmes.shown.calls import conditions_of, of_kind, procedure_of, shown, tie_break_of
from programmes.shown.words import SUBJECTS, label_of
from programmes.states import PUBLISHED
from reports.models import TrailRecord
from reports.permissions import may_read_reports
from reports.report import Report
from reports.shown.people import name_of


@dataclass(frozen=True)
class Line:
    group: str
    item: str
    text: str
    before: str = ""
    at: datetime | None = None
    reason: str = ""
    proposed_by: str = ""
    published_by: str = ""


def rows(about, user):
    """As it stands, in the order of the call's own page; then what it said before each corrigendum, and the end."""
    call = about.call
    yield published(call, user)
    for group, facts in announced(call):
        yield from (Line(str(group), str(item), str(text)) for item, text in facts)
    for one in call.published_corrigenda.select_related("proposed_by", "published_by"):
        yield from changed_by(one)
    if call.cancelled_at:
        yield Line(gettext("end"), gettext("Cancelled"), "", at=call.cancelled_at, reason=call.cancelled_because)


def published(call, user):
    """Who published it stands in the record, for whoever may read that; it may have been taken back before."""
    record = TrailRecord.objects.visible_to(user).within(call=call.pk).filter(act="call.publish").newest_first().first()
    by = record.actor_name if record else ""
    named = name_of(call.prepared_by) if record else ""
    return Line(gettext("publication"), gettext("Published"), call.reference, at=call.published_at,
                proposed_by=named, published_by=by)  # fmt: skip


def announced(call):
    criteria = list(call.criteria.all())
    yield gettext("what it is for"), identity_of(call)
    yield gettext("money"), money_of(call)
    yield gettext("procedure"), procedure_of(call)
    yield gettext("conditions"), conditions_of(call)
    yield gettext("award criteria"), [*map(told, criteria), *thresholds_of(call, criteria)]
    yield gettext("legal basis"), [(SUBJECTS.get(one, one), article) for one, article in sorted(call.legal.items())]


def identity_of(call):
    passages = [*call.objectives.all(), *call.actions.all()]
    yield gettext("Fund"), call.fund.name
    yield label_of("title"), call.title
    yield label_of("topic"), call.topic
    for kind in (Passage.Kind.SPECIFIC_OBJECTIVE, Passage.Kind.ACTION_TYPE):
        yield from ((kind.label, one) for one in of_kind(passages, kind))
    states = ", ".join(str(MEMBER_STATES.get(one, one)) for one in call.eligible_states)
    yield label_of("eligible_states"), states or gettext("all")


def money_of(call):
    amounts = ("budget", "min_contribution", "max_contribution")
    return [
        *((label_of(name), euro(getattr(call, name))) for name in amounts),
        (label_of("max_rate"), percent(call.max_rate)),
    ]


def told(criterion):
    words = {
        "maximum": points(criterion.maximum), "step": points(criterion.step), "weight": points(criterion.weight),
        "threshold": gettext("none") if criterion.threshold is None else points(criterion.threshold),
        "question": criterion.question,
    }  # fmt: skip
    text = gettext("maximum %(maximum)s in steps of %(step)s, weight %(weight)s, threshold %(threshold)s. %(question)s")
    return str(criterion), (text % words).strip()


def thresholds_of(call, criteria):
    yield label_of("overall_threshold"), points(call.overall_threshold)
    yield label_of("tie_break"), ", ".join(tie_break_of(call, criteria))


def changed_by(one):
    group = gettext("corrigendum %(number)s") % {"number": one.number}
    for name, (before, after) in one.changes.items():
        yield Line(
            group, label_of(name), str(shown(name, after)), before=str(shown(name, before)), at=one.published_at,
            reason=one.reason, proposed_by=name_of(one.proposed_by), published_by=name_of(one.published_by),
        )  # fmt: skip


def figures(about, user):
    corrigenda = about.call.published_corrigenda
    last = corrigenda.last()
    return [
        (gettext("Published"), milliseconds(about.call.published_at)),
        (gettext("Corrigenda"), str(corrigenda.count())),
        (gettext("Last corrected"), milliseconds(last.published_at) if last else "–"),
    ]


REPORT = Report(
    slug="call-file",
    number="R1",
    title=_("Call file"),
    description=_(
        "All that the call announces as it stands – budget, dates, conditions, criteria, weights, thresholds, legal "
        "basis – and each corrigendum with what it said before, why, who proposed and who published it."
    ),
    basis=("call", "award_criteria", "time_limits"),
    allowed=may_read_reports,
    since=PUBLISHED,
    columns=(
        Column("group", _("Part"), lambda line: line.group),
        Column("item", _("What"), lambda line: line.item),
        Column("text", _("Text"), lambda line: line.text),
        Column("before", _("Before"), lambda line: line.before),
        Column("at", _("Published"), lambda line: line.at),
        Column("reason", _("Reason"), lambda line: line.reason),
        Column("proposed_by", _("Prepared or proposed by"), lambda line: line.proposed_by),
        Column("published_by", _("Published by"), lambda line: line.published_by),
    ),
    rows=rows,
    figures=figures,
)
