"""The checks of a call in figures, and a batch of them in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.formats import brief, brussels


def figures_of(conditions):
    """Of all conditions together."""
    totals = {name: sum(one[name] for one in conditions) for name in ("met", "not_met", "overridden", "confirmed")}
    return [
        (totals["met"], _("wait and were found met")),
        (totals["not_met"], _("wait and were found not met")),
        (totals["overridden"], _("were overridden with a reason")),
        (totals["confirmed"], _("are confirmed")),
    ]


def condition_rows(conditions):
    """(criterion, the figures in words, code or empty where nothing waits) of each condition."""
    return [(one["criterion"], in_words(one), one["code"] if one["met"] + one["not_met"] else "") for one in conditions]


def in_words(one):
    return _("%(met)d found met, %(not_met)d not met wait; %(confirmed)d confirmed, %(overridden)d overridden") % one


def batch_sentence(batch):
    words = {
        "at": brief(batch.made_at), "what": what_of(batch), "size": batch.size, "status": batch.get_status_display(),
    }  # fmt: skip
    sentence = ngettext(
        "%(at)s, %(what)s, %(size)d check: %(status)s", "%(at)s, %(what)s, %(size)d checks: %(status)s", batch.size
    )
    return sentence % words


def what_of(batch):
    return batch.criterion or _("all that were found met")


def facts_of(batch):
    found = [
        (_("Of"), what_of(batch)),
        (_("Proposed"), f"{brussels(batch.made_at)}, {batch.made_by}"),
        (_("Checks"), batch.size),
    ]
    if batch.confirmed_at:
        found.append((_("Confirmed"), f"{brussels(batch.confirmed_at)}, {batch.confirmed_by}"))
    if batch.made or batch.refused:
        found += [(_("Made"), batch.made), (_("Left as they are"), batch.refused)]
    if batch.ended_by:
        found += [(_("Taken back by"), batch.ended_by), (_("Reason"), batch.ended_reason)]
        found.append((_("Taken back"), batch.returned))
    return found
