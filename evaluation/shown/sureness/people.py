"""Evaluators among those who judged the same: stricter or milder, and how far they agree."""

from decimal import Decimal

from django.utils.translation import gettext as _

from evaluation.shown.spans import Row, spans_chart

SHOWN = 25
RELIABLE, TENTATIVE = 0.8, 0.667  # Krippendorff's own bounds


def people_part(found, names):
    """The picture of those who differ most; the file has all."""
    furthest = sorted(found.severities, key=lambda one: -abs(one.estimate))[:SHOWN]
    shown = sorted(furthest, key=lambda one: one.estimate)
    rows = [Row(names[one.person], ((one.low, one.high),), one.estimate, one.difference) for one in shown]
    chart = spans_chart(
        _("Stricter (left) and milder (right), in points of the total"), rows,
        names=[_("95 % interval; dot: model; ring: plain mean")],
        show=signed, rule=0, table=people_table(shown, names),
    )  # fmt: skip
    return {"chart": chart, "sentence": people_sentence(found, names), "left": len(found.severities) - len(shown)}


def people_table(severities, names):
    columns = [
        _("Evaluator"), _("Assessments"), _("Compared"), _("Mean difference"), _("Standard error"), _("Spread"),
        _("By the model"), _("From"), _("To"),
    ]  # fmt: skip
    return columns, [
        [names[one.person], one.number, one.compared, plain(one.difference), plain(one.error),
         plain(one.spread), plain(one.estimate), plain(one.low), plain(one.high)]
        for one in severities
    ]  # fmt: skip


def people_sentence(found, names):
    apart = [one for one in found.severities if one.low > 0 or one.high < 0]
    if not apart:
        return _("Nobody differs from those who judged the same applications by more than chance would make.")
    far = max(apart, key=lambda one: abs(one.estimate))
    words = {
        "number": len(apart), "all": len(found.severities), "name": names[far.person],
        "points": plain(abs(far.estimate)), "from": signed(far.low), "to": signed(far.high),
    }  # fmt: skip
    if far.estimate < 0:
        return _("%(number)d of %(all)d evaluators differ by more than chance would make. The furthest is %(name)s: about %(points)s points stricter than those who judged the same applications (%(from)s to %(to)s).") % words  # fmt: skip  # noqa: E501
    return _("%(number)d of %(all)d evaluators differ by more than chance would make. The furthest is %(name)s: about %(points)s points milder than those who judged the same applications (%(from)s to %(to)s).") % words  # fmt: skip  # noqa: E501


# agreement


def agreement_part(judged, found):
    columns, rows = agreement_table(judged, found)
    known = [
        Row(label, ((one.low, one.high),), one.alpha)
        for label, one in zip(labels(judged), found.agreements, strict=True) if one.alpha is not None
    ]  # fmt: skip
    chart = spans_chart(
        _("Agreement of the evaluators: Krippendorff's alpha"), known,
        names=[_("95 % interval; dot: alpha; line: 0.667")],
        show=lambda number: f"{number:.2f}", rule=TENTATIVE, table=(columns, rows),
    )  # fmt: skip
    return {"chart": chart, "sentence": agreement_sentence(found.agreements[-1])}


def labels(judged):
    return [*(one.code for one in judged.criteria), _("Total")]


def agreement_table(judged, found):
    columns = [_("Criterion"), _("Alpha"), _("From"), _("To"), _("Applications"), _("Assessments")]
    return columns, [
        [label, plain(one.alpha), plain(one.low), plain(one.high), one.proposals, one.scores]
        for label, one in zip(labels(judged), found.agreements, strict=True)
    ]  # fmt: skip


def agreement_sentence(total):
    if total.alpha is None:
        return _("There is nothing to compare: no application has two assessments with points that differ.")
    words = {"alpha": plain(total.alpha), "from": plain(total.low), "to": plain(total.high)}
    if total.alpha >= RELIABLE:
        return _("The totals of different evaluators agree well: alpha is %(alpha)s (%(from)s to %(to)s), and from 0.8 on figures count as reliable.") % words  # fmt: skip  # noqa: E501
    if total.alpha >= TENTATIVE:
        return _("The totals of different evaluators agree fairly: alpha is %(alpha)s (%(from)s to %(to)s); between 0.667 and 0.8 conclusions are tentative.") % words  # fmt: skip  # noqa: E501
    return _("The totals of different evaluators agree little: alpha is %(alpha)s (%(from)s to %(to)s); below 0.667 single scores say little, and what was agreed in consensus matters the more.") % words  # fmt: skip  # noqa: E501


def plain(number):
    return None if number is None else Decimal(f"{number:.2f}")


def signed(number):
    return f"{number:+.2f}".replace("-", "−")
