"""Evaluators in the order of time: stricter or milder later than earlier."""

from django.utils.translation import gettext as _

from evaluation.shown.spans import Row, spans_chart
from evaluation.shown.sureness.people import SHOWN, plain, signed
from evaluation.sureness import LEAST_COMPARED


def drift_part(found, names):
    """The picture of those who changed most; the file has all. Nothing where nobody has enough to compare."""
    known = [one for one in found.drifts if one.change is not None]
    if not known:
        return {"chart": None, "sentence": nothing_to_compare(), "left": len(found.drifts)}
    furthest = sorted(known, key=lambda one: -abs(one.change))[:SHOWN]
    shown = sorted(furthest, key=lambda one: one.change)
    rows = [Row(names[one.person], ((one.low, one.high),), one.change) for one in shown]
    chart = spans_chart(
        _("Later stricter (left) or milder (right), in points of the total"), rows,
        names=[_("95 % interval; dot: later half less earlier half")],
        show=signed, rule=0, table=drift_table(shown, names),
    )  # fmt: skip
    return {"chart": chart, "sentence": drift_sentence(known, names), "left": len(found.drifts) - len(shown)}


def nothing_to_compare():
    words = {"least": 2 * LEAST_COMPARED}
    return _("Nobody signed %(least)d assessments of applications that others judged too: too few to tell earlier from later.") % words  # fmt: skip  # noqa: E501


def drift_table(drifts, names):
    columns = [
        _("Evaluator"), _("Earlier, compared"), _("Earlier, mean difference"), _("Later, compared"),
        _("Later, mean difference"), _("Change"), _("From"), _("To"),
    ]  # fmt: skip
    return columns, [
        [names[one.person], one.early_number, plain(one.early), one.late_number, plain(one.late), plain(one.change),
         plain(one.low), plain(one.high)]
        for one in drifts
    ]  # fmt: skip


def drift_sentence(known, names):
    """Of twenty who did not change, one seems to have: it is said, so that nobody is accused by chance."""
    apart = [one for one in known if one.is_apart]
    words = {"all": len(known), "number": len(apart), "chance": -(-len(known) // 20)}
    if not apart:
        return _("None of %(all)d evaluators became stricter or milder by more than chance would make.") % words
    far = max(apart, key=lambda one: abs(one.change))
    words |= {
        "name": names[far.person], "points": plain(abs(far.change)), "from": signed(far.low), "to": signed(far.high),
    }  # fmt: skip
    if far.change < 0:
        return _("%(number)d of %(all)d evaluators changed by more than chance would make, and by chance alone about %(chance)d would seem to. The furthest is %(name)s: about %(points)s points stricter in the later half than in the earlier one (%(from)s to %(to)s).") % words  # fmt: skip  # noqa: E501
    return _("%(number)d of %(all)d evaluators changed by more than chance would make, and by chance alone about %(chance)d would seem to. The furthest is %(name)s: about %(points)s points milder in the later half than in the earlier one (%(from)s to %(to)s).") % words  # fmt: skip  # noqa: E501
