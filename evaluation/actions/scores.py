"""Writing points and comments, for individual and agreed scores alike."""

from django.utils.translation import gettext as _

from core.errors import Incomplete
from evaluation.scoring import problem_with

LONGEST = 4000


def write_scores(scores, criteria, given, *, texts):
    """Save what is given, by criterion code, complete or not; `scores` is the manager of one row's scores.

    Gives {name: [before, after]} for the trail.
    """
    criteria = {one.code: one for one in criteria}
    require_writable(given, criteria, texts)
    kept = {row.criterion.code: row for row in scores.select_related("criterion")}
    changes = {}
    for code, values in given.items():
        row = kept.get(code) or scores.model(**{scores.field.name: scores.instance, "criterion": criteria[code]})
        found = apply(row, values, names=("points", *texts))
        if found:
            row.save(update_fields=None if row._state.adding else ["points", *texts])
        changes |= {f"{code} {name}": pair for name, pair in found.items()}
    return changes


def apply(row, values, *, names):
    """Set what differs, and say what it was."""
    changed = {}
    for name in names:
        if name in values and getattr(row, name) != values[name]:
            changed[name] = [getattr(row, name), values[name]]
            setattr(row, name, values[name])
    return changed


def require_writable(given, criteria, texts):
    gaps = {}
    for code, values in given.items():
        if code not in criteria:
            gaps[code] = _("This call has no criterion %(code)s.") % {"code": code}
            continue
        points = values.get("points")
        if points is not None and (problem := problem_with(points, criteria[code])):
            gaps[f"{code}_points"] = problem
        for name in texts:
            if len(values.get(name) or "") > LONGEST:
                gaps[f"{code}_{name}"] = _("Shorten this text to %(longest)d characters.") % {"longest": LONGEST}
    if gaps:
        raise Incomplete(gaps)


def require_complete(scores, criteria):
    """Every criterion has its points and a comment, or the gaps are named as on the form."""
    kept = {row.criterion.code: row for row in scores.select_related("criterion")}
    gaps = {}
    for one in criteria:
        row = kept.get(one.code)
        if row is None or row.points is None:
            gaps[f"{one.code}_points"] = _("Give the points for %(criterion)s.") % {"criterion": one}
        if row is None or not row.comment.strip():
            gaps[f"{one.code}_comment"] = _("Write a comment on %(criterion)s.") % {"criterion": one}
    if gaps:
        raise Incomplete(gaps)


def points_of(scores):
    return {row.criterion.code: row.points for row in scores.select_related("criterion")}
