"""What comes back: rows that were taken out, and what stood before a save of one's own."""

from django.utils.translation import gettext as _

from applications.actions.sections import carry_out
from applications.models import Milestone, Partner
from applications.parts import PARTS, asked_by
from applications.parts.rows import partner_as_it_was
from applications.parts.who import PARTNER_FIELDS
from core.changes import REMOVE, split
from core.errors import WrongState


def before_save(application, pk, *, by, at):
    """What somebody sends who puts back what stood before an own save; it merges like anything else."""
    saving = application.savings.filter(pk=pk, by=by, undone_at=None).first()
    if saving is None:
        raise WrongState(_("This save is undone already, or it was somebody else's. Load the page again."))
    saving.undone_at = at
    saving.save(update_fields=["undone_at"])
    back = {
        split(name)[0] for name, (_before, after) in saving.changed.items() if split(name)[1] == REMOVE or not after
    }
    changes = [
        {"part": saving.part, "name": name, "base": after, "value": before}
        for name, (before, after) in saving.changed.items()
        if split(name)[1] != REMOVE
    ]
    return {"changes": tuple(changes), "back": tuple(back - {""}), "about": saving.part}


def put_back(application, row, *, by, at):
    """A partner that was taken out, with the costs that went with it."""
    partners, budget = PARTS["partners"], PARTS["budget"]
    said, lines = partner_as_it_was(application, row, PARTNER_FIELDS)
    if said is None:
        return {}
    told = carry_out(application, partners.restore(application, [*partners.read(application), said], by=by, at=at))
    if lines and budget in asked_by(application.call):
        all_lines = [*budget.read(application)["lines"], *lines]
        told |= carry_out(application, budget.write(application, {"lines": all_lines}, by=by, at=at))
    return told


def is_gone(row):
    return not any(model.objects.filter(pk=row).exists() for model in (Partner, Milestone))
