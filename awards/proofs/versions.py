"""Whether the rows that a letter rests on are as their last versions say. The database writes a version of each change
by itself; a row that differs was changed past the house, with the triggers put away."""

from django.utils.translation import gettext as _

from core.versions import difference, label_of

STATED = {
    "awards.decision": ("number", "decided_at", "decided_by_id"),
    "awards.decisionline": ("outcome", "stage", "rank", "contribution", "rate", "reason", "deviates"),
    "evaluation.rankedentry": ("rank", "place", "stage", "total", "points", "tie_break", "reason", "contribution"),
    "evaluation.consensus": ("total", "remark"),
    "evaluation.consensusscore": ("points", "comment"),
    "applications.application": (
        "reference", "acronym", "title", "requested", "own_resources", "other_resources", "months", "starts_on",
        "submitted_at",
    ),
    "applications.hearing": ("reference", "asked_at", "due_on", "answered_at", "considered", "settled_at", "status"),
    "accounts.organisation": ("name", "latin_name", "address", "member_state"),
    "programmes.call": (
        "reference", "title", "overall_threshold", "redress_days", "read_after_days", "reserve_until", "parts",
    ),
    "programmes.criterion": ("code", "title", "maximum", "weight", "threshold"),
}  # fmt: skip


def last_versions(rows):
    """{(kind, key): its newest version} of these rows, in one question for each kind."""
    kinds = {}
    for row in rows:
        kinds.setdefault(type(row), set()).add(row.pk)
    found = {}
    for model, keys in kinds.items():
        versions = model._meta.get_field("events").related_model.objects.filter(pgh_obj__in=keys)
        for one in versions.only("pgh_obj", *STATED[model._meta.label_lower]).order_by("pgh_id"):
            found[model._meta.label_lower, one.pgh_obj_id] = one
    return found


def changed_past_the_house(source):
    """Sentences, one for each column of the rows of a letter that differs."""
    for row in source.rows():
        kind = row._meta.label_lower
        if version := source.versions.get((kind, row.pk)):
            kept, now = ({name: getattr(one, name) for name in STATED[kind]} for one in (version, row))
            for name, (was, found) in difference(kept, now).items():
                words = {"row": row, "what": label_of(row, name) or name, "was": was, "now": found}
                yield _("%(row)s, %(what)s: is “%(now)s”, but its last version says “%(was)s”.") % words
